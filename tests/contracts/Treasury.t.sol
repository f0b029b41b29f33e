// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITreasury} from "../../contracts/interfaces/ITreasury.sol";
import {Settlement} from "../../contracts/types/Money.sol";
import {TreasuryFixture} from "./TreasuryFixture.sol";

/// @dev Credit, escrow and allowances; see Treasury.tree.
contract TreasuryTest is TreasuryFixture {
    function test_Constructor_WhenAllocationZero_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_ZeroAddress.selector));
        this.deployWith(address(0), INVENTORY);
    }

    function test_Constructor_WhenInventoryZero_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_ZeroAddress.selector));
        this.deployWith(address(this), address(0));
    }

    function test_Deposit_WhenAccountZero_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_ZeroAddress.selector));
        treasury.deposit{value: 1}(address(0));
    }

    function test_Deposit_WhenByAnyone_addsToCreditAndTells() public {
        treasury.deposit{value: 3}(CLIENT);
        vm.deal(STRANGER, 4);
        vm.expectEmit(address(treasury));
        emit ITreasury.AccountChanged(CLIENT, 7, 0, 0);
        vm.prank(STRANGER);
        treasury.deposit{value: 4}(CLIENT);
        checkAccount(CLIENT, 7, 0);
        checkAccount(STRANGER, 0, 0);
    }

    function test_Sponsor_WhenClientZero_reverts() public {
        vm.prank(PAYER);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_ZeroAddress.selector));
        treasury.sponsor(address(0), 5);
    }

    function test_Sponsor_setsTheValueAndTells() public {
        vm.startPrank(PAYER);
        treasury.sponsor(CLIENT, 5);
        vm.expectEmit(address(treasury));
        emit ITreasury.AllowanceChanged(PAYER, CLIENT, 3);
        treasury.sponsor(CLIENT, 3);
        assertEq(treasury.allowanceOf(PAYER, CLIENT), 3, "absolute, not added");
        assertEq(treasury.allowanceOf(CLIENT, PAYER), 0, "one way only");
        treasury.sponsor(CLIENT, 0);
        assertEq(treasury.allowanceOf(PAYER, CLIENT), 0, "taken back");
    }

    function test_Lock_WhenStranger_reverts() public {
        vm.deal(STRANGER, 10);
        expectNotLedger(STRANGER);
        treasury.lock{value: 10}(STRANGER, STRANGER, STRANGER, 10, CAUSE);
    }

    function test_Lock_WhenInventory_locks() public {
        vm.deal(INVENTORY, 10);
        vm.prank(INVENTORY);
        treasury.lock{value: 10}(PAYER, PAYER, PAYER, 10, CAUSE);
        checkAccount(PAYER, 0, 10);
    }

    function test_Lock_WhenMoreIsSent_keepsTheRestAsCredit() public {
        treasury.deposit{value: 5}(CLIENT);
        vm.expectEmit(address(treasury));
        emit ITreasury.AccountChanged(CLIENT, 8, 7, CAUSE);
        treasury.lock{value: 10}(CLIENT, CLIENT, CLIENT, 7, CAUSE);
        checkAccount(CLIENT, 8, 7);
    }

    function test_Lock_WhenLessIsSent_takesFromCredit() public {
        treasury.deposit{value: 5}(CLIENT);
        treasury.lock{value: 3}(CLIENT, CLIENT, CLIENT, 7, CAUSE);
        checkAccount(CLIENT, 1, 7);
    }

    /// @dev One write and one event for each account.
    function test_Lock_tellsOnce() public {
        vm.recordLogs();
        treasury.lock{value: 10}(CLIENT, CLIENT, CLIENT, 7, CAUSE);
        assertEq(vm.getRecordedLogs().length, 2, "what came in, and the new values");
        treasury.lock(CLIENT, CLIENT, CLIENT, 3, CAUSE);
        assertEq(vm.getRecordedLogs().length, 1, "the new values");
    }

    function test_Lock_WhenCreditTooLow_reverts() public {
        treasury.deposit{value: 5}(CLIENT);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_CreditTooLow.selector, CLIENT, 8, 9));
        treasury.lock{value: 3}(CLIENT, CLIENT, CLIENT, 9, CAUSE);
    }

    function test_Lock_WhenPayerSends_needsNoAllowance() public {
        treasury.lock{value: 10}(PAYER, CLIENT, PAYER, 10, CAUSE);
        checkAccount(PAYER, 0, 10);
        checkAccount(CLIENT, 0, 0);
    }

    function test_Lock_WhenSponsored_usesTheAllowance() public {
        treasury.deposit{value: 10}(PAYER);
        vm.prank(PAYER);
        treasury.sponsor(CLIENT, 9);
        vm.expectEmit(address(treasury));
        emit ITreasury.AllowanceChanged(PAYER, CLIENT, 5);
        vm.expectEmit(address(treasury));
        emit ITreasury.AccountChanged(PAYER, 6, 4, CAUSE);
        treasury.lock(PAYER, CLIENT, CLIENT, 4, CAUSE);
        assertEq(treasury.allowanceOf(PAYER, CLIENT), 5, "rest");
    }

    function test_Lock_WhenAllowanceTooLow_reverts() public {
        treasury.deposit{value: 10}(PAYER);
        vm.prank(PAYER);
        treasury.sponsor(CLIENT, 3);
        bytes memory refusal = abi.encodeWithSelector(ITreasury.Treasury_AllowanceTooLow.selector, PAYER, CLIENT, 3, 4);
        vm.expectRevert(refusal);
        treasury.lock(PAYER, CLIENT, CLIENT, 4, CAUSE);
        vm.expectRevert(refusal);
        treasury.lock(PAYER, CLIENT, STRANGER, 4, CAUSE);
    }

    function test_Settle_WhenStranger_reverts() public {
        lockSent(CLIENT, 10, CAUSE);
        expectNotLedger(STRANGER);
        treasury.settle(STRANGER, new Settlement[](0));
    }

    function test_Settle_sharesOutAndTells() public {
        lockSent(CLIENT, 10, CAUSE);
        vm.expectEmit(address(treasury));
        emit ITreasury.AccountChanged(CLIENT, 3, 0, CAUSE);
        vm.expectEmit(address(treasury));
        emit ITreasury.AccountChanged(PROVIDER, 7, 0, CAUSE);
        settleOne(PROVIDER, CLIENT, 10, 7, CAUSE);
        checkAccount(CLIENT, 3, 0);
        checkAccount(PROVIDER, 7, 0);
    }

    function test_Settle_WhenNothingPaid_refundsAllAndLeavesTheProvider() public {
        lockSent(CLIENT, 10, CAUSE);
        vm.recordLogs();
        settleOne(address(0), CLIENT, 10, 0, CAUSE);
        assertEq(vm.getRecordedLogs().length, 1, "the payer's event alone");
        checkAccount(CLIENT, 10, 0);
        checkAccount(address(0), 0, 0);
    }

    function test_Settle_WhenNoItems_doesNothing() public {
        vm.recordLogs();
        treasury.settle(PROVIDER, new Settlement[](0));
        assertEq(vm.getRecordedLogs().length, 0, "events");
    }

    /// @dev A credit grows; it is never overwritten.
    function test_Settle_WhenCreditThere_adds() public {
        treasury.deposit{value: 100}(PROVIDER);
        treasury.deposit{value: 200}(CLIENT);
        lockSent(CLIENT, 10, CAUSE);
        settleOne(PROVIDER, CLIENT, 10, 7, CAUSE);
        checkAccount(CLIENT, 203, 0);
        checkAccount(PROVIDER, 107, 0);
    }

    /// @dev The provider is told once, with the last item's cause.
    function test_Settle_WhenSeveralPayers_creditsTheProviderOnce() public {
        lockSent(CLIENT, 10, CAUSE);
        lockSent(PAYER, 20, OTHER_CAUSE);
        Settlement[] memory items = new Settlement[](2);
        items[0] = Settlement(CLIENT, 10, 7, CAUSE);
        items[1] = Settlement(PAYER, 20, 15, OTHER_CAUSE);
        vm.expectEmit(address(treasury));
        emit ITreasury.AccountChanged(CLIENT, 3, 0, CAUSE);
        vm.expectEmit(address(treasury));
        emit ITreasury.AccountChanged(PAYER, 5, 0, OTHER_CAUSE);
        vm.expectEmit(address(treasury));
        emit ITreasury.AccountChanged(PROVIDER, 22, 0, OTHER_CAUSE);
        treasury.settle(PROVIDER, items);
    }

    function test_Settle_WhenSamePayerTwice_isExact() public {
        lockSent(CLIENT, 10, CAUSE);
        lockSent(CLIENT, 20, OTHER_CAUSE);
        Settlement[] memory items = new Settlement[](2);
        items[0] = Settlement(CLIENT, 10, 7, CAUSE);
        items[1] = Settlement(CLIENT, 20, 15, OTHER_CAUSE);
        treasury.settle(PROVIDER, items);
        checkAccount(CLIENT, 8, 0);
        checkAccount(PROVIDER, 22, 0);
    }

    function test_Settle_WhenProviderIsThePayer_isExact() public {
        lockSent(PROVIDER, 10, CAUSE);
        lockSent(PROVIDER, 20, OTHER_CAUSE);
        settleOne(PROVIDER, PROVIDER, 10, 7, CAUSE);
        checkAccount(PROVIDER, 10, 20);
    }

    function test_Settle_WhenPartOfTheEscrow_leavesTheRest() public {
        lockSent(CLIENT, 10, CAUSE);
        settleOne(PROVIDER, CLIENT, 4, 1, CAUSE);
        checkAccount(CLIENT, 3, 6);
        checkAccount(PROVIDER, 1, 0);
    }

    function test_Settle_WhenAboveTheItemsEscrow_reverts() public {
        lockSent(CLIENT, 20, CAUSE);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_AboveEscrow.selector, CAUSE, 11, 10));
        settleOne(PROVIDER, CLIENT, 10, 11, CAUSE);
    }

    /// @dev Nobody's escrow pays for somebody else, though the treasury holds enough.
    function test_Settle_WhenAboveThePayersEscrow_reverts() public {
        lockSent(CLIENT, 10, CAUSE);
        lockSent(PAYER, 50, OTHER_CAUSE);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_EscrowTooLow.selector, CLIENT, 10, 11));
        settleOne(PROVIDER, CLIENT, 11, 11, CAUSE);
    }

    function test_Settle_WhenTwice_reverts() public {
        lockSent(CLIENT, 10, CAUSE);
        settleOne(PROVIDER, CLIENT, 10, 7, CAUSE);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_EscrowTooLow.selector, CLIENT, 0, 10));
        settleOne(PROVIDER, CLIENT, 10, 7, CAUSE);
    }

    function test_Withdraw_WhenNoCredit_reverts() public {
        lockSent(STRANGER, 10, CAUSE);
        vm.prank(STRANGER);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_NothingToWithdraw.selector, STRANGER));
        treasury.withdraw();
    }

    function test_Withdraw_paysAllCreditOnceAndLeavesEscrow() public {
        treasury.lock{value: 30}(CLIENT, CLIENT, CLIENT, 20, CAUSE);
        vm.startPrank(CLIENT);
        vm.expectEmit(address(treasury));
        emit ITreasury.Withdrawn(CLIENT, CLIENT, 10);
        treasury.withdraw();
        assertEq(CLIENT.balance, 10, "paid");
        checkAccount(CLIENT, 0, 20);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_NothingToWithdraw.selector, CLIENT));
        treasury.withdraw();
    }

    function test_WithdrawTo_paysTheOther() public {
        treasury.deposit{value: 10}(CLIENT);
        vm.prank(CLIENT);
        vm.expectEmit(address(treasury));
        emit ITreasury.Withdrawn(CLIENT, STRANGER, 10);
        treasury.withdrawTo(payable(STRANGER));
        assertEq(STRANGER.balance, 10, "paid");
        checkAccount(CLIENT, 0, 0);
    }

    function test_WithdrawTo_WhenNoCredit_reverts() public {
        treasury.deposit{value: 10}(CLIENT);
        vm.prank(STRANGER);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_NothingToWithdraw.selector, STRANGER));
        treasury.withdrawTo(payable(STRANGER));
    }

    function test_WithdrawTo_WhenZero_reverts() public {
        treasury.deposit{value: 10}(CLIENT);
        vm.prank(CLIENT);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_ZeroAddress.selector));
        treasury.withdrawTo(payable(address(0)));
    }

    /// @dev For any split of any escrow: what was locked is what comes out.
    function testFuzz_Settle_conserves(uint96 escrow, uint96 paid, uint96 credit) public {
        escrow = uint96(bound(escrow, 0, 10 ether));
        paid = uint96(bound(paid, 0, escrow));
        credit = uint96(bound(credit, 0, 10 ether));
        treasury.deposit{value: credit}(CLIENT);
        lockSent(CLIENT, escrow, CAUSE);
        settleOne(PROVIDER, CLIENT, escrow, paid, CAUSE);
        checkAccount(CLIENT, uint256(credit) + escrow - paid, 0);
        checkAccount(PROVIDER, paid, 0);
        assertEq(address(treasury).balance, uint256(credit) + escrow, "balance");
    }

    function deployWith(address allocation, address inventory) external {
        deploy("Treasury", abi.encode(allocation, inventory));
    }
}
