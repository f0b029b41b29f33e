// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Calendar
/// @notice Advance proof of capacity: how much is booked in each bucket of 900 s.
/// @dev One storage word holds 16 buckets in lanes of 16 bits; bit 15 of a lane stays free as a guard. One addition
/// books all lanes of a word and one mask tells whether any is over capacity. Words are keyed by absolute index and
/// never reused. Invariant: every lane <= MAX_CAPACITY, so that lane + count + (MAX_CAPACITY - capacity) stays below
/// 2^16 for every count <= capacity, and nothing carries into the next lane.
library Calendar {
    /// @dev Length of a bucket in seconds: 16 of them cover the longest reservation of 4 h.
    uint64 internal constant BUCKET_SECONDS = 900;

    /// @dev Largest value of a lane below the guard bit.
    uint16 internal constant MAX_CAPACITY = 0x7fff;

    /// @dev A one in every lane.
    uint256 private constant ONES = 0x0001000100010001000100010001000100010001000100010001000100010001;

    /// @notice Less is booked in a lane than is freed: a bug of the caller.
    error Calendar_NotBooked(uint256 lanes, uint16 count);

    /// @notice Adds `count` to every lane of the mask.
    /// @dev Assumes that no lane is above MAX_CAPACITY, nor is the capacity.
    /// @return sum The new word; meaningless when a lane is over.
    /// @return over Whether some lane would be above the capacity.
    function add(
        uint256 lanes,
        uint256 mask,
        uint256 count,
        uint16 capacity
    ) internal pure returns (uint256 sum, bool over) {
        if (count > capacity) return (lanes, true);
        unchecked {
            // No lane overflows, see the invariant; so no word does.
            sum = lanes + mask * count;
            over = (sum + mask * (MAX_CAPACITY - capacity)) & (mask << 15) != 0;
        }
    }

    /// @notice Takes `count` off every lane of the mask.
    /// @dev Assumes that it was booked; reverts otherwise rather than borrow from the next lane.
    function subtract(uint256 lanes, uint256 mask, uint16 count) internal pure returns (uint256 rest) {
        uint256 guards = mask << 15;
        unchecked {
            // A guard bit is set in each lane, so no lane borrows from the next.
            rest = (lanes | guards) - mask * count;
        }
        if (rest & guards != guards) revert Calendar_NotBooked(lanes, count);
        rest &= ~guards;
    }

    /// @notice A one in each lane of `word` that lies in the buckets [first, last].
    function maskOf(uint64 word, uint64 first, uint64 last) internal pure returns (uint256) {
        uint256 low = word == first >> 4 ? first & 15 : 0;
        uint256 high = word == last >> 4 ? last & 15 : 15;
        return (ONES << (16 * low)) & (ONES >> (16 * (15 - high)));
    }

    /// @notice What is booked in one bucket.
    /// @param lanes The word that holds it.
    function laneOf(uint256 lanes, uint64 bucket) internal pure returns (uint16) {
        return uint16(lanes >> (16 * (bucket & 15)));
    }

    /// @notice The first bucket of the mask without room for `count`.
    /// @dev Assumes that there is one.
    function firstFull(
        uint256 lanes,
        uint256 mask,
        uint64 word,
        uint256 count,
        uint16 capacity
    ) internal pure returns (uint64 bucket) {
        bucket = word << 4;
        while ((mask >> (16 * (bucket & 15))) & 1 == 0 || laneOf(lanes, bucket) + count <= capacity) ++bucket;
    }

    /// @notice The bucket that holds a second of chain time.
    function bucketOf(uint256 time) internal pure returns (uint64) {
        return uint64(time / BUCKET_SECONDS);
    }
}
