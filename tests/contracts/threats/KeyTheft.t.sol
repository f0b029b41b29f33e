// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReportHub} from "../../../contracts/interfaces/IReportHub.sol";
import {Report} from "../../../contracts/types/Reports.sol";
import {Decision, GrantOutcome, Line, Status} from "../../../contracts/types/Reservations.sol";
import {PAUSE_REPORTS} from "../../../contracts/types/Roles.sol";
import {ReportFixture} from "../ReportFixture.sol";

/// @dev Threat: a thief has keys of oracles. Fewer than the threshold do nothing; with enough of them he reports what
/// he likes, until the guardian voids it within the window and a rotation ends the keys.
contract KeyTheftTest is ReportFixture {
    uint256 private constant NEW_KEY = 0xB0B;

    uint256[] private stolen;
    Decision[] private decisions;
    Line[] private lines;

    function setUp() public {
        uint256[] memory keys = sortedKeys(3);
        setUpRealm(addressesOf(keys), 2, CHALLENGE_SECONDS);
        stolen.push(keys[0]);
        stolen.push(keys[1]);
    }

    function test_OneKeyOfTwo_doesNothing() public {
        Report memory report = nextEmpty();
        bytes[] memory signatures = signaturesOver(attestation(report), sortedKeys(1));
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_SignatureCount.selector, 1, 2, 3));
        hub.submit(report, decisions, signatures, 0, 0);
    }

    /// @dev The money of a false delivery is held up by the window, and the guardian's word ends it for good.
    function test_Disable_voidsWhatTheThiefSigned() public {
        request(someTerms());
        decisions.push(decisionFor(ID, GrantOutcome.Granted));
        uint64 time = now64();
        Report memory grant = submitStolen();
        assertStatus(ID, Status.Granted);
        delete decisions;
        vm.warp(time + 299);
        lines.push(Line(ID, 1));
        Report memory payment = submitStolen();
        vm.prank(admin);
        hub.disable(grant, time);
        expectUnknownReport(payment, time + 299);
        hub.settle(payment, time + 299, lines);
        hub.reopen(payment, time + 299, decisions);
        decisions.push(decisionFor(ID, GrantOutcome.Granted));
        hub.reopen(grant, time, decisions);
        assertStatus(ID, Status.Requested);
        assertEq(treasury.creditOf(provider), 0, "nobody was paid");
        vm.warp(time + 299 + CHALLENGE_SECONDS + DECISION_SECONDS);
        expectUnknownReport(payment, time + 299);
        hub.settle(payment, time + 299, lines);
    }

    /// @dev Void reports block a new era, so that the thief's grants cannot be left standing.
    function test_Disable_thenTheThief_waitsForANewEra() public {
        uint64 time = now64();
        Report memory report = submitStolen();
        vm.prank(admin);
        hub.disable(report, time);
        Report memory next = nextEmpty();
        bytes[] memory signatures = signaturesOver(attestation(next), stolen);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_EraClosed.selector, 1));
        hub.submit(next, decisions, signatures, 0, 0);
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_NotReopened.selector, 1));
        hub.startEra(1, 0, 0, 0);
    }

    /// @dev The limit of it: what nobody disputes within the window stands.
    function test_Disable_WhenTooLate_isRefused() public {
        uint64 time = now64();
        Report memory report = submitStolen();
        vm.warp(time + CHALLENGE_SECONDS);
        vm.prank(admin);
        vm.expectRevert(
            abi.encodeWithSelector(IReportHub.ReportHub_ChallengeOver.selector, 1, time + CHALLENGE_SECONDS)
        );
        hub.disable(report, time);
    }

    function test_Rotation_endsTheStolenKeys() public {
        announce();
        vm.warp(now64() + ROTATION_DELAY_SECONDS);
        hub.rotate();
        Report memory report = nextEmpty();
        bytes[] memory signatures = signaturesOver(attestation(report), oneOf(stolen));
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_UnknownSigner.selector, 0, vm.addr(stolen[0])));
        hub.submit(report, decisions, signatures, 0, 0);
        hub.submit(report, decisions, signedBy(NEW_KEY, report), 0, 0);
        assertEq(hub.sequence(), 1, "the new key reports");
    }

    /// @dev Until the delay is over the old keys count; a pause of reports holds the thief off so long.
    function test_Rotation_untilThen_aPauseHolds() public {
        announce();
        submitStolen();
        vm.prank(admin);
        registry.pause(PAUSE_REPORTS);
        Report memory report = nextEmpty();
        bytes[] memory signatures = signaturesOver(attestation(report), stolen);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_Paused.selector, PAUSE_REPORTS));
        hub.submit(report, decisions, signatures, 0, 0);
        vm.warp(now64() + ROTATION_DELAY_SECONDS);
        hub.rotate();
        assertEq(hub.signers()[0], vm.addr(NEW_KEY), "a pause does not hold the rotation up");
    }

    /// @dev The keys sign reports and nothing else.
    function test_TheThief_cannotRotate() public {
        address thief = vm.addr(stolen[0]);
        address[] memory signers = new address[](1);
        signers[0] = thief;
        vm.startPrank(thief);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_NotAdmin.selector, thief));
        hub.scheduleRotation(signers, 1);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_NotAdmin.selector, thief));
        hub.cancelRotation();
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_NotAdmin.selector, thief));
        hub.startEra(1, 0, 0, 0);
        vm.stopPrank();
    }

    function submitStolen() private returns (Report memory report) {
        report = nextReport(decisions, lines);
        hub.submit(report, decisions, signaturesOver(attestation(report), stolen), 0, 0);
        vm.roll(block.number + 1);
        vm.setBlockhash(block.number - 1, keccak256(abi.encode("block", block.number - 1)));
    }

    function announce() private {
        address[] memory signers = new address[](1);
        signers[0] = vm.addr(NEW_KEY);
        vm.prank(admin);
        hub.scheduleRotation(signers, 1);
    }

    function oneOf(uint256[] memory keys) private pure returns (uint256[] memory one_) {
        one_ = new uint256[](1);
        one_[0] = keys[0];
    }
}
