// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title EventTree
/// @notice The Merkle tree over an epoch's leaves.
/// @dev Depth ceil(log2(count)), missing leaves are zero. Leaves are hashed twice, so that no inner node can be shown
/// as a leaf, and cover sequence and position, so that no leaf can be shown in another place. Positions decide left
/// and right; OpenZeppelin's MerkleProof sorts the pair and would lose them.
library EventTree {
    /// @notice Hash of the leaf at `index` of report `sequence`.
    function leafHash(uint64 sequence, uint64 index, bytes memory payload) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(sequence, index, payload))));
    }

    /// @notice Levels between the leaves and the root.
    function depthOf(uint64 count) internal pure returns (uint256) {
        return count < 2 ? 0 : Math.log2(uint256(count) - 1) + 1;
    }

    /// @notice Whether `leaf` is at `index` of the tree with this root and number of leaves.
    function verify(
        bytes32 root,
        uint64 count,
        uint64 index,
        bytes32 leaf,
        bytes32[] memory proof
    ) internal pure returns (bool) {
        if (index >= count || proof.length != depthOf(count)) return false;
        bytes32 node = leaf;
        for (uint256 level = 0; level < proof.length; ++level) {
            bool isRight = (index >> level) & 1 == 1;
            node = isRight ? hashPair(proof[level], node) : hashPair(node, proof[level]);
        }
        return node == root;
    }

    function hashPair(bytes32 left, bytes32 right) private pure returns (bytes32) {
        return keccak256(bytes.concat(left, right));
    }
}
