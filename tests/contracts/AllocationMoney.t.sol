// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../../contracts/interfaces/IParticleAllocation.sol";
import {ITreasury} from "../../contracts/interfaces/ITreasury.sol";
import {GrantOutcome, Status, Terms} from "../../contracts/types/Reservations.sol";
import {AllocationFixture} from "./AllocationFixture.sol";

/// @dev Fees, release, penalty and refund to the wei. Specification: ParticleAllocation.tree, branch money.
contract AllocationMoneyTest is AllocationFixture {
    uint128 private constant PROMISED = 15 * 600 * 1_000_000;

    Terms private terms;
    uint64 private start;
    uint128 private cost;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        terms = someTerms();
        start = uint64(block.timestamp);
        cost = costOf(terms);
    }

    /// @dev 1 % is for the whole horizon of 28 days.
    function test_Cancel_WhenGranted_paysByTheLead() public {
        uint64 lead = 28 days - 617;
        terms.start = start + lead;
        requestGranted(terms);
        uint128 fee = (cost * lead) / (100 * 28 days);
        assertTrue(fee > cost / 101 && fee < cost / 100, "just below 1 %");
        assertTrue((cost * lead) % (100 * 28 days) != 0, "rounds");
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationCancelled(ID, fee);
        cancel();
        assertMoney(cost - fee, fee, 0);
    }

    /// @dev The lead counts from the request, not from the time of the cancellation.
    function test_Cancel_WhenGranted_countsTheLeadFromTheRequest() public {
        terms.start = start + 10_000;
        requestGranted(terms);
        vm.warp(start + 9_999);
        cancel();
        uint128 fee = (cost * 10_000) / (100 * 28 days);
        assertMoney(cost - fee, fee, 0);
    }

    function test_Cancel_WhenFeeIsSmall_roundsDown() public {
        (terms.slots, terms.duration, terms.start) = (1, 60, start + 1);
        // 60 * 7 gwei * 1 / (100 * 28 days) = 1736.11 wei.
        requestGranted(terms);
        cancel();
        assertMoney(420 gwei - 1736, 1736, 0);
    }

    function test_Cancel_WhenRequested_isFree() public {
        terms.start = start + 20 days;
        request(terms);
        cancel();
        assertMoney(cost, 0, 0);
    }

    /// @dev 601 of 1,000 s left to go: the fee is that of the rest, not of 900 s.
    function test_Release_WhenLessThanABucketIsLeft_chargesTheRest() public {
        terms.duration = 1000;
        cost = costOf(terms);
        requestGranted(terms);
        vm.warp(start + 399);
        uint128 due = (cost * 399) / 1000;
        uint128 fee = (cost * 601) / 10_000;
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationReleased(ID, start + 399, due, fee);
        release();
        assertMoney(cost - due - fee, fee, due);
        settleLine(ID, 15 * 399 * 1_000_000);
        assertMoney(cost - due - fee, due + fee, 0);
    }

    function test_Release_WhenMuchIsLeft_charges900Seconds() public {
        terms.duration = 14_400;
        cost = costOf(terms);
        requestGranted(terms);
        vm.warp(start + 7);
        uint128 due = (cost * 7) / 14_400;
        uint128 fee = (cost * 900) / 144_000;
        release();
        assertMoney(cost - due - fee, fee, due);
        settleLine(ID, 15 * 7 * 500_000);
        assertMoney(cost - due / 2 - fee, due / 2 + fee, 0);
    }

    function test_Release_WhenBeforeStart_paysOnlyTheFee() public {
        terms.start = start + 1000;
        requestGranted(terms);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationReleased(ID, start + 1000, 0, cost / 10);
        release();
        assertMoney(cost - cost / 10, cost / 10, 0);
        settleLine(ID, 0);
        assertMoney(cost - cost / 10, cost / 10, 0);
        assertStatus(ID, Status.Settled);
    }

    /// @dev A price that no division leaves whole: all parts round down, the payer gets what they leave.
    function test_Release_roundsDown() public {
        terms.pool = CURVE_POOL;
        (terms.slots, terms.duration, terms.start) = (50, 997, start + 4000);
        terms.maxCost = type(uint128).max;
        cost = uint128(allocation.quote(terms, client));
        requestAs(client, ID, terms, cost);
        decide(ID, GrantOutcome.Granted);
        vm.warp(start + 4331);
        release();
        uint256 due = (uint256(cost) * 331) / 997;
        uint256 fee = (uint256(cost) * 666) / 9970;
        assertTrue((uint256(cost) * 331) % 997 != 0 && (uint256(cost) * 666) % 9970 != 0, "both round");
        assertMoney(cost - due - fee, fee, due);
        settleLine(ID, 50 * 331 * 1_000_000 - 1);
        uint256 paid = (due * (50 * 331 * 1_000_000 - 1)) / (50 * 331 * 1_000_000);
        assertMoney(cost - paid - fee, paid + fee, 0);
    }

    function test_Settle_WhenAt99Percent_hasNoPenalty() public {
        bondProvider(1 ether);
        settleGranted((PROMISED * 99) / 100);
        uint128 paid = (cost * 99) / 100;
        assertMoney(cost - paid, paid, 0);
        assertEq(treasury.bondOf(provider).free, 1 ether, "bond");
    }

    function test_Settle_WhenBelow99Percent_paysAPenaltyFromTheBond() public {
        bondProvider(1 ether);
        uint128 delivered = (PROMISED * 99) / 100 - 1;
        uint128 paid = uint128((uint256(cost) * delivered) / PROMISED);
        uint128 penalty = uint128((uint256(cost) * (PROMISED - delivered)) / PROMISED);
        requestGranted(terms);
        vm.warp(start + 600);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.PenaltyTaken(ID, penalty);
        uint256 usage = delivered / 1_000_000;
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationSettled(ID, delivered, paid, (usage << 104) | (block.timestamp << 168));
        settleLine(ID, delivered);
        assertMoney(cost - paid + penalty, paid, 0);
        assertEq(treasury.bondOf(provider).free, 1 ether - penalty, "bond");
    }

    function test_Settle_WhenNothingDelivered_paysAtMost20Percent() public {
        bondProvider(1 ether);
        settleGranted(0);
        assertMoney(cost + cost / 5, 0, 0);
        assertEq(treasury.bondOf(provider).free, 1 ether - cost / 5, "bond");
    }

    function test_Settle_WhenTheBondIsSmall_paysWhatThereIs() public {
        bondProvider(7);
        settleGranted(0);
        assertMoney(cost + 7, 0, 0);
        assertEq(treasury.bondOf(provider).free, 0, "bond");
    }

    function test_Settle_WhenThereIsNoBond_settlesAllTheSame() public {
        requestGranted(terms);
        vm.warp(start + 600);
        vm.recordLogs();
        settleLine(ID, PROMISED / 2);
        assertEq(vm.getRecordedLogs().length, 2, "settled, and the accounts: no penalty, because none was taken");
        assertMoney(cost / 2, cost / 2, 0);
    }

    /// @dev A provider that takes its bond back is still liable with it.
    function test_Settle_WhenTheBondIsUnbonding_takesIt() public {
        bondProvider(1 ether);
        vm.prank(provider);
        treasury.startUnbonding(1 ether);
        settleGranted(0);
        assertMoney(cost + cost / 5, 0, 0);
        assertEq(treasury.bondOf(provider).unbonding, 1 ether - cost / 5, "unbonding");
    }

    function test_RefundExpired_refundsAll() public {
        bondProvider(1 ether);
        requestGranted(terms);
        vm.warp(start + 600 + GRACE_SECONDS + 1);
        allocation.refundExpired(ID);
        assertMoney(cost, 0, 0);
        assertEq(treasury.bondOf(provider).free, 1 ether, "bond");
    }

    function test_RefundExpired_WhenReleased_refundsWhatWasDue() public {
        requestGranted(terms);
        vm.warp(start + 60);
        release();
        uint128 fee = (cost * 540) / 6000;
        assertMoney(cost - cost / 10 - fee, fee, cost / 10);
        vm.warp(start + 60 + GRACE_SECONDS + 1);
        allocation.refundExpired(ID);
        assertMoney(cost - fee, fee, 0);
    }

    /// @dev What a client gets back it can take out at once, to the wei.
    function test_Withdraw_afterAll() public {
        uint256 before = client.balance;
        settleGranted(PROMISED / 2);
        vm.prank(client);
        treasury.withdraw();
        vm.prank(provider);
        treasury.withdraw();
        assertEq(client.balance, before - cost / 2, "client");
        assertEq(provider.balance, cost / 2, "provider");
        assertEq(address(treasury).balance, 0, "nothing stays");
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_NothingToWithdraw.selector, client));
        vm.prank(client);
        treasury.withdraw();
    }

    function settleGranted(uint128 delivered) private {
        requestGranted(terms);
        vm.warp(start + 600);
        settleLine(ID, delivered);
    }
}
