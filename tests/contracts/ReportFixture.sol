// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReportHub} from "../../contracts/interfaces/IReportHub.sol";
import {Report} from "../../contracts/types/Reports.sol";
import {Decision, Line} from "../../contracts/types/Reservations.sol";
import {RealmFixture} from "./RealmFixture.sol";

/// @dev Reports by one signer, with leaves when a test wants some.
abstract contract ReportFixture is RealmFixture {
    uint32 internal constant CHALLENGE_SECONDS = 300;

    function accept(Report memory report, Decision[] memory decisions) internal {
        hub.submit(report, decisions, signedBy(ORACLE_KEY, report), 0, 0);
    }

    /// @dev The next report, accepted; the block moves on, so that another can follow.
    function acceptNext(Decision[] memory decisions, Line[] memory lines) internal returns (Report memory report) {
        report = nextReport(decisions, lines);
        accept(report, decisions);
        vm.roll(block.number + 1);
        vm.setBlockhash(block.number - 1, keccak256(abi.encode("block", block.number - 1)));
    }

    function acceptEmpty() internal returns (Report memory) {
        return acceptNext(new Decision[](0), new Line[](0));
    }

    /// @dev The next report over one leaf, accepted; the root of one leaf is its hash.
    function acceptLeaf(bytes memory payload) internal returns (Report memory report) {
        report = nextReport(new Decision[](0), new Line[](0));
        report.count = 1;
        report.eventsRoot = leafOf(report.sequence, 0, payload);
        accept(report, new Decision[](0));
        vm.roll(block.number + 1);
        vm.setBlockhash(block.number - 1, keccak256(abi.encode("block", block.number - 1)));
    }

    /// @dev Keys in ascending order of their addresses, as signers and signatures must be.
    function sortedKeys(uint256 count) internal pure returns (uint256[] memory keys) {
        keys = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) {
            uint256 key = ORACLE_KEY + i;
            uint256 place = i;
            for (; place != 0 && vm.addr(key) < vm.addr(keys[place - 1]); --place) keys[place] = keys[place - 1];
            keys[place] = key;
        }
    }

    function addressesOf(uint256[] memory keys) internal pure returns (address[] memory signers) {
        signers = new address[](keys.length);
        for (uint256 i = 0; i < keys.length; ++i) signers[i] = vm.addr(keys[i]);
    }

    function signaturesOver(bytes32 digest, uint256[] memory keys) internal pure returns (bytes[] memory signatures) {
        signatures = new bytes[](keys.length);
        for (uint256 i = 0; i < keys.length; ++i) signatures[i] = signWith(keys[i], digest);
    }

    function attestation(Report memory report) internal view returns (bytes32) {
        return hub.attestationDigest(hub.reportHash(report), 0, 0);
    }

    /// @dev Whom a signature names when it is read as one over `digest`.
    function signerIn(bytes memory signature, bytes32 digest) internal pure returns (address) {
        (bytes32 r, bytes32 s, uint8 v) = split(signature);
        return ecrecover(digest, v, r, s);
    }

    function split(bytes memory signature) internal pure returns (bytes32 r, bytes32 s, uint8 v) {
        assembly ("memory-safe") {
            r := mload(add(signature, 32))
            s := mload(add(signature, 64))
            v := byte(0, mload(add(signature, 96)))
        }
    }

    function nextEmpty() internal view returns (Report memory) {
        return nextReport(new Decision[](0), new Line[](0));
    }

    function expectUnknownReport(Report memory report, uint64 acceptedAt) internal {
        bytes32 given = keccak256(abi.encode(hub.reportHash(report), acceptedAt));
        bytes32 held = hub.digestOf(report.sequence);
        vm.expectRevert(
            abi.encodeWithSelector(IReportHub.ReportHub_UnknownReport.selector, report.sequence, given, held)
        );
    }

    function leafOf(uint64 sequence, uint64 index, bytes memory payload) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(sequence, index, payload))));
    }

    function now64() internal view returns (uint64) {
        return uint64(block.timestamp);
    }
}
