// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Cohort} from "../../../contracts/types/Reservations.sol";
import {PoolTerms} from "../../../contracts/types/Network.sol";
import {NetworkFixture} from "../NetworkFixture.sol";

/// @dev Isolation keeps new bookings out, and traps nothing: what is booked can be freed, and the terms stay.
contract IsolationTest is NetworkFixture {
    function setUp() public {
        setUpNetwork();
        book(FIXED, NOW, 1800, 5);
        isolate(FIXED, true);
    }

    function test_GivenIsolated_nothingCanBeBooked() public {
        vm.expectRevert(isolatedPool(FIXED));
        book(FIXED, NOW, 900, 1);
        vm.expectRevert(isolatedPool(FIXED));
        network.bookMore(FIXED, Cohort.Open, false, NOW + 1800, NOW + 2700, 5);
        vm.expectRevert(isolatedPool(FIXED));
        network.bookMore(FIXED, Cohort.Open, false, NOW + 1700, NOW + 1800, 5);
        vm.expectRevert(isolatedPool(FIXED));
        network.quote(FIXED, Cohort.Open, NOW, NOW + 900, 1);
    }

    function test_GivenIsolated_whatIsBookedCanBeFreed() public {
        network.free(FIXED, Cohort.Open, false, BUCKET + 1, BUCKET + 1, 5);
        assertEq(network.calendarWord(FIXED, 0, WORD), 5, "freed");
        (, , address to) = network.poolFor(FIXED);
        assertEq(to, provider, "the provider is still paid");
    }

    function test_GivenIsolated_otherPoolsAndLinksStayOpen() public {
        book(CURVED, NOW, 900, 1);
        vm.prank(operator);
        network.reservePath(chain(1, 3), NOW, NOW + 900, 1);
    }

    function test_GivenIsolated_termsStayAndItCanBeTakenBack() public {
        (PoolTerms memory terms, bool isolated) = network.pool(FIXED);
        assertTrue(isolated, "isolated");
        assertEq(keccak256(abi.encode(terms)), keccak256(abi.encode(poolTerms(1))), "terms");
        setQuotas(FIXED, 10, 0);
        (, isolated) = network.pool(FIXED);
        assertTrue(isolated, "quotas do not end it");
        isolate(FIXED, false);
        book(FIXED, NOW, 900, 1);
    }

    function test_Isolate_WhenOperatorOrAdmin_reverts() public {
        vm.prank(operator);
        vm.expectRevert(missingRole(operator, 8));
        network.setPoolIsolated(FIXED, false);
        vm.prank(admin);
        vm.expectRevert(missingRole(admin, 8));
        network.setPoolIsolated(FIXED, false);
    }
}
