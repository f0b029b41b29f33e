// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../../contracts/interfaces/IParticleAllocation.sol";
import {GrantOutcome, Line, ReservationId, Status, Terms} from "../../contracts/types/Types.sol";
import {RealmFixture} from "./RealmFixture.sol";

/// @dev Specification: ParticleAllocation.tree, branches settle and refund.
contract SettlementTest is RealmFixture {
    uint128 private constant PROMISED = 15 * 600 * 1_000_000;

    Terms private terms;
    uint64 private start;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        terms = someTerms();
        start = uint64(block.timestamp);
    }

    function test_Settle_GivenAll_paysThePrice() public {
        requestGranted(terms);
        vm.warp(start + 600);
        uint128 cost = costOf(terms);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationSettled(ID, PROMISED, PROMISED, cost, 0);
        settleLine(ID, PROMISED);
        assertStatus(ID, Status.Settled);
        assertEq(treasury.creditOf(provider), cost, "provider");
        assertEq(treasury.creditOf(client), 0, "client");
        assertEq(allocation.slotsOf(client), 0, "open slots");
        assertEq(allocation.reservation(ID).escrow, 0, "escrow");
        assertEq(allocation.reservation(ID).price, cost, "price stays readable");
    }

    function test_Settle_roundsThePaymentDown() public {
        uint128 cost = costOf(terms);
        requestAs(client, ID, terms, cost + 1);
        decide(ID, GrantOutcome.Granted);
        vm.warp(start + 600);
        settleLine(ID, PROMISED - 1);
        // cost * (1 - 1/9e9) = cost - 7000: exact, because the unit price is 7 gwei.
        assertEq(treasury.creditOf(provider), cost - 7000, "provider");
        assertEq(treasury.creditOf(client), 7001, "client: the rest and the surplus");
    }

    function test_Settle_WhenReleased_countsTheShorterWindow() public {
        requestGranted(terms);
        vm.warp(start + 60);
        vm.prank(client);
        allocation.release(ID);
        uint128 promised = 15 * 60 * 1_000_000;
        expectSkip(ID, Status.Ended);
        settleLine(ID, promised + 1);
        settleLine(ID, promised / 2);
        uint128 due = UNIT_PRICE * 15 * 60;
        assertEq(treasury.creditOf(provider), due / 2, "half of what was due");
        assertEq(treasury.creditOf(client), costOf(terms) - due / 2, "the rest");
        assertEq(allocation.slotsOf(client), 0, "slots are given back once");
    }

    function test_Settle_WhenNotApplicable_skips() public {
        expectSkip(ID, Status.None);
        settleLine(ID, 0);
        request(terms);
        expectSkip(ID, Status.Requested);
        settleLine(ID, 0);
        decide(ID, GrantOutcome.Granted);
        vm.warp(start + 599);
        expectSkip(ID, Status.Granted);
        settleLine(ID, 0);
        vm.warp(start + 600);
        expectSkip(ID, Status.Ended);
        settleLine(ID, PROMISED + 1);
        assertEq(treasury.totalEscrow(), costOf(terms), "nothing moved");
        settleLine(ID, 0);
        expectSkip(ID, Status.Settled);
        settleLine(ID, PROMISED);
        assertEq(treasury.creditOf(client), costOf(terms), "settled once, with nothing delivered");
    }

    function test_Settle_WhenIdTwiceInABatch_paysOnce() public {
        requestGranted(terms);
        vm.warp(start + 600);
        Line[] memory lines = new Line[](2);
        lines[0] = Line(ID, PROMISED);
        lines[1] = Line(ID, PROMISED);
        expectSkip(ID, Status.Settled);
        vm.prank(address(hub));
        allocation.settleLines(lines);
        assertEq(treasury.creditOf(provider), costOf(terms), "paid once");
    }

    function test_RefundExpired_afterGrace_refundsAll() public {
        requestGranted(terms);
        uint256 until = start + 600 + GRACE_SECONDS;
        vm.warp(until);
        expectNotYet(until + 1);
        allocation.refundExpired(ID);
        vm.warp(until + 1);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationRefunded(ID);
        vm.prank(stranger);
        allocation.refundExpired(ID);
        assertStatus(ID, Status.Refunded);
        assertEq(treasury.creditOf(client), costOf(terms), "credit");
        assertEq(allocation.slotsOf(client), 0, "open slots");
        expectSkip(ID, Status.Refunded);
        settleLine(ID, PROMISED);
        vm.expectRevert(
            abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_WrongStatus.selector, ID, Status.Refunded)
        );
        allocation.refundExpired(ID);
    }

    function test_RefundExpired_WhenReleased_countsFromTheRelease() public {
        terms.duration = 14_400;
        requestGranted(terms);
        vm.warp(start + 10);
        vm.prank(client);
        allocation.release(ID);
        vm.warp(start + 10 + GRACE_SECONDS + 1);
        allocation.refundExpired(ID);
        assertEq(treasury.creditOf(client), costOf(terms), "credit");
        assertEq(allocation.slotsOf(client), 0, "slots are given back once");
        assertEq(allocation.booked(POOL, start / 900), 15, "the bucket that was used stays booked");
    }

    function test_RefundExpired_WhenReportsPaused_standsStill() public {
        requestGranted(terms);
        pauseReportsFor(1000);
        uint256 until = start + 600 + GRACE_SECONDS + 1000;
        vm.warp(until);
        expectNotYet(until + 1);
        allocation.refundExpired(ID);
        vm.warp(until + 1);
        allocation.refundExpired(ID);
    }

    function test_RefundExpired_WhenPausedForever_waitsSevenDaysOnly() public {
        requestGranted(terms);
        vm.prank(admin);
        registry.pause(3);
        uint256 until = start + 600 + GRACE_SECONDS + 7 days;
        vm.warp(until);
        expectNotYet(until + 1);
        allocation.refundExpired(ID);
        vm.warp(until + 1);
        allocation.refundExpired(ID);
        vm.prank(client);
        treasury.withdraw();
        assertEq(client.balance, 1000 ether, "all money is back");
    }

    function test_RefundExpired_WhenPausedBeforeTheRequest_doesNotCount() public {
        pauseReportsFor(5000);
        uint256 requested = block.timestamp;
        requestGranted(terms);
        vm.warp(requested + 600 + GRACE_SECONDS + 1);
        allocation.refundExpired(ID);
    }

    /// @dev paid + refund = escrow, paid = floor(due * delivered / promised), whatever the figures.
    function testFuzz_Settle_conservesToTheWei(
        uint16 slots,
        uint16 duration,
        uint16 used,
        uint256 quality,
        uint96 surplus
    ) public {
        terms.pool = OTHER_POOL;
        terms.slots = uint32(bound(slots, 1, CLIENT_CAP));
        terms.duration = bound64(duration, 1, 14_400);
        terms.maxCost = type(uint128).max;
        uint128 escrow = costOf(terms) + uint128(surplus);
        vm.deal(client, escrow);
        requestAs(client, ID, terms, escrow);
        decide(ID, GrantOutcome.Granted);
        uint64 length = bound64(used, 0, terms.duration);
        vm.warp(start + length);
        if (length < terms.duration) {
            vm.prank(client);
            allocation.release(ID);
        }
        uint128 promised = uint128(terms.slots) * length * 1_000_000;
        uint128 delivered = uint128(bound(quality, 0, promised));
        settleLine(ID, delivered);
        uint256 due = (uint256(costOf(terms)) * length) / terms.duration;
        uint256 paid = promised == 0 ? 0 : (due * delivered) / promised;
        assertEq(treasury.creditOf(provider), paid, "paid, rounded down");
        assertEq(treasury.creditOf(client), escrow - paid, "refund");
        assertEq(address(treasury).balance, escrow, "nothing made, nothing lost");
        assertEq(treasury.totalEscrow(), 0, "escrow");
        assertEq(allocation.slotsOf(client), 0, "open slots");
    }

    function bound64(uint256 value, uint256 low, uint256 high) private pure returns (uint64) {
        return uint64(bound(value, low, high));
    }

    function pauseReportsFor(uint256 duration) private {
        vm.prank(admin);
        registry.pause(2);
        vm.warp(block.timestamp + duration);
        vm.prank(admin);
        registry.unpause(2);
    }

    function expectSkip(ReservationId id, Status status) private {
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.LineSkipped(id, status);
    }

    function expectNotYet(uint256 until) private {
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_NotYet.selector, ID, until));
    }
}
