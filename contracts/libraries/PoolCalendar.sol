// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../interfaces/IEntanglementNetwork.sol";
import {PoolId} from "../types/Ids.sol";
import {Calendar} from "./Calendar.sol";

/// @title PoolCalendar
/// @notice The calendars of all pools: the whole one of each, numbered 0, and those that count against a quota.
library PoolCalendar {
    /// @dev All calendars' words, under pool, number and absolute index together: one hash for each.
    struct Store {
        mapping(uint256 key => uint256 lanes) words;
    }

    /// @notice Looks for a bucket of [first, last] without room for `count` quanta.
    /// @return full Whether there is one.
    /// @return bucket The first such bucket.
    /// @return left Quanta free in it.
    function findFull(
        Store storage self,
        PoolId pool,
        uint8 number,
        uint64 first,
        uint64 last,
        uint256 count,
        uint16 capacity
    ) internal view returns (bool full, uint64 bucket, uint16 left) {
        if (count > capacity) return (true, first, _free(wordAt(self, pool, number, first >> 4), first, capacity));
        for (uint64 word = first >> 4; word <= last >> 4; ++word) {
            uint256 mask = Calendar.maskOf(word, first, last);
            uint256 lanes = wordAt(self, pool, number, word);
            (, bool over) = Calendar.add(lanes, mask, uint16(count), capacity);
            if (over) {
                bucket = Calendar.firstOver(lanes, mask, word, capacity - uint16(count));
                return (true, bucket, _free(lanes, bucket, capacity));
            }
        }
    }

    /// @notice Books `count` quanta in every bucket of [first, last].
    /// @dev Emits {IEntanglementNetwork-CalendarChanged}. Assumes that {findFull} found none.
    function book(Store storage self, PoolId pool, uint8 number, uint64 first, uint64 last, uint16 count) internal {
        for (uint64 word = first >> 4; word <= last >> 4; ++word) {
            uint256 key = _keyOf(pool, number, word);
            uint256 mask = Calendar.maskOf(word, first, last);
            (uint256 sum, ) = Calendar.add(self.words[key], mask, count, Calendar.MAX_CAPACITY);
            self.words[key] = sum;
            emit IEntanglementNetwork.CalendarChanged(pool, number, word, sum);
        }
    }

    /// @notice Frees `count` quanta in every bucket of [first, last].
    /// @dev Emits {IEntanglementNetwork-CalendarChanged}. Assumes that they were booked, else reverts.
    function free(Store storage self, PoolId pool, uint8 number, uint64 first, uint64 last, uint16 count) internal {
        for (uint64 word = first >> 4; word <= last >> 4; ++word) {
            uint256 key = _keyOf(pool, number, word);
            uint256 rest = Calendar.subtract(self.words[key], Calendar.maskOf(word, first, last), count);
            self.words[key] = rest;
            emit IEntanglementNetwork.CalendarChanged(pool, number, word, rest);
        }
    }

    /// @notice The fewest and the most quanta booked in any bucket of [first, last].
    function extremes(
        Store storage self,
        PoolId pool,
        uint8 number,
        uint64 first,
        uint64 last
    ) internal view returns (uint16 least, uint16 most) {
        least = type(uint16).max;
        uint256 lanes = wordAt(self, pool, number, first >> 4);
        for (uint64 bucket = first; bucket <= last; ++bucket) {
            if (bucket & 15 == 0) lanes = wordAt(self, pool, number, bucket >> 4);
            uint16 lane = Calendar.laneOf(lanes, bucket);
            if (lane < least) least = lane;
            if (lane > most) most = lane;
        }
    }

    /// @notice A word of a calendar.
    function wordAt(Store storage self, PoolId pool, uint8 number, uint64 word) internal view returns (uint256) {
        return self.words[_keyOf(pool, number, word)];
    }

    /// @dev A quota may have been lowered below what is booked.
    function _free(uint256 lanes, uint64 bucket, uint16 capacity) private pure returns (uint16) {
        uint16 lane = Calendar.laneOf(lanes, bucket);
        return lane < capacity ? capacity - lane : 0;
    }

    function _keyOf(PoolId pool, uint8 number, uint64 word) private pure returns (uint256) {
        return (uint256(PoolId.unwrap(pool)) << 72) | (uint256(number) << 64) | word;
    }
}
