// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleInventory} from "../../../contracts/interfaces/IParticleInventory.sol";
import {ITreasury} from "../../../contracts/interfaces/ITreasury.sol";
import {OrderId} from "../../../contracts/types/Ids.sol";
import {OrderTerms} from "../../../contracts/types/Inventory.sol";
import {InventoryFixture} from "../InventoryFixture.sol";

/// @dev Threat: a provider takes its bond out of reach before it has to answer.
contract BondEscapeTest is InventoryFixture {
    function setUp() public {
        setUpInventory();
        acceptOrder();
    }

    function test_StakedBondCannotBeUnbonded() public {
        vm.prank(provider);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_BondTooLow.selector, provider, 1 ether, 1 ether + 1));
        treasury.startUnbonding(1 ether + 1);
    }

    function test_ResigningDoesNotFreeTheStake() public {
        vm.prank(provider);
        inventory.resign();
        assertEq(treasury.bondOf(provider).locked, STAKE, "still staked");
        vm.warp(orderTerms().deliverBy + GRACE_SECONDS + 1);
        inventory.failOrder(ORDER);
        assertEq(treasury.creditOf(buyer), REWARD + STAKE, "forfeited");
    }

    /// @dev What is on its way out cannot be staked, so that it cannot leave by an order that fails on purpose.
    function test_UnbondingCannotBeStaked() public {
        vm.deal(buyer, REWARD);
        vm.prank(buyer);
        inventory.orderProduction{value: REWARD}(OrderId.wrap(78), orderTerms());
        vm.startPrank(provider);
        treasury.startUnbonding(0.5 ether);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_BondTooLow.selector, provider, 0.5 ether, STAKE));
        inventory.acceptOrder(OrderId.wrap(78));
    }

    /// @dev An accomplice as buyer gets what was staked, but never the least bond.
    function test_FailingOnPurposeLeavesTheLeastBond() public {
        vm.warp(orderTerms().deliverBy + GRACE_SECONDS + 1);
        inventory.failOrder(ORDER);
        assertEq(treasury.bondOf(provider).free, MIN_BOND, "liable");
        OrderTerms memory terms = orderTerms();
        terms.bond = 1;
        vm.deal(buyer, REWARD);
        vm.prank(buyer);
        inventory.orderProduction{value: REWARD}(OrderId.wrap(78), terms);
        vm.prank(provider);
        vm.expectRevert(
            abi.encodeWithSelector(
                IParticleInventory.ParticleInventory_BondTooLow.selector,
                provider,
                MIN_BOND - 1,
                MIN_BOND
            )
        );
        inventory.acceptOrder(OrderId.wrap(78));
    }

    function test_UnbondingTakesLongerThanAnyReservationCan() public {
        vm.startPrank(provider);
        treasury.startUnbonding(1 ether);
        uint64 time = treasury.bondOf(provider).releasableAt;
        assertTrue(time > now64() + 28 days + 4 hours + GRACE_SECONDS + 7 days, "liable until all is settled");
        vm.warp(time - 1);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_StillBonded.selector, provider, time));
        treasury.finishUnbonding();
    }

    function test_UnbondingIsStillSlashed() public {
        vm.prank(provider);
        treasury.startUnbonding(1 ether);
        vm.prank(address(allocation));
        uint96 taken = treasury.slash(provider, client, 0.4 ether, 1);
        assertEq(taken, 0.4 ether, "taken");
        assertEq(treasury.bondOf(provider).unbonding, 0.6 ether, "from what was on its way out");
    }
}
