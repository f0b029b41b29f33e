// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Leaves
/// @notice The leaf payloads that contracts act on; packed, big endian, of exact length.
library Leaves {
    /// @dev Production: kind, order 16, pool 4, count 4, mean estimated fidelity 4, time 8.
    bytes1 private constant PRODUCTION = 0x05;
    uint256 private constant PRODUCTION_BYTES = 37;

    /// @dev Pool counters: kind, pool 4, sequence 8, generated 8, delivered 8, discarded 8, stock 4, fidelities 4 + 4.
    bytes1 private constant COUNTERS = 0x04;
    uint256 private constant COUNTERS_BYTES = 49;

    struct Production {
        uint128 orderId;
        uint32 pool;
        uint32 count;
        uint32 fidelityPpm;
        uint64 nanoseconds;
    }

    struct Counters {
        uint32 pool;
        uint64 sequence;
        uint32 stock;
    }

    /// @notice Reads a production; `known` is false for any other payload.
    function production(bytes calldata payload) internal pure returns (bool known, Production memory leaf) {
        if (payload.length != PRODUCTION_BYTES || payload[0] != PRODUCTION) return (false, leaf);
        leaf = Production({
            orderId: uint128(bytes16(payload[1:17])),
            pool: uint32(bytes4(payload[17:21])),
            count: uint32(bytes4(payload[21:25])),
            fidelityPpm: uint32(bytes4(payload[25:29])),
            nanoseconds: uint64(bytes8(payload[29:37]))
        });
        return (true, leaf);
    }

    /// @notice Reads a pool's counter line; `known` is false for any other payload.
    function counters(bytes calldata payload) internal pure returns (bool known, Counters memory leaf) {
        if (payload.length != COUNTERS_BYTES || payload[0] != COUNTERS) return (false, leaf);
        leaf = Counters({
            pool: uint32(bytes4(payload[1:5])),
            sequence: uint64(bytes8(payload[5:13])),
            stock: uint32(bytes4(payload[37:41]))
        });
        return (true, leaf);
    }
}
