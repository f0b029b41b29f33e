// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LinkId, PoolId} from "../../../contracts/types/Ids.sol";
import {Quotas} from "../../../contracts/types/Network.sol";
import {Cohort} from "../../../contracts/types/Reservations.sol";
import {NetworkFixture} from "../NetworkFixture.sol";
import {NetworkHandler} from "./NetworkHandler.sol";

/// @dev What holds of the calendars after any sequence of calls; the handler also checks each verdict. A call that
/// reverts fails the run (failOnRevert).
contract NetworkInvariantTest is NetworkFixture {
    /// @dev 64 calls of at most 1,800 s, then a window of up to 20,000 + 2 * 14,400 s.
    uint64 private constant WORDS = 12;
    uint256 private constant MIN_CALLS = 24;

    NetworkHandler private handler;

    function setUp() public {
        setUpNetwork();
        vm.startPrank(operator);
        network.setQuotas(FIXED, Quotas(30, 20, 10, 0));
        network.setQuotas(COARSE, Quotas(300, 200, 100, 0));
        vm.stopPrank();
        handler = new NetworkHandler(network, address(this));
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev lane(bucket) = sum of the quanta of the bookings that hold the bucket <= capacity.
    function invariant_CalendarIsExactAndNeverOverBooked() public view {
        for (uint32 pool = 1; pool <= 3; ++pool) checkCalendar(pool, 0, CAPACITY);
    }

    /// @dev lane(cohort, bucket) = the same sum over bookings in the quota <= quota; none where there are no quotas.
    function invariant_CohortsKeepTheirQuotas() public view {
        for (uint8 cohort = 0; cohort < 5; ++cohort) {
            uint16 quota = handler.quotaOf(Cohort(cohort));
            checkCalendar(1, 1 + cohort, quota);
            checkCalendar(3, 1 + cohort, quota);
            checkCalendar(2, 1 + cohort, 0);
        }
    }

    /// @dev lane(link, bucket) = sum of the lanes of the paths that hold it <= lanes of the link.
    function invariant_LinksAreExactAndNeverOverBooked() public view {
        for (uint32 link = 1; link <= CHAIN; ++link) {
            uint256[] memory words = handler.wordsOfLink(link, WORD, WORDS);
            for (uint64 i = 0; i < WORDS; ++i) {
                uint256 lanes = network.linkWord(LinkId.wrap(link), WORD + i);
                assertEq(lanes, words[i], "link");
                checkLanes(lanes, LINK_LANES);
            }
        }
    }

    /// @dev excess <= 20 scales, so that the price is always computable.
    function invariant_ExcessIsBounded() public view {
        assertLe(network.excessOf(CURVED), uint256(SCALE) * 20, "excess");
        assertEq(network.excessOf(FIXED), 0, "fixed price");
    }

    /// @dev A run in which nothing happened proves nothing.
    function afterInvariant() public view {
        string[8] memory names = [
            "book",
            "bookMore",
            "free",
            "bookAndFree",
            "reservePath",
            "releasePath",
            "pass",
            "refusal"
        ];
        uint256 done = 0;
        for (uint256 i = 0; i < names.length; ++i) done += handler.calls(bytes32(bytes(names[i])));
        assertLe(MIN_CALLS, done, "calls that did something");
    }

    function checkCalendar(uint32 pool, uint8 number, uint16 capacity) private view {
        uint256[] memory words = handler.wordsOfPool(pool, number, WORD, WORDS);
        for (uint64 i = 0; i < WORDS; ++i) {
            uint256 lanes = network.calendarWord(PoolId.wrap(pool), number, WORD + i);
            assertEq(lanes, words[i], "calendar");
            checkLanes(lanes, capacity);
        }
    }

    function checkLanes(uint256 lanes, uint16 capacity) private pure {
        for (; lanes != 0; lanes >>= 16) assertLe(lanes & 0xffff, capacity, "capacity");
    }
}
