// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReportHub} from "../../contracts/interfaces/IReportHub.sol";
import {Report} from "../../contracts/types/Reports.sol";
import {Decision, Line} from "../../contracts/types/Reservations.sol";
import {RealmFixture} from "./RealmFixture.sol";

/// @dev Two of three signatures, and every way to get them wrong.
contract ReportSignaturesTest is RealmFixture {
    /// @dev Order of the secp256k1 group: s and order - s sign the same.
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    uint256[3] private keys;
    address[] private signers;
    Report private report;
    Decision[] private decisions;

    function setUp() public {
        keys = sortedKeys();
        for (uint256 i = 0; i < 3; ++i) signers.push(vm.addr(keys[i]));
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
        bytes[] memory signatures = new bytes[](3);
        for (uint256 i = 0; i < 3; ++i) signatures[i] = signedOne(keys[i]);
        submit(signatures);
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

    function test_Submit_WhenSameSignerTwice_reverts() public {
        refused(
            signed(keys[1], keys[1]),
            abi.encodeWithSelector(
                IReportHub.ReportHub_SignersNotAscending.selector,
                1,
                vm.addr(keys[1]),
                vm.addr(keys[1])
            )
        );
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

    function test_Submit_WhenMalleable_reverts() public {
        bytes[] memory signatures = signed(keys[0], keys[1]);
        (bytes32 r, bytes32 s, uint8 v) = split(signatures[1]);
        signatures[1] = abi.encodePacked(r, ORDER - uint256(s), v == 27 ? uint8(28) : uint8(27));
        refused(signatures, abi.encodeWithSelector(IReportHub.ReportHub_BadSignature.selector, 1));
    }

    function test_Submit_WhenMalformed_reverts() public {
        bytes[] memory signatures = signed(keys[0], keys[1]);
        signatures[0] = new bytes(65);
        refused(signatures, abi.encodeWithSelector(IReportHub.ReportHub_BadSignature.selector, 0));
        signatures[0] = new bytes(64);
        refused(signatures, abi.encodeWithSelector(IReportHub.ReportHub_BadSignature.selector, 0));
    }

    function test_Submit_WhenSignedForAnotherAnchor_reverts() public {
        bytes32 digest = hub.attestationDigest(hub.reportHash(report), 999, blockhash(999));
        bytes[] memory signatures = new bytes[](2);
        for (uint256 i = 0; i < 2; ++i) signatures[i] = signWith(keys[i], digest);
        refusedSomehow(signatures);
    }

    /// @dev The same signers at another hub: its address is in domain and config digest.
    function test_Submit_WhenSignedForAnotherHub_reverts() public {
        bytes[] memory signatures = signed(keys[0], keys[1]);
        hub = IReportHub(
            deploy("ReportHub", abi.encode(registry, address(allocation), signers, uint8(2), uint32(0), uint32(0)))
        );
        vm.prank(admin);
        hub.startEra(1, keccak256("scenario"), 42, 0);
        assertEq(hub.head(), report.previousHead, "the report itself would fit");
        refusedSomehow(signatures);
    }

    function test_Submit_WhenReplayed_reverts() public {
        bytes[] memory signatures = signed(keys[0], keys[1]);
        submit(signatures);
        refused(signatures, abi.encodeWithSelector(IReportHub.ReportHub_WrongSequence.selector, 1, 2));
    }

    function test_Submit_WhenChainIdChanges_reverts() public {
        bytes[] memory signatures = signed(keys[0], keys[1]);
        vm.chainId(99);
        refusedSomehow(signatures);
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
        return signWith(key, hub.attestationDigest(hub.reportHash(report), 0, 0));
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

    /// @dev Signatures over something else recover to unpredictable addresses; none may pass.
    function refusedSomehow(bytes[] memory signatures) private {
        try hub.submit(report, decisions, signatures, 0, 0) {
            revert NotTrue("accepted");
        } catch (bytes memory reason) {
            bytes4 selector = bytes4(reason);
            assertTrue(
                selector == IReportHub.ReportHub_UnknownSigner.selector ||
                    selector == IReportHub.ReportHub_SignersNotAscending.selector,
                "refused for the signatures"
            );
        }
    }

    function split(bytes memory signature) private pure returns (bytes32 r, bytes32 s, uint8 v) {
        assembly ("memory-safe") {
            r := mload(add(signature, 32))
            s := mload(add(signature, 64))
            v := byte(0, mload(add(signature, 96)))
        }
    }

    function sortedKeys() private pure returns (uint256[3] memory sorted) {
        sorted = [uint256(0xA1), 0xA2, 0xA3];
        for (uint256 i = 0; i < 3; ++i) {
            for (uint256 j = i + 1; j < 3; ++j) {
                if (vm.addr(sorted[j]) < vm.addr(sorted[i])) (sorted[i], sorted[j]) = (sorted[j], sorted[i]);
            }
        }
    }
}
