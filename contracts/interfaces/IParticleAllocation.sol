// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Decision, Line, PoolId, Reservation, ReservationId, Status, Terms} from "../types/Types.sol";

/// @title IParticleAllocation
/// @notice Reservations: booked in a calendar that proves capacity, paid into escrow, decided and settled by reports.
/// @dev Times in seconds of chain time, money in wei, fidelity in parts per million. The calendar counts whole buckets
/// of 900 s, the price counts seconds. See {Status} for who may leave each state.
interface IParticleAllocation {
    /// @notice Emitted when a reservation is booked.
    /// @param terms As sent.
    /// @param start The window's first second, `terms.start` or the block's time.
    /// @param end The first second after the window.
    /// @param price Wei for the window.
    /// @param escrow Wei locked, at least the price.
    event ReservationRequested(
        ReservationId indexed id,
        address indexed client,
        PoolId indexed pool,
        Terms terms,
        uint64 start,
        uint64 end,
        uint128 price,
        uint128 escrow
    );

    /// @notice Emitted when a report grants or refuses a reservation.
    event ReservationDecided(ReservationId indexed id, Status status, Decision decision);

    /// @notice Emitted when a decision no longer applies; nothing changed.
    /// @param status The status that the reservation has instead of Requested.
    event DecisionSkipped(ReservationId indexed id, Status status);

    /// @notice Emitted for `count` takes, numbered `firstTake`, `firstTake` + 1, … (the first of all is 1).
    /// @param tokensMilli Thousandths of a take left in the entitlement afterwards, rounded down.
    event TakeRequested(ReservationId indexed id, uint64 firstTake, uint32 count, uint64 tokensMilli);

    /// @notice Emitted when a client ends a reservation early.
    /// @param end The new end: now, or the start when that lies ahead.
    /// @param priceDue The most that can still be paid for it.
    event ReservationReleased(ReservationId indexed id, uint64 end, uint128 priceDue);

    /// @notice Emitted when a client calls a reservation off; everything is refunded.
    event ReservationCancelled(ReservationId indexed id);

    /// @notice Emitted when a reservation was not decided in time; everything is refunded.
    event ReservationExpired(ReservationId indexed id);

    /// @notice Emitted when a reservation was not settled in time; everything is refunded.
    event ReservationRefunded(ReservationId indexed id);

    /// @notice Emitted when a reservation is settled.
    /// @param delivered Quality delivered, ppm slot-seconds.
    /// @param promised Quality promised, ppm slot-seconds: slots * seconds * 1,000,000.
    /// @param paid Wei credited to the provider: price due * delivered / promised, rounded down.
    /// @param refund Wei credited to the client: the rest of the escrow.
    event ReservationSettled(
        ReservationId indexed id,
        uint128 delivered,
        uint128 promised,
        uint128 paid,
        uint128 refund
    );

    /// @notice Emitted when a settlement line does not apply (not ended, already settled, more delivered than
    /// promised); nothing changed.
    event LineSkipped(ReservationId indexed id, Status status);

    /// @notice Emitted when buckets of a pool's calendar are booked or freed.
    /// @param change Slots added to each bucket of the range, negative when freed.
    event BucketsBooked(PoolId indexed pool, uint64 firstBucket, uint64 lastBucket, int32 change);

    /// @notice The id was used before, by anyone.
    error ParticleAllocation_IdUsed(ReservationId id);

    /// @notice The id zero is never a reservation.
    error ParticleAllocation_IdZero();

    /// @notice No pool has this id.
    error ParticleAllocation_UnknownPool(PoolId pool);

    /// @notice The pool takes no new requests.
    error ParticleAllocation_PoolIsolated(PoolId pool);

    /// @notice The fidelity must lie in (floorExclusive, ceiling]; the ceiling is the pool's class.
    error ParticleAllocation_FidelityOutOfRange(uint32 value, uint32 floorExclusive, uint32 ceiling);

