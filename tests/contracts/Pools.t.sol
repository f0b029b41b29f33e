// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../../contracts/interfaces/IEntanglementNetwork.sol";
import {PoolId} from "../../contracts/types/Ids.sol";
import {Cohort} from "../../contracts/types/Reservations.sol";
import {NetworkFixture} from "./NetworkFixture.sol";

contract PoolsTest is NetworkFixture {
    uint256 private constant ONES = type(uint256).max / 0xffff;

    function setUp() public {
        setUpNetwork();
    }

    function test_Book_fillsTheBucketsAndTellsTheWord() public {
        vm.expectEmit(address(network));
        emit IEntanglementNetwork.CalendarChanged(FIXED, 0, WORD, 7 * ONES);
        (uint256 price, uint32 floorPpm, bool inQuota) = network.book(FIXED, Cohort.Open, NOW, NOW + FOUR_HOURS, 7);
        assertEq(price, FLOOR * 7 * FOUR_HOURS, "price");
        assertEq(floorPpm, 950_000, "class");
        assertTrue(!inQuota, "no quotas");
        assertEq(network.calendarWord(FIXED, 0, WORD), 7 * ONES, "word");
        assertEq(network.calendarWord(FIXED, 1, WORD), 0, "no cohort calendar");
        assertEq(network.calendarWord(FIXED, 0, WORD + 1), 0, "next word");
    }

    function test_Book_GivenUnalignedWindow_holds17BucketsInTwoWords() public {
        book(FIXED, NOW + 450, FOUR_HOURS, 1);
        assertEq(network.calendarWord(FIXED, 0, WORD), ONES, "first word");
        assertEq(network.calendarWord(FIXED, 0, WORD + 1), 1, "second word");
    }

    function test_Book_WhenFull_reverts() public {
        book(FIXED, NOW + 1800, 900, 98);
        vm.expectRevert(capacityExceeded(FIXED, BUCKET + 2, 2, 3));
        book(FIXED, NOW, FOUR_HOURS, 3);
        book(FIXED, NOW, FOUR_HOURS, 2);
        assertEq(booked(FIXED, 0, BUCKET + 2), CAPACITY, "full");
        vm.expectRevert(capacityExceeded(FIXED, BUCKET + 1, 98, 101));
        book(FIXED, NOW + 900, 900, 101);
        vm.expectRevert(capacityExceeded(FIXED, BUCKET, 98, 65_537));
        book(FIXED, NOW, 900, 65_537);
    }

    function test_Book_WhenUnknown_reverts() public {
        vm.expectRevert(unknownPool(UNKNOWN));
        book(UNKNOWN, NOW, 900, 1);
        vm.expectRevert(unknownPool(PoolId.wrap(0)));
        book(PoolId.wrap(0), NOW, 900, 1);
    }

    function test_Bookings_WhenNotByAllocation_revert() public {
        vm.startPrank(stranger);
        vm.expectRevert(notAllocation(stranger));
        network.book(FIXED, Cohort.Open, NOW, NOW + 900, 1);
        vm.expectRevert(notAllocation(stranger));
        network.bookMore(FIXED, Cohort.Open, false, NOW + 900, NOW + 1800, 1);
        vm.expectRevert(notAllocation(stranger));
        network.free(FIXED, Cohort.Open, false, BUCKET, BUCKET, 1);
    }

    function test_Quantum_roundsUpToWholeQuanta() public {
        assertEq(book(COARSE, NOW, 900, 11), FLOOR * 11 * 900, "pays what it asked for");
        assertEq(booked(COARSE, 0, BUCKET), 2, "holds two quanta");
        assertEq(network.freeSlots(COARSE, NOW, NOW + 900), 980, "free");
        vm.expectRevert(capacityExceeded(COARSE, BUCKET, 980, 981));
        book(COARSE, NOW, 900, 981);
        network.free(COARSE, Cohort.Open, false, BUCKET, BUCKET, 11);
        assertEq(network.calendarWord(COARSE, 0, WORD), 0, "freed");
    }

    function test_BookMore_GivenNewBuckets_booksThoseAlone() public {
        book(FIXED, NOW, 1000, 4);
        uint256 price = network.bookMore(FIXED, Cohort.Open, false, NOW + 1000, NOW + 2700, 4);
        assertEq(price, FLOOR * 4 * 1700, "price");
        assertEq(network.calendarWord(FIXED, 0, WORD), 0x000400040004, "three buckets");
        price = network.bookMore(FIXED, Cohort.Open, false, NOW + 2700, NOW + 2701, 4);
        assertEq(network.calendarWord(FIXED, 0, WORD), 0x0004000400040004, "a second of the fourth");
    }

    function test_BookMore_WithinTheBucket_booksNone() public {
        book(FIXED, NOW, 1000, 4);
        assertEq(network.bookMore(FIXED, Cohort.Open, false, NOW + 1000, NOW + 1800, 4), FLOOR * 4 * 800, "price");
        assertEq(network.calendarWord(FIXED, 0, WORD), 0x00040004, "two buckets");
    }

    function test_BookMore_WhenFullOrUnknown_reverts() public {
        book(FIXED, NOW, 900, 60);
        book(FIXED, NOW + 900, 900, 60);
        vm.expectRevert(capacityExceeded(FIXED, BUCKET + 1, 40, 60));
        network.bookMore(FIXED, Cohort.Open, false, NOW + 900, NOW + 901, 60);
        vm.expectRevert(unknownPool(UNKNOWN));
        network.bookMore(UNKNOWN, Cohort.Open, false, NOW + 900, NOW + 901, 60);
    }

    function test_Free_givesBackTheTail() public {
        book(FIXED, NOW + 900, FOUR_HOURS, 5);
        vm.expectEmit(address(network));
        emit IEntanglementNetwork.CalendarChanged(FIXED, 0, WORD, 0x00050000);
        vm.expectEmit(address(network));
        emit IEntanglementNetwork.CalendarChanged(FIXED, 0, WORD + 1, 0);
        network.free(FIXED, Cohort.Open, false, BUCKET + 2, BUCKET + 16, 5);
        assertEq(network.freeSlots(FIXED, NOW + 900, NOW + 1800), CAPACITY - 5, "kept");
    }

    function test_FreeSlots_isTheLeastOfTheWindow() public {
        book(FIXED, NOW + 1800, 900, 30);
        book(FIXED, NOW + 2700, 900, 20);
        assertEq(network.freeSlots(FIXED, NOW, NOW + 1800), CAPACITY, "before");
        assertEq(network.freeSlots(FIXED, NOW, NOW + 1801), 70, "a second of the fuller one");
        assertEq(network.freeSlots(FIXED, NOW + 2700, NOW + 17_100), 80, "after, in two words");
        assertEq(network.freeSlots(UNKNOWN, NOW, NOW + 1), 0, "unknown");
    }

    function test_Windows_WhenEmptyOrTooLong_revert() public {
        vm.expectRevert(badWindow(NOW, NOW));
        network.freeSlots(FIXED, NOW, NOW);
        vm.expectRevert(badWindow(NOW, NOW + FOUR_HOURS + 1));
        network.freeSlots(FIXED, NOW, NOW + FOUR_HOURS + 1);
        vm.expectRevert(badWindow(NOW, NOW - 1));
        network.quote(FIXED, Cohort.Open, NOW, NOW - 1, 1);
    }

    function test_Quote_refusesAsBookDoes() public {
        book(FIXED, NOW, 900, CAPACITY);
        vm.expectRevert(capacityExceeded(FIXED, BUCKET, 0, 1));
        network.quote(FIXED, Cohort.Open, NOW, NOW + 900, 1);
        vm.expectRevert(unknownPool(UNKNOWN));
        network.quote(UNKNOWN, Cohort.Open, NOW, NOW + 900, 1);
    }
}
