// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../../contracts/interfaces/IEntanglementNetwork.sol";
import {IParticleAllocation} from "../../contracts/interfaces/IParticleAllocation.sol";
import {ReservationId} from "../../contracts/types/Ids.sol";
import {Cohort, GrantOutcome, Terms} from "../../contracts/types/Reservations.sol";
import {AllocationFixture} from "./AllocationFixture.sol";

/// @dev Cohorts, decayed usage and the fair-share factor. Quotas themselves: the network's own tests.
contract CohortsTest is AllocationFixture {
    Terms private terms;
    uint64 private start;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        terms = someTerms();
        start = uint64(block.timestamp);
    }

    function test_SetCohort_setsAndTells() public {
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.CohortSet(client, Cohort.Education);
        setCohort(Cohort.Education);
        assertEq(uint256(allocation.clientOf(client).cohort), uint256(Cohort.Education), "cohort");
    }

    function test_SetCohort_WhenStranger_reverts() public {
        vm.prank(admin);
        registry.setRoles(admin, 11);
        address[2] memory callers = [stranger, admin];
        for (uint256 i = 0; i < 2; ++i) {
            bytes4 selector = IParticleAllocation.ParticleAllocation_MissingRole.selector;
            vm.expectRevert(abi.encodeWithSelector(selector, callers[i], 4));
            vm.prank(callers[i]);
            allocation.setCohort(client, Cohort.Research);
        }
    }

    function test_Request_countsAgainstTheQuota() public {
        setCohort(Cohort.Research);
        inQuotaPool(10);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationRequested(
            ID,
            client,
            QUOTA_POOL,
            terms,
            terms.start,
            terms.start + 600,
            costOf(terms),
            client,
            Cohort.Research,
            true,
            10,
            1
        );
        request(terms);
        assertTrue(allocation.reservation(ID).inQuota, "in quota");
        terms.slots = 1;
        bytes4 selector = IEntanglementNetwork.EntanglementNetwork_QuotaExceeded.selector;
        bytes memory reason = abi.encodeWithSelector(selector, QUOTA_POOL, Cohort.Research, terms.start / 900, 0, 1);
        vm.expectRevert(reason);
        requestAs(client, ID2, terms, costOf(terms));
        vm.expectRevert(reason);
        allocation.quote(terms, client);
        assertEq(allocation.quote(terms, stranger), costOf(terms), "a stranger is open");
    }

    /// @dev A booking keeps the cohort it was made with, so that what is freed is what was booked.
    function test_SetCohort_WhenBooked_leavesTheBooking() public {
        setCohort(Cohort.Research);
        inQuotaPool(10);
        request(terms);
        setCohort(Cohort.Education);
        uint64 word = terms.start / 14_400;
        assertTrue(network.calendarWord(QUOTA_POOL, 2, word) != 0, "research is booked");
        cancel();
        assertEq(network.calendarWord(QUOTA_POOL, 2, word), 0, "research is free");
        assertEq(network.calendarWord(QUOTA_POOL, 4, word), 0, "education was never booked");
    }

    function test_SetCohort_keepsTheRestOfTheWord() public {
        request(terms);
        setCohort(Cohort.Humanitarian);
        assertOpen(client, 15, 1);
        setCohort(Cohort.Open);
        assertOpen(client, 15, 1);
    }

    function test_Usage_addsWhatWasDelivered() public {
        use(ID, 15 * 600 * 1_000_000);
        assertEq(allocation.clientOf(client).usage, 9000, "usage");
        assertEq(allocation.clientOf(client).usageAt, block.timestamp, "as of now");
        assertEq(allocation.clientOf(stranger).usage, 0, "nobody else's");
    }

    function test_Usage_keepsTheCohort() public {
        setCohort(Cohort.Humanitarian);
        use(ID, 1_000_000);
        assertEq(uint256(allocation.clientOf(client).cohort), uint256(Cohort.Humanitarian), "cohort");
    }

    function test_Usage_roundsDown() public {
        use(ID, 1_999_999);
        assertEq(allocation.clientOf(client).usage, 1, "slot-seconds");
    }

    function test_Usage_halvesEverySevenDays() public {
        use(ID, 15 * 600 * 1_000_000);
        vm.warp(block.timestamp + 7 days);
        assertEq(allocation.fairShare(client, 4500), 500_000, "half a usage equal to the share: one half");
        vm.warp(block.timestamp - 600);
        terms.start = 0;
        use(ID2, 0);
        assertEq(allocation.clientOf(client).usage, 4500, "halved");
        vm.warp(block.timestamp + 14 days - 600);
        use(ID3, 1_000_000);
        assertEq(allocation.clientOf(client).usage, 4500 / 4 + 1, "a quarter, and one more");
    }

    function test_FairShare_fallsByUsage() public {
        assertEq(allocation.fairShare(client, 1), 1_000_000, "nothing used");
        use(ID, 15 * 600 * 1_000_000);
        assertEq(allocation.fairShare(client, 9000), 500_000, "the share");
        assertEq(allocation.fairShare(client, 4500), 250_000, "twice the share");
        assertEq(allocation.fairShare(client, 18_000), 707_106, "half the share: 2^-0.5, down");
        assertEq(allocation.fairShare(client, 1), 0, "far above");
        assertEq(allocation.fairShare(client, type(uint64).max), 999_999, "far below, down");
    }

    function testFuzz_Usage_neverGrowsByWaiting(uint32 waited, uint32 longer) public {
        use(ID, 15 * 600 * 1_000_000);
        uint256 settledAt = block.timestamp;
        vm.warp(settledAt + waited);
        uint32 before = allocation.fairShare(client, 5000);
        vm.warp(settledAt + waited + uint256(longer));
        assertLe(before, allocation.fairShare(client, 5000), "the factor recovers");
    }

    function setCohort(Cohort cohort) private {
        vm.prank(admin);
        allocation.setCohort(client, cohort);
    }

    /// @dev Far enough ahead that nothing can be borrowed.
    function inQuotaPool(uint32 slots) private {
        (terms.pool, terms.slots, terms.start) = (QUOTA_POOL, slots, start + 14_400);
    }

    function use(ReservationId id, uint128 delivered) private {
        requestAs(client, id, terms, costOf(terms));
        decide(id, GrantOutcome.Granted);
        vm.warp(block.timestamp + 600);
        settleLine(id, delivered);
    }
}
