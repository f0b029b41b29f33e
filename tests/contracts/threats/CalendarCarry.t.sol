// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Calendar} from "../../../contracts/libraries/Calendar.sol";
import {CalendarHarness} from "../CalendarHarness.sol";
import {TestBase} from "../TestBase.sol";

/// @dev Sixteen counters share a word: whatever is booked or freed in one must never show in its neighbour.
contract CalendarCarryTest is TestBase {
    uint64 private constant BASE = 32_000_000;
    uint16 private constant MOST = 0x7fff;

    CalendarHarness private calendar;

    function setUp() public {
        calendar = new CalendarHarness();
    }

    function test_Book_GivenFullLane_isRefusedAndCarriesNowhere() public {
        calendar.book(BASE + 1, BASE + 1, MOST, MOST);
        assertEq(calendar.word(BASE >> 4), uint256(MOST) << 16, "full lane");
        (bool full, uint64 bucket, uint16 left) = calendar.book(BASE, BASE + 2, 1, MOST);
        assertTrue(full, "full");
        assertEq(bucket, BASE + 1, "bucket");
        assertEq(left, 0, "free");
        assertEq(calendar.word(BASE >> 4), uint256(MOST) << 16, "unchanged");
    }

    function test_Book_GivenAllLanesFull_leavesTheGuardsFree() public {
        calendar.book(BASE, BASE + 15, MOST, MOST);
        uint256 full = (type(uint256).max / 0xffff) * MOST;
        assertEq(calendar.word(BASE >> 4), full, "word");
        assertEq(calendar.word((BASE >> 4) + 1), 0, "next word");
        calendar.free(BASE + 15, BASE + 15, MOST);
        assertEq(calendar.word(BASE >> 4), full & (type(uint256).max >> 16), "highest lane freed");
    }

    function test_Free_GivenEmptyLane_neverBorrows() public {
        calendar.book(BASE + 1, BASE + 1, 1, MOST);
        vm.expectRevert(abi.encodeWithSelector(Calendar.Calendar_NotBooked.selector, 0x00010000, uint16(1)));
        calendar.free(BASE, BASE, 1);
        vm.expectRevert(abi.encodeWithSelector(Calendar.Calendar_NotBooked.selector, 0x00010000, MOST));
        calendar.free(BASE + 1, BASE + 1, MOST);
    }

    /// @dev A lane as large as it can get, a count as large as the capacity, also one lowered below the lane.
    function testFuzz_Add_neverTouchesAnotherLane(
        uint256 lanes,
        uint8 low,
        uint8 high,
        uint16 count,
        uint16 capacity
    ) public pure {
        lanes &= (type(uint256).max / 0xffff) * MOST;
        low %= 16;
        high = uint8(bound(high, low, 15));
        capacity = uint16(bound(capacity, 1, MOST));
        count = uint16(bound(count, 1, capacity));
        uint256 mask = Calendar.maskOf(BASE >> 4, BASE + low, BASE + high);
        (uint256 sum, bool over) = Calendar.add(lanes, mask, count, capacity);
        bool expected = false;
        for (uint64 i = 0; i < 16; ++i) {
            uint256 before = Calendar.laneOf(lanes, i);
            bool masked = low <= i && i <= high;
            assertEq(Calendar.laneOf(sum, i), masked ? before + count : before, "lane");
            if (masked && before + count > capacity) expected = true;
        }
        assertTrue(over == expected, "over");
        if (!over) assertEq(Calendar.subtract(sum, mask, count), lanes, "there and back");
    }
}
