// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleInventory} from "../../contracts/interfaces/IParticleInventory.sol";
import {OrderId} from "../../contracts/types/Ids.sol";
import {OrderStatus, OrderTerms} from "../../contracts/types/Inventory.sol";
import {InventoryFixture} from "./InventoryFixture.sol";

/// @dev Specification: ParticleInventory.tree, providers.
contract ProvidersTest is InventoryFixture {
    function setUp() public {
        setUpInventory();
    }

    function test_Limits_areTheOnesOfTheDeployment() public view {
        assertEq(inventory.minBond(), MIN_BOND, "least bond");
        assertEq(inventory.graceSeconds(), GRACE_SECONDS, "grace");
    }

    function test_Provider_WhenNeverRegistered_isEmpty() public view {
        (string memory name, bool active) = inventory.provider(stranger);
        assertEq(bytes(name).length, 0, "no name");
        assertTrue(!active, "not active");
    }

    function test_RegisterProvider_tells() public {
        bond(stranger, MIN_BOND);
        vm.expectEmit(address(inventory));
        emit IParticleInventory.ProviderSet(stranger, "second", true);
        vm.prank(stranger);
        inventory.registerProvider("second");
        assertProvider(stranger, "second", true);
    }

    function test_RegisterProvider_WhenAgain_changesTheName() public {
        vm.expectEmit(address(inventory));
        emit IParticleInventory.ProviderSet(provider, "renamed", true);
        vm.prank(provider);
        inventory.registerProvider("renamed");
        assertProvider(provider, "renamed", true);
    }

    function test_RegisterProvider_WhenBondTooLow_reverts() public {
        bond(stranger, MIN_BOND - 1);
        vm.prank(stranger);
        vm.expectRevert(tooLow(stranger, MIN_BOND - 1));
        inventory.registerProvider("second");
    }

    /// @dev What is on its way out, or staked, is not free.
    function test_RegisterProvider_WhenBondIsUnbondingOrStaked_reverts() public {
        acceptOrder();
        vm.startPrank(provider);
        treasury.startUnbonding(1);
        vm.expectRevert(tooLow(provider, MIN_BOND - 1));
        inventory.registerProvider("first");
    }

    function test_RegisterProvider_WhenNameLength_reverts() public {
        vm.startPrank(provider);
        vm.expectRevert(badLength(0));
        inventory.registerProvider("");
        vm.expectRevert(badLength(65));
        inventory.registerProvider(string(new bytes(65)));
        inventory.registerProvider("n");
        inventory.registerProvider(string(new bytes(64)));
    }

    function test_Resign_tells() public {
        vm.expectEmit(address(inventory));
        emit IParticleInventory.ProviderSet(provider, "first", false);
        vm.prank(provider);
        inventory.resign();
        assertProvider(provider, "first", false);
    }

    function test_Resign_WhenNoProvider_reverts() public {
        vm.prank(stranger);
        vm.expectRevert(notProvider(stranger));
        inventory.resign();
        vm.startPrank(provider);
        inventory.resign();
        vm.expectRevert(notProvider(provider));
        inventory.resign();
    }

    function test_Resign_thenNothingNewIsPossible() public {
        openOrder();
        vm.startPrank(provider);
        inventory.resign();
        vm.expectRevert(notProvider(provider));
        inventory.acceptOrder(ORDER);
        vm.expectRevert(notProvider(provider));
        inventory.registerLot(LOT, lotTerms());
        inventory.registerProvider("back again");
        inventory.acceptOrder(ORDER);
    }

    function test_Resign_keepsAcceptedOrders() public {
        acceptOrder();
        vm.prank(provider);
        inventory.resign();
        deliver(production(OrderId.unwrap(ORDER), 1, 50, 970_000, block.timestamp));
        assertEq(uint256(inventory.order(ORDER).status), uint256(OrderStatus.Delivered), "delivered");
        assertEq(treasury.creditOf(provider), REWARD, "paid");
        assertEq(treasury.bondOf(provider).free, 2 ether, "freed");
    }

    /// @dev Each order of its own stakes; together they may not stake the least bond.
    function test_AcceptOrder_WhenTheSecondWouldStakeTheLeastBond_reverts() public {
        acceptOrder();
        OrderTerms memory terms = orderTerms();
        terms.bond = 1;
        vm.prank(buyer);
        inventory.orderProduction{value: REWARD}(OrderId.wrap(78), terms);
        vm.prank(provider);
        vm.expectRevert(tooLow(provider, MIN_BOND - 1));
        inventory.acceptOrder(OrderId.wrap(78));
    }

    function bond(address account, uint96 amount) private {
        vm.deal(account, amount);
        vm.prank(account);
        treasury.bond{value: amount}();
    }

    function assertProvider(address account, string memory expected, bool expectedActive) private view {
        (string memory name, bool active) = inventory.provider(account);
        assertEq(keccak256(bytes(name)), keccak256(bytes(expected)), "name");
        assertTrue(active == expectedActive, "active");
    }

    function tooLow(address account, uint96 free) private pure returns (bytes memory) {
        return
            abi.encodeWithSelector(IParticleInventory.ParticleInventory_BondTooLow.selector, account, free, MIN_BOND);
    }

    function notProvider(address account) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IParticleInventory.ParticleInventory_NotProvider.selector, account);
    }

    function badLength(uint256 length) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IParticleInventory.ParticleInventory_NameLength.selector, length, 1, 64);
    }
}
