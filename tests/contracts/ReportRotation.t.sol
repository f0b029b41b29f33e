// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReportHub} from "../../contracts/interfaces/IReportHub.sol";
import {Report} from "../../contracts/types/Reports.sol";
import {Decision, Line} from "../../contracts/types/Reservations.sol";
import {ReportFixture} from "./ReportFixture.sol";

/// @dev Specification: ReportHub.tree, rotation.
contract ReportRotationTest is ReportFixture {
    uint256 private constant NEW_KEY = 0xB0B;

    function setUp() public {
        setUpRealm(oneSigner(), 1, CHALLENGE_SECONDS);
    }

    function test_ScheduleRotation_tells() public {
        uint64 at = now64() + ROTATION_DELAY_SECONDS;
        vm.expectEmit(address(hub));
        emit IReportHub.RotationScheduled(newSigners(), 1, at);
        vm.prank(admin);
        hub.scheduleRotation(newSigners(), 1);
        (address[] memory signers, uint8 threshold, uint64 executableAt) = hub.rotation();
        assertEq(signers[0], vm.addr(NEW_KEY), "signer");
        assertEq(threshold, 1, "threshold");
        assertEq(executableAt, at, "time");
        assertEq(hub.signers()[0], vm.addr(ORACLE_KEY), "the old one signs until then");
    }

    function test_ScheduleRotation_WhenStranger_reverts() public {
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_NotAdmin.selector, stranger));
        hub.scheduleRotation(newSigners(), 1);
    }

    function test_ScheduleRotation_WhenBadConfig_reverts() public {
        vm.startPrank(admin);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_BadConfig.selector, 1, 2));
        hub.scheduleRotation(newSigners(), 2);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_BadConfig.selector, 0, 1));
        hub.scheduleRotation(new address[](0), 1);
        vm.expectRevert(
            abi.encodeWithSelector(IReportHub.ReportHub_SignersNotAscending.selector, 0, address(0), address(0))
        );
        hub.scheduleRotation(new address[](1), 1);
    }

    function test_Rotate_WhenTooEarly_reverts() public {
        vm.prank(admin);
        hub.scheduleRotation(newSigners(), 1);
        uint64 at = now64() + ROTATION_DELAY_SECONDS;
        vm.warp(at - 1);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_RotationNotYet.selector, at));
        hub.rotate();
    }

    function test_Rotate_WhenNothingAnnounced_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_NoRotation.selector));
        hub.rotate();
    }

    function test_Rotate_byAnyone_setsDigestAndTells() public {
        rotateTo();
        bytes32 digest = keccak256(abi.encode(block.chainid, address(hub), uint64(2), newSigners(), uint8(1)));
        assertEq(hub.configDigest(), digest, "digest");
        assertEq(hub.configCount(), 2, "count");
        assertEq(hub.signers()[0], vm.addr(NEW_KEY), "signer");
        (, , uint64 executableAt) = hub.rotation();
        assertEq(executableAt, 0, "nothing announced any more");
    }

    function test_Submit_WhenSignedByTheOldKey_reverts() public {
        rotateTo();
        Report memory report = nextReport(new Decision[](0), new Line[](0));
        bytes[] memory signatures = signedBy(ORACLE_KEY, report);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_UnknownSigner.selector, 0, vm.addr(ORACLE_KEY)));
        hub.submit(report, new Decision[](0), signatures, 0, 0);
        hub.submit(report, new Decision[](0), signedBy(NEW_KEY, report), 0, 0);
        assertEq(hub.sequence(), 1, "the new key signs");
    }

    function test_Submit_WhenSignedBeforeTheRotation_reverts() public {
        Report memory report = nextReport(new Decision[](0), new Line[](0));
        bytes[] memory early = signedBy(NEW_KEY, report);
        rotateTo();
        (bool accepted, ) = address(hub).call(
            abi.encodeCall(IReportHub.submit, (report, new Decision[](0), early, 0, 0))
        );
        assertTrue(!accepted, "a signature covers the configuration");
    }

    function test_CancelRotation_forgetsIt() public {
        vm.startPrank(admin);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_NoRotation.selector));
        hub.cancelRotation();
        hub.scheduleRotation(newSigners(), 1);
        vm.expectEmit(address(hub));
        emit IReportHub.RotationScheduled(new address[](0), 0, 0);
        hub.cancelRotation();
        vm.warp(now64() + ROTATION_DELAY_SECONDS);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_NoRotation.selector));
        hub.rotate();
    }

    function test_CancelRotation_WhenStranger_reverts() public {
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_NotAdmin.selector, stranger));
        hub.cancelRotation();
    }

    function rotateTo() private {
        vm.prank(admin);
        hub.scheduleRotation(newSigners(), 1);
        vm.warp(now64() + ROTATION_DELAY_SECONDS);
        vm.prank(stranger);
        hub.rotate();
    }

    function newSigners() private pure returns (address[] memory signers) {
        signers = new address[](1);
        signers[0] = vm.addr(NEW_KEY);
    }
}
