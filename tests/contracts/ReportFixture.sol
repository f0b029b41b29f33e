// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

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

    function leafOf(uint64 sequence, uint64 index, bytes memory payload) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(sequence, index, payload))));
    }

    function now64() internal view returns (uint64) {
        return uint64(block.timestamp);
    }
}
