// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IReportHub} from "../interfaces/IReportHub.sol";

/// @title Signers
/// @notice Who may sign reports, the next set that is announced, and the check of signatures.
library Signers {
    /// @dev One bit each in the mask of {ReportAccepted}, and a bound on the gas of a report.
    uint256 private constant MAX_SIGNERS = 32;
    uint256 private constant POSITION_BITS = 8;

    /// @dev The digest is all that a report reads, beside one word for each signature.
    /// @param places Configuration number and position in `current`; stale numbers count for nothing, so that
    /// a rotation need not clear them.
    struct Book {
        bytes32 configDigest;
        uint8 nextThreshold;
        uint64 executableAt;
        address[] current;
        address[] next;
        mapping(address signer => uint256 place) places;
    }

    /// @notice Reverts unless there are 1 to 32 strictly ascending signers and a threshold within their number.
    function check(address[] memory signers, uint8 threshold) internal pure {
        uint256 count = signers.length;
        if (count == 0 || count > MAX_SIGNERS || threshold == 0 || threshold > count) {
            revert IReportHub.ReportHub_BadConfig(count, threshold);
        }
        address previous = address(0);
        for (uint256 i = 0; i < count; ++i) {
            if (signers[i] <= previous) revert IReportHub.ReportHub_SignersNotAscending(i, signers[i], previous);
            previous = signers[i];
        }
    }

    /// @notice Makes checked signers the present ones.
    function set(Book storage self, uint256 number, address[] memory signers, bytes32 configDigest) internal {
        self.configDigest = configDigest;
        self.current = signers;
        for (uint256 i = 0; i < signers.length; ++i) {
            self.places[signers[i]] = (number << POSITION_BITS) | i;
        }
    }

    /// @notice Announces checked signers.
    function schedule(Book storage self, address[] memory signers, uint8 threshold, uint64 executableAt) internal {
        (self.next, self.nextThreshold, self.executableAt) = (signers, threshold, executableAt);
    }

    /// @notice Forgets the announcement.
    function unschedule(Book storage self) internal {
        delete self.next;
        (self.nextThreshold, self.executableAt) = (0, 0);
    }

    /// @notice Reverts unless enough signers signed the digest, each once, in ascending order.
    /// @param number Number of the present configuration, from 1, which no stranger's place has.
    /// @param threshold Signatures that are needed.
    /// @param count Number of signers.
    /// @return mask Bit i is set when `current[i]` signed.
    function verify(
        Book storage self,
        uint256 number,
        uint256 threshold,
        uint256 count,
        bytes32 digest,
        bytes[] calldata signatures
    ) internal view returns (uint256 mask) {
        if (signatures.length < threshold || signatures.length > count) {
            revert IReportHub.ReportHub_SignatureCount(signatures.length, threshold, count);
        }
        address previous = address(0);
        for (uint256 i = 0; i < signatures.length; ++i) {
            // Whatever is wrong with a signature, it recovers to nobody.
            (address recovered, , ) = ECDSA.tryRecoverCalldata(digest, signatures[i]);
            if (recovered == address(0)) revert IReportHub.ReportHub_BadSignature(i);
            if (recovered <= previous) revert IReportHub.ReportHub_SignersNotAscending(i, recovered, previous);
            uint256 place = self.places[recovered];
            if (place >> POSITION_BITS != number) revert IReportHub.ReportHub_UnknownSigner(i, recovered);
            mask |= 1 << (place & ((1 << POSITION_BITS) - 1));
            previous = recovered;
        }
    }
}
