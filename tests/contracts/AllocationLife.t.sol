// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../../contracts/interfaces/IParticleAllocation.sol";
import {ReservationId} from "../../contracts/types/Ids.sol";
import {Decision, GrantOutcome, Line, Reservation, Status, Terms} from "../../contracts/types/Reservations.sol";
import {AllocationFixture} from "./AllocationFixture.sol";

/// @dev Specification: ParticleAllocation.tree, branches take to reopen.
contract AllocationLifeTest is AllocationFixture {
    Terms private terms;
    uint64 private start;
    uint64 private bucket;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        terms = someTerms();
        start = uint64(block.timestamp);
        bucket = start / 900;
    }

    function test_Take_countsAndTells() public {
        requestGranted(terms);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.TakeRequested(ID, client, 1, 5, 10_000, 0);
        takeAs(client, 5);
        vm.warp(start + 1);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.TakeRequested(ID, client, 6, 1, 9_500, 0);
        takeAs(client, 1);
        assertEq(allocation.reservation(ID).takes, 6, "takes");
    }

    function test_Take_WhenBeyondEntitlement_reverts() public {
        requestGranted(terms);
        expectTakeRate(16, 15);
        takeAs(client, 16);
        takeAs(client, 15);
        vm.warp(start + 1);
        expectTakeRate(1, 0);
        takeAs(client, 1);
        vm.warp(start + 2);
        assertEq(allocation.takeTokens(ID, client), 1, "one has come in after 2 s");
        takeAs(client, 1);
        vm.warp(start + 599);
        expectTakeRate(type(uint32).max, 15);
        takeAs(client, type(uint32).max);
    }

    function test_Take_WhenZero_reverts() public {
        requestGranted(terms);
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_TakeCountZero.selector, ID));
        takeAs(client, 0);
    }

    function test_Take_WhenNotActive_reverts() public {
        terms.start = start + 100;
        request(terms);
        vm.warp(start + 100);
        expectNotActive(Status.Requested);
        takeAs(client, 1);
        decide(ID, GrantOutcome.Granted);
        vm.warp(start + 99);
        expectNotActive(Status.Granted);
        takeAs(client, 1);
        assertEq(allocation.takeTokens(ID, client), 0, "no tokens before the start");
        vm.warp(start + 100);
        assertEq(allocation.takeTokens(ID, stranger), 0, "no tokens for a stranger");
        takeAs(client, 1);
        vm.warp(start + 700);
        expectNotActive(Status.Ended);
        takeAs(client, 1);
    }

    function test_ClientOnly_WhenStranger_reverts() public {
        requestGranted(terms);
        vm.startPrank(stranger);
        expectNotClient(ID, stranger, client);
        allocation.take(ID, 1);
        expectNotClient(ID, stranger, client);
        allocation.release(ID);
        expectNotClient(ID, stranger, client);
        allocation.cancel(ID);
        expectNotClient(ID, stranger, client);
        allocation.share(ID, stranger, 1);
        expectNotClient(ID, stranger, client);
        allocation.extend(ID, 1, 1);
        expectNotClient(ReservationId.wrap(9), stranger, address(0));
        allocation.take(ReservationId.wrap(9), 1);
    }

    function test_HubOnly_WhenStranger_reverts() public {
        address[3] memory callers = [stranger, client, admin];
        for (uint256 i = 0; i < 3; ++i) {
            vm.startPrank(callers[i]);
            bytes4 selector = IParticleAllocation.ParticleAllocation_NotHub.selector;
            bytes memory reason = abi.encodeWithSelector(selector, callers[i]);
            vm.expectRevert(reason);
            allocation.decide(new Decision[](0));
            vm.expectRevert(reason);
            allocation.settleLines(new Line[](0));
            vm.expectRevert(reason);
            allocation.reopen(new Decision[](0), 0);
            vm.stopPrank();
        }
    }

    function test_Decide_WhenRefused_refundsAll() public {
        request(terms);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationDecided(ID, Status.Refused, decisionFor(ID, GrantOutcome.GroupRefused));
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.OpenSlotsChanged(client, 0, 0);
        decide(ID, GrantOutcome.GroupRefused);
        assertRefunded(Status.Refused);
        assertEq(bookedIn(POOL, bucket), 0, "calendar");
    }

    function test_Decide_WhenNoLongerRequested_skips() public {
        expectDecisionSkip(ID, Status.None);
        decide(ID, GrantOutcome.Granted);
        request(terms);
        expectDecisionSkip(ID, Status.Requested);
        decide(ID, GrantOutcome.None);
        decide(ID, GrantOutcome.Granted);
        expectDecisionSkip(ID, Status.Granted);
        decide(ID, GrantOutcome.PoolExhausted);
        vm.warp(start + 600);
        expectDecisionSkip(ID, Status.Ended);
        decide(ID, GrantOutcome.PoolExhausted);
        assertMoney(0, 0, costOf(terms));
    }

    function test_Cancel_WhenRequested_refundsAll() public {
        request(terms);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationCancelled(ID, 0);
        cancel();
        assertRefunded(Status.Cancelled);
        assertEq(bookedIn(POOL, bucket), 0, "calendar");
        expectDecisionSkip(ID, Status.Cancelled);
        decide(ID, GrantOutcome.Granted);
    }

    function test_Cancel_WhenGrantedBeforeStart_frees() public {
        terms.start = start + 10_000;
        requestGranted(terms);
        assertEq(bookedIn(POOL, (start + 10_000) / 900), 15, "booked");
        vm.warp(start + 9_999);
        cancel();
        assertStatus(ID, Status.Cancelled);
        assertOpen(client, 0, 0);
        assertEq(bookedIn(POOL, (start + 10_000) / 900), 0, "calendar");
    }

    function test_Cancel_WhenBegun_reverts() public {
        requestGranted(terms);
        expectWrongStatus(Status.Granted);
        cancel();
        vm.warp(start + 600);
        expectWrongStatus(Status.Ended);
        cancel();
    }

    function test_Expire_WhenUndecided_refundsAll() public {
        request(terms);
        vm.warp(start + DECISION_SECONDS);
        expectNotYet(start + DECISION_SECONDS + 1);
        allocation.expire(ID);
        vm.warp(start + DECISION_SECONDS + 1);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationExpired(ID);
        vm.prank(stranger);
        allocation.expire(ID);
        assertRefunded(Status.Expired);
        assertEq(bookedIn(POOL, bucket), 0, "calendar");
    }

    function test_Expire_WhenWindowOver_leavesThePastBooked() public {
        request(terms);
        vm.warp(start + 600);
        allocation.expire(ID);
        assertRefunded(Status.Expired);
        assertEq(bookedIn(POOL, bucket), 15, "calendar of the past");
    }

    function test_Release_endsNow_andFreesBucketsNotBegun() public {
        terms.duration = 3600;
        requestGranted(terms);
        vm.warp(start + 901);
        release();
        assertStatus(ID, Status.Ended);
        Reservation memory kept = allocation.reservation(ID);
        assertEq(kept.end, start + 901, "end");
        assertEq(kept.price, UNIT_PRICE * 15 * 901, "what is still due");
        assertOpen(client, 0, 0);
        for (uint64 i = 0; i < 4; ++i) assertEq(bookedIn(POOL, bucket + i), i < 2 ? 15 : 0, "bucket");
    }

    function test_Release_WhenAtBucketEdge_freesTheNext() public {
        terms.duration = 3600;
        requestGranted(terms);
        vm.warp(start + 900);
        release();
        for (uint64 i = 0; i < 4; ++i) assertEq(bookedIn(POOL, bucket + i), i < 1 ? 15 : 0, "bucket");
    }

    function test_Release_WhenBeforeStart_freesAll() public {
        terms.start = start + 1000;
        requestGranted(terms);
        release();
        assertEq(bookedIn(POOL, (start + 1000) / 900), 0, "calendar");
        assertEq(allocation.reservation(ID).end, start + 1000, "end is the start");
        assertEq(allocation.reservation(ID).price, 0, "nothing due");
        settleLine(ID, 0);
        assertStatus(ID, Status.Settled);
    }

    function test_Reopen_WhenGranted_waitsAgain() public {
        requestGranted(terms);
        takeAs(client, 5);
        vm.warp(start + 100);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationReopened(ID, start + 100);
        reopen(ID);
        assertStatus(ID, Status.Requested);
        assertEq(allocation.reservation(ID).requestedAt, start + 100, "time starts anew");
        assertEq(allocation.reservation(ID).takes, 5, "takes stay");
        assertOpen(client, 15, 1);
        vm.warp(start + 100 + DECISION_SECONDS);
        expectNotYet(start + 100 + DECISION_SECONDS + 1);
        allocation.expire(ID);
        decide(ID, GrantOutcome.Granted);
        assertStatus(ID, Status.Granted);
    }

    function test_Reopen_WhenOver_isGrantedAgainAndSettled() public {
        requestGranted(terms);
        vm.warp(start + 600);
        assertStatus(ID, Status.Ended);
        reopen(ID);
        assertStatus(ID, Status.Requested);
        expectWrongStatus(Status.Requested);
        allocation.refundExpired(ID);
        decide(ID, GrantOutcome.Granted);
        assertStatus(ID, Status.Ended);
        settleLine(ID, 15 * 600 * 1_000_000);
        assertMoney(0, costOf(terms), 0);
    }

    function test_Reopen_WhenNotStoredGranted_skips() public {
        expectDecisionSkip(ID, Status.None);
        reopen(ID);
        request(terms);
        expectDecisionSkip(ID, Status.Requested);
        reopen(ID);
        decide(ID, GrantOutcome.Granted);
        expectDecisionSkip(ID, Status.Granted);
        vm.prank(address(hub));
        allocation.reopen(one(decisionFor(ID, GrantOutcome.PoolExhausted)), 0);
        vm.warp(start + 10);
        release();
        expectDecisionSkip(ID, Status.Ended);
        reopen(ID);
        settleLine(ID, 0);
        expectDecisionSkip(ID, Status.Settled);
        reopen(ID);
    }

    function test_Reopen_WhenTheDecisionWasSkipped_leavesTheGrant() public {
        requestGranted(terms);
        Decision[] memory repeated = new Decision[](2);
        repeated[1] = decisionFor(ID, GrantOutcome.Granted);
        vm.startPrank(address(hub));
        assertEq(allocation.decide(repeated), 3, "neither applies");
        expectDecisionSkip(ID, Status.Granted);
        allocation.reopen(repeated, 3);
        assertStatus(ID, Status.Granted);
        allocation.reopen(repeated, 1);
        assertStatus(ID, Status.Requested);
        vm.stopPrank();
    }

    /// @dev The pause of reports holds refunds up by its own length, at most 7 days.
    function test_RefundExpired_WhenReportsPaused_waitsLonger() public {
        requestGranted(terms);
        vm.prank(admin);
        registry.pause(2);
        vm.warp(start + 5000);
        vm.prank(admin);
        registry.unpause(2);
        uint256 until = start + 600 + GRACE_SECONDS + 5000;
        vm.warp(until);
        expectNotYet(until + 1);
        allocation.refundExpired(ID);
        vm.warp(until + 1);
        allocation.refundExpired(ID);
        assertRefunded(Status.Refunded);
    }

    function test_RefundExpired_WhenPausedForLong_waitsSevenDays() public {
        requestGranted(terms);
        vm.prank(admin);
        registry.pause(2);
        uint256 until = start + 600 + GRACE_SECONDS + 7 days;
        vm.warp(until);
        expectNotYet(until + 1);
        allocation.refundExpired(ID);
        vm.warp(until + 1);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationRefunded(ID);
        vm.prank(stranger);
        allocation.refundExpired(ID);
        assertRefunded(Status.Refunded);
    }

    function test_RefundExpired_WhenReleased_countsFromTheRelease() public {
        requestGranted(terms);
        vm.warp(start + 10);
        release();
        vm.warp(start + 10 + GRACE_SECONDS);
        expectNotYet(start + 10 + GRACE_SECONDS + 1);
        allocation.refundExpired(ID);
        vm.warp(start + 10 + GRACE_SECONDS + 1);
        allocation.refundExpired(ID);
        assertStatus(ID, Status.Refunded);
        assertEq(treasury.escrowOf(client), 0, "escrow");
        assertOpen(client, 0, 0);
    }

    /// @dev A final reservation keeps who, what and when; everything else reads as zero.
    function test_Final_clearsTheRest() public {
        requestGranted(terms);
        takeAs(client, 3);
        vm.warp(start + 600);
        settleLine(ID, 0);
        Reservation memory kept = allocation.reservation(ID);
        assertEq(kept.client, client, "client");
        assertEq(kept.slots, 15, "slots");
        assertEq(kept.start, start, "start");
        assertEq(kept.end, start + 600, "end");
        assertEq(kept.requestedAt + kept.takesPerMinute + kept.takes + kept.price, 0, "cleared");
        assertEq(kept.payer, address(0), "payer");
    }

    function test_Times_areThoseOfTheDeployment() public view {
        assertEq(allocation.decisionSeconds(), DECISION_SECONDS, "decision");
        assertEq(allocation.graceSeconds(), GRACE_SECONDS, "grace");
    }

    function assertRefunded(Status status) private view {
        assertStatus(ID, status);
        assertMoney(costOf(terms), 0, 0);
        assertOpen(client, 0, 0);
    }

    function expectNotActive(Status status) private {
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_NotActive.selector, ID, status));
    }
}
