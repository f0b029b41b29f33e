// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
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
        for (uint64 word = first >> 4; word <= last >> 4; ++word) {
            uint256 mask = Calendar.maskOf(word, first, last);
            uint256 lanes = wordAt(self, pool, number, word);
            (, full) = Calendar.add(lanes, mask, count, capacity);
            if (full) {
                bucket = Calendar.firstFull(lanes, mask, word, count, capacity);
                // A quota may have been lowered below what is booked.
                left = uint16(Math.saturatingSub(capacity, Calendar.laneOf(lanes, bucket)));
                return (full, bucket, left);
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
        for (uint64 word = first >> 4; word <= last >> 4; ++word) {
            uint64 low = word == first >> 4 ? first & 15 : 0;
            uint64 high = word == last >> 4 ? last & 15 : 15;
            uint256 lanes = wordAt(self, pool, number, word) >> (16 * low);
            unchecked {
                for (uint64 rest = high - low + 1; rest != 0; --rest) {
                    uint16 lane = uint16(lanes);
                    if (lane < least) least = lane;
                    if (lane > most) most = lane;
                    lanes >>= 16;
                }
            }
        }
    }

    /// @notice A word of a calendar.
    function wordAt(Store storage self, PoolId pool, uint8 number, uint64 word) internal view returns (uint256) {
        return self.words[_keyOf(pool, number, word)];
    }

    function _keyOf(PoolId pool, uint8 number, uint64 word) private pure returns (uint256) {
        return (uint256(PoolId.unwrap(pool)) << 72) | (uint256(number) << 64) | word;
    }
}
