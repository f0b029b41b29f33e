// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../interfaces/IParticleAllocation.sol";
import {Bookings} from "../libraries/Bookings.sol";
import {Fees} from "../libraries/Fees.sol";
import {BookingHead, BookingRules, BookingTail, Ending} from "../types/Booking.sol";
import {ReservationId} from "../types/Ids.sol";
import {Status} from "../types/Reservations.sol";
import {AllocationBase} from "./AllocationBase.sol";

/// @title AllocationLife
/// @notice How a reservation ends without a report: by its client, or by anyone once a time is over.
abstract contract AllocationLife is AllocationBase {
    using Bookings for BookingHead;

    /// @dev A pause of reports holds refunds up for no longer than this.
    uint256 private constant MAX_STANDSTILL_SECONDS = 7 days;

    /// @inheritdoc IParticleAllocation
    function release(ReservationId id) external {
        // Check:
        BookingHead memory head = _ownHead(id);
        Status status = _statusNow(id, head);
        if (status != Status.Granted) revert ParticleAllocation_WrongStatus(id, status);
        // Effect:
        BookingTail memory tail = _tail(id);
        uint64 bookedEnd = head.end();
        uint64 end = block.timestamp > head.start ? uint64(block.timestamp) : head.start;
        uint88 price = tail.price;
        uint88 due = Fees.dueDown(price, end - head.start, head.length);
        uint88 fee = Fees.releaseFeeDown(price, bookedEnd - end, head.length);
        head.status = Status.Ended;
        head.length = uint16(end - head.start);
        tail.price = due;
        _setHead(id, head);
        _setTail(id, tail);
        emit ReservationReleased(id, end, due, fee);
        _closeSlots(head.client, head.slots);
        // Interaction:
        // A bucket stays booked when some second of it was used.
        uint64 first = head.length == 0 ? _bucketOf(end) : _bucketOf(end - 1) + 1;
        _free(id, head, tail, first, _bucketOf(bookedEnd - 1));
        address provider = fee == 0 ? address(0) : _providerOf(head.pool);
        _shareOut(provider, _payerOf(id, head.client, tail), price - due, fee, id);
    }

    /// @inheritdoc IParticleAllocation
    function cancel(ReservationId id) external {
        BookingHead memory head = _ownHead(id);
        bool ahead = head.status == Status.Granted && block.timestamp < head.start;
        if (head.status != Status.Requested && !ahead) revert ParticleAllocation_WrongStatus(id, _statusNow(id, head));
        BookingTail memory tail = _tail(id);
        uint88 fee = ahead ? Fees.cancelFeeDown(tail.price, head.start - tail.requestedAt) : 0;
        emit ReservationCancelled(id, fee);
        _giveBack(id, head, tail, Ending(Status.Cancelled, fee));
    }

    /// @inheritdoc IParticleAllocation
    function expire(ReservationId id) external {
        BookingHead memory head = _head(id);
        if (head.status != Status.Requested) revert ParticleAllocation_WrongStatus(id, _statusNow(id, head));
        BookingTail memory tail = _tail(id);
        uint256 until = uint256(tail.requestedAt) + decisionSeconds;
        if (block.timestamp <= until) revert ParticleAllocation_NotYet(id, until + 1);
        emit ReservationExpired(id);
        _giveBack(id, head, tail, Ending(Status.Expired, 0));
    }

    /// @inheritdoc IParticleAllocation
    function refundExpired(ReservationId id) external {
        BookingHead memory head = _head(id);
        Status status = _statusNow(id, head);
        if (status != Status.Granted && status != Status.Ended) revert ParticleAllocation_WrongStatus(id, status);
        BookingTail memory tail = _tail(id);
        uint256 until = uint256(head.end()) + graceSeconds + _standstillSeconds(tail.reportsPaused);
        if (block.timestamp <= until) revert ParticleAllocation_NotYet(id, until + 1);
        emit ReservationRefunded(id);
        _giveBack(id, head, tail, Ending(Status.Refunded, 0));
    }

    /// @dev How long reports were paused since the request, up to the longest time that refunds may be held up.
    function _standstillSeconds(uint32 pausedAtRequest) private view returns (uint256) {
        (, BookingRules memory rules) = _rules();
        uint256 paused;
        unchecked {
            // Both counts modulo 2^32: the difference is right for pauses of less than 136 years.
            paused = uint32(rules.reportsPaused) - pausedAtRequest;
        }
        return paused < MAX_STANDSTILL_SECONDS ? paused : MAX_STANDSTILL_SECONDS;
    }
}
