// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {PoolId, ReservationId} from "./Ids.sol";

/// @dev Where a reservation stands. Who may leave a state, and whether time alone can:
/// - None: never used. Left by a request of the client (or one that the client signed).
/// - Requested: booked and paid in, not yet decided. Left by a report (Granted, Refused), by the client (Cancelled),
///   by anyone once `decisionSeconds` have passed (Expired). Time alone: no.
/// - Granted: left by the client (before the start: Cancelled; before the end: Ended by release), by a settlement
///   line after the end (Settled), by anyone after end + grace (Refunded), by the reopening of a report that was
///   disabled (Requested). Time alone: reads as Ended from `end` on.
/// - Refused: final, everything was refunded.
/// - Ended: released early, or over by time. Left by a settlement line (Settled), by anyone after end + grace
///   (Refunded); when it ended by time, also by a reopening (Requested).
/// - Settled, Cancelled, Expired, Refunded: final.
enum Status {
    None,
    Requested,
    Granted,
    Refused,
    Ended,
    Settled,
    Cancelled,
    Expired,
    Refunded
}

/// @dev The mesh's answer to a request. None is never a valid answer; all but Granted are refusals. GroupRefused: this
/// one could be granted, but another of its group could not.
enum GrantOutcome {
    None,
    Granted,
    FidelityOutOfReach,
    CoherenceTooShort,
    PoolExhausted,
    PoolIsolated,
    UnknownPool,
    WindowPassed,
    GroupRefused
}

/// @dev Whom quotas of a pool are kept for. Open is everybody else: what the four quotas leave.
enum Cohort {
    Open,
    Research,
    Commercial,
    Education,
    Humanitarian
}

/// @dev What a client asks for.
/// @param pool The pool to stand in; it decides the kind, the ends and the class.
/// @param slots Standing places kept filled, at least 1.
/// @param start First second of the window, chain time; 0 means the time of the block that includes the request.
/// @param duration Length of the window in seconds, 1 to 14,400.
/// @param fidelityMinPpm Least estimated fidelity, in (500,000, the pool's floor] parts per million.
/// @param coherenceMinMicroseconds Least time a fresh pair stays above the floor; at most 2^48 - 1.
/// @param takesPerMinute Entitlement, takes a minute, at most 1,000,000; bursts up to `slots`.
/// @param purpose A code of the client's own, recorded only.
/// @param priority 0 low, 1 normal, 2 high, 3 critical.
/// @param maxCost Most wei the client will pay; the request is refused when the price is above it.
/// @param deadline Last chain time at which the request may be included; 0 means none.
/// @param payer Whose credit pays and gets the refund; 0 means the client. Another account must have allowed it.
struct Terms {
    PoolId pool;
    uint32 slots;
    uint64 start;
    uint64 duration;
    uint32 fidelityMinPpm;
    uint64 coherenceMinMicroseconds;
    uint32 takesPerMinute;
    uint8 purpose;
    uint8 priority;
    uint128 maxCost;
    uint64 deadline;
    address payer;
}

/// @dev What the ledger remembers of a reservation. The terms as sent are in the {ReservationRequested} log. Once the
/// status is final only client, status, pool, slots, start and end stay; the rest reads as zero and is in the logs.
/// @param client Who asked.
/// @param status As stored; `statusOf` also derives Ended from time.
/// @param start First second of the window, chain time.
/// @param end First second after the window; a release moves it back to the time of release, an extension ahead.
/// @param requestedAt Chain time of the request, or of its reopening.
/// @param takesPerMinute Entitlement.
/// @param takes Takes asked for until now, by all who share it.
/// @param price Wei locked for the window as it stands; what may still be paid for it.
/// @param payer Who gets the refund.
/// @param sharedPpm Sum of the shares that members have accepted, parts per million.
/// @param inQuota Whether it counts against its cohort's quota.
/// @param hasPath Whether links were booked with it.
struct Reservation {
    address client;
    Status status;
    PoolId pool;
    uint32 slots;
    uint64 start;
    uint64 end;
    uint64 requestedAt;
    uint32 takesPerMinute;
    uint64 takes;
    uint128 price;
    address payer;
    uint32 sharedPpm;
    bool inQuota;
    bool hasPath;
}

/// @dev A member's part in the entitlement of somebody else's reservation.
/// @param sharePpm Part of all takes that the entitlement allows, parts per million.
/// @param accepted Whether the member has consented.
/// @param takes Takes of this member until now.
struct Member {
    uint32 sharePpm;
    bool accepted;
    uint32 takes;
}

/// @dev What the ledger remembers of a client, in one word.
/// @param openSlots Slots of its Requested and Granted reservations.
/// @param openReservations Their number.
/// @param nonce What its next signed request must name.
/// @param cohort Whose quotas it may use.
/// @param usage Slot-seconds delivered to it, halved every 7 days, as of `usageAt`.
/// @param usageAt Chain time.
struct Client {
    uint32 openSlots;
    uint32 openReservations;
    uint32 nonce;
    Cohort cohort;
    uint64 usage;
    uint64 usageAt;
}

/// @dev The mesh's answer with the figures it stands on, all rounded down.
/// @param fidelityPpm Predicted fidelity of a fresh pair, parts per million.
/// @param lifetimeMs Milliseconds until a fresh pair's estimate reaches the pool's floor.
/// @param rateMicroHz Pairs per second given to the pool, in millionths.
/// @param standingPpm Probability that at least `slots` places stand filled, parts per million.
struct Decision {
    ReservationId id;
    GrantOutcome outcome;
    uint32 fidelityPpm;
    uint64 lifetimeMs;
    uint64 rateMicroHz;
    uint32 standingPpm;
}

/// @dev One line of settlement.
/// @param delivered Quality delivered, in ppm slot-seconds, rounded down.
struct Line {
    ReservationId id;
    uint128 delivered;
}
