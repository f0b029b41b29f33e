// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITreasury} from "../../../contracts/interfaces/ITreasury.sol";
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

    function test_UnbondingTakesLongerThanAnyReservationCan() public {
        vm.startPrank(provider);
        treasury.startUnbonding(1 ether);
        uint64 at = treasury.bondOf(provider).releasableAt;
        assertTrue(at > now64() + 28 days + 4 hours + GRACE_SECONDS + 7 days, "liable until all is settled");
        vm.warp(at - 1);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_StillBonded.selector, provider, at));
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
