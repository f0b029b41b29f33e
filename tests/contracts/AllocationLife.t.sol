// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../../contracts/interfaces/IParticleAllocation.sol";
import {Decision, GrantOutcome, Line, Reservation, ReservationId, Status, Terms} from "../../contracts/types/Types.sol";
import {RealmFixture} from "./RealmFixture.sol";

/// @dev Specification: ParticleAllocation.tree, branches take to expire.
contract AllocationLifeTest is RealmFixture {
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
        emit IParticleAllocation.TakeRequested(ID, 1, 5, 10_000);
        take(5);
        vm.warp(start + 1);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.TakeRequested(ID, 6, 1, 9_500);
        take(1);
        assertEq(allocation.reservation(ID).takes, 6, "takes");
    }

    function test_Take_WhenBeyondEntitlement_reverts() public {
        requestGranted(terms);
        expectTakeRate(16, 15);
        take(16);
        take(15);
        vm.warp(start + 1);
        expectTakeRate(1, 0);
        take(1);
        vm.warp(start + 2);
        assertEq(allocation.takeTokens(ID), 1, "one has come in after 2 s");
        take(1);
        vm.warp(start + 599);
        expectTakeRate(type(uint32).max, 15);
        take(type(uint32).max);
    }

    function test_Take_WhenZero_reverts() public {
        requestGranted(terms);
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_TakeCountZero.selector, ID));
        take(0);
    }

    function test_Take_WhenNotActive_reverts() public {
        terms.start = start + 100;
        request(terms);
        vm.warp(start + 100);
        expectNotActive(Status.Requested);
        take(1);
        decide(ID, GrantOutcome.Granted);
        vm.warp(start + 99);
        expectNotActive(Status.Granted);
        take(1);
        assertEq(allocation.takeTokens(ID), 0, "no tokens before the start");
        vm.warp(start + 100);
        take(1);
        vm.warp(start + 700);
        expectNotActive(Status.Ended);
        take(1);
    }

    function test_ClientOnly_WhenStranger_reverts() public {
        requestGranted(terms);
        vm.startPrank(stranger);
        bytes memory reason = abi.encodeWithSelector(
            IParticleAllocation.ParticleAllocation_NotClient.selector,
            ID,
            stranger,
            client
        );
        vm.expectRevert(reason);
        allocation.take(ID, 1);
        vm.expectRevert(reason);
        allocation.release(ID);
        vm.expectRevert(reason);
        allocation.cancel(ID);
        vm.expectRevert(
            abi.encodeWithSelector(
                IParticleAllocation.ParticleAllocation_NotClient.selector,
                uint128(9),
                stranger,
                address(0)
            )
        );
        allocation.take(ReservationId.wrap(9), 1);
    }

    function test_HubOnly_WhenStranger_reverts() public {
        vm.startPrank(stranger);
        bytes memory reason = abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_NotHub.selector, stranger);
        vm.expectRevert(reason);
        allocation.decide(new Decision[](0));
        vm.expectRevert(reason);
        allocation.settleLines(new Line[](0));
    }

    function test_Decide_WhenRefused_refundsAll() public {
        request(terms);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationDecided(ID, Status.Refused, decisionFor(ID, GrantOutcome.PoolExhausted));
        decide(ID, GrantOutcome.PoolExhausted);
        assertRefunded(Status.Refused);
        assertEq(allocation.booked(POOL, bucket), 0, "calendar");
    }

    function test_Decide_WhenNoLongerRequested_skips() public {
        expectSkip(Status.None);
        decide(ID, GrantOutcome.Granted);
        request(terms);
        expectSkip(Status.Requested);
        decide(ID, GrantOutcome.None);
        decide(ID, GrantOutcome.Granted);
        expectSkip(Status.Granted);
        decide(ID, GrantOutcome.PoolExhausted);
        vm.warp(start + 600);
        expectSkip(Status.Ended);
        decide(ID, GrantOutcome.PoolExhausted);
    }

    function test_Cancel_WhenRequested_refundsAll() public {
        request(terms);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationCancelled(ID);
        cancel();
        assertRefunded(Status.Cancelled);
        assertEq(allocation.booked(POOL, bucket), 0, "calendar");
        expectWrongStatus(Status.Cancelled);
        cancel();
        expectSkip(Status.Cancelled);
        decide(ID, GrantOutcome.Granted);
    }

    function test_Cancel_WhenGrantedBeforeStart_refundsAll() public {
        terms.start = start + 10_000;
        requestGranted(terms);
        vm.warp(start + 9_999);
        cancel();
        assertRefunded(Status.Cancelled);
        assertEq(allocation.booked(POOL, (start + 10_000) / 900), 0, "calendar");
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
        vm.expectRevert(
            abi.encodeWithSelector(
                IParticleAllocation.ParticleAllocation_NotYet.selector,
                ID,
                start + DECISION_SECONDS + 1
            )
        );
        allocation.expire(ID);
        vm.warp(start + DECISION_SECONDS + 1);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationExpired(ID);
        vm.prank(stranger);
        allocation.expire(ID);
        assertRefunded(Status.Expired);
        assertEq(allocation.booked(POOL, bucket), 0, "calendar");
    }

    function test_Expire_WhenWindowOver_leavesThePastBooked() public {
        request(terms);
        vm.warp(start + 600);
        allocation.expire(ID);
        assertRefunded(Status.Expired);
        assertEq(allocation.booked(POOL, bucket), 15, "calendar of the past");
    }

    function test_Expire_WhenDecided_reverts() public {
        requestGranted(terms);
        vm.warp(start + DECISION_SECONDS + 1);
        expectWrongStatus(Status.Granted);
        allocation.expire(ID);
        expectWrongStatusOf(ReservationId.wrap(9), Status.None);
        allocation.expire(ReservationId.wrap(9));
    }

    function test_Release_endsNow_andFreesBucketsNotBegun() public {
        terms.duration = 3600;
        requestGranted(terms);
        vm.warp(start + 901);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationReleased(ID, start + 901, UNIT_PRICE * 15 * 901);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.BucketsBooked(POOL, bucket + 2, bucket + 3, -15);
        release();
        assertStatus(ID, Status.Ended);
        Reservation memory kept = allocation.reservation(ID);
        assertEq(kept.end, start + 901, "end");
        assertEq(kept.bookedEnd, start + 3600, "booked end");
        assertEq(kept.price, costOf(terms), "full price");
        assertEq(allocation.slotsOf(client), 0, "open slots");
        for (uint64 i = 0; i < 4; ++i) assertEq(allocation.booked(POOL, bucket + i), i < 2 ? 15 : 0, "bucket");
        expectWrongStatus(Status.Ended);
        release();
    }

    function test_Release_WhenAtBucketEdge_freesTheNext() public {
        terms.duration = 3600;
        requestGranted(terms);
        vm.warp(start + 900);
        release();
        for (uint64 i = 0; i < 4; ++i) assertEq(allocation.booked(POOL, bucket + i), i < 1 ? 15 : 0, "bucket");
    }

    function test_Release_WhenBeforeStart_owesNothing() public {
        terms.start = start + 1000;
        requestGranted(terms);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationReleased(ID, start + 1000, 0);
        release();
        assertEq(allocation.booked(POOL, (start + 1000) / 900), 0, "calendar");
        settleLine(ID, 0);
        assertEq(treasury.creditOf(client), costOf(terms), "all comes back");
        assertStatus(ID, Status.Settled);
    }

    function test_Release_WhenNotGranted_reverts() public {
        request(terms);
        expectWrongStatus(Status.Requested);
        release();
        decide(ID, GrantOutcome.Granted);
        vm.warp(start + 600);
        expectWrongStatus(Status.Ended);
        release();
    }

    function take(uint32 count) private {
        vm.prank(client);
        allocation.take(ID, count);
    }

    function cancel() private {
        vm.prank(client);
        allocation.cancel(ID);
    }

    function release() private {
        vm.prank(client);
        allocation.release(ID);
    }

    function assertRefunded(Status status) private view {
        assertStatus(ID, status);
        assertEq(treasury.creditOf(client), costOf(terms), "credit");
        assertEq(treasury.totalEscrow(), 0, "escrow");
        assertEq(allocation.slotsOf(client), 0, "open slots");
    }

    function expectSkip(Status status) private {
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.DecisionSkipped(ID, status);
    }

    function expectWrongStatus(Status status) private {
        expectWrongStatusOf(ID, status);
    }

    function expectWrongStatusOf(ReservationId id, Status status) private {
        vm.expectRevert(
            abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_WrongStatus.selector, id, status)
        );
    }

    function expectNotActive(Status status) private {
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_NotActive.selector, ID, status));
    }

    function expectTakeRate(uint32 wanted, uint32 available) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IParticleAllocation.ParticleAllocation_TakeRateExceeded.selector,
                ID,
                wanted,
                available
            )
        );
    }
}
