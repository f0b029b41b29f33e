// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../interfaces/IParticleAllocation.sol";
import {Terms} from "../types/Reservations.sol";

/// @title TermsCheck
/// @notice Which terms can be booked, refusal by refusal.
library TermsCheck {
    /// @dev At one half or below a Werner pair is separable: there would be nothing to reserve.
    uint32 internal constant FIDELITY_FLOOR_PPM = 500_000;

    /// @dev Longest window, 4 h: 16 buckets, or 17 when it begins inside one.
    uint64 internal constant MAX_DURATION_SECONDS = 14_400;

    /// @dev How far ahead a window may end.
    uint64 internal constant HORIZON_SECONDS = 28 days;

    /// @dev Most slots of one reservation: what a lane of the calendar holds.
    uint32 internal constant MAX_SLOTS = 32_767;

    /// @dev Largest coherence time, 8.9 years.
    uint64 internal constant MAX_COHERENCE_MICROSECONDS = type(uint48).max;

    /// @dev No pool delivers more than some thousand pairs a second; the bound keeps counters small.
    uint32 internal constant MAX_TAKES_PER_MINUTE = 1_000_000;

    /// @dev Low, normal, high, critical.
    uint8 internal constant MAX_PRIORITY = 3;

    /// @notice Reverts with the first reason, but for pool and price, why the terms cannot be booked.
    /// @return start First second of the window.
    function check(Terms memory terms, uint32 minSlotSeconds) internal view returns (uint64 start) {
        if (terms.deadline != 0 && block.timestamp > terms.deadline) {
            revert IParticleAllocation.ParticleAllocation_DeadlinePassed(terms.deadline, block.timestamp);
        }
        if (terms.coherenceMinMicroseconds > MAX_COHERENCE_MICROSECONDS) {
            revert IParticleAllocation.ParticleAllocation_CoherenceOutOfRange(
                terms.coherenceMinMicroseconds,
                MAX_COHERENCE_MICROSECONDS
            );
        }
        if (terms.takesPerMinute > MAX_TAKES_PER_MINUTE) {
            revert IParticleAllocation.ParticleAllocation_TakeRateOutOfRange(
                terms.takesPerMinute,
                MAX_TAKES_PER_MINUTE
            );
        }
        if (terms.priority > MAX_PRIORITY) {
            revert IParticleAllocation.ParticleAllocation_PriorityOutOfRange(terms.priority, MAX_PRIORITY);
        }
        start = checkWindow(terms);
        uint256 slotSeconds = uint256(terms.slots) * terms.duration;
        if (slotSeconds < minSlotSeconds) {
            revert IParticleAllocation.ParticleAllocation_TooSmall(slotSeconds, minSlotSeconds);
        }
    }

    /// @notice Reverts when slots, duration or window are out of range.
    /// @return start First second of the window.
    function checkWindow(Terms memory terms) internal view returns (uint64 start) {
        if (terms.slots == 0 || terms.slots > MAX_SLOTS) {
            revert IParticleAllocation.ParticleAllocation_SlotsOutOfRange(terms.slots, 1, MAX_SLOTS);
        }
        checkDuration(terms.duration);
        start = terms.start == 0 ? uint64(block.timestamp) : terms.start;
        if (start < block.timestamp) {
            revert IParticleAllocation.ParticleAllocation_WindowInPast(start, block.timestamp);
        }
        checkHorizon(uint256(start) + terms.duration);
    }

    /// @notice Reverts when a window is empty or too long.
    function checkDuration(uint64 duration) internal pure {
        if (duration == 0) revert IParticleAllocation.ParticleAllocation_DurationZero();
        if (duration > MAX_DURATION_SECONDS) {
            revert IParticleAllocation.ParticleAllocation_WindowTooLong(duration, MAX_DURATION_SECONDS);
        }
    }

    /// @notice Reverts when a window ends too far ahead.
    function checkHorizon(uint256 end) internal view {
        uint256 latest = block.timestamp + HORIZON_SECONDS;
        if (end > latest) revert IParticleAllocation.ParticleAllocation_BeyondHorizon(end, latest);
    }

    /// @notice Reverts when the fidelity is not one that the pool's class can promise.
    function checkFidelity(uint32 fidelityMinPpm, uint32 floorPpm) internal pure {
        if (fidelityMinPpm <= FIDELITY_FLOOR_PPM || fidelityMinPpm > floorPpm) {
            revert IParticleAllocation.ParticleAllocation_FidelityOutOfRange(
                fidelityMinPpm,
                FIDELITY_FLOOR_PPM,
                floorPpm
            );
        }
    }

    /// @notice Reverts when a price is above the client's limit.
    /// @param before Wei that were locked for the same window already.
    /// @return total Wei locked for the whole window.
    function checkPrice(uint256 price, uint88 before, uint128 maxCost) internal pure returns (uint88 total) {
        uint256 sum = price + before;
        if (sum > type(uint88).max) {
            revert IParticleAllocation.ParticleAllocation_PriceTooLarge(sum, type(uint88).max);
        }
        if (price > maxCost) {
            revert IParticleAllocation.ParticleAllocation_MaxCostExceeded(uint128(price), maxCost);
        }
        return uint88(sum);
    }
}
