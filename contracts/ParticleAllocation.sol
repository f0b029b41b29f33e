// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IEntanglementNetwork} from "./interfaces/IEntanglementNetwork.sol";
import {IParticleAllocation} from "./interfaces/IParticleAllocation.sol";
import {IRealmRegistry} from "./interfaces/IRealmRegistry.sol";
import {ITreasury} from "./interfaces/ITreasury.sol";
import {Calendar} from "./libraries/Calendar.sol";
import {TakeBucket} from "./libraries/TakeBucket.sol";
import {TermsCheck} from "./libraries/TermsCheck.sol";
import {Booking} from "./types/Booking.sol";
import {PAUSE_BOOKINGS} from "./types/Roles.sol";
import {Decision, GrantOutcome, Line, PoolId, Reservation, ReservationId, Status, Terms} from "./types/Types.sol";

/// @title ParticleAllocation
/// @notice See {IParticleAllocation}.
/// @dev The peers are contracts of the same deployment and call nobody unknown, so that nothing can re-enter here;
/// only the treasury's withdrawal does, and it is guarded there.
contract ParticleAllocation is IParticleAllocation {
    using Calendar for Calendar.Days;
    using SafeCast for uint256;

    /// @dev Ppm slot-seconds in a slot-second of full quality.
    uint256 private constant FULL_QUALITY = 1_000_000;
    /// @dev A pause of reports holds refunds up for no longer than this.
    uint256 private constant MAX_STANDSTILL_SECONDS = 7 days;
    /// @dev The largest cap that the design foresees for a client.
    uint32 private constant MAX_CLIENT_CAP = 100_000;

    ITreasury private immutable _treasury;
    IEntanglementNetwork private immutable _network;
    address private immutable _hub;
    IRealmRegistry private immutable _registry;
    /// @inheritdoc IParticleAllocation
    uint32 public immutable decisionSeconds;
    /// @inheritdoc IParticleAllocation
    uint32 public immutable graceSeconds;
    /// @inheritdoc IParticleAllocation
    uint32 public immutable maxSlotsPerClient;

    mapping(ReservationId id => Booking) private _bookings;
    mapping(PoolId pool => Calendar.Days) private _calendars;
    mapping(address client => uint32 slots) private _openSlots;

    modifier onlyHub() {
        if (msg.sender != _hub) revert ParticleAllocation_NotHub(msg.sender);
        _;
    }

    /// @param treasury_ Where the money is.
    /// @param network_ Where the pools are.
    /// @param hub_ Whose decisions and lines count.
    /// @param registry_ Where the pause bits are.
    /// @param decisionSeconds_ Time after which an undecided request can be expired.
    /// @param graceSeconds_ Time after the end from which an unsettled reservation can be refunded.
    /// @param maxSlotsPerClient_ Most open slots of one client, 1 to 100,000.
    constructor(
        address treasury_,
        address network_,
        address hub_,
        address registry_,
        uint32 decisionSeconds_,
        uint32 graceSeconds_,
        uint32 maxSlotsPerClient_
    ) {
        if (maxSlotsPerClient_ == 0 || maxSlotsPerClient_ > MAX_CLIENT_CAP) {
            revert ParticleAllocation_BadClientCap(maxSlotsPerClient_, MAX_CLIENT_CAP);
        }
        _treasury = ITreasury(treasury_);
        _network = IEntanglementNetwork(network_);
        _hub = hub_;
        _registry = IRealmRegistry(registry_);
        decisionSeconds = decisionSeconds_;
        graceSeconds = graceSeconds_;
        maxSlotsPerClient = maxSlotsPerClient_;
    }

    /// @inheritdoc IParticleAllocation
    function request(ReservationId id, Terms calldata terms) external payable {
        // Check:
        (uint256 pauseBits, uint64 reportsPaused) = _registry.pauseState();
        if (pauseBits & PAUSE_BOOKINGS != 0) revert ParticleAllocation_Paused(pauseBits);
        if (ReservationId.unwrap(id) == 0) revert ParticleAllocation_IdZero();
        if (_bookings[id].status != Status.None) revert ParticleAllocation_IdUsed(id);
        (uint16 capacity, uint32 floorPpm, uint128 unitPrice, bool isolated) = _network.poolForBooking(terms.pool);
        if (capacity == 0) revert ParticleAllocation_UnknownPool(terms.pool);
        if (isolated) revert ParticleAllocation_PoolIsolated(terms.pool);
        uint64 start = TermsCheck.check(terms, floorPpm, maxSlotsPerClient);
        uint128 cost = TermsCheck.checkedCost(terms, unitPrice);
        // Effect:
        _bookings[id] = _newBooking(terms, start, reportsPaused);
        _openSlotsFor(msg.sender, terms.slots);
        _book(terms.pool, start, start + terms.duration, uint16(terms.slots), capacity);
        emit ReservationRequested(
            id,
            msg.sender,
            terms.pool,
            terms,
            start,
            start + terms.duration,
            cost,
            msg.value.toUint128()
        );
        // Interaction:
        _treasury.lock{value: msg.value}(id, msg.sender, cost);
    }

    /// @inheritdoc IParticleAllocation
    function take(ReservationId id, uint32 count) external {
        // Check:
        Booking storage booking = _ownBooking(id);
        if (count == 0) revert ParticleAllocation_TakeCountZero(id);
        if (!_isActive(booking)) revert ParticleAllocation_NotActive(id, _statusOf(booking));
        uint256 tokens = _tokensNow(booking);
        uint32 available = TakeBucket.wholeTakesDown(tokens);
        if (count > available) revert ParticleAllocation_TakeRateExceeded(id, count, available);
        // Effect:
        uint32 before = booking.takes;
        tokens -= uint256(count) * TakeBucket.UNIT;
        booking.takes = before + count;
        booking.tokens = tokens.toUint24();
        booking.refilled = (block.timestamp - booking.start).toUint16();
        emit TakeRequested(id, uint64(before) + 1, count, TakeBucket.milliTakesDown(tokens));
    }

    /// @inheritdoc IParticleAllocation
    function release(ReservationId id) external {
        // Check:
        Booking storage booking = _ownBooking(id);
        Status status = _statusOf(booking);
        if (status != Status.Granted) revert ParticleAllocation_WrongStatus(id, status);
        // Effect:
        uint256 start = booking.start;
        uint256 end = block.timestamp > start ? block.timestamp : start;
        uint256 used = end - start;
        uint64 bookedEnd = _bookedEnd(booking);
        (booking.status, booking.length) = (Status.Ended, used.toUint16());
        _openSlots[booking.client] -= booking.slots;
        // A bucket stays booked when some second of it was used.
        uint64 first = used == 0 ? Calendar.bucketOf(start) : Calendar.bucketOf(end - 1) + 1;
        _free(booking, first, bookedEnd);
        uint128 due = _priceDueDown(_treasury.priceOf(id), used, booking.duration);
        emit ReservationReleased(id, uint64(end), due);
    }

    /// @inheritdoc IParticleAllocation
    function cancel(ReservationId id) external {
        Booking storage booking = _ownBooking(id);
        Status status = booking.status;
        bool ahead = status == Status.Granted && block.timestamp < booking.start;
        if (status != Status.Requested && !ahead) {
            revert ParticleAllocation_WrongStatus(id, _statusOf(booking));
        }
        emit ReservationCancelled(id);
        _refundAll(id, booking, Status.Cancelled);
    }

    /// @inheritdoc IParticleAllocation
    function expire(ReservationId id) external {
        Booking storage booking = _bookings[id];
        if (booking.status != Status.Requested) revert ParticleAllocation_WrongStatus(id, _statusOf(booking));
        uint256 until = _requestedAt(booking) + decisionSeconds;
        if (block.timestamp <= until) revert ParticleAllocation_NotYet(id, until + 1);
        emit ReservationExpired(id);
        _refundAll(id, booking, Status.Expired);
    }

    /// @inheritdoc IParticleAllocation
    function refundExpired(ReservationId id) external {
        Booking storage booking = _bookings[id];
        Status status = booking.status;
        if (status != Status.Granted && status != Status.Ended) revert ParticleAllocation_WrongStatus(id, status);
        uint256 until = uint256(_end(booking)) + graceSeconds + _standstillSeconds(booking);
        if (block.timestamp <= until) revert ParticleAllocation_NotYet(id, until + 1);
        emit ReservationRefunded(id);
        _refundAll(id, booking, Status.Refunded);
    }

    /// @inheritdoc IParticleAllocation
    function decide(Decision[] calldata decisions) external onlyHub {
        for (uint256 i = 0; i < decisions.length; ++i) {
            Decision calldata decision = decisions[i];
            Booking storage booking = _bookings[decision.id];
            if (booking.status != Status.Requested || decision.outcome == GrantOutcome.None) {
                emit DecisionSkipped(decision.id, _statusOf(booking));
            } else if (decision.outcome == GrantOutcome.Granted) {
                booking.status = Status.Granted;
                emit ReservationDecided(decision.id, Status.Granted, decision);
            } else {
                emit ReservationDecided(decision.id, Status.Refused, decision);
                _refundAll(decision.id, booking, Status.Refused);
            }
        }
    }

    /// @inheritdoc IParticleAllocation
    function settleLines(Line[] calldata lines) external onlyHub {
        for (uint256 i = 0; i < lines.length; ++i) {
            _settleLine(lines[i].id, lines[i].delivered);
        }
    }

    /// @inheritdoc IParticleAllocation
    function price(Terms calldata terms) external view returns (uint128) {
        (uint16 capacity, , uint128 unitPrice, ) = _network.poolForBooking(terms.pool);
        if (capacity == 0) revert ParticleAllocation_UnknownPool(terms.pool);
        TermsCheck.checkSize(terms, maxSlotsPerClient);
        return TermsCheck.cost(terms, unitPrice);
    }

    /// @inheritdoc IParticleAllocation
    function statusOf(ReservationId id) external view returns (Status) {
        return _statusOf(_bookings[id]);
    }

    /// @inheritdoc IParticleAllocation
    function reservation(ReservationId id) external view returns (Reservation memory) {
        Booking storage booking = _bookings[id];
        PoolId pool = PoolId.wrap(booking.pool);
        (, , uint128 unitPrice, ) = _network.poolForBooking(pool);
        return
            Reservation({
                client: booking.client,
                status: booking.status,
                pool: pool,
                slots: booking.slots,
                start: booking.start,
                end: _end(booking),
                requestedAt: uint64(_requestedAt(booking)),
                fidelityMinPpm: booking.fidelityMinPpm,
                coherenceMinMicroseconds: booking.coherenceMin,
                takesPerMinute: booking.takesPerMinute,
                purpose: booking.purpose,
                priority: booking.priority,
                // A pool's terms never change, so that the price can be told even after the escrow is gone.
                price: unitPrice * booking.slots * booking.duration,
                escrow: _treasury.escrowOf(id),
                bookedEnd: _bookedEnd(booking),
                takes: booking.takes
            });
    }

    /// @inheritdoc IParticleAllocation
    function booked(PoolId pool, uint64 bucket) external view returns (uint16) {
        return _calendars[pool].booked(bucket);
    }

    /// @inheritdoc IParticleAllocation
    function freeSlots(PoolId pool, uint64 start, uint64 end) external view returns (uint16) {
        TermsCheck.checkDuration(end > start ? end - start : 0);
        (uint16 capacity, , , ) = _network.poolForBooking(pool);
        return capacity - _calendars[pool].peak(Calendar.bucketOf(start), Calendar.bucketOf(end - 1));
    }

    /// @inheritdoc IParticleAllocation
    function slotsOf(address client) external view returns (uint32) {
        return _openSlots[client];
    }

    /// @inheritdoc IParticleAllocation
    function takeTokens(ReservationId id) external view returns (uint32) {
        Booking storage booking = _bookings[id];
        return _isActive(booking) ? TakeBucket.wholeTakesDown(_tokensNow(booking)) : 0;
    }

    function _newBooking(
        Terms calldata terms,
        uint64 start,
        uint64 reportsPaused
    ) private view returns (Booking memory) {
        return
            Booking({
                client: msg.sender,
                status: Status.Requested,
                pool: uint256(PoolId.unwrap(terms.pool)).toUint24(),
                slots: uint16(terms.slots),
                start: uint256(start).toUint32(),
                length: uint16(terms.duration),
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

    function _openSlotsFor(address client, uint32 slots) private {
        uint32 open = _openSlots[client];
        if (open + slots > maxSlotsPerClient) {
            revert ParticleAllocation_ClientCapExceeded(client, open, slots, maxSlotsPerClient);
        }
        _openSlots[client] = open + slots;
    }

    function _book(PoolId pool, uint64 start, uint64 end, uint16 slots, uint16 capacity) private {
        (uint64 first, uint64 last) = (Calendar.bucketOf(start), Calendar.bucketOf(end - 1));
        Calendar.Days storage calendar = _calendars[pool];
        if (slots > capacity) {
            revert ParticleAllocation_CapacityExceeded(pool, first, capacity - calendar.booked(first), slots);
        }
        (bool full, uint64 bucket) = calendar.book(first, last, slots, capacity);
        if (full) {
            revert ParticleAllocation_CapacityExceeded(pool, bucket, capacity - calendar.booked(bucket), slots);
        }
        emit BucketsBooked(pool, first, last, int32(uint32(slots)));
    }

    /// @dev Frees the buckets from `first` to the last one of the booking, if there are any.
    function _free(Booking storage booking, uint64 first, uint64 bookedEnd) private {
        uint64 last = Calendar.bucketOf(bookedEnd - 1);
        if (first > last) return;
        PoolId pool = PoolId.wrap(booking.pool);
        _calendars[pool].free(first, last, booking.slots);
        emit BucketsBooked(pool, first, last, -int32(uint32(booking.slots)));
    }

    /// @dev Leaves Requested, Granted or Ended for a final state in which the client gets all its escrow back.
    function _refundAll(ReservationId id, Booking storage booking, Status status) private {
        // A released booking has freed slots and buckets already; buckets of a window that is over need no freeing.
        if (booking.status != Status.Ended) {
            _openSlots[booking.client] -= booking.slots;
            uint64 bookedEnd = _bookedEnd(booking);
            if (block.timestamp < bookedEnd) _free(booking, Calendar.bucketOf(booking.start), bookedEnd);
        }
        booking.status = status;
        _treasury.settle(id, address(0), 0, booking.client);
    }

    function _settleLine(ReservationId id, uint128 delivered) private {
        // Check:
        Booking storage booking = _bookings[id];
        Status status = _statusOf(booking);
        uint256 length = booking.length;
        uint128 promised = uint128(uint256(booking.slots) * length * FULL_QUALITY);
        if (status != Status.Ended || delivered > promised) {
            emit LineSkipped(id, status);
            return;
        }
        // Effect:
        uint128 due = _treasury.priceOf(id);
        if (booking.status == Status.Ended) {
            due = _priceDueDown(due, length, booking.duration);
        } else {
            _openSlots[booking.client] -= booking.slots;
        }
        booking.status = Status.Settled;
        uint128 paid = promised == 0 ? 0 : uint128((uint256(due) * delivered) / promised);
        // Interaction:
        address provider = _network.providerOf(PoolId.wrap(booking.pool));
        uint128 refund = _treasury.settle(id, provider, paid, booking.client);
        emit ReservationSettled(id, delivered, promised, paid, refund);
    }

    function _ownBooking(ReservationId id) private view returns (Booking storage booking) {
        booking = _bookings[id];
        if (booking.client != msg.sender) revert ParticleAllocation_NotClient(id, msg.sender, booking.client);
    }

    function _statusOf(Booking storage booking) private view returns (Status) {
        Status status = booking.status;
        return status == Status.Granted && block.timestamp >= _end(booking) ? Status.Ended : status;
    }

    function _isActive(Booking storage booking) private view returns (bool) {
        return _statusOf(booking) == Status.Granted && block.timestamp >= booking.start;
    }

    function _end(Booking storage booking) private view returns (uint64) {
        return uint64(booking.start) + booking.length;
    }

    function _bookedEnd(Booking storage booking) private view returns (uint64) {
        return uint64(booking.start) + booking.duration;
    }

    function _requestedAt(Booking storage booking) private view returns (uint256) {
        return booking.start - booking.lead;
    }

    function _tokensNow(Booking storage booking) private view returns (uint256) {
        uint256 elapsed = block.timestamp - booking.start - booking.refilled;
        return TakeBucket.refilled(booking.tokens, elapsed, booking.takesPerMinute, booking.slots);
    }

    /// @dev How long reports were paused since the request, up to the longest time that refunds may be held up.
    function _standstillSeconds(Booking storage booking) private view returns (uint256) {
        (, uint64 reportsPaused) = _registry.pauseState();
        uint256 paused;
        unchecked {
            // Both counts modulo 2^32: the difference is right for pauses of less than 136 years.
            paused = uint32(reportsPaused) - booking.reportsPaused;
        }
        return paused < MAX_STANDSTILL_SECONDS ? paused : MAX_STANDSTILL_SECONDS;
    }

    function _priceDueDown(uint128 fullPrice, uint256 used, uint256 duration) private pure returns (uint128) {
        return uint128((uint256(fullPrice) * used) / duration);
    }
}
