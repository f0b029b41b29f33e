// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {BookingHead, BookingTail} from "../types/Booking.sol";
import {PoolId, Status, Terms} from "../types/Types.sol";
import {TakeBucket} from "./TakeBucket.sol";

/// @title Bookings
/// @notice What follows from a stored booking and the time of the block.
library Bookings {
    using SafeCast for uint256;

    /// @dev Ppm slot-seconds in a slot-second of full quality.
    uint256 private constant FULL_QUALITY = 1_000_000;

    /// @notice First second after the window as it stands.
    function end(BookingHead memory head) internal pure returns (uint64) {
        return uint64(head.start) + head.length;
    }

    /// @notice Status with time taken in.
    function statusNow(BookingHead memory head) internal view returns (Status) {
        return head.status == Status.Granted && block.timestamp >= end(head) ? Status.Ended : head.status;
    }

    /// @notice Granted and start <= now < end.
    function isActive(BookingHead memory head) internal view returns (bool) {
        return head.status == Status.Granted && block.timestamp >= head.start && block.timestamp < end(head);
    }

    /// @notice Ppm slot-seconds promised for the window as it stands.
    function promised(BookingHead memory head) internal pure returns (uint128) {
        return uint128(uint256(head.slots) * head.length * FULL_QUALITY);
    }

    /// @notice Price of the window as it stands; exact, because the price counts seconds.
    function priceDue(BookingHead memory head, uint128 unitPrice) internal pure returns (uint128) {
        return unitPrice * head.slots * head.length;
    }

    /// @notice Sixtieths of a take that the entitlement of an active booking holds now.
    function tokensNow(BookingHead memory head, BookingTail memory tail) internal view returns (uint256) {
        uint256 elapsed = block.timestamp - head.start - tail.refilled;
        return TakeBucket.refilled(tail.tokens, elapsed, tail.takesPerMinute, head.slots);
    }

    /// @notice The first word of a new booking. Assumes checked terms.
    function newHead(Terms calldata terms, uint64 start) internal view returns (BookingHead memory) {
        return
            BookingHead({
                client: msg.sender,
                status: Status.Requested,
                pool: uint256(PoolId.unwrap(terms.pool)).toUint24(),
                slots: uint16(terms.slots),
                start: uint256(start).toUint32(),
                length: uint16(terms.duration)
            });
    }

    /// @notice The second word of a new booking: the entitlement is full at the start. Assumes checked terms.
    function newTail(
        Terms calldata terms,
        uint64 start,
        uint64 reportsPaused
    ) internal view returns (BookingTail memory) {
        return
            BookingTail({
                duration: uint16(terms.duration),
                lead: (start - block.timestamp).toUint24(),
                fidelityMinPpm: uint24(terms.fidelityMinPpm),
                coherenceMin: uint48(terms.coherenceMinMicroseconds),
                takesPerMinute: uint24(terms.takesPerMinute),
                purpose: terms.purpose,
                priority: terms.priority,
                takes: 0,
                tokens: uint24(terms.slots * TakeBucket.UNIT),
                refilled: 0,
                reportsPaused: uint32(reportsPaused)
            });
    }
}
