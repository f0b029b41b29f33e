// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReservationId} from "../../../contracts/types/Ids.sol";
import {GrantOutcome, Terms} from "../../../contracts/types/Reservations.sol";
import {AllocationFixture} from "../AllocationFixture.sol";

/// @dev Threat: block a pool for weeks, then call off for nothing. A granted lead costs, a release costs its bucket.
contract CancelGriefingTest is AllocationFixture {
    Terms private terms;
    uint64 private start;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        terms = someTerms();
        (terms.slots, terms.duration, terms.maxCost) = (40, 14_400, type(uint128).max);
        start = uint64(block.timestamp);
    }

    /// @dev The longer the calendar was blocked ahead, the more it costs; just before the start too.
    function testFuzz_CallingOff_costsByTheLead(uint32 lead, uint32 held) public {
        uint64 ahead = uint64(bound(lead, 1, 28 days - 14_400));
        terms.start = start + ahead;
        requestGranted(terms);
        vm.warp(start + bound(held, 0, ahead - 1));
        cancel();
        uint256 cost = costOf(terms);
        uint256 fee = (cost * ahead) / (100 * 28 days);
        assertTrue(fee > 0, "never free");
        assertMoney(cost - fee, fee, 0);
    }

    /// @dev A release just before the start is not a cheaper way out of a cancellation.
    function testFuzz_ReleaseAhead_isNoCheaperThanTheMostThatCancellingCosts(uint32 lead) public {
        terms.duration = uint64(bound(lead >> 8, 2, 9000));
        terms.start = start + uint64(bound(lead, 1, 28 days - 9000));
        requestGranted(terms);
        release();
        assertLe(costOf(terms) / 100, treasury.creditOf(provider), "at least 1 %");
    }

    /// @dev Booking again and again moves no money for free: each round pays its fee.
    function test_CallingOffAgainAndAgain_costsEachTime() public {
        terms.start = start + 14 days;
        uint256 spent = 0;
        for (uint128 i = 1; i <= 5; ++i) {
            requestAs(client, idOf(i), terms, costOf(terms));
            decide(idOf(i), GrantOutcome.Granted);
            vm.prank(client);
            allocation.cancel(idOf(i));
            spent += costOf(terms) / 200;
            assertEq(treasury.creditOf(provider), spent, "provider earns");
        }
    }

    /// @dev An undecided request may be called off for nothing, but not for long: anyone can end it.
    function test_Undecided_isEndedByAnyone() public {
        terms.start = start + 14 days;
        request(terms);
        vm.warp(start + DECISION_SECONDS + 1);
        vm.prank(stranger);
        allocation.expire(ID);
        assertEq(bookedIn(POOL, terms.start / 900), 0, "calendar is free");
    }

    function idOf(uint128 value) private pure returns (ReservationId) {
        return ReservationId.wrap(value);
    }
}
