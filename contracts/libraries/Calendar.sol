// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Calendar
/// @notice Advance proof of capacity: how many slots of a pool are booked in each bucket of 900 s.
/// @dev One storage word holds 16 buckets in lanes of 16 bits; bit 15 of a lane stays free as a guard. One addition
/// books all lanes of a word and one mask tells whether any is over capacity. Words are keyed by absolute index and
/// never reused. Invariant: every lane <= capacity <= MAX_CAPACITY; so lane + slots + (MAX_CAPACITY - capacity) stays
/// below 2^16 and nothing carries into the next lane.
library Calendar {
    /// @dev Length of a bucket in seconds: 16 of them cover the longest reservation of 4 h.
    uint64 internal constant BUCKET_SECONDS = 900;

    /// @dev Largest value of a lane below the guard bit.
    uint16 internal constant MAX_CAPACITY = 0x7fff;

    /// @dev A one in every lane.
    uint256 private constant ONES = 0x0001000100010001000100010001000100010001000100010001000100010001;

    /// @notice More is freed in a word than is booked: a bug of the caller.
    error Calendar_NotBooked(uint64 word, uint16 slots);

    /// @dev Buckets by word: mapping(bucket / 16 => 16 lanes).
    struct Days {
        mapping(uint64 word => uint256 lanes) words;
    }

    /// @notice Adds `slots` to every bucket of [first, last].
    /// @dev Assumes 1 <= slots <= capacity <= MAX_CAPACITY, and the same capacity in every call for these days.
    /// @return full Whether some bucket has not enough room; then the caller must revert.
    /// @return bucket The first such bucket.
    function book(
        Days storage self,
        uint64 first,
        uint64 last,
        uint16 slots,
        uint16 capacity
    ) internal returns (bool full, uint64 bucket) {
        uint256 headroom = MAX_CAPACITY - capacity;
        for (uint64 word = first >> 4; word <= last >> 4; ++word) {
            uint256 mask = lanesOf(word, first, last);
            uint256 before = self.words[word];
            unchecked {
                // No lane overflows, see the invariant; so no word does.
                uint256 sum = before + mask * slots;
                if ((sum + mask * headroom) & (mask << 15) != 0) {
                    return (true, firstOver(before, mask, word, capacity - slots));
                }
                self.words[word] = sum;
            }
        }
    }

    /// @notice Takes `slots` off every bucket of [first, last].
    /// @dev Assumes that they were booked; reverts otherwise rather than borrow from the next lane.
    function free(Days storage self, uint64 first, uint64 last, uint16 slots) internal {
        for (uint64 word = first >> 4; word <= last >> 4; ++word) {
            uint256 mask = lanesOf(word, first, last);
            uint256 guards = mask << 15;
            uint256 before = self.words[word];
            unchecked {
                // A guard bit is set in each lane, so no lane borrows from the next.
                uint256 rest = (before | guards) - mask * slots;
                if (rest & guards != guards) revert Calendar_NotBooked(word, slots);
                self.words[word] = rest & ~guards;
            }
        }
    }

    /// @notice Slots booked in one bucket.
    function booked(Days storage self, uint64 bucket) internal view returns (uint16) {
        return laneOf(self.words[bucket >> 4], bucket & 15);
    }

    /// @notice The most slots booked in any bucket of [first, last].
    function peak(Days storage self, uint64 first, uint64 last) internal view returns (uint16 most) {
        for (uint64 bucket = first; bucket <= last; ++bucket) {
            uint16 lane = booked(self, bucket);
            if (lane > most) most = lane;
        }
    }

    /// @notice The bucket that holds a second of chain time.
    function bucketOf(uint256 time) internal pure returns (uint64) {
        return uint64(time / BUCKET_SECONDS);
    }

    /// @dev A one in each lane of `word` that lies in [first, last].
    function lanesOf(uint64 word, uint64 first, uint64 last) private pure returns (uint256) {
        uint256 low = word == first >> 4 ? first & 15 : 0;
        uint256 high = word == last >> 4 ? last & 15 : 15;
        return (ONES << (16 * low)) & (ONES >> (16 * (15 - high)));
    }

    /// @dev The first bucket of the masked lanes that holds more than `most`.
    function firstOver(uint256 lanes, uint256 mask, uint64 word, uint16 most) private pure returns (uint64) {
        uint64 lane = 0;
        while ((mask >> (16 * lane)) & 1 == 0 || laneOf(lanes, lane) <= most) ++lane;
        return (word << 4) + lane;
    }

    function laneOf(uint256 lanes, uint64 lane) private pure returns (uint16) {
        return uint16(lanes >> (16 * lane));
    }
}
