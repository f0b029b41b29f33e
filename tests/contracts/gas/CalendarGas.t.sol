// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CalendarHarness} from "../CalendarHarness.sol";
import {TestBase} from "../TestBase.sol";

/// @dev Gas of the calendar library alone; a reservation needs at most 17 buckets, 672 are a week.
contract CalendarGasTest is TestBase {
    uint64 private constant BASE = 32_000_000;

    CalendarHarness private calendar;

    function setUp() public {
        calendar = new CalendarHarness();
    }

    function test_Book_1Bucket() public {
        measure(1, 60_000, 40_000);
    }

    function test_Book_16Buckets() public {
        measure(16, 60_000, 40_000);
    }

    function test_Book_64Buckets() public {
        measure(64, 140_000, 65_000);
    }

    function test_Book_672Buckets() public {
        measure(672, 1_110_000, 390_000);
    }

    function measure(uint64 buckets, uint256 first, uint256 warm) private {
        string memory name = string.concat("calendar ", vm.toString(buckets), " buckets");
        calendar.book(BASE, BASE + buckets - 1, 3, 1000);
        record(string.concat(name, ", first"), first);
        calendar.book(BASE, BASE + buckets - 1, 4, 1000);
        record(string.concat(name, ", warm"), warm);
    }

    function record(string memory name, uint256 target) private {
        uint256 gas = vm.snapshotGasLastCall("gas", name);
        assertLe(gas, target, name);
    }
}
