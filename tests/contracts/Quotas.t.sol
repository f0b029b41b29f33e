// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../../contracts/interfaces/IEntanglementNetwork.sol";
import {PoolId} from "../../contracts/types/Ids.sol";
import {Quotas} from "../../contracts/types/Network.sol";
import {Cohort} from "../../contracts/types/Reservations.sol";
import {NetworkFixture} from "./NetworkFixture.sol";

contract QuotasTest is NetworkFixture {
    /// @dev Later than any window that may borrow.
    uint64 private constant LATER = NOW + FOUR_HOURS;
    uint64 private constant LATER_BUCKET = LATER / 900;
    uint8 private constant OPEN = 1;
    uint8 private constant RESEARCH = 2;

    function setUp() public {
        setUpNetwork();
        setQuotas(FIXED, 30, 20);
    }

    function test_SetQuotas_tellsAndKeeps() public {
        Quotas memory quotas = Quotas(10, 20, 30, 40);
        vm.expectEmit(address(network));
        emit IEntanglementNetwork.QuotasSet(FIXED, quotas);
        vm.prank(operator);
        network.setQuotas(FIXED, quotas);
        assertEq(keccak256(abi.encode(network.quotasOf(FIXED))), keccak256(abi.encode(quotas)), "quotas");
        assertEq(keccak256(abi.encode(network.quotasOf(CURVED))), keccak256(new bytes(128)), "none");
    }

    function test_SetQuotas_WhenBad_reverts() public {
        expectSetQuotas(stranger, FIXED, Quotas(1, 0, 0, 0), missingRole(stranger, 4));
        expectSetQuotas(operator, UNKNOWN, Quotas(1, 0, 0, 0), unknownPool(UNKNOWN));
        expectSetQuotas(operator, FIXED, Quotas(98, 1, 1, 1), badQuotas(101, 100, 1));
        uint32 most = type(uint32).max;
        expectSetQuotas(operator, FIXED, Quotas(most, most, most, most), badQuotas(uint256(most) * 4, 100, 1));
        expectSetQuotas(operator, COARSE, Quotas(10, 5, 0, 0), badQuotas(15, 1000, 10));
        expectSetQuotas(operator, COARSE, Quotas(10, 0, 0, 5), badQuotas(15, 1000, 10));
    }

    function test_Book_WithinQuota_booksBothCalendars() public {
        vm.expectEmit(address(network));
        emit IEntanglementNetwork.CalendarChanged(FIXED, 0, WORD + 1, 30);
        vm.expectEmit(address(network));
        emit IEntanglementNetwork.CalendarChanged(FIXED, RESEARCH, WORD + 1, 30);
        assertTrue(bookAs(Cohort.Research, LATER, 30), "in quota");
        assertEq(booked(FIXED, 0, LATER_BUCKET), 30, "whole");
        assertEq(booked(FIXED, RESEARCH, LATER_BUCKET), 30, "cohort");
        network.free(FIXED, Cohort.Research, true, LATER_BUCKET, LATER_BUCKET, 30);
        assertEq(booked(FIXED, 0, LATER_BUCKET) + booked(FIXED, RESEARCH, LATER_BUCKET), 0, "freed in both");
    }

    function test_Book_BeyondQuota_revertsWhenEarly() public {
        bookAs(Cohort.Research, LATER, 25);
        vm.expectRevert(quotaExceeded(FIXED, Cohort.Research, LATER_BUCKET, 5, 6));
        bookAs(Cohort.Research, LATER, 6);
        vm.expectRevert(quotaExceeded(FIXED, Cohort.Commercial, LATER_BUCKET, 20, 21));
        bookAs(Cohort.Commercial, LATER, 21);
        vm.expectRevert(quotaExceeded(FIXED, Cohort.Education, LATER_BUCKET, 0, 1));
        bookAs(Cohort.Education, LATER, 1);
        vm.expectRevert(quotaExceeded(FIXED, Cohort.Humanitarian, LATER_BUCKET, 0, 1));
        bookAs(Cohort.Humanitarian, LATER, 1);
        vm.expectRevert(quotaExceeded(FIXED, Cohort.Open, LATER_BUCKET, 50, 51));
        network.quote(FIXED, Cohort.Open, LATER, LATER + 900, 51);
        assertTrue(bookAs(Cohort.Open, LATER, 50), "what the quotas leave");
        assertTrue(bookAs(Cohort.Research, LATER, 5), "what was kept");
    }

    function test_Book_BeyondQuota_borrowsWhenSoon() public {
        assertTrue(!bookAs(Cohort.Education, NOW + 3600, 40), "borrows");
        assertEq(booked(FIXED, 4, BUCKET + 4), 0, "no cohort calendar");
        assertEq(booked(FIXED, 0, BUCKET + 4), 40, "whole");
        vm.expectRevert(quotaExceeded(FIXED, Cohort.Education, BUCKET + 4, 0, 40));
        bookAs(Cohort.Education, NOW + 3601, 40);
        vm.expectRevert(capacityExceeded(FIXED, BUCKET + 4, 60, 61));
        bookAs(Cohort.Education, NOW + 3600, 61);
    }

    function test_BookMore_InQuota_staysInIt() public {
        bookAs(Cohort.Research, LATER, 20);
        network.bookMore(FIXED, Cohort.Research, true, LATER + 900, LATER + 1800, 20);
        assertEq(booked(FIXED, RESEARCH, LATER_BUCKET + 1), 20, "cohort");
        bookAs(Cohort.Research, LATER + 1800, 11);
        vm.expectRevert(quotaExceeded(FIXED, Cohort.Research, LATER_BUCKET + 2, 19, 20));
        network.bookMore(FIXED, Cohort.Research, true, LATER + 1800, LATER + 2700, 20);
    }

    function test_BookMore_WhenBorrowed_onlySoon() public {
        bookAs(Cohort.Education, NOW, 1);
        network.bookMore(FIXED, Cohort.Education, false, NOW + 900, NOW + 4500, 1);
        assertEq(booked(FIXED, 0, BUCKET + 4), 1, "borrows on");
        vm.expectRevert(quotaExceeded(FIXED, Cohort.Education, BUCKET + 5, 0, 1));
        network.bookMore(FIXED, Cohort.Education, false, NOW + 4500, NOW + 5400, 1);
    }

    function test_SetQuotas_WhenEnded_keepsBookingsApart() public {
        bookAs(Cohort.Research, LATER, 20);
        setQuotas(FIXED, 0, 0);
        assertTrue(!bookAs(Cohort.Education, LATER, 70), "nobody is kept out");
        network.bookMore(FIXED, Cohort.Research, true, LATER + 900, LATER + 1800, 20);
        network.free(FIXED, Cohort.Research, true, LATER_BUCKET, LATER_BUCKET + 1, 20);
        assertEq(network.calendarWord(FIXED, RESEARCH, WORD + 1), 0, "freed as it was booked");
    }

    function test_SetQuotas_WhenLowered_refusesMore() public {
        bookAs(Cohort.Research, LATER, 20);
        setQuotas(FIXED, 10, 0);
        vm.expectRevert(quotaExceeded(FIXED, Cohort.Research, LATER_BUCKET, 0, 1));
        bookAs(Cohort.Research, LATER, 1);
    }

    function test_Quotas_countInQuanta() public {
        setQuotas(COARSE, 20, 0);
        network.book(COARSE, Cohort.Research, LATER, LATER + 900, 11);
        vm.expectRevert(quotaExceeded(COARSE, Cohort.Research, LATER_BUCKET, 0, 1));
        network.book(COARSE, Cohort.Research, LATER, LATER + 900, 1);
        network.book(COARSE, Cohort.Open, LATER, LATER + 900, 980);
        assertEq(booked(COARSE, OPEN, LATER_BUCKET), 98, "open");
    }

    function bookAs(Cohort cohort, uint64 start, uint32 slots) private returns (bool inQuota) {
        (, , inQuota) = network.book(FIXED, cohort, start, start + 900, slots);
    }

    function expectSetQuotas(address caller, PoolId pool, Quotas memory quotas, bytes memory reason) private {
        vm.prank(caller);
        vm.expectRevert(reason);
        network.setQuotas(pool, quotas);
    }

    function badQuotas(uint256 sum, uint32 capacity, uint16 quantum) private pure returns (bytes memory) {
        bytes4 selector = IEntanglementNetwork.EntanglementNetwork_BadQuotas.selector;
        return abi.encodeWithSelector(selector, sum, capacity, quantum);
    }
}
