// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../../../contracts/interfaces/IParticleAllocation.sol";
import {IReportHub} from "../../../contracts/interfaces/IReportHub.sol";
import {ReservationId} from "../../../contracts/types/Ids.sol";
import {Report} from "../../../contracts/types/Reports.sol";
import {Decision, GrantOutcome, Line, Status, Terms} from "../../../contracts/types/Reservations.sol";
import {ReportFixture} from "../ReportFixture.sol";

/// @dev Threat: who makes a block chooses its time within seconds. Each window ends at one exact second, at which one
/// side stops and the other begins: never both, never neither, so that a shift decides between two lawful outcomes.
contract TimestampDriftTest is ReportFixture {
    uint64 private constant START = 1_800_000_000;

    Line[] private lines;

    function setUp() public {
        setUpRealm(oneSigner(), 1, CHALLENGE_SECONDS);
    }

    /// @dev The guardian until the last second of the window, settlement from its end.
    function test_ChallengeWindow_disableOrSettle() public {
        Report memory report = acceptEmpty();
        vm.startPrank(admin);
        uint64 end = START + CHALLENGE_SECONDS;
        vm.warp(end - 1);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_ChallengeOpen.selector, 1, end));
        hub.settle(report, START, lines);
        assertTrue(!hub.isFinal(report, START), "open");
        vm.warp(end);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_ChallengeOver.selector, 1, end));
        hub.disable(report, START);
        assertTrue(hub.isFinal(report, START), "final");
        hub.settle(report, START, lines);
        assertTrue(hub.isSettled(1), "settled");
    }

    function test_ChallengeWindow_disableInItsLastSecond() public {
        Report memory report = acceptEmpty();
        vm.warp(START + CHALLENGE_SECONDS - 1);
        vm.prank(admin);
        hub.disable(report, START);
        vm.warp(START + CHALLENGE_SECONDS);
        expectUnknownReport(report, START);
        hub.settle(report, START, lines);
    }

    /// @dev The window counts from the block that accepted the report, whatever time the report claims.
    function test_ChallengeWindow_isNotTheReportsToMove() public {
        uint64[2] memory claims = [uint64(0), type(uint64).max];
        for (uint256 i = 0; i < 2; ++i) {
            Report memory report = nextEmpty();
            report.toTime = claims[i];
            accept(report, new Decision[](0));
            vm.expectRevert(
                abi.encodeWithSelector(
                    IReportHub.ReportHub_ChallengeOpen.selector,
                    report.sequence,
                    START + CHALLENGE_SECONDS
                )
            );
            hub.settle(report, START, lines);
        }
    }

    /// @dev A time of acceptance that was not is refused, however far it would move the window.
    function test_AcceptedAt_cannotBeChosen() public {
        Report memory report = acceptEmpty();
        vm.warp(START + CHALLENGE_SECONDS);
        uint64[4] memory times = [uint64(0), START - 1, START + 1, type(uint64).max];
        vm.startPrank(admin);
        for (uint256 i = 0; i < 4; ++i) {
            expectUnknownReport(report, times[i]);
            hub.settle(report, times[i], lines);
            expectUnknownReport(report, times[i]);
            hub.disable(report, times[i]);
            assertTrue(!hub.isFinal(report, times[i]), "not accepted then");
        }
    }

    function test_Rotation_fromItsSecondOn() public {
        vm.prank(admin);
        hub.scheduleRotation(addressesOf(sortedKeys(2)), 2);
        uint64 due = START + ROTATION_DELAY_SECONDS;
        vm.warp(due - 1);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_RotationNotYet.selector, due));
        hub.rotate();
        vm.warp(due);
        hub.rotate();
        assertEq(hub.threshold(), 2, "rotated");
    }

    /// @dev A decision is in time until the reservation expires; it can expire a second after its time.
    function test_Decision_orExpiry() public {
        request(someTerms());
        vm.warp(START + DECISION_SECONDS);
        expectNotYet(START + DECISION_SECONDS + 1);
        allocation.expire(ID);
        decide(ID, GrantOutcome.Granted);
        ReservationId other = ReservationId.wrap(2);
        requestAs(client, other, someTerms(), costOf(someTerms()));
        vm.warp(START + 2 * DECISION_SECONDS + 1);
        allocation.expire(other);
        decide(other, GrantOutcome.Granted);
        assertStatus(other, Status.Expired);
    }

    function test_Deadline_isTheLastSecond() public {
        Terms memory terms = someTerms();
        terms.deadline = START;
        request(terms);
        vm.warp(START + 1);
        vm.prank(client);
        vm.expectRevert(
            abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_DeadlinePassed.selector, START, START + 1)
        );
        allocation.request(ReservationId.wrap(2), terms);
    }

    /// @dev From the second at which takes end, lines may settle: never both.
    function test_End_takeOrSettle() public {
        requestGranted(someTerms());
        vm.warp(START + 599);
        settleLine(ID, 1);
        assertStatus(ID, Status.Granted);
        vm.prank(client);
        allocation.take(ID, 1);
        vm.warp(START + 600);
        vm.prank(client);
        vm.expectRevert(
            abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_NotActive.selector, ID, Status.Ended)
        );
        allocation.take(ID, 1);
        settleLine(ID, 1);
        assertStatus(ID, Status.Settled);
    }

    /// @dev A line may come until the refund is made, which waits until a second after the grace.
    function test_Grace_settleOrRefund() public {
        requestGranted(someTerms());
        uint64 end = START + 600 + GRACE_SECONDS;
        vm.warp(end);
        expectNotYet(end + 1);
        allocation.refundExpired(ID);
        vm.warp(end + 1);
        allocation.refundExpired(ID);
        settleLine(ID, 1);
        assertStatus(ID, Status.Refunded);
        assertEq(treasury.creditOf(provider), 0, "not paid too");
    }

    function expectNotYet(uint256 until) private {
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_NotYet.selector, ID, until));
    }
}
