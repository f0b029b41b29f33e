// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReportHub} from "../../contracts/interfaces/IReportHub.sol";
import {Report} from "../../contracts/types/Reports.sol";
import {Decision, Line} from "../../contracts/types/Reservations.sol";
import {ReportFixture} from "./ReportFixture.sol";

/// @dev Two of three signatures, and ways to get them wrong; replays are in threats/SignatureReplay.t.sol.
contract ReportSignaturesTest is ReportFixture {
    uint256[] private keys;
    address[] private signers;
    Report private report;
    Decision[] private decisions;

    function setUp() public {
        keys = sortedKeys(3);
        signers = addressesOf(keys);
        setUpRealm(signers, 2, 0);
        report = nextReport(new Decision[](0), new Line[](0));
    }

    function test_ConfigDigest_coversChainContractSignersThreshold() public view {
        bytes32 expected = keccak256(abi.encode(block.chainid, address(hub), uint64(1), signers, uint8(2)));
        assertEq(hub.configDigest(), expected, "digest");
        assertEq(hub.threshold(), 2, "threshold");
        assertEq(hub.signers().length, 3, "signers");
    }

    function test_Submit_GivenTwoOfThree_accepts() public {
        bytes[] memory signatures = signed(keys[0], keys[2]);
        vm.expectEmit(address(hub));
        emit IReportHub.ReportAccepted(1, hub.reportHash(report), address(this), uint64(block.timestamp), 5, report);
        submit(signatures);
        assertEq(hub.sequence(), 1, "sequence");
    }

    function test_Submit_GivenThreeOfThree_accepts() public {
        submit(signaturesOver(attestation(report), keys));
        assertEq(hub.sequence(), 1, "sequence");
    }

    function test_Submit_WhenCountWrong_reverts() public {
        uint256[3] memory counts = [uint256(0), 1, 4];
        for (uint256 i = 0; i < 3; ++i) {
            refused(
                new bytes[](counts[i]),
                abi.encodeWithSelector(IReportHub.ReportHub_SignatureCount.selector, counts[i], 2, 3)
            );
        }
    }

    function test_Submit_WhenDescending_reverts() public {
        refused(
            signed(keys[2], keys[0]),
            abi.encodeWithSelector(
                IReportHub.ReportHub_SignersNotAscending.selector,
                1,
                vm.addr(keys[0]),
                vm.addr(keys[2])
            )
        );
    }

    function test_Submit_WhenStrangerSigns_reverts() public {
        refused(
            signed(0xBAD, keys[2]),
            abi.encodeWithSelector(IReportHub.ReportHub_UnknownSigner.selector, 0, vm.addr(0xBAD))
        );
    }

    function test_Submit_WhenMalformed_reverts() public {
        bytes[] memory signatures = signed(keys[0], keys[1]);
        signatures[0] = new bytes(65);
        refused(signatures, abi.encodeWithSelector(IReportHub.ReportHub_BadSignature.selector, 0));
        signatures[0] = new bytes(64);
        refused(signatures, abi.encodeWithSelector(IReportHub.ReportHub_BadSignature.selector, 0));
    }

    /// @dev The hash covers whole words: bits above a narrow field make another report, which is refused even when it
    /// is signed, and proves nothing.
    function test_Submit_WhenAFieldIsTooWide_reverts() public {
        uint8[6] memory words = [0, 1, 2, 4, 5, 12];
        for (uint256 i = 0; i < 6; ++i) {
            // The last round sets none, so that the others fail for their bits alone.
            bytes memory encoded = abi.encode(report);
            if (words[i] < 12) encoded[uint256(words[i]) * 32] = 0x01;
            bytes32 digest = hub.attestationDigest(keccak256(encoded), 0, 0);
            bytes memory arguments = abi.encode(report, decisions, signaturesOver(digest, keys), uint64(0), bytes32(0));
            for (uint256 j = 0; j < 384; ++j) arguments[j] = encoded[j];
            (bool accepted, ) = address(hub).call(bytes.concat(IReportHub.submit.selector, arguments));
            assertTrue(accepted == (words[i] == 12), "only the clean one");
        }
    }

    function test_Constructor_WhenConfigBad_reverts() public {
        bytes4 selector = IReportHub.ReportHub_BadConfig.selector;
        expectConfig(new address[](0), 1, abi.encodeWithSelector(selector, 0, 1));
        expectConfig(new address[](33), 1, abi.encodeWithSelector(selector, 33, 1));
        expectConfig(signers, 0, abi.encodeWithSelector(selector, 3, 0));
        expectConfig(signers, 4, abi.encodeWithSelector(selector, 3, 4));
        selector = IReportHub.ReportHub_SignersNotAscending.selector;
        address[] memory broken = new address[](2);
        expectConfig(broken, 1, abi.encodeWithSelector(selector, 0, address(0), address(0)));
        (broken[0], broken[1]) = (signers[1], signers[0]);
        expectConfig(broken, 1, abi.encodeWithSelector(selector, 1, signers[0], signers[1]));
    }

    function deployHub(address[] memory signers_, uint8 threshold) external {
        deploy("ReportHub", abi.encode(registry, address(allocation), signers_, threshold, uint32(0), uint32(0)));
    }

    function expectConfig(address[] memory signers_, uint8 threshold, bytes memory reason) private {
        vm.expectRevert(reason);
        this.deployHub(signers_, threshold);
    }

    function signedOne(uint256 key) private view returns (bytes memory) {
        return signWith(key, attestation(report));
    }

    function signed(uint256 first, uint256 second) private view returns (bytes[] memory signatures) {
        signatures = new bytes[](2);
        (signatures[0], signatures[1]) = (signedOne(first), signedOne(second));
    }

    function submit(bytes[] memory signatures) private {
        hub.submit(report, decisions, signatures, 0, 0);
    }

    function refused(bytes[] memory signatures, bytes memory reason) private {
        vm.expectRevert(reason);
        submit(signatures);
    }
}