    /// @notice Slots must lie in [min, max].
    error ParticleAllocation_SlotsOutOfRange(uint32 value, uint32 min, uint32 max);

    /// @notice The coherence time is above `max`, in microseconds.
    error ParticleAllocation_CoherenceOutOfRange(uint64 value, uint64 max);

    /// @notice The entitlement is above `max` takes a minute.
    error ParticleAllocation_TakeRateOutOfRange(uint32 value, uint32 max);

    /// @notice The priority is above `max`.
    error ParticleAllocation_PriorityOutOfRange(uint8 value, uint8 max);

    /// @notice The window begins before now.
    error ParticleAllocation_WindowInPast(uint64 start, uint256 nowSeconds);

    /// @notice The window is empty.
    error ParticleAllocation_DurationZero();

    /// @notice The window is longer than `max` seconds.
    error ParticleAllocation_WindowTooLong(uint64 duration, uint64 max);

    /// @notice The window ends after the last bookable second.
    error ParticleAllocation_BeyondHorizon(uint256 end, uint256 latest);

    /// @notice Less was sent than the price.
    error ParticleAllocation_EscrowTooLow(uint256 sent, uint128 price);

    /// @notice The price is above the client's limit.
    error ParticleAllocation_MaxCostExceeded(uint128 price, uint128 maxCost);

    /// @notice The request was included too late.
    error ParticleAllocation_DeadlinePassed(uint64 deadline, uint256 nowSeconds);

    /// @notice The client would hold more open slots than allowed.
    error ParticleAllocation_ClientCapExceeded(address client, uint32 open, uint32 wanted, uint32 cap);

    /// @notice A bucket of the pool has fewer free slots than wanted.
    error ParticleAllocation_CapacityExceeded(PoolId pool, uint64 bucket, uint16 free, uint32 wanted);

    /// @notice The caller is not the reservation's client.
    error ParticleAllocation_NotClient(ReservationId id, address caller, address client);

    /// @notice The reservation is not active: Granted and start <= now < end.
    error ParticleAllocation_NotActive(ReservationId id, Status status);

    /// @notice More takes than the entitlement holds now.
    error ParticleAllocation_TakeRateExceeded(ReservationId id, uint32 wanted, uint32 available);

    /// @notice A take of nothing.
    error ParticleAllocation_TakeCountZero(ReservationId id);

    /// @notice The reservation's status does not allow this.
    error ParticleAllocation_WrongStatus(ReservationId id, Status status);

    /// @notice Too early; possible from `until` on.
    error ParticleAllocation_NotYet(ReservationId id, uint256 until);

    /// @notice Bookings are paused.
    error ParticleAllocation_Paused(uint256 bits);

    /// @notice The caller is not the report hub.
    error ParticleAllocation_NotHub(address caller);

    /// @notice At deployment: the cap of open slots must lie in [1, max].
    error ParticleAllocation_BadClientCap(uint32 value, uint32 max);

    /// @notice Asks for slots of at least the given fidelity and locks `msg.value` as escrow.
    /// @dev Emits {ReservationRequested}, {BucketsBooked} and the treasury's {EscrowLocked}.
    /// Notes:
    /// - The window is booked at once; the oracle grants or refuses in a later report.
    /// - All of `msg.value` is escrow; what is above the price comes back as credit at settlement.
    /// - A client that repeats a request compares the {ReservationRequested} log of the id with its terms.
    /// Requirements:
    /// - Bookings must not be paused; `id` must not be zero nor used before.
    /// - The pool must be known and not isolated.
    /// - `slots` in [1, min(cap, 32_767)]; the client's open slots must stay within its cap.
    /// - `fidelityMinPpm` in (500_000, pool's floor]: at one half or below a Werner pair is separable.
    /// - `start` 0 or not before now; `duration` in [1, 14_400] s; the end within 28 days from now.
    /// - Every bucket of the window must have `slots` free.
    /// - price <= `maxCost`, price <= `msg.value`, now <= `deadline` unless 0.
    function request(ReservationId id, Terms calldata terms) external payable;

