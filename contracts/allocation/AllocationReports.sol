// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../interfaces/IParticleAllocation.sol";
import {Bookings} from "../libraries/Bookings.sol";
import {Clients} from "../libraries/Clients.sol";
import {Fees} from "../libraries/Fees.sol";
import {BookingHead, BookingTail, Ending} from "../types/Booking.sol";
import {ReservationId} from "../types/Ids.sol";
import {Settlement} from "../types/Money.sol";
import {Client, Decision, GrantOutcome, Line, Status} from "../types/Reservations.sol";
import {AllocationBase} from "./AllocationBase.sol";

/// @title AllocationReports
/// @notice What the hub's reports do to reservations.
abstract contract AllocationReports is AllocationBase {
    using Bookings for BookingHead;
    using Clients for Client;

    /// @dev Ppm slot-seconds in a slot-second of full quality.
    uint128 private constant FULL_QUALITY = 1_000_000;

    /// @inheritdoc IParticleAllocation
    function decide(Decision[] calldata decisions) external onlyHub {
        for (uint256 i = 0; i < decisions.length; ++i) {
            Decision calldata decision = decisions[i];
            BookingHead memory head = _head(decision.id);
            if (head.status != Status.Requested || decision.outcome == GrantOutcome.None) {
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
    function reopen(Decision[] calldata decisions) external onlyHub {
        for (uint256 i = 0; i < decisions.length; ++i) {
            ReservationId id = decisions[i].id;
            BookingHead memory head = _head(id);
            if (head.status != Status.Granted || decisions[i].outcome != GrantOutcome.Granted) {
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
            ReservationId id = lines[i].id;
            uint128 delivered = lines[i].delivered;
            BookingHead memory head = _head(id);
            Status status = head.statusNow();
            if (status != Status.Ended || delivered > head.promised()) {
                emit LineSkipped(id, status);
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
            _settle(id, head, delivered, provider, items[count]);
            ++count;
        }
        if (count != 0) _settleFirst(provider, items, count);
    }

    /// @dev Settles one reservation, but for the escrow, which `item` hands to the treasury later.
    function _settle(
        ReservationId id,
        BookingHead memory head,
        uint128 delivered,
        address provider,
        Settlement memory item
    ) private {
        BookingTail memory tail = _tail(id);
        uint128 promised = head.promised();
        uint88 paid = Fees.paidDown(tail.price, delivered, promised);
        uint96 penalty = Fees.penaltyDown(tail.price, delivered, promised);
        item.payer = _payerOf(id, head.client, tail);
        item.escrow = tail.price;
        item.paid = paid;
        item.causeId = ReservationId.unwrap(id);
        // Effect:
        Client memory account = _client(head.client);
        // A release has given the slots back already.
        if (head.status == Status.Granted) account.close(head.slots);
        account.use(uint64(delivered / FULL_QUALITY));
        _setClient(head.client, account);
        head.status = Status.Settled;
        _setHead(id, head);
        _clear(id, tail);
        // Interaction:
        if (penalty != 0) penalty = _treasury.slash(provider, item.payer, penalty, item.causeId);
        emit ReservationSettled(
            id,
            delivered,
            promised,
            paid,
            tail.price - paid,
            penalty,
            account.openSlots,
            account.openReservations,
            account.usage
        );
    }
}
