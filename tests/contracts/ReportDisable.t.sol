// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../../contracts/interfaces/IParticleAllocation.sol";
import {IReportHub} from "../../contracts/interfaces/IReportHub.sol";
import {ReservationId} from "../../contracts/types/Ids.sol";
import {Report} from "../../contracts/types/Reports.sol";
import {Decision, GrantOutcome, Line, Status, Terms} from "../../contracts/types/Reservations.sol";
import {ReportFixture} from "./ReportFixture.sol";

/// @dev Specification: ReportHub.tree, disabling. The admin of the fixture is guardian too.
contract ReportDisableTest is ReportFixture {
    ReservationId private constant OTHER = ReservationId.wrap(2);

    Report private first;
    Report private second;
    uint64 private firstAt;
    Decision[] private decisions;

    function setUp() public {
        setUpRealm(oneSigner(), 1, CHALLENGE_SECONDS);
        Terms memory terms = someTerms();
        request(terms);
        requestAs(client, OTHER, terms, costOf(terms));
        decisions.push(decisionFor(ID, GrantOutcome.Granted));
        decisions.push(decisionFor(OTHER, GrantOutcome.PoolExhausted));
        firstAt = now64();
        first = acceptNext(decisions, new Line[](0));
        second = acceptEmpty();
    }

    function test_Disable_WhenStranger_reverts() public {
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_MissingRole.selector, stranger, 8));
        hub.disable(first, firstAt);
    }

    function test_Disable_WhenWindowOver_reverts() public {
        vm.warp(firstAt + CHALLENGE_SECONDS);
        vm.prank(admin);
        vm.expectRevert(
            abi.encodeWithSelector(IReportHub.ReportHub_ChallengeOver.selector, 1, firstAt + CHALLENGE_SECONDS)
        );
        hub.disable(first, firstAt);
    }

    function test_Disable_WhenUnknown_reverts() public {
        bytes32 given = keccak256(abi.encode(hub.reportHash(first), firstAt - 1));
        bytes32 held = hub.digestOf(1);
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_UnknownReport.selector, 1, given, held));
        hub.disable(first, firstAt - 1);
    }

    function test_Disable_voidsItAndAllLater() public {
        vm.expectEmit(address(hub));
        emit IReportHub.ReportsDisabled(1, 2, first.previousHead);
        disableFirst();
        assertEq(hub.sequence(), 0, "sequence");
        assertEq(hub.head(), first.previousHead, "head");
        assertEq(hub.digestOf(1), 0, "void");
        assertEq(hub.digestOf(2), 0, "void");
        assertEq(hub.voidThrough(), 2, "to be reopened");
        assertTrue(hub.eraClosed(), "closed");
        vm.warp(firstAt + CHALLENGE_SECONDS);
        assertTrue(!hub.isFinal(first, firstAt), "never final");
    }

    function test_Submit_WhenClosed_reverts() public {
        disableFirst();
        Report memory next = nextReport(new Decision[](0), new Line[](0));
        bytes[] memory signatures = signedBy(ORACLE_KEY, next);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_EraClosed.selector, 1));
        hub.submit(next, new Decision[](0), signatures, 0, 0);
    }

    function test_StartEra_WhenNotReopened_reverts() public {
        disableFirst();
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_NotReopened.selector, 2));
        hub.startEra(1, 0, 0, 0);
    }

    function test_Reopen_goesBackFromTheLast() public {
        disableFirst();
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_NotNextToReopen.selector, 1, 2));
        hub.reopen(first, firstAt, decisions);
        reopenBoth();
        assertEq(hub.voidThrough(), 0, "all reopened");
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_NotNextToReopen.selector, 1, 0));
        hub.reopen(first, firstAt, decisions);
    }

    function test_Reopen_WhenOtherDecisions_reverts() public {
        disableFirst();
        hub.reopen(second, firstAt, new Decision[](0));
        bytes32 given = keccak256(abi.encode(new Decision[](0)));
        vm.expectRevert(
            abi.encodeWithSelector(IReportHub.ReportHub_WrongDecisions.selector, given, first.decisionsHash)
        );
        hub.reopen(first, firstAt, new Decision[](0));
    }

    function test_Reopen_WhenAnotherReport_reverts() public {
        disableFirst();
        bytes32 given = keccak256(abi.encode(hub.reportHash(second), firstAt + 1));
        bytes32 held = keccak256(abi.encode(hub.reportHash(second), firstAt));
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_UnknownReport.selector, 2, given, held));
        hub.reopen(second, firstAt + 1, new Decision[](0));
    }

    function test_Reopen_takesGrantsBackAndLeavesRefusals() public {
        disableFirst();
        vm.warp(firstAt + 50);
        hub.reopen(second, firstAt, new Decision[](0));
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationReopened(ID, now64());
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.DecisionSkipped(OTHER, Status.Refused);
        hub.reopen(first, firstAt, decisions);
        assertStatus(ID, Status.Requested);
        assertStatus(OTHER, Status.Refused);
        assertEq(allocation.reservation(ID).requestedAt, firstAt + 50, "a fresh time for a decision");
    }

    function test_Expire_afterReopening_waitsAFreshTime() public {
        disableFirst();
        vm.warp(firstAt + 50);
        reopenBoth();
        vm.warp(firstAt + 50 + DECISION_SECONDS);
        vm.expectRevert(
            abi.encodeWithSelector(
                IParticleAllocation.ParticleAllocation_NotYet.selector,
                ID,
                firstAt + 50 + DECISION_SECONDS + 1
            )
        );
        allocation.expire(ID);
        vm.warp(firstAt + 50 + DECISION_SECONDS + 1);
        allocation.expire(ID);
        assertEq(treasury.creditOf(client), 2 * costOf(someTerms()), "both refunded");
    }

    function test_Submit_inTheNextEra_usesTheSequenceAnewAndGrantsAgain() public {
        disableFirst();
        reopenBoth();
        vm.prank(admin);
        hub.startEra(2, "scenario", 43, 0);
        delete decisions;
        decisions.push(decisionFor(ID, GrantOutcome.Granted));
        Report memory again = acceptNext(decisions, new Line[](0));
        assertEq(again.sequence, 1, "sequence");
        assertStatus(ID, Status.Granted);
        assertTrue(!hub.verifyEvent(first, firstAt, 0, "", new bytes32[](0)), "the void one stays void");
    }

    function test_Settle_WhenVoid_reverts() public {
        Line[] memory lines = new Line[](1);
        lines[0] = Line(ID, 0);
        Report memory third = acceptNext(new Decision[](0), lines);
        disableFirst();
        vm.warp(firstAt + CHALLENGE_SECONDS + 600);
        bytes32 given = keccak256(abi.encode(hub.reportHash(third), firstAt));
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_UnknownReport.selector, 3, given, bytes32(0)));
        hub.settle(third, firstAt, lines);
    }

    function test_Disable_WhenAnEarlierOneFollows_keepsTheLastToReopen() public {
        vm.startPrank(admin);
        hub.disable(second, firstAt);
        hub.disable(first, firstAt);
        vm.stopPrank();
        assertEq(hub.voidThrough(), 2, "both wait");
        reopenBoth();
        assertEq(hub.voidThrough(), 0, "none waits");
    }

    /// @dev The earlier report stands: its grant stays, its lines run.
    function test_Disable_WhenALaterOne_leavesTheEarlier() public {
        vm.prank(admin);
        hub.disable(second, firstAt);
        assertEq(hub.sequence(), 1, "sequence");
        assertEq(hub.head(), hub.reportHash(first), "head");
        hub.reopen(second, firstAt, new Decision[](0));
        assertStatus(ID, Status.Granted);
        vm.warp(firstAt + CHALLENGE_SECONDS);
        assertTrue(hub.isFinal(first, firstAt), "stands");
        hub.settle(first, firstAt, new Line[](0));
        assertTrue(hub.isSettled(1) && !hub.isSettled(2), "settled");
    }

    /// @dev A void report that repeats a valid report's grant cannot take it along.
    function test_Reopen_WhenAnEarlierReportGranted_leavesItsGrant() public {
        Report memory third = acceptNext(one(decisionFor(ID, GrantOutcome.Granted)), new Line[](0));
        vm.prank(admin);
        hub.disable(third, firstAt);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.DecisionSkipped(ID, Status.Granted);
        hub.reopen(third, firstAt, one(decisionFor(ID, GrantOutcome.Granted)));
        assertStatus(ID, Status.Granted);
        assertEq(hub.voidThrough(), 0, "reopened all the same");
    }

    /// @dev A new era's mesh is told of the grants that stand and grants them anew: the ledger skips that, and so does
    /// the reopening.
    function test_Reopen_WhenAnEarlierEraGranted_leavesItsGrant() public {
        vm.startPrank(admin);
        hub.disable(second, firstAt);
        hub.reopen(second, firstAt, new Decision[](0));
        hub.startEra(2, "scenario", 43, 0);
        vm.stopPrank();
        Report memory anew = acceptNext(one(decisionFor(ID, GrantOutcome.Granted)), new Line[](0));
        vm.startPrank(admin);
        hub.disable(anew, firstAt);
        hub.reopen(anew, firstAt, one(decisionFor(ID, GrantOutcome.Granted)));
        vm.stopPrank();
        assertStatus(ID, Status.Granted);
    }

    /// @dev Where both reports are void, the one that granted takes its grant back, the one that repeated it nothing.
    function test_Reopen_WhenBothAreVoid_takesTheGrantBackOnce() public {
        Report memory third = acceptNext(one(decisionFor(ID, GrantOutcome.Granted)), new Line[](0));
        disableFirst();
        hub.reopen(third, firstAt, one(decisionFor(ID, GrantOutcome.Granted)));
        assertStatus(ID, Status.Granted);
        reopenBoth();
        assertStatus(ID, Status.Requested);
    }

    /// @dev What was reopened is not reopened once more.
    function test_Disable_WhenTheLaterOneIsReopened_waitsForTheEarlierOnly() public {
        vm.startPrank(admin);
        hub.disable(second, firstAt);
        hub.reopen(second, firstAt, new Decision[](0));
        hub.disable(first, firstAt);
        vm.stopPrank();
        assertEq(hub.voidThrough(), 1, "one waits");
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_NotNextToReopen.selector, 2, 1));
        hub.reopen(second, firstAt, new Decision[](0));
        hub.reopen(first, firstAt, decisions);
        assertEq(hub.voidThrough(), 0, "none waits");
        assertStatus(ID, Status.Requested);
    }

    /// @dev Numbers are used anew, reports are not: neither while the new one is to come, nor beside it, nor after its
    /// lines have run.
    function test_Settle_WhenVoidAndTheSequenceIsUsedAnew_reverts() public {
        Line[] memory lines = new Line[](1);
        lines[0] = Line(ID, 0);
        Report memory third = acceptNext(new Decision[](0), lines);
        vm.prank(admin);
        hub.disable(third, firstAt);
        hub.reopen(third, firstAt, new Decision[](0));
        vm.prank(admin);
        hub.startEra(2, "scenario", 43, 0);
        vm.warp(firstAt + CHALLENGE_SECONDS + 600);
        expectUnknownReport(third, firstAt);
        hub.settle(third, firstAt, lines);
        Report memory anew = acceptEmpty();
        uint64 anewAt = now64();
        assertEq(anew.sequence, 3, "the same number");
        expectUnknownReport(third, firstAt);
        hub.settle(third, firstAt, lines);
        vm.warp(anewAt + CHALLENGE_SECONDS);
        hub.settle(anew, anewAt, new Line[](0));
        expectUnknownReport(third, firstAt);
        hub.settle(third, firstAt, lines);
        assertTrue(!hub.isFinal(third, firstAt), "void");
        assertStatus(ID, Status.Ended);
    }

    /// @dev The report in the place of a void one can be disabled as well.
    function test_Disable_WhenTheSequenceIsUsedAnew_voidsThatToo() public {
        disableFirst();
        reopenBoth();
        vm.prank(admin);
        hub.startEra(2, "scenario", 43, 0);
        bytes32 head = hub.head();
        uint64 time = now64();
        Report memory anew = acceptEmpty();
        vm.startPrank(admin);
        expectUnknownReport(first, firstAt);
        hub.disable(first, firstAt);
        hub.disable(anew, time);
        assertEq(hub.head(), head, "the era's first head");
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_NotReopened.selector, 1));
        hub.startEra(3, "scenario", 44, 0);
        hub.reopen(anew, time, new Decision[](0));
        hub.startEra(3, "scenario", 44, 0);
        assertEq(hub.era(), 3, "era");
        assertTrue(!hub.eraClosed(), "open");
    }

    function disableFirst() private {
        vm.prank(admin);
        hub.disable(first, firstAt);
    }

    function reopenBoth() private {
        hub.reopen(second, firstAt, new Decision[](0));
        hub.reopen(first, firstAt, decisions);
    }
}
