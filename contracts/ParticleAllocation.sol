// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IEntanglementNetwork} from "./interfaces/IEntanglementNetwork.sol";
import {IParticleAllocation} from "./interfaces/IParticleAllocation.sol";
import {IRealmRegistry} from "./interfaces/IRealmRegistry.sol";
import {ITreasury} from "./interfaces/ITreasury.sol";
import {Bookings} from "./libraries/Bookings.sol";
import {Calendar} from "./libraries/Calendar.sol";
import {TakeBucket} from "./libraries/TakeBucket.sol";
import {TermsCheck} from "./libraries/TermsCheck.sol";
import {Booking, BookingHead, BookingTail} from "./types/Booking.sol";
import {PAUSE_BOOKINGS} from "./types/Roles.sol";
import {Decision, GrantOutcome, Line, PoolId, Reservation, ReservationId, Status, Terms} from "./types/Types.sol";

/// @title ParticleAllocation
/// @notice See {IParticleAllocation}.
/// @dev The peers are contracts of the same deployment and call nobody unknown, so that nothing can re-enter here;
/// only the treasury's withdrawal does, and it is guarded there.
contract ParticleAllocation is IParticleAllocation {
    using Bookings for BookingHead;
    using Calendar for Calendar.Days;
    using SafeCast for uint256;

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

    /// @notice Binds the peers and fixes the limits for good.
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
        Booking storage booking = _bookings[id];
        if (booking.head.status != Status.None) revert ParticleAllocation_IdUsed(id);
        (uint16 capacity, uint32 floorPpm, uint128 unitPrice, bool isolated) = _network.poolForBooking(terms.pool);
        if (capacity == 0) revert ParticleAllocation_UnknownPool(terms.pool);
        if (isolated) revert ParticleAllocation_PoolIsolated(terms.pool);
        uint64 start = TermsCheck.check(terms, floorPpm, maxSlotsPerClient);
        uint128 cost = TermsCheck.checkedCost(terms, unitPrice);
        // Effect:
        booking.head = Bookings.newHead(terms, start);
        booking.tail = Bookings.newTail(terms, start, reportsPaused);
        _openSlotsFor(msg.sender, terms.slots);
        uint64 end = start + terms.duration;
        _book(terms.pool, start, end, uint16(terms.slots), capacity);
        emit ReservationRequested(id, msg.sender, terms.pool, terms, start, end, cost, msg.value.toUint128());
        // Interaction:
        _treasury.lock{value: msg.value}(id, msg.sender);
    }

    /// @inheritdoc IParticleAllocation
    function take(ReservationId id, uint32 count) external {
        // Check:
        BookingHead memory head = _ownHead(id);
        if (count == 0) revert ParticleAllocation_TakeCountZero(id);
        if (!head.isActive()) revert ParticleAllocation_NotActive(id, head.statusNow());
        BookingTail memory tail = _bookings[id].tail;
        uint256 tokens = head.tokensNow(tail);
        uint32 available = TakeBucket.wholeTakesDown(tokens);
        if (count > available) revert ParticleAllocation_TakeRateExceeded(id, count, available);
        // Effect:
        uint64 firstTake = uint64(tail.takes) + 1;
        tokens -= uint256(count) * TakeBucket.UNIT;
        tail.takes += count;
        tail.tokens = tokens.toUint24();
        tail.refilled = (block.timestamp - head.start).toUint16();
        _bookings[id].tail = tail;
        emit TakeRequested(id, firstTake, count, TakeBucket.milliTakesDown(tokens));
    }

    /// @inheritdoc IParticleAllocation
    function release(ReservationId id) external {
        // Check:
        BookingHead memory head = _ownHead(id);
        Status status = head.statusNow();
        if (status != Status.Granted) revert ParticleAllocation_WrongStatus(id, status);
        // Effect:
        uint64 bookedEnd = head.end();
        uint64 end = block.timestamp > head.start ? uint64(block.timestamp) : head.start;
        head.status = Status.Ended;
        head.length = uint16(end - head.start);
        _bookings[id].head = head;
        _openSlots[head.client] -= head.slots;
        (, uint128 unitPrice) = _network.poolForSettlement(PoolId.wrap(head.pool));
        emit ReservationReleased(id, end, head.priceDue(unitPrice));
        // A bucket stays booked when some second of it was used.
        uint64 first = head.length == 0 ? Calendar.bucketOf(end) : Calendar.bucketOf(end - 1) + 1;
        _free(head, first, Calendar.bucketOf(bookedEnd - 1));
    }

    /// @inheritdoc IParticleAllocation
    function cancel(ReservationId id) external {
        BookingHead memory head = _ownHead(id);
        bool ahead = head.status == Status.Granted && block.timestamp < head.start;
        if (head.status != Status.Requested && !ahead) revert ParticleAllocation_WrongStatus(id, head.statusNow());
        emit ReservationCancelled(id);
        _refundAll(id, head, Status.Cancelled);
    }

    /// @inheritdoc IParticleAllocation
    function expire(ReservationId id) external {
        BookingHead memory head = _bookings[id].head;
        if (head.status != Status.Requested) revert ParticleAllocation_WrongStatus(id, head.statusNow());
        uint256 until = uint256(head.start) - _bookings[id].tail.lead + decisionSeconds;
        if (block.timestamp <= until) revert ParticleAllocation_NotYet(id, until + 1);
        emit ReservationExpired(id);
        _refundAll(id, head, Status.Expired);
    }

    /// @inheritdoc IParticleAllocation
    function refundExpired(ReservationId id) external {
        BookingHead memory head = _bookings[id].head;
        if (head.status != Status.Granted && head.status != Status.Ended) {
            revert ParticleAllocation_WrongStatus(id, head.status);
        }
        uint256 until = head.end() + graceSeconds + _standstillSeconds(_bookings[id].tail.reportsPaused);
        if (block.timestamp <= until) revert ParticleAllocation_NotYet(id, until + 1);
        emit ReservationRefunded(id);
        _refundAll(id, head, Status.Refunded);
    }

    /// @inheritdoc IParticleAllocation
    function decide(Decision[] calldata decisions) external onlyHub {
        for (uint256 i = 0; i < decisions.length; ++i) {
            Decision calldata decision = decisions[i];
            BookingHead memory head = _bookings[decision.id].head;
            if (head.status != Status.Requested || decision.outcome == GrantOutcome.None) {
                emit DecisionSkipped(decision.id, head.statusNow());
            } else if (decision.outcome == GrantOutcome.Granted) {
                _bookings[decision.id].head.status = Status.Granted;
                emit ReservationDecided(decision.id, Status.Granted, decision);
            } else {
                emit ReservationDecided(decision.id, Status.Refused, decision);
                _refundAll(decision.id, head, Status.Refused);
            }
        }
    }

    /// @inheritdoc IParticleAllocation
    function settleLines(Line[] calldata lines) external onlyHub {
        PoolId pool;
        address provider;
        uint128 unitPrice;
        for (uint256 i = 0; i < lines.length; ++i) {
            // Check:
            ReservationId id = lines[i].id;
            uint128 delivered = lines[i].delivered;
            BookingHead memory head = _bookings[id].head;
            Status status = head.statusNow();
            uint128 promised = head.promised();
            if (status != Status.Ended || delivered > promised) {
                emit LineSkipped(id, status);
                continue;
            }
            // Effect:
            _bookings[id].head.status = Status.Settled;
            // A release has given the slots back already.
            if (head.status == Status.Granted) _openSlots[head.client] -= head.slots;
            // Interaction:
            if (PoolId.unwrap(pool) != head.pool) {
                pool = PoolId.wrap(head.pool);
                (provider, unitPrice) = _network.poolForSettlement(pool);
            }
            uint128 paid = _paidDown(head.priceDue(unitPrice), delivered, promised);
            uint128 refund = _treasury.settle(id, provider, paid, head.client);
            emit ReservationSettled(id, delivered, promised, paid, refund);
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
        BookingHead memory head = _bookings[id].head;
        return head.isActive() ? TakeBucket.wholeTakesDown(head.tokensNow(_bookings[id].tail)) : 0;
    }

    /// @inheritdoc IParticleAllocation
    function statusOf(ReservationId id) external view returns (Status) {
        return _bookings[id].head.statusNow();
    }

    /// @inheritdoc IParticleAllocation
    function reservation(ReservationId id) external view returns (Reservation memory) {
        BookingHead memory head = _bookings[id].head;
        BookingTail memory tail = _bookings[id].tail;
        (, uint128 unitPrice) = _network.poolForSettlement(PoolId.wrap(head.pool));
        return
            Reservation({
                client: head.client,
                status: head.status,
                pool: PoolId.wrap(head.pool),
                slots: head.slots,
                start: head.start,
                end: head.end(),
                requestedAt: head.start - tail.lead,
                fidelityMinPpm: tail.fidelityMinPpm,
                coherenceMinMicroseconds: tail.coherenceMin,
                takesPerMinute: tail.takesPerMinute,
                purpose: tail.purpose,
                priority: tail.priority,
                price: unitPrice * head.slots * tail.duration,
                escrow: _treasury.escrowOf(id),
                bookedEnd: uint64(head.start) + tail.duration,
                takes: tail.takes
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

    /// @dev Frees the buckets of [first, last] that `head` holds; none when the range is empty.
    function _free(BookingHead memory head, uint64 first, uint64 last) private {
        if (first > last) return;
        PoolId pool = PoolId.wrap(head.pool);
        _calendars[pool].free(first, last, head.slots);
        emit BucketsBooked(pool, first, last, -int32(uint32(head.slots)));
    }

    /// @dev Leaves Requested, Granted or Ended for a final state in which the client gets all its escrow back.
    function _refundAll(ReservationId id, BookingHead memory head, Status status) private {
        _bookings[id].head.status = status;
        // A release has given slots and buckets back already; buckets of a window that is over need no freeing.
        if (head.status != Status.Ended) {
            _openSlots[head.client] -= head.slots;
            uint64 end = head.end();
            if (block.timestamp < end) _free(head, Calendar.bucketOf(head.start), Calendar.bucketOf(end - 1));
        }
        _treasury.settle(id, address(0), 0, head.client);
    }

    function _ownHead(ReservationId id) private view returns (BookingHead memory head) {
        head = _bookings[id].head;
        if (head.client != msg.sender) revert ParticleAllocation_NotClient(id, msg.sender, head.client);
    }

    /// @dev How long reports were paused since the request, up to the longest time that refunds may be held up.
    function _standstillSeconds(uint32 pausedAtRequest) private view returns (uint256) {
        (, uint64 reportsPaused) = _registry.pauseState();
        uint256 paused;
        unchecked {
            // Both counts modulo 2^32: the difference is right for pauses of less than 136 years.
            paused = uint32(reportsPaused) - pausedAtRequest;
        }
        return paused < MAX_STANDSTILL_SECONDS ? paused : MAX_STANDSTILL_SECONDS;
    }

    function _paidDown(uint128 due, uint128 delivered, uint128 promised) private pure returns (uint128) {
        return promised == 0 ? 0 : uint128((uint256(due) * delivered) / promised);
    }
}
