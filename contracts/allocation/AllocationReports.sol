// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../interfaces/IParticleAllocation.sol";
import {Bookings} from "../libraries/Bookings.sol";
import {Clients} from "../libraries/Clients.sol";
import {Fees} from "../libraries/Fees.sol";
import {WordList} from "../libraries/WordList.sol";
import {Words} from "../libraries/Words.sol";
import {Booking, BookingHead, BookingTail, Ending, FLAG_SPONSORED, StoredClient} from "../types/Booking.sol";
import {ReservationId} from "../types/Ids.sol";
import {Decision, GrantOutcome, Line, Status} from "../types/Reservations.sol";
import {AllocationBase} from "./AllocationBase.sol";

/// @title AllocationReports
/// @notice What the hub's reports do to reservations.
abstract contract AllocationReports is AllocationBase {
    using Bookings for BookingHead;
    using WordList for bytes;
    using Words for BookingHead;

    /// @inheritdoc IParticleAllocation
    function decide(Decision[] calldata decisions) external onlyHub returns (uint256 skipped) {
        for (uint256 i = 0; i < decisions.length; ++i) {
            Decision calldata decision = decisions[i];
            BookingHead memory head = _head(decision.id);
            if (head.status != Status.Requested || decision.outcome == GrantOutcome.None) {
                skipped |= 1 << i;
                emit DecisionSkipped(decision.id, _statusNow(decision.id, head));
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
            BookingTail memory tail = _tail(id);
            bool granted = decisions[i].outcome == GrantOutcome.Granted && (skipped >> i) & 1 == 0;
            // Settled ones have no tail.
            if (head.status != Status.Granted || tail.requestedAt == 0 || !granted) {
                emit DecisionSkipped(id, _statusNow(id, head));
            } else {
                head.status = Status.Requested;
                _setHead(id, head);
                tail.requestedAt = uint32(block.timestamp);
                _setTail(id, tail);
                emit ReservationReopened(id, uint64(block.timestamp));
            }
        }
    }

    /// @inheritdoc IParticleAllocation
    /// @dev Consecutive lines of one provider go to the treasury together.
    function settleLines(Line[] calldata lines) external onlyHub {
        bytes memory items = WordList.create(2 * lines.length);
        (uint256 count, uint256 pool, address provider) = (0, 0, address(0));
        for (uint256 i = 0; i < lines.length; ++i) {
            Line calldata line = lines[i];
            (ReservationId id, uint256 delivered) = (line.id, line.delivered);
            Booking storage booking = _bookings[id];
            (uint256 head, uint256 tail) = (booking.head, booking.tail);
            if (!Words.isOver(head, tail) || delivered > Words.promisedOf(head)) {
                emit LineSkipped(id, _statusNow(id, Words.head(head)));
                continue;
            }
            if (Words.poolOf(head) != pool) {
                pool = Words.poolOf(head);
                address next = _providerOf(uint24(pool));
                if (next != provider) {
                    _settleFirst(provider, items, count);
                    (provider, count) = (next, 0);
                }
            }
            // The head stays: an ended reservation without its tail reads as settled.
            booking.tail = 0;
            (uint256 first, uint256 second) = _settle(id, delivered, head, tail, provider);
            items.setPair(count, first, second);
            unchecked {
                // At most two words for each line.
                count += 2;
            }
        }
        _settleFirst(provider, items, count);
    }

    /// @dev Settles one reservation, but for the escrow, which goes to the treasury later: the two words for that.
    function _settle(
        ReservationId id,
        uint256 delivered,
        uint256 head,
        uint256 tail,
        address provider
    ) private returns (uint256 first, uint256 second) {
        uint256 promised = Words.promisedOf(head);
        uint88 price = Words.priceOf(tail);
        uint256 paid = Fees.paidDown(price, delivered, promised);
        address payer = Words.clientOf(head);
        // Effect:
        uint256 client = _use(payer, head, delivered);
        if (Words.hasFlag(tail, FLAG_SPONSORED)) {
            payer = _payers[id];
            delete _payers[id];
        }
        // Interaction:
        uint96 penalty = Fees.penaltyDown(price, delivered, promised);
        if (penalty != 0) {
            penalty = _treasury.slash(provider, payer, penalty, ReservationId.unwrap(id));
            // A bond that is used up pays nothing.
            if (penalty != 0) emit PenaltyTaken(id, penalty);
        }
        emit ReservationSettled(id, uint128(delivered), uint128(paid), client);
        return (uint160(payer) | (uint256(price) << 160), ReservationId.unwrap(id) | (paid << 128));
    }

    /// @dev Counts what was delivered as the client's usage, and closes the reservation unless a release has.
    function _use(address client, uint256 head, uint256 delivered) private returns (uint256 word) {
        StoredClient storage kept = _clients[client];
        word = kept.word;
        (uint32 slots, uint32 reservations) = Words.openOf(word);
        if (Words.isGranted(head)) {
            (slots, reservations) = (slots - Words.slotsOf(head), reservations - 1);
        }
        (uint64 usage, uint64 usageAt) = Words.usageOf(word);
        usage = Clients.usageNowDown(usage, usageAt) + uint64(delivered / Words.FULL_QUALITY);
        word = Words.withUse(word, slots, reservations, usage);
        kept.word = word;
    }

    /// @dev Hands the first words of the list to the treasury.
    function _settleFirst(address provider, bytes memory items, uint256 count) private {
        if (count == 0) return;
        items.resize(count);
        _treasury.settleMany(provider, items);
    }
}
