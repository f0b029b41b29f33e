// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LinkId, PoolId} from "../../../contracts/types/Ids.sol";
import {Quotas} from "../../../contracts/types/Network.sol";
import {Cohort} from "../../../contracts/types/Reservations.sol";
import {NetworkFixture} from "../NetworkFixture.sol";
import {CountedCalls} from "./CountedCalls.sol";
import {NetworkHandler} from "./NetworkHandler.sol";

/// @dev What holds of the calendars after any sequence of calls; the handler also checks each verdict. A call that
/// reverts fails the run (failOnRevert).
contract NetworkInvariantTest is NetworkFixture, CountedCalls {
    uint256 private constant MIN_CALLS = 48;

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
        uint64 count = wordCount();
        for (uint32 link = 1; link <= CHAIN; ++link) {
            uint256[] memory words = handler.wordsOfLink(link, WORD, count);
            for (uint64 i = 0; i < count; ++i) {
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

    /// @dev Each operation really happens within a fixed course of calls; one that never did would prove nothing.
    function test_EachOperation_happens() public {
        for (uint256 i = 0; i < 6; ++i) {
            uint256 seed = uint256(keccak256(abi.encode("course", i)));
            handler.book(seed);
            handler.book(seed >> 1);
            handler.bookMore(seed);
            handler.free(seed);
            handler.bookAndFree(seed);
            handler.reservePath(seed);
            handler.reservePath(seed);
            handler.releasePath(seed);
            handler.pass(seed);
        }
        checkEach(address(handler), operations());
    }

    function afterInvariant() public {
        checkRun("Network", address(handler), operations(), MIN_CALLS);
    }

    function checkCalendar(uint32 pool, uint8 number, uint16 capacity) private view {
        uint64 count = wordCount();
        uint256[] memory words = handler.wordsOfPool(pool, number, WORD, count);
        for (uint64 i = 0; i < count; ++i) {
            uint256 lanes = network.calendarWord(PoolId.wrap(pool), number, WORD + i);
            assertEq(lanes, words[i], "calendar");
            checkLanes(lanes, capacity);
        }
    }

    /// @dev All words that were ever held, and one more.
    function wordCount() private view returns (uint64) {
        uint64 last = handler.lastWord();
        return last < WORD ? 1 : last - WORD + 2;
    }

    function checkLanes(uint256 lanes, uint16 capacity) private pure {
        for (; lanes != 0; lanes >>= 16) assertLe(lanes & 0xffff, capacity, "capacity");
    }

    function operations() private pure returns (bytes32[] memory) {
        return
            listOf(
                abi.encode(
                    [
                        bytes32("book"),
                        "bookMore",
                        "free",
                        "bookAndFree",
                        "reservePath",
                        "releasePath",
                        "pass",
                        "refusal"
                    ]
                )
            );
    }
}
