// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../../../contracts/interfaces/IParticleAllocation.sol";
import {Parameter} from "../../../contracts/interfaces/IRealmRegistry.sol";
import {ReservationId} from "../../../contracts/types/Ids.sol";
import {Terms} from "../../../contracts/types/Reservations.sol";
import {AllocationFixture} from "../AllocationFixture.sol";

/// @dev Threat: many tiny or squatting reservations. Held off by a least size, two caps, and money that is locked.
contract DustTest is AllocationFixture {
    Terms private terms;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        terms = someTerms();
        terms.pool = OTHER_POOL;
    }

    function test_Dust_WhenBelowTheLeastSize_isRefused() public {
        (terms.slots, terms.duration) = (59, 1);
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_TooSmall.selector, 59, 60));
        requestAs(client, ID, terms, 1 ether);
        setParameter(Parameter.MinSlotSeconds, 86_400);
        (terms.slots, terms.duration) = (23, 3600);
        vm.expectRevert(
            abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_TooSmall.selector, 82_800, 86_400)
        );
        requestAs(client, ID, terms, 1 ether);
        terms.slots = 24;
        requestAs(client, ID, terms, 1 ether);
    }

    /// @dev The slots count over all open reservations, wherever and whenever they lie.
    function test_Squatting_WhenSpreadOverTime_isCapped() public {
        (terms.slots, terms.duration, terms.maxCost) = (2500, 60, type(uint128).max);
        uint64 start = uint64(block.timestamp);
        for (uint64 i = 0; i < 4; ++i) {
            terms.start = start + i * 6 days;
            requestAs(client, ReservationId.wrap(i + 1), terms, costOf(terms));
        }
        (terms.slots, terms.duration) = (1, 60);
        bytes4 selector = IParticleAllocation.ParticleAllocation_ClientCapExceeded.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, client, CLIENT_CAP, 1, CLIENT_CAP));
        requestAs(client, ID, terms, 1 ether);
    }

    function test_Squatting_WhenManyReservations_isCapped() public {
        setParameter(Parameter.ClientReservations, 3);
        (terms.slots, terms.duration) = (1, 60);
        for (uint128 i = 1; i <= 3; ++i) requestAs(client, ReservationId.wrap(i), terms, costOf(terms));
        bytes4 selector = IParticleAllocation.ParticleAllocation_TooManyReservations.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, client, 3, 1, 3));
        requestAs(client, ID, terms, 1 ether);
    }

    /// @dev Nobody holds slots for nothing: all of the price is locked from the request on.
    function test_Squatting_locksThePrice() public {
        terms.start = uint64(block.timestamp) + 27 days;
        request(terms);
        assertMoney(0, 0, costOf(terms));
    }

    function setParameter(Parameter parameter, uint32 value) private {
        vm.prank(admin);
        registry.schedule(parameter, value);
        vm.warp(block.timestamp + PARAMETER_DELAY_SECONDS);
        registry.applyParameter(parameter);
    }
}
