// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {Report} from "../types/Reports.sol";

/// @title ReportHash
/// @notice Hashes of reports.
library ReportHash {
    /// @dev Twelve words.
    uint256 private constant REPORT_BYTES = 384;

    /// @notice keccak256(abi.encode(report)), which for a struct of words in calldata is the hash of these bytes.
    /// @dev Does not check that narrow fields are clean: a report with other bits set hashes to what no clean one does,
    /// and is refused where its fields are read.
    function hashOf(Report calldata report) internal pure returns (bytes32 hash) {
        // solhint-disable-next-line no-inline-assembly
        assembly ("memory-safe") {
            let free := mload(0x40)
            calldatacopy(free, report, REPORT_BYTES)
            hash := keccak256(free, REPORT_BYTES)
        }
    }

    /// @notice keccak256(abi.encode(hash, acceptedAt)): what the ring keeps of an accepted report.
    function ringDigest(bytes32 hash, uint64 acceptedAt) internal pure returns (bytes32) {
        return Hashes.efficientKeccak256(hash, bytes32(uint256(acceptedAt)));
    }
}
