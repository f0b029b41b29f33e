// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReportHub} from "../../contracts/interfaces/IReportHub.sol";
import {ReservationId} from "../../contracts/types/Ids.sol";
import {Report} from "../../contracts/types/Reports.sol";
import {Decision, GrantOutcome, Line, Status} from "../../contracts/types/Reservations.sol";
import {RealmFixture} from "./RealmFixture.sol";

/// @dev Specification: ReportHub.tree. One signer; several are in ReportSignatures.t.sol.
contract ReportHubTest is RealmFixture {
    uint32 private constant CHALLENGE_SECONDS = 300;

    Decision[] private decisions;
    Line[] private lines;

    function setUp() public {
        setUpRealm(oneSigner(), 1, CHALLENGE_SECONDS);
    }

    function test_StartEra_chainsTheHead() public {
        bytes32 before = hub.head();
        bytes32 expected = keccak256(abi.encode(before, uint64(2), uint32(3), bytes32("s"), uint64(4), bytes32("n")));
        vm.expectEmit(address(hub));
        emit IReportHub.EraStarted(2, 3, "s", 4, "n", expected);
        vm.prank(admin);
        hub.startEra(3, "s", 4, "n");
        assertEq(hub.head(), expected, "head");
        assertEq(hub.era(), 2, "era");
    }

    function test_StartEra_WhenStranger_reverts() public {
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_NotAdmin.selector, stranger));
        hub.startEra(1, 0, 0, 0);
    }

    function test_Submit_acceptsAndTells() public {
        Report memory report = nextReport(decisions, lines);
        bytes32 hash = keccak256(abi.encode(report));
        bytes[] memory signatures = signedBy(ORACLE_KEY, report);
        vm.expectEmit(address(hub));
        emit IReportHub.ReportAccepted(1, hash, stranger, uint64(block.timestamp), 1, report);
        vm.prank(stranger);
        hub.submit(report, decisions, signatures, 0, 0);
        assertEq(hub.head(), hash, "head");
        assertEq(hub.sequence(), 1, "sequence");
        assertEq(hub.digestOf(1), keccak256(abi.encode(hash, uint64(block.timestamp))), "ring");
        assertEq(hub.digestOf(0), 0, "before the first");
        assertEq(hub.digestOf(2), 0, "after the last");
    }

    function test_Submit_appliesDecisions_andSkipsStaleOnes() public {
        request(someTerms());
        decisions.push(decisionFor(ReservationId.wrap(9), GrantOutcome.Granted));
        decisions.push(decisionFor(ID, GrantOutcome.Granted));
        submit(nextReport(decisions, lines));
        assertStatus(ID, Status.Granted);
        submit(nextReport(decisions, lines));
        assertStatus(ID, Status.Granted);
        assertEq(hub.sequence(), 2, "a report with nothing but stale decisions counts");
    }

    function test_Submit_WhenPaused_reverts() public {
        Report memory report = nextReport(decisions, lines);
        vm.prank(admin);
        registry.pause(2);
        refused(report, abi.encodeWithSelector(IReportHub.ReportHub_Paused.selector, 2));
    }

    function test_Submit_WhenNoEra_reverts() public {
        hub = IReportHub(
            deploy("ReportHub", abi.encode(registry, address(allocation), oneSigner(), uint8(1), uint32(0), uint32(0)))
        );
        refused(nextReport(decisions, lines), abi.encodeWithSelector(IReportHub.ReportHub_NoEra.selector));
    }

    function test_Submit_WhenOrderWrong_reverts() public {
        submit(nextReport(decisions, lines));
        Report memory report = nextReport(decisions, lines);
        report.era = 2;
        refused(report, abi.encodeWithSelector(IReportHub.ReportHub_WrongEra.selector, 2, 1));
        report.era = 1;
        uint64[3] memory sequences = [uint64(0), 1, 3];
        for (uint256 i = 0; i < 3; ++i) {
            report.sequence = sequences[i];
            refused(report, abi.encodeWithSelector(IReportHub.ReportHub_WrongSequence.selector, sequences[i], 2));
        }
        report.sequence = 2;
        report.previousHead = bytes32("other");
        refused(report, abi.encodeWithSelector(IReportHub.ReportHub_WrongHead.selector, bytes32("other"), hub.head()));
    }

    function test_Submit_WhenNewEra_countsOn() public {
        submit(nextReport(decisions, lines));
        Report memory old = nextReport(decisions, lines);
        vm.prank(admin);
        hub.startEra(2, 0, 0, 0);
        refused(old, abi.encodeWithSelector(IReportHub.ReportHub_WrongEra.selector, 1, 2));
        submit(nextReport(decisions, lines));
        assertEq(hub.sequence(), 2, "sequence");
    }

    function test_Submit_WhenBlockWrong_reverts() public {
        Report memory report = nextReport(decisions, lines);
        report.toBlockHash = bytes32("fork");
        refused(
            report,
            abi.encodeWithSelector(
                IReportHub.ReportHub_WrongBlockHash.selector,
                report.toBlock,
                bytes32("fork"),
                blockhash(report.toBlock)
            )
        );
        uint64[3] memory blocks = [uint64(0), uint64(block.number), uint64(block.number - 251)];
        for (uint256 i = 0; i < 3; ++i) {
            report.toBlock = blocks[i];
            refused(
                report,
                abi.encodeWithSelector(
                    IReportHub.ReportHub_BlockOutOfReach.selector,
                    blocks[i],
                    block.number - 250,
                    block.number - 1
                )
            );
        }
    }

    function test_Submit_GivenAnchor_acceptsOldBlock() public {
        Report memory report = nextReport(decisions, lines);
        report.toBlock = 3;
        report.toBlockHash = bytes32("long ago");
        uint64 anchor = uint64(block.number - 250);
        bytes32 hash = blockhash(anchor);
        bytes[] memory signatures = new bytes[](1);
        signatures[0] = signWith(ORACLE_KEY, hub.attestationDigest(hub.reportHash(report), anchor, hash));
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_AnchorNotAbove.selector, 3, 3));
        hub.submit(report, decisions, signatures, 3, hash);
        vm.expectRevert(
            abi.encodeWithSelector(IReportHub.ReportHub_WrongBlockHash.selector, anchor, bytes32("x"), hash)
        );
        hub.submit(report, decisions, signatures, anchor, "x");
        hub.submit(report, decisions, signatures, anchor, hash);
        assertEq(hub.sequence(), 1, "accepted");
    }

    function test_Submit_WhenDecisionsDiffer_reverts() public {
        Report memory report = nextReport(decisions, lines);
        decisions.push(decisionFor(ID, GrantOutcome.Granted));
        bytes32 given = keccak256(abi.encode(decisions));
        refused(
            report,
            abi.encodeWithSelector(IReportHub.ReportHub_WrongDecisions.selector, given, report.decisionsHash)
        );
        Decision[] memory many = new Decision[](65);
        report = nextReport(many, lines);
        bytes[] memory signatures = signedBy(ORACLE_KEY, report);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_TooManyDecisions.selector, 65, 64));
        hub.submit(report, many, signatures, 0, 0);
    }

    function test_Settle_waitsForTheChallengeWindow_andRunsOnce() public {
        requestGranted(someTerms());
        vm.warp(block.timestamp + 600);
        lines.push(Line(ReservationId.wrap(9), 0));
        lines.push(Line(ID, 15 * 600 * 1_000_000));
        Report memory report = nextReport(decisions, lines);
        submit(report);
        uint64 acceptedAt = uint64(block.timestamp);
        uint256 until = acceptedAt + CHALLENGE_SECONDS;
        vm.warp(until - 1);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_ChallengeOpen.selector, 1, until));
        hub.settle(report, acceptedAt, lines);
        vm.warp(until);
        vm.prank(admin);
        registry.pause(3);
        vm.expectEmit(address(hub));
        emit IReportHub.ReportSettled(1, 2);
        vm.prank(stranger);
        hub.settle(report, acceptedAt, lines);
        assertStatus(ID, Status.Settled);
        assertEq(treasury.creditOf(provider), costOf(someTerms()), "provider");
        assertTrue(hub.isSettled(1), "settled");
        assertTrue(!hub.isSettled(2), "the next is not");
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_AlreadySettled.selector, 1));
        hub.settle(report, acceptedAt, lines);
    }

    function test_Settle_WhenNotTheReport_reverts() public {
        Report memory report = nextReport(decisions, lines);
        submit(report);
        uint64 acceptedAt = uint64(block.timestamp);
        bytes32 held = hub.digestOf(1);
        bytes32 given = keccak256(abi.encode(hub.reportHash(report), acceptedAt - 1));
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_UnknownReport.selector, 1, given, held));
        hub.settle(report, acceptedAt - 1, lines);
        report.stateHash = 0;
        given = keccak256(abi.encode(hub.reportHash(report), acceptedAt));
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_UnknownReport.selector, 1, given, held));
        hub.settle(report, acceptedAt, lines);
        report.sequence = 2;
        given = keccak256(abi.encode(hub.reportHash(report), acceptedAt));
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_UnknownReport.selector, 2, given, bytes32(0)));
        hub.settle(report, acceptedAt, lines);
    }

    function test_Settle_WhenLinesDiffer_reverts() public {
        Report memory report = nextReport(decisions, lines);
        submit(report);
        uint64 acceptedAt = uint64(block.timestamp);
        vm.warp(acceptedAt + CHALLENGE_SECONDS);
        lines.push(Line(ID, 1));
        bytes32 given = keccak256(abi.encode(lines));
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_WrongLines.selector, given, report.linesHash));
        hub.settle(report, acceptedAt, lines);
        Line[] memory many = new Line[](201);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_TooManyLines.selector, 201, 200));
        hub.settle(report, acceptedAt, many);
    }

    function test_VerifyEvent_provesALeafOfAnAcceptedReport() public {
        Report memory report = nextReport(decisions, lines);
        bytes32 left = keccak256(bytes.concat(keccak256(abi.encode(uint64(1), uint64(0), bytes("left")))));
        bytes32 right = keccak256(bytes.concat(keccak256(abi.encode(uint64(1), uint64(1), bytes("right")))));
        (report.count, report.eventsRoot) = (2, keccak256(bytes.concat(left, right)));
        bytes32[] memory proof = new bytes32[](1);
        proof[0] = left;
        uint64 acceptedAt = uint64(block.timestamp);
        assertTrue(!hub.verifyEvent(report, acceptedAt, 1, "right", proof), "not yet accepted");
        submit(report);
        assertTrue(hub.verifyEvent(report, acceptedAt, 1, "right", proof), "proven");
        assertTrue(!hub.verifyEvent(report, acceptedAt, 1, "wrong", proof), "other payload");
        assertTrue(!hub.verifyEvent(report, acceptedAt, 0, "right", proof), "other index");
        assertTrue(!hub.verifyEvent(report, acceptedAt, 2, "right", proof), "index out of range");
        assertTrue(!hub.verifyEvent(report, acceptedAt, 1, "right", new bytes32[](2)), "other depth");
        assertTrue(!hub.verifyEvent(report, acceptedAt + 1, 1, "right", proof), "other time of acceptance");
        report.stateHash = 0;
        assertTrue(!hub.verifyEvent(report, acceptedAt, 1, "right", proof), "other report");
    }

    function submit(Report memory report) private {
        bytes[] memory signatures = signedBy(ORACLE_KEY, report);
        hub.submit(report, decisions, signatures, 0, 0);
    }

    function refused(Report memory report, bytes memory reason) private {
        bytes[] memory signatures = signedBy(ORACLE_KEY, report);
        vm.expectRevert(reason);
        hub.submit(report, decisions, signatures, 0, 0);
    }
}
