// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Leaves} from "../../contracts/libraries/Leaves.sol";
import {TestBase} from "./TestBase.sol";

/// @dev Makes the library's internal functions callable.
contract LeavesHarness {
    function production(bytes calldata payload) external pure returns (bool, Leaves.Production memory) {
        return Leaves.production(payload);
    }

    function counters(bytes calldata payload) external pure returns (bool, Leaves.Counters memory) {
        return Leaves.counters(payload);
    }
}

/// @dev Specification: ParticleInventory.tree, leaves. Fields are told apart by values that no other field has.
contract LeavesTest is TestBase {
    bytes private constant PRODUCTION = hex"05000102030405060708090a0b0c0d0e0f1011121320212223303132334041424344454647";
    bytes private constant COUNTERS =
        hex"04010203041112131415161718212223242526272831323334353637384142434445464748515253546162636471727374";

    LeavesHarness private leaves;

    function setUp() public {
        leaves = new LeavesHarness();
    }

    function testFuzz_Production_readsWhatWasPacked(
        uint128 order,
        uint32 pool,
        uint32 count,
        uint32 fidelityPpm,
        uint64 nanoseconds
    ) public view {
        bytes memory payload = abi.encodePacked(uint8(5), order, pool, count, fidelityPpm, nanoseconds);
        (bool known, Leaves.Production memory leaf) = leaves.production(payload);
        assertTrue(known, "known");
        assertEq(leaf.orderId, order, "order");
        assertEq(leaf.pool, pool, "pool");
        assertEq(leaf.count, count, "count");
        assertEq(leaf.fidelityPpm, fidelityPpm, "fidelity");
        assertEq(leaf.nanoseconds, nanoseconds, "time");
    }

    function testFuzz_Counters_readsWhatWasPacked(
        uint32 pool,
        uint64 sequence,
        uint64[3] memory sums,
        uint32 stock,
        uint32[2] memory fidelitiesPpm
    ) public view {
        bytes memory payload = bytes.concat(
            abi.encodePacked(uint8(4), pool, sequence, sums[0], sums[1], sums[2]),
            abi.encodePacked(stock, fidelitiesPpm[0], fidelitiesPpm[1])
        );
        (bool known, Leaves.Counters memory leaf) = leaves.counters(payload);
        assertTrue(known, "known");
        assertEq(leaf.pool, pool, "pool");
        assertEq(leaf.sequence, sequence, "sequence");
        assertEq(leaf.stock, stock, "stock");
    }

    function test_Production_readsBigEndian() public view {
        bytes memory payload = hex"050000000000000000000000000000004d0000000100000032000ecd1018fae27693b40001";
        (bool known, Leaves.Production memory leaf) = leaves.production(payload);
        assertTrue(known, "known");
        assertEq(leaf.orderId, 77, "order");
        assertEq(leaf.pool, 1, "pool");
        assertEq(leaf.count, 50, "count");
        assertEq(leaf.fidelityPpm, 970_000, "fidelity");
        assertEq(leaf.nanoseconds, 1_800_000_000_000_000_001, "time");
    }

    function test_Production_WhenOfAnyOtherLength_isUnknown() public view {
        for (uint256 length = 0; length <= 80; ++length) {
            (bool known, ) = leaves.production(padded(PRODUCTION, length));
            assertTrue(known == (length == 37), "length");
        }
    }

    function test_Counters_WhenOfAnyOtherLength_isUnknown() public view {
        for (uint256 length = 0; length <= 80; ++length) {
            (bool known, ) = leaves.counters(padded(COUNTERS, length));
            assertTrue(known == (length == 49), "length");
        }
    }

    function test_Production_WhenOfAnyOtherKind_isUnknown() public view {
        bytes memory payload = padded(PRODUCTION, 37);
        for (uint256 kind = 0; kind <= 255; ++kind) {
            payload[0] = bytes1(uint8(kind));
            (bool known, Leaves.Production memory leaf) = leaves.production(payload);
            assertTrue(known == (kind == 5), "kind");
            if (!known) assertEq(leaf.count, 0, "nothing is read");
        }
    }

    function test_Counters_WhenOfAnyOtherKind_isUnknown() public view {
        bytes memory payload = padded(COUNTERS, 49);
        for (uint256 kind = 0; kind <= 255; ++kind) {
            payload[0] = bytes1(uint8(kind));
            (bool known, Leaves.Counters memory leaf) = leaves.counters(payload);
            assertTrue(known == (kind == 4), "kind");
            if (!known) assertEq(leaf.stock, 0, "nothing is read");
        }
    }

    /// @dev The first bytes of a payload, or the payload and zeros after it.
    function padded(bytes memory payload, uint256 length) private pure returns (bytes memory result) {
        result = new bytes(length);
        for (uint256 i = 0; i < length && i < payload.length; ++i) result[i] = payload[i];
    }
}