    /// @notice Uses `count` standing pairs of an active reservation.
    /// @dev Emits a {TakeRequested} event.
    /// Notes:
    /// - The entitlement is a bucket that holds at most `slots` takes, is full at the start and fills by
    ///   `takesPerMinute`.
    /// - Which pairs were taken, and how good they were, comes with a report.
    /// Requirements:
    /// - The caller must be the client; the reservation must be active.
    /// - `count` must be at least 1 and within the entitlement.
    function take(ReservationId id, uint32 count) external;

    /// @notice Ends a reservation early; the price falls in proportion, rounded down.
    /// @dev Emits {ReservationReleased}, and {BucketsBooked} when buckets are freed.
    /// Notes:
    /// - Only buckets that the reservation has not begun are freed.
    /// - Before the start the end becomes the start, and nothing is due.
    /// Requirements:
    /// - The caller must be the client; the reservation must be Granted and not over.
    function release(ReservationId id) external;

    /// @notice Calls a reservation off; the whole escrow becomes the client's credit.
    /// @dev Emits {ReservationCancelled} and {BucketsBooked}.
    /// Requirements:
    /// - The caller must be the client.
    /// - The reservation must be Requested, or Granted and not yet begun.
    function cancel(ReservationId id) external;

    /// @notice Ends a request that was not decided in time; open to anyone; full refund.
    /// @dev Emits {ReservationExpired}, and {BucketsBooked} unless the window is over.
    /// Requirements:
    /// - The reservation must be Requested, for longer than `decisionSeconds`.
    function expire(ReservationId id) external;

    /// @notice Refunds a reservation that was not settled in time; open to anyone; full refund.
    /// @dev Emits {ReservationRefunded}.
    /// Notes:
    /// - The grace stands still while reports are paused, for at most 7 days, so that a pause traps no money.
    /// Requirements:
    /// - The reservation must be Granted or Ended, and end + grace must have passed.
    function refundExpired(ReservationId id) external;

    /// @notice Applies decisions of a report.
    /// @dev Emits {ReservationDecided} or {DecisionSkipped} for each.
    /// Requirements:
    /// - The caller must be the hub.
    function decide(Decision[] calldata decisions) external;

    /// @notice Applies settlement lines of a report.
    /// @dev Emits {ReservationSettled} or {LineSkipped} for each.
    /// Requirements:
    /// - The caller must be the hub.
    function settleLines(Line[] calldata lines) external;

    /// @notice Price of a window in wei: slots * duration * the pool's price per slot-second.
    /// @dev Reverts when the pool is unknown or slots or duration are out of range.
    function price(Terms calldata terms) external view returns (uint128);

    /// @notice Status with time taken in: Granted reads as Ended from the window's end on.
    function statusOf(ReservationId id) external view returns (Status);

    /// @notice A reservation as stored; all zero when the id was never used.
    function reservation(ReservationId id) external view returns (Reservation memory);

    /// @notice Slots booked in a bucket.
    /// @param bucket Chain time / 900.
    function booked(PoolId pool, uint64 bucket) external view returns (uint16);

    /// @notice Slots free in every bucket of [start, end); 0 when the pool is unknown.
    /// @dev Reverts when the window is empty or longer than 14,400 s.
    function freeSlots(PoolId pool, uint64 start, uint64 end) external view returns (uint16);

    /// @notice Open slots of a client: from the request until release, settlement or refund.
    function slotsOf(address client) external view returns (uint32);

    /// @notice Whole takes that the entitlement holds now; 0 unless the reservation is active.
    function takeTokens(ReservationId id) external view returns (uint32);

    /// @notice Seconds after which an undecided request can be expired.
    function decisionSeconds() external view returns (uint32);

    /// @notice Seconds after the end from which an unsettled reservation can be refunded.
    function graceSeconds() external view returns (uint32);

    /// @notice Most open slots of one client.
    function maxSlotsPerClient() external view returns (uint32);
}
