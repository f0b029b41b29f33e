// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {BookingHead, BookingTail, FLAG_COHORT_SHIFT} from "../types/Booking.sol";
import {PoolId} from "../types/Ids.sol";
import {Cohort, Status, Terms} from "../types/Reservations.sol";
import {TakeBucket} from "./TakeBucket.sol";

/// @title Bookings
/// @notice What follows from a stored booking and the time of the block.
library Bookings {
    using SafeCast for uint256;

    /// @notice First second after the window as it stands.
    function end(BookingHead memory head) internal pure returns (uint64) {
        return uint64(head.start) + head.length;
    }

    /// @notice Status with time taken in; a settled booking reads as Ended, because only its tail tells.
    function statusNow(BookingHead memory head) internal view returns (Status) {
        return head.status == Status.Granted && block.timestamp >= end(head) ? Status.Ended : head.status;
    }

    /// @notice Granted and start <= now < end.
    function isActive(BookingHead memory head) internal view returns (bool) {
        return head.status == Status.Granted && block.timestamp >= head.start && block.timestamp < end(head);
    }

    /// @notice Whether it waits for a decision or may still be used: Requested, or Granted and not over.
    function isOpen(BookingHead memory head) internal view returns (bool) {
        return head.status == Status.Requested || (head.status == Status.Granted && block.timestamp < end(head));
    }

    /// @notice Sixtieths of a take that the entitlement of an active booking holds now.
    function tokensNow(BookingHead memory head, BookingTail memory tail) internal view returns (uint256) {
        uint256 elapsed = block.timestamp - head.start - tail.refilled;
        return TakeBucket.refilled(tail.tokens, elapsed, tail.takesPerMinute, head.slots);
    }

    /// @notice Sixtieths of a take that an active booking's entitlement has allowed until now, used or not.
    function allowedTokens(BookingHead memory head, BookingTail memory tail) internal view returns (uint256) {
        return TakeBucket.UNIT * head.slots + (block.timestamp - head.start) * tail.takesPerMinute;
    }

    /// @notice Whether a flag is set.
    function has(BookingTail memory tail, uint8 flag) internal pure returns (bool) {
        return tail.flags & flag != 0;
    }

    /// @notice The cohort that it was booked with.
    function cohort(BookingTail memory tail) internal pure returns (Cohort) {
        return Cohort(tail.flags >> FLAG_COHORT_SHIFT);
    }

    /// @notice The first word of a new booking. Assumes checked terms and a known pool, so that its id fits.
    function newHead(Terms memory terms, address client, uint64 start) internal pure returns (BookingHead memory) {
        return
            BookingHead({
                client: client,
                status: Status.Requested,
                pool: uint24(PoolId.unwrap(terms.pool)),
                slots: uint16(terms.slots),
                start: uint256(start).toUint32(),
                length: uint16(terms.duration)
            });
    }

    /// @notice The second word of a new booking: the entitlement is full at the start. Assumes checked terms.
    function newTail(
        Terms memory terms,
        uint64 reportsPaused,
        uint88 price,
        uint8 flags
    ) internal view returns (BookingTail memory) {
        return
            BookingTail({
                requestedAt: uint32(block.timestamp),
                takesPerMinute: uint24(terms.takesPerMinute),
                takes: 0,
                tokens: uint24(terms.slots * TakeBucket.UNIT),
                refilled: 0,
                reportsPaused: uint32(reportsPaused),
                price: price,
                flags: flags
            });
    }
}
