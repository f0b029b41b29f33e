// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Calendar} from "../../contracts/libraries/Calendar.sol";
import {CalendarHarness} from "./CalendarHarness.sol";
import {TestBase} from "./TestBase.sol";

contract CalendarTest is TestBase {
    uint64 private constant BASE = 32_000_000;
    uint64 private constant BUCKETS = 64;

    struct Kept {
        uint64 first;
        uint64 last;
        uint16 count;
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
        vm.expectRevert(abi.encodeWithSelector(Calendar.Calendar_NotBooked.selector, 0x00050002, uint16(3)));
        calendar.free(BASE, BASE + 1, 3);
    }

    function test_BucketOf_countsFrom900Seconds() public pure {
        assertEq(Calendar.bucketOf(0), 0, "zero");
        assertEq(Calendar.bucketOf(899), 0, "last second");
        assertEq(Calendar.bucketOf(900), 1, "next");
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
        uint64 first = uint64(seed % BUCKETS);
        (uint16 least, uint16 most) = calendar.extremes(BASE + first, BASE + BUCKETS - 1);
        assertEq(most, naiveMost(first, BUCKETS - 1), "most");
        assertEq(least, naiveLeast(first, BUCKETS - 1), "least");
    }

    function bookOne(uint256 random, uint16 capacity) private {
        uint64 first = uint64(random % BUCKETS);
        uint64 length = uint64((random >> 64) % 17);
        uint64 last = first + length < BUCKETS ? first + length : BUCKETS - 1;
        // Sometimes more than there can be room for.
        uint16 count = uint16(bound(random >> 128, 1, capacity + 1));
        (bool full, uint64 bucket, uint16 left) = calendar.book(BASE + first, BASE + last, count, capacity);
        bool fits = naiveMost(first, last) + count <= capacity;
        assertTrue(full != fits, "verdict");
        if (full) {
            uint64 over = first;
            while (naive[over] + count <= capacity) ++over;
            assertEq(bucket, BASE + over, "first full bucket");
            assertEq(left, capacity - naive[over], "free in it");
            return;
        }
        for (uint64 i = first; i <= last; ++i) naive[i] += count;
        kept.push(Kept(first, last, count));
    }

    /// @dev Frees the tail of a booking, as an early release does, or all of it.
    function freeOne(uint256 random) private {
        uint256 index = random % kept.length;
        Kept memory booking = kept[index];
        uint64 first = uint64(bound(random >> 64, booking.first, booking.last));
        calendar.free(BASE + first, BASE + booking.last, booking.count);
        for (uint64 i = first; i <= booking.last; ++i) naive[i] -= booking.count;
        kept[index] = kept[kept.length - 1];
        kept.pop();
    }

    function naiveMost(uint64 first, uint64 last) private view returns (uint256 most) {
        for (uint64 i = first; i <= last; ++i) {
            if (naive[i] > most) most = naive[i];
        }
    }

    function naiveLeast(uint64 first, uint64 last) private view returns (uint256 least) {
        least = type(uint256).max;
        for (uint64 i = first; i <= last; ++i) {
            if (naive[i] < least) least = naive[i];
        }
    }
}
