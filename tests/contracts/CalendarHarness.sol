// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PoolCalendar} from "../../contracts/libraries/PoolCalendar.sol";
import {PoolId} from "../../contracts/types/Ids.sol";

/// @dev Makes the library's internal functions callable, for one calendar.
contract CalendarHarness {
    using PoolCalendar for PoolCalendar.Store;

    PoolId private constant POOL = PoolId.wrap(1);

    PoolCalendar.Store private _store;

    /// @dev As the network does it: looks for room first, and books nothing when there is none.
    function book(
        uint64 first,
        uint64 last,
        uint16 count,
        uint16 capacity
    ) external returns (bool full, uint64 bucket, uint16 left) {
        (full, bucket, left) = _store.findFull(POOL, 0, first, last, count, capacity);
        if (!full) _store.book(POOL, 0, first, last, count);
    }

    function free(uint64 first, uint64 last, uint16 count) external {
        _store.free(POOL, 0, first, last, count);
    }

    function extremes(uint64 first, uint64 last) external view returns (uint16 least, uint16 most) {
        return _store.extremes(POOL, 0, first, last);
    }

    function word(uint64 index) external view returns (uint256) {
        return _store.wordAt(POOL, 0, index);
    }

    function booked(uint64 bucket) external view returns (uint16) {
        return uint16(_store.wordAt(POOL, 0, bucket >> 4) >> (16 * (bucket & 15)));
    }
}
