// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Calendar} from "../../contracts/libraries/Calendar.sol";
import {TestBase} from "./TestBase.sol";

/// @dev Makes the library's internal functions callable, so that a revert can be expected.
contract CalendarHarness {
    using Calendar for Calendar.Days;

    Calendar.Days private _days;

    function book(
        uint64 first,
        uint64 last,
        uint16 slots,
        uint16 capacity
    ) external returns (bool full, uint64 bucket) {
        (full, bucket) = _days.book(first, last, slots, capacity);
    }

    function free(uint64 first, uint64 last, uint16 slots) external {
        _days.free(first, last, slots);
    }

    function booked(uint64 bucket) external view returns (uint16) {
        return _days.booked(bucket);
    }

    function peak(uint64 first, uint64 last) external view returns (uint16) {
        return _days.peak(first, last);
    }

    function word(uint64 index) external view returns (uint256) {
        return _days.words[index];
    }
}

contract CalendarTest is TestBase {
    uint64 private constant BASE = 32_000_000;
    uint64 private constant BUCKETS = 64;

    struct Kept {
        uint64 first;
        uint64 last;
        uint16 slots;
    }

    CalendarHarness private calendar;
    uint16[BUCKETS] private naive;
    Kept[] private kept;

    function setUp() public {
        calendar = new CalendarHarness();
    }

    function test_Book_GivenOneBucket_touchesNoOther() public {
        calendar.book(BASE + 5, BASE + 5, 3, 10);
        assertEq(calendar.word(BASE >> 4), uint256(3) << 80, "word");
    }

    function test_Book_GivenFullLanes_carriesNowhere() public {
        for (uint64 i = 0; i < 3; ++i) {
            (bool full, ) = calendar.book(BASE + 1, BASE + 1, 10_922, 0x7fff);
            assertTrue(!full, "fits");
        }
        calendar.book(BASE + 1, BASE + 1, 1, 0x7fff);
        assertEq(calendar.word(BASE >> 4), uint256(0x7fff) << 16, "full lane");
        (bool over, uint64 bucket) = calendar.book(BASE, BASE + 2, 1, 0x7fff);
        assertTrue(over, "over");
        assertEq(bucket, BASE + 1, "full bucket");
    }

    function test_Book_Given17Buckets_spansTwoWords() public {
        calendar.book(BASE + 15, BASE + 31, 2, 2);
        assertEq(calendar.booked(BASE + 14), 0, "before");
        assertEq(calendar.booked(BASE + 15), 2, "first");
        assertEq(calendar.booked(BASE + 31), 2, "last");
        assertEq(calendar.booked(BASE + 32), 0, "after");
    }

    function test_Free_WhenNotBooked_reverts() public {
        calendar.book(BASE, BASE, 2, 10);
        calendar.book(BASE + 1, BASE + 1, 5, 10);
        vm.expectRevert(abi.encodeWithSelector(Calendar.Calendar_NotBooked.selector, BASE >> 4, uint16(3)));
        calendar.free(BASE, BASE + 1, 3);
    }

    /// @dev Random bookings and releases against an array of counters.
    function testFuzz_Calendar_equalsNaiveArray(uint256 seed, uint16 capacity) public {
        capacity = uint16(bound(capacity, 1, 0x7fff));
        for (uint256 step = 0; step < 40; ++step) {
            uint256 random = uint256(keccak256(abi.encode(seed, step)));
            if (random % 4 == 0 && kept.length > 0) {
                freeOne(random >> 8);
            } else {
                bookOne(random >> 8, capacity);
            }
        }
        for (uint64 i = 0; i < BUCKETS; ++i) {
            assertEq(calendar.booked(BASE + i), naive[i], "bucket");
            assertLe(naive[i], capacity, "capacity");
        }
        assertEq(calendar.peak(BASE, BASE + BUCKETS - 1), naivePeak(0, BUCKETS - 1), "peak");
    }

    function bookOne(uint256 random, uint16 capacity) private {
        uint64 first = uint64(random % BUCKETS);
        uint64 length = uint64((random >> 64) % 17);
        uint64 last = first + length < BUCKETS ? first + length : BUCKETS - 1;
        uint16 slots = uint16(bound(random >> 128, 1, capacity));
        (bool full, uint64 bucket) = tryBook(first, last, slots, capacity);
        bool fits = naivePeak(first, last) + slots <= capacity;
        assertTrue(full != fits, "verdict");
        if (full) {
            uint64 over = first;
            while (naive[over] + slots <= capacity) ++over;
            assertEq(bucket, BASE + over, "first full bucket");
            return;
        }
        for (uint64 i = first; i <= last; ++i) naive[i] += slots;
        kept.push(Kept(first, last, slots));
    }

    /// @dev As the ledger does it: a refused booking is rolled back as a whole.
    function tryBook(uint64 first, uint64 last, uint16 slots, uint16 capacity) private returns (bool, uint64) {
        try this.bookOrRevert(first, last, slots, capacity) {
            return (false, 0);
        } catch (bytes memory data) {
            return (true, abi.decode(data, (uint64)));
        }
    }

    function bookOrRevert(uint64 first, uint64 last, uint16 slots, uint16 capacity) external {
        (bool full, uint64 bucket) = calendar.book(BASE + first, BASE + last, slots, capacity);
        if (full) {
            bytes memory data = abi.encode(bucket);
            assembly ("memory-safe") {
                revert(add(data, 32), mload(data))
            }
        }
    }

    /// @dev Frees the tail of a booking, as an early release does, or all of it.
    function freeOne(uint256 random) private {
        uint256 index = random % kept.length;
        Kept memory booking = kept[index];
        uint64 first = uint64(bound(random >> 64, booking.first, booking.last));
        calendar.free(BASE + first, BASE + booking.last, booking.slots);
        for (uint64 i = first; i <= booking.last; ++i) naive[i] -= booking.slots;
        kept[index] = kept[kept.length - 1];
        kept.pop();
    }

    function naivePeak(uint64 first, uint64 last) private view returns (uint256 most) {
        for (uint64 i = first; i <= last; ++i) {
            if (naive[i] > most) most = naive[i];
        }
    }
}
