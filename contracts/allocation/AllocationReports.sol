// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../interfaces/IParticleAllocation.sol";
import {Bookings} from "../libraries/Bookings.sol";
import {Clients} from "../libraries/Clients.sol";
import {Fees} from "../libraries/Fees.sol";
import {Words} from "../libraries/Words.sol";
import {Booking, BookingHead, BookingTail, Ending, FLAG_SPONSORED} from "../types/Booking.sol";
import {ReservationId} from "../types/Ids.sol";
import {Settlement} from "../types/Money.sol";
import {Decision, GrantOutcome, Line, Status} from "../types/Reservations.sol";
import {AllocationBase} from "./AllocationBase.sol";

/// @title AllocationReports
/// @notice What the hub's reports do to reservations.
abstract contract AllocationReports is AllocationBase {
    using Bookings for BookingHead;
    using Words for BookingHead;

    /// @dev Ppm slot-seconds in a slot-second of full quality.
    uint128 private constant FULL_QUALITY = 1_000_000;

    /// @inheritdoc IParticleAllocation
    function decide(Decision[] calldata decisions) external onlyHub returns (uint256 skipped) {
        for (uint256 i = 0; i < decisions.length; ++i) {
            Decision calldata decision = decisions[i];
            BookingHead memory head = _head(decision.id);
            if (head.status != Status.Requested || decision.outcome == GrantOutcome.None) {
                skipped |= 1 << i;
                emit DecisionSkipped(decision.id, head.statusNow());
            } else if (decision.outcome == GrantOutcome.Granted) {
                head.status = Status.Granted;
                _setHead(decision.id, head);
                emit ReservationDecided(decision.id, Status.Granted, decision);
            } else {
                emit ReservationDecided(decision.id, Status.Refused, decision);
                _giveBack(decision.id, head, _tail(decision.id), Ending(Status.Refused, 0));
            }
        }
    }

    /// @inheritdoc IParticleAllocation
    function reopen(Decision[] calldata decisions, uint256 skipped) external onlyHub {
        for (uint256 i = 0; i < decisions.length; ++i) {
            ReservationId id = decisions[i].id;
            BookingHead memory head = _head(id);
            bool granted = decisions[i].outcome == GrantOutcome.Granted && (skipped >> i) & 1 == 0;
            if (head.status != Status.Granted || !granted) {
                emit DecisionSkipped(id, head.statusNow());
            } else {
                head.status = Status.Requested;
                _setHead(id, head);
                BookingTail memory tail = _tail(id);
                tail.requestedAt = uint32(block.timestamp);
                _setTail(id, tail);
                emit ReservationReopened(id, uint64(block.timestamp));
            }
        }
    }

    /// @inheritdoc IParticleAllocation
    /// @dev Consecutive lines of one provider go to the treasury together.
    function settleLines(Line[] calldata lines) external onlyHub {
        Settlement[] memory items = new Settlement[](lines.length);
        uint256 count = 0;
        uint24 pool = 0;
        address provider = address(0);
        for (uint256 i = 0; i < lines.length; ++i) {
            Line calldata line = lines[i];
            Booking storage booking = _bookings[line.id];
            BookingHead memory head = Words.head(booking.head);
            Status status = head.statusNow();
            uint128 promised = head.promised();
            if (status != Status.Ended || line.delivered > promised) {
                emit LineSkipped(line.id, status);
                continue;
            }
            if (head.pool != pool) {
                pool = head.pool;
                address next = _providerOf(pool);
                if (next != provider) {
                    if (count != 0) _settleFirst(provider, items, count);
                    (provider, count) = (next, 0);
                }
            }
            _settle(line, booking, head, promised, provider, items[count]);
            ++count;
        }
        if (count != 0) _settleFirst(provider, items, count);
    }

    /// @dev Settles one reservation, but for the escrow, which `item` hands to the treasury later.
    function _settle(
        Line calldata line,
        Booking storage booking,
        BookingHead memory head,
        uint128 promised,
        address provider,
        Settlement memory item
    ) private {
        ReservationId id = line.id;
        uint256 tail = booking.tail;
        uint88 price = Words.priceOf(tail);
        bool sponsored = Words.hasFlag(tail, FLAG_SPONSORED);
        address payer = sponsored ? _payers[id] : head.client;
        uint88 paid = Fees.paidDown(price, line.delivered, promised);
        (item.payer, item.escrow, item.paid, item.causeId) = (payer, price, paid, ReservationId.unwrap(id));
        // Effect:
        booking.head = Words.withStatus(booking.head, Status.Settled);
        booking.tail = 0;
        if (sponsored) delete _payers[id];
        // A release has given the slots back already.
        uint16 closed = head.status == Status.Granted ? head.slots : 0;
        (uint32 slots, uint32 reservations, uint64 usage) = _use(head.client, closed, line.delivered);
        // Interaction:
        uint96 penalty = Fees.penaltyDown(price, line.delivered, promised);
        if (penalty != 0) penalty = _treasury.slash(provider, payer, penalty, ReservationId.unwrap(id));
        emit ReservationSettled(id, line.delivered, promised, paid, price - paid, penalty, slots, reservations, usage);
    }

    /// @dev Counts what was delivered as the client's usage, and closes a reservation of `closed` slots unless 0.
    function _use(
        address client,
        uint16 closed,
        uint128 delivered
    ) private returns (uint32 slots, uint32 reservations, uint64 usage) {
        uint256 word = _clients[client];
        (slots, reservations) = Words.openOf(word);
        if (closed != 0) (slots, reservations) = (slots - closed, reservations - 1);
        uint64 usageAt;
        (usage, usageAt) = Words.usageOf(word);
        usage = Clients.usageNowDown(usage, usageAt) + uint64(delivered / FULL_QUALITY);
        _clients[client] = Words.withUse(word, slots, reservations, usage);
    }
}
