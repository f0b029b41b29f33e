// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../interfaces/IParticleAllocation.sol";
import {Terms} from "../types/Types.sol";
import {Calendar} from "./Calendar.sol";

/// @title TermsCheck
/// @notice Which terms can be booked, refusal by refusal, and what they cost.
library TermsCheck {
    /// @dev At one half or below a Werner pair is separable: there would be nothing to reserve.
    uint32 internal constant FIDELITY_FLOOR_PPM = 500_000;

    /// @dev Longest window, 4 h: 16 buckets, or 17 when it begins inside one.
    uint64 internal constant MAX_DURATION_SECONDS = 14_400;

    /// @dev How far ahead a window may end.
    uint64 internal constant HORIZON_SECONDS = 28 days;

    /// @dev Largest coherence time that is stored, 8.9 years.
    uint64 internal constant MAX_COHERENCE_MICROSECONDS = type(uint48).max;

    /// @dev No pool delivers more than some thousand pairs a second; the bound keeps counters small.
    uint32 internal constant MAX_TAKES_PER_MINUTE = 1_000_000;

    /// @dev Low, normal, high, critical.
    uint8 internal constant MAX_PRIORITY = 3;

    /// @notice Reverts with the first reason why the terms cannot be booked.
    /// @param floorPpm The pool's class.
    /// @param clientCap Most open slots of one client.
    /// @return start First second of the window.
    function check(Terms calldata terms, uint32 floorPpm, uint32 clientCap) internal view returns (uint64 start) {
        if (terms.deadline != 0 && block.timestamp > terms.deadline) {
            revert IParticleAllocation.ParticleAllocation_DeadlinePassed(terms.deadline, block.timestamp);
        }
        if (terms.fidelityMinPpm <= FIDELITY_FLOOR_PPM || terms.fidelityMinPpm > floorPpm) {
            revert IParticleAllocation.ParticleAllocation_FidelityOutOfRange(
                terms.fidelityMinPpm,
                FIDELITY_FLOOR_PPM,
                floorPpm
            );
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
        checkSize(terms, clientCap);
        return checkWindow(terms);
    }

    /// @notice Reverts when slots or duration are out of range.
    function checkSize(Terms calldata terms, uint32 clientCap) internal pure {
        uint32 most = clientCap < Calendar.MAX_CAPACITY ? clientCap : Calendar.MAX_CAPACITY;
        if (terms.slots == 0 || terms.slots > most) {
            revert IParticleAllocation.ParticleAllocation_SlotsOutOfRange(terms.slots, 1, most);
        }
        checkDuration(terms.duration);
    }

    /// @notice Reverts when a window is empty or too long.
    function checkDuration(uint64 duration) internal pure {
        if (duration == 0) revert IParticleAllocation.ParticleAllocation_DurationZero();
        if (duration > MAX_DURATION_SECONDS) {
            revert IParticleAllocation.ParticleAllocation_WindowTooLong(duration, MAX_DURATION_SECONDS);
        }
    }

    /// @notice The price, checked against the client's limit and what was sent.
    function checkedCost(Terms calldata terms, uint128 unitPrice) internal view returns (uint128 wei_) {
        wei_ = cost(terms, unitPrice);
        if (wei_ > terms.maxCost) revert IParticleAllocation.ParticleAllocation_MaxCostExceeded(wei_, terms.maxCost);
        if (msg.value < wei_) revert IParticleAllocation.ParticleAllocation_EscrowTooLow(msg.value, wei_);
    }

    /// @notice slots * duration * unit price; fits, because the factors have 15, 14 and 96 bits.
    function cost(Terms calldata terms, uint128 unitPrice) internal pure returns (uint128) {
        return unitPrice * terms.slots * terms.duration;
    }

    function checkWindow(Terms calldata terms) private view returns (uint64 start) {
        start = terms.start == 0 ? uint64(block.timestamp) : terms.start;
        if (start < block.timestamp) {
            revert IParticleAllocation.ParticleAllocation_WindowInPast(start, block.timestamp);
        }
        uint256 end = uint256(start) + terms.duration;
        uint256 latest = block.timestamp + HORIZON_SECONDS;
        if (end > latest) revert IParticleAllocation.ParticleAllocation_BeyondHorizon(end, latest);
    }
}
