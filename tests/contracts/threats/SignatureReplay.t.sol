// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReportHub} from "../../../contracts/interfaces/IReportHub.sol";
import {Report} from "../../../contracts/types/Reports.sol";
import {Decision} from "../../../contracts/types/Reservations.sol";
import {ReportFixture} from "../ReportFixture.sol";

/// @dev Threat: an oracle's signature used again, elsewhere, or in another form. Two of three must sign here.
contract SignatureReplayTest is ReportFixture {
    /// @dev Order of the secp256k1 group: s and order - s sign the same.
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    uint256[] private keys;
    Report private report;
    bytes[] private signatures;

    function setUp() public {
        uint256[] memory all = sortedKeys(3);
        setUpRealm(addressesOf(all), 2, CHALLENGE_SECONDS);
        keys.push(all[0]);
        keys.push(all[1]);
        report = nextEmpty();
        signatures = signaturesOver(attestation(report), keys);
    }

    function test_Replay_WhenAccepted_isNoLongerNext() public {
        submit();
        expectSequence(1, 2);
        submit();
    }

    /// @dev The signature covers the sequence, so that the same evidence cannot be sold as the next report.
    function test_Replay_WhenForTheNextSequence_isRefused() public {
        submit();
        (report.sequence, report.previousHead) = (2, hub.head());
        expectNobody();
        submit();
        signatures = signaturesOver(attestation(report), keys);
        submit();
    }

    /// @dev Each field is signed: whichever is changed, the signatures no longer fit. The fields that the hub compares
    /// itself are refused before.
    function test_Replay_WhenAFieldIsChanged_isRefused() public {
        Report memory signed = report;
        for (uint256 i = 0; i < 6; ++i) {
            report = signed;
            if (i == 0) report.toTime += 1;
            if (i == 1) report.count += 1;
            if (i == 2) report.eventsRoot = "other";
            if (i == 3) report.stateHash = "other";
            if (i == 4) report.dataHash = "other";
            if (i == 5) report.linesHash = "other";
            expectNobody();
            submit();
        }
        report = signed;
        submit();
    }

    /// @dev A fork of the chain with another id keeps the state, the digest of the configuration among it.
    function test_Replay_WhenOnAnotherChain_isRefused() public {
        uint256 here = block.chainid;
        vm.chainId(here + 1);
        expectNobody();
        submit();
        vm.chainId(here);
        submit();
    }

    /// @dev A second hub with the same signers, for which the report itself would fit.
    function test_Replay_WhenOnAnotherHub_isRefused() public {
        IReportHub first = hub;
        address[] memory signers = hub.signers();
        hub = IReportHub(
            deploy("ReportHub", abi.encode(registry, address(allocation), signers, uint8(2), uint32(300), uint32(0)))
        );
        vm.prank(admin);
        hub.startEra(1, keccak256("scenario"), 42, 0);
        assertEq(hub.head(), report.previousHead, "the report fits");
        expectNobody();
        submit();
        hub = first;
        submit();
    }

    /// @dev Even a rotation to the same signers and threshold: the configuration's number is signed.
    function test_Replay_WhenSignedBeforeARotation_isRefused() public {
        address[] memory signers = hub.signers();
        vm.prank(admin);
        hub.scheduleRotation(signers, 2);
        vm.warp(now64() + ROTATION_DELAY_SECONDS);
        hub.rotate();
        expectNobody();
        submit();
        signatures = signaturesOver(attestation(report), keys);
        submit();
    }

    /// @dev What was made void stays so, though its sequence is used anew.
    function test_Replay_WhenVoid_isRefused() public {
        submit();
        uint64 time = now64();
        vm.startPrank(admin);
        hub.disable(report, time);
        hub.reopen(report, time, new Decision[](0));
        hub.startEra(2, "scenario", 43, 0);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_WrongEra.selector, 1, 2));
        submit();
        report.era = 2;
        vm.expectRevert(
            abi.encodeWithSelector(IReportHub.ReportHub_WrongHead.selector, report.previousHead, hub.head())
        );
        submit();
        report.previousHead = hub.head();
        expectNobody();
        submit();
    }

    /// @dev The block that vouches for the chain is signed too; who hands in a report cannot choose another.
    function test_Replay_WhenWithAnotherAnchor_isRefused() public {
        bytes32 anchorHash = blockhash(999);
        report.toBlock = 998;
        report.toBlockHash = blockhash(998);
        signatures = signaturesOver(attestation(report), keys);
        bytes32 digest = hub.attestationDigest(hub.reportHash(report), 999, anchorHash);
        expectUnknown(0, signerIn(signatures[0], digest));
        hub.submit(report, new Decision[](0), signatures, 999, anchorHash);
        submit();
    }

    function test_Malleable_WhenSIsHigh_isRefused() public {
        (bytes32 r, bytes32 s, uint8 v) = split(signatures[1]);
        bytes memory twin = abi.encodePacked(r, ORDER - uint256(s), v == 27 ? uint8(28) : uint8(27));
        assertEq(signerIn(twin, attestation(report)), vm.addr(keys[1]), "the twin is a signature");
        signatures[1] = twin;
        expectBad(1);
        submit();
        // Nor does the twin count beside the signature, as that of a second signer.
        (signatures[0], signatures[1]) = (signWith(keys[1], attestation(report)), twin);
        expectBad(1);
        submit();
    }

    /// @dev Where ecrecover answers 0: a wrong v, r = 0 or s = 0. Address 0 can be no signer.
    function test_EcrecoverZero_isRefused() public {
        (bytes32 r, bytes32 s, uint8 v) = split(signatures[0]);
        bytes[5] memory broken = [
            abi.encodePacked(r, s, uint8(0)),
            abi.encodePacked(r, s, uint8(29)),
            abi.encodePacked(bytes32(0), s, v),
            abi.encodePacked(r, bytes32(0), v),
            new bytes(65)
        ];
        for (uint256 i = 0; i < 5; ++i) {
            assertEq(signerIn(broken[i], attestation(report)), address(0), "nobody");
            signatures[0] = broken[i];
            expectBad(0);
            submit();
        }
    }

    function test_Duplicate_isRefused() public {
        signatures[1] = signatures[0];
        address signer = vm.addr(keys[0]);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_SignersNotAscending.selector, 1, signer, signer));
        submit();
    }

    function submit() private {
        hub.submit(report, new Decision[](0), signatures, 0, 0);
    }

    /// @dev Over another digest a signature names an address that nobody has; the first is refused for it.
    function expectNobody() private {
        expectUnknown(0, signerIn(signatures[0], attestation(report)));
    }

    function expectUnknown(uint256 index, address recovered) private {
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_UnknownSigner.selector, index, recovered));
    }

    function expectBad(uint256 index) private {
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_BadSignature.selector, index));
    }

    function expectSequence(uint64 given, uint64 expected) private {
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_WrongSequence.selector, given, expected));
    }
}
