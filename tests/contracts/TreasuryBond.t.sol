// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITreasury} from "../../contracts/interfaces/ITreasury.sol";
import {Bond} from "../../contracts/types/Money.sol";
import {TreasuryFixture} from "./TreasuryFixture.sol";

/// @dev Collateral of providers; see Treasury.tree.
contract TreasuryBondTest is TreasuryFixture {
    uint64 private constant NOW = 1_800_000_000;
    uint64 private constant UNBONDING = 40 days;

    function test_UnbondingSeconds_outlastsAnyReservation() public view {
        assertEq(treasury.unbondingSeconds(), UNBONDING, "as documented");
        assertLe(
            28 days + 4 hours + 1 days + 7 days,
            treasury.unbondingSeconds(),
            "horizon, window, grace, standstill"
        );
    }

    function test_Bond_addsToFreeAndTells() public {
        bondAs(PROVIDER, 60);
        vm.deal(PROVIDER, 40);
        vm.expectEmit(address(treasury));
        emit ITreasury.BondChanged(PROVIDER, Bond(100, 0, 0, 0), 0);
        vm.prank(PROVIDER);
        treasury.bond{value: 40}();
        checkBond(100, 0, 0, 0);
        checkAccount(PROVIDER, 0, 0);
    }

    function test_StartUnbonding_WhenZero_reverts() public {
        bondAs(PROVIDER, 100);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_NothingToWithdraw.selector, PROVIDER));
        startUnbondingAs(PROVIDER, 0);
    }

    function test_StartUnbonding_WhenAboveFree_reverts() public {
        bondAs(PROVIDER, 100);
        treasury.lockBond(PROVIDER, 30, CAUSE);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_BondTooLow.selector, PROVIDER, 70, 71));
        startUnbondingAs(PROVIDER, 71);
    }

    function test_StartUnbonding_movesAndTells() public {
        bondAs(PROVIDER, 100);
        vm.expectEmit(address(treasury));
        emit ITreasury.BondChanged(PROVIDER, Bond(70, 0, 30, NOW + UNBONDING), 0);
        startUnbondingAs(PROVIDER, 30);
        checkBond(70, 0, 30, NOW + UNBONDING);
    }

    function test_StartUnbonding_WhenAgain_startsAnewForAll() public {
        bondAs(PROVIDER, 100);
        startUnbondingAs(PROVIDER, 30);
        vm.warp(NOW + UNBONDING - 1);
        startUnbondingAs(PROVIDER, 1);
        checkBond(69, 0, 31, NOW + 2 * UNBONDING - 1);
    }

    function test_FinishUnbonding_WhenNothingUnbonds_reverts() public {
        bondAs(PROVIDER, 100);
        vm.prank(PROVIDER);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_StillBonded.selector, PROVIDER, 0));
        treasury.finishUnbonding();
    }

    function test_FinishUnbonding_WhenTooEarly_reverts() public {
        bondAs(PROVIDER, 100);
        startUnbondingAs(PROVIDER, 30);
        vm.warp(NOW + UNBONDING - 1);
        vm.prank(PROVIDER);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_StillBonded.selector, PROVIDER, NOW + UNBONDING));
        treasury.finishUnbonding();
    }

    function test_FinishUnbonding_creditsOnceAndTells() public {
        bondAs(PROVIDER, 100);
        startUnbondingAs(PROVIDER, 30);
        vm.warp(NOW + UNBONDING);
        vm.startPrank(PROVIDER);
        vm.expectEmit(address(treasury));
        emit ITreasury.BondChanged(PROVIDER, Bond(70, 0, 0, 0), 0);
        vm.expectEmit(address(treasury));
        emit ITreasury.AccountChanged(PROVIDER, 30, 0, 0);
        treasury.finishUnbonding();
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_StillBonded.selector, PROVIDER, 0));
        treasury.finishUnbonding();
        checkBond(70, 0, 0, 0);
        checkAccount(PROVIDER, 30, 0);
    }

    function test_LockBond_WhenStranger_reverts() public {
        bondAs(PROVIDER, 100);
        expectNotLedger(PROVIDER);
        treasury.lockBond(PROVIDER, 1, CAUSE);
    }

    function test_LockBond_WhenAboveFree_reverts() public {
        bondAs(PROVIDER, 100);
        startUnbondingAs(PROVIDER, 30);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_BondTooLow.selector, PROVIDER, 70, 71));
        treasury.lockBond(PROVIDER, 71, CAUSE);
    }

    function test_LockBond_stakesAndTells() public {
        bondAs(PROVIDER, 100);
        vm.expectEmit(address(treasury));
        emit ITreasury.BondChanged(PROVIDER, Bond(60, 40, 0, 0), CAUSE);
        vm.prank(INVENTORY);
        treasury.lockBond(PROVIDER, 40, CAUSE);
        checkBond(60, 40, 0, 0);
    }

    function test_ReleaseBond_WhenStranger_reverts() public {
        bondAs(PROVIDER, 100);
        treasury.lockBond(PROVIDER, 40, CAUSE);
        expectNotLedger(PROVIDER);
        treasury.releaseBond(PROVIDER, 40, CAUSE);
    }

    function test_ReleaseBond_WhenAboveLocked_panics() public {
        bondAs(PROVIDER, 100);
        treasury.lockBond(PROVIDER, 40, CAUSE);
        expectUnderflow();
        treasury.releaseBond(PROVIDER, 41, CAUSE);
    }

    function test_ReleaseBond_freesAndTells() public {
        bondAs(PROVIDER, 100);
        treasury.lockBond(PROVIDER, 40, CAUSE);
        vm.expectEmit(address(treasury));
        emit ITreasury.BondChanged(PROVIDER, Bond(75, 25, 0, 0), CAUSE);
        treasury.releaseBond(PROVIDER, 15, CAUSE);
        checkBond(75, 25, 0, 0);
    }

    function test_ForfeitBond_WhenStranger_reverts() public {
        bondAs(PROVIDER, 100);
        treasury.lockBond(PROVIDER, 40, CAUSE);
        expectNotLedger(STRANGER);
        treasury.forfeitBond(PROVIDER, STRANGER, 40, CAUSE);
    }

    function test_ForfeitBond_WhenAboveLocked_panics() public {
        bondAs(PROVIDER, 100);
        treasury.lockBond(PROVIDER, 40, CAUSE);
        expectUnderflow();
        treasury.forfeitBond(PROVIDER, CLIENT, 41, CAUSE);
    }

    function test_ForfeitBond_creditsTheOtherAndTells() public {
        bondAs(PROVIDER, 100);
        treasury.lockBond(PROVIDER, 40, CAUSE);
        vm.expectEmit(address(treasury));
        emit ITreasury.BondChanged(PROVIDER, Bond(60, 10, 0, 0), CAUSE);
        vm.expectEmit(address(treasury));
        emit ITreasury.AccountChanged(CLIENT, 30, 0, CAUSE);
        treasury.forfeitBond(PROVIDER, CLIENT, 30, CAUSE);
        checkBond(60, 10, 0, 0);
        checkAccount(CLIENT, 30, 0);
    }

    function test_ForfeitBond_WhenNothing_leavesTheOtherAlone() public {
        bondAs(PROVIDER, 100);
        vm.recordLogs();
        treasury.forfeitBond(PROVIDER, CLIENT, 0, CAUSE);
        assertEq(vm.getRecordedLogs().length, 1, "the provider's event alone");
        checkBond(100, 0, 0, 0);
    }

    function test_Slash_WhenStranger_reverts() public {
        bondAs(PROVIDER, 100);
        expectNotLedger(STRANGER);
        treasury.slash(PROVIDER, STRANGER, 40, CAUSE);
    }

    function test_Slash_WhenFreeSuffices_takesFromFreeAndTells() public {
        bondAs(PROVIDER, 100);
        startUnbondingAs(PROVIDER, 30);
        vm.expectEmit(address(treasury));
        emit ITreasury.BondChanged(PROVIDER, Bond(20, 0, 30, NOW + UNBONDING), CAUSE);
        vm.expectEmit(address(treasury));
        emit ITreasury.AccountChanged(CLIENT, 50, 0, CAUSE);
        assertEq(treasury.slash(PROVIDER, CLIENT, 50, CAUSE), 50, "taken");
        checkBond(20, 0, 30, NOW + UNBONDING);
        checkAccount(CLIENT, 50, 0);
    }

    /// @dev To start unbonding does not save the bond from a penalty.
    function test_Slash_WhenFreeIsShort_takesFromUnbonding() public {
        bondAs(PROVIDER, 100);
        startUnbondingAs(PROVIDER, 30);
        assertEq(treasury.slash(PROVIDER, CLIENT, 80, CAUSE), 80, "taken");
        checkBond(0, 0, 20, NOW + UNBONDING);
    }

    /// @dev Bond that is staked on an order answers for that order alone.
    function test_Slash_WhenAllIsShort_takesWhatThereIsButNotTheLocked() public {
        bondAs(PROVIDER, 100);
        treasury.lockBond(PROVIDER, 40, CAUSE);
        startUnbondingAs(PROVIDER, 30);
        assertEq(treasury.slash(PROVIDER, CLIENT, 1000, CAUSE), 60, "taken");
        checkBond(0, 40, 0, 0);
        checkAccount(CLIENT, 60, 0);
    }

    function test_Slash_WhenNothingThere_tellsNothing() public {
        vm.recordLogs();
        assertEq(treasury.slash(PROVIDER, CLIENT, 5, CAUSE), 0, "taken");
        assertEq(vm.getRecordedLogs().length, 0, "events");
    }

    /// @dev Nothing is left that could be finished, so nothing is announced either.
    function test_Slash_WhenAllUnbondingIsTaken_forgetsTheTime() public {
        bondAs(PROVIDER, 100);
        startUnbondingAs(PROVIDER, 100);
        treasury.slash(PROVIDER, CLIENT, 100, CAUSE);
        checkBond(0, 0, 0, 0);
        vm.warp(NOW + UNBONDING);
        vm.prank(PROVIDER);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_StillBonded.selector, PROVIDER, 0));
        treasury.finishUnbonding();
    }
}
