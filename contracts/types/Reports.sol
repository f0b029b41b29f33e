// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @dev One epoch's evidence.
/// @param era Number of the era it belongs to.
/// @param sequence Number of the report, counted from 1 over all eras.
/// @param toBlock Last block whose commands it covers.
/// @param toBlockHash Hash of that block.
/// @param toTime Time of that block.
/// @param count Number of leaves under `eventsRoot`.
/// @param previousHead Head that this report follows: the hash of the report before, or the era's first head.
/// @param eventsRoot Merkle root of the epoch's leaves, 0 when there is none.
/// @param stateHash The mesh's running digest over all its events.
/// @param dataHash Hash of the batch file that holds the leaves.
/// @param decisionsHash keccak256(abi.encode(decisions)).
/// @param linesHash keccak256(abi.encode(lines)).
struct Report {
    uint64 era;
    uint64 sequence;
    uint64 toBlock;
    bytes32 toBlockHash;
    uint64 toTime;
    uint64 count;
    bytes32 previousHead;
    bytes32 eventsRoot;
    bytes32 stateHash;
    bytes32 dataHash;
    bytes32 decisionsHash;
    bytes32 linesHash;
}
