// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title HeadChain
/// @notice Follows heads from an old report to the present one, by what each head is the hash of.
library HeadChain {
    /// @dev abi.encode(report): twelve words, the previous head is the seventh.
    uint256 private constant REPORT_BYTES = 384;
    uint256 private constant REPORT_HEAD_AT = 192;

    /// @dev abi.encode(previousHead, era, meshVersion, scenarioHash, seed, snapshotHash).
    uint256 private constant ERA_BYTES = 192;

    /// @notice The head that follows from `head` by the preimages; 0 when one does not name the head before it.
    /// @param preimages Oldest first. The two kinds differ in length, so that none can pass for the other.
    function follow(bytes32 head, bytes[] calldata preimages) internal pure returns (bytes32) {
        for (uint256 i = 0; i < preimages.length; ++i) {
            bytes calldata preimage = preimages[i];
            if (previousOf(preimage) != head) return 0;
            head = keccak256(preimage);
        }
        return head;
    }

    /// @dev The head that a preimage names as the one before; 0 for what is neither a report nor an era's start.
    function previousOf(bytes calldata preimage) private pure returns (bytes32) {
        if (preimage.length == REPORT_BYTES) return bytes32(preimage[REPORT_HEAD_AT:REPORT_HEAD_AT + 32]);
        return preimage.length == ERA_BYTES ? bytes32(preimage[:32]) : bytes32(0);
    }
}
