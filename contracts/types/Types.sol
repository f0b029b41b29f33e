// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @dev Drawn by the client at random (128 bits) before sending, so that a repeated transaction is recognised.
type ReservationId is uint128;

/// @dev Position of a pool in the scenario's list, counted from 1; 0 is never a pool.
type PoolId is uint32;

/// @dev Position of a site in the scenario's list, counted from 1; 0 is never a site.
type SiteId is uint32;

/// @dev Position of a link in the scenario's list, counted from 1; 0 is never a link.
type LinkId is uint32;

using {reservationIdEquals as ==} for ReservationId global;
using {poolIdEquals as ==} for PoolId global;
using {siteIdEquals as ==} for SiteId global;
using {linkIdEquals as ==} for LinkId global;

function reservationIdEquals(ReservationId a, ReservationId b) pure returns (bool) {
    return ReservationId.unwrap(a) == ReservationId.unwrap(b);
}

function poolIdEquals(PoolId a, PoolId b) pure returns (bool) {
    return PoolId.unwrap(a) == PoolId.unwrap(b);
}

function siteIdEquals(SiteId a, SiteId b) pure returns (bool) {
    return SiteId.unwrap(a) == SiteId.unwrap(b);
}

function linkIdEquals(LinkId a, LinkId b) pure returns (bool) {
    return LinkId.unwrap(a) == LinkId.unwrap(b);
}

/// @dev Where a reservation stands. Who may leave a state, and whether time alone can:
/// - None: never used. Left by the client's `request`.
/// - Requested: booked and paid in, not yet decided. Left by a report (Granted, Refused), by the client (Cancelled),
///   by anyone once `decisionSeconds` have passed (Expired). Time alone: no.
/// - Granted: left by the client (before the start: Cancelled; before the end: Ended by release), by a settlement
///   line after the end (Settled), by anyone after end + grace (Refunded). Time alone: reads as Ended from `end` on.
/// - Refused: final, everything was refunded.
/// - Ended: released early, or over by time. Left by a settlement line (Settled), by anyone after end + grace
///   (Refunded).
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

/// @dev The mesh's answer to a request. None is never a valid answer; all but Granted are refusals.
enum GrantOutcome {
    None,
    Granted,
    FidelityOutOfReach,
    CoherenceTooShort,
    PoolExhausted,
    PoolIsolated,
    UnknownPool,
    WindowPassed
}

/// @dev What a client asks for.
/// @param pool The pool to stand in.
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
}

/// @dev What the ledger remembers of a reservation. The terms as sent are in the {ReservationRequested} log.
/// @param client Who asked, and who gets the refund.
/// @param status As stored; `statusOf` also derives Ended from time.
/// @param start First second of the window, chain time.
/// @param end First second after the window; a release moves it forward to the time of release.
/// @param requestedAt Chain time of the request.
/// @param price Wei for the whole booked window [start, bookedEnd), whatever became of it.
/// @param escrow Wei still locked for it, 0 once settled or refunded.
/// @param bookedEnd End of the window as booked; never moves.
/// @param takes Takes asked for until now.
struct Reservation {
    address client;
    Status status;
    PoolId pool;
    uint32 slots;
    uint64 start;
    uint64 end;
    uint64 requestedAt;
    uint32 fidelityMinPpm;
    uint64 coherenceMinMicroseconds;
    uint32 takesPerMinute;
    uint8 purpose;
    uint8 priority;
    uint128 price;
    uint128 escrow;
    uint64 bookedEnd;
    uint64 takes;
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

/// @dev One epoch's evidence.
/// @param era Number of the era it belongs to.
/// @param sequence Number of the report, counted from 1 over all eras.
/// @param toBlock Last block whose commands it covers.
/// @param toBlockHash Hash of that block.
/// @param toTime Time of that block.
/// @param count Number of leaves under `eventsRoot`.
/// @param previousHead Head that this report follows: the hash of the report before, or the era's first head.
/// @param eventsRoot Merkle root of the epoch's leaves, 0 when there is none.
/// @param stateHash The mesh's running digest over all its events.
/// @param dataHash Hash of the batch file that holds the leaves.
/// @param decisionsHash keccak256(abi.encode(decisions)).
/// @param linesHash keccak256(abi.encode(lines)).
struct Report {
    uint64 era;
    uint64 sequence;
    uint64 toBlock;
    bytes32 toBlockHash;
    uint64 toTime;
    uint64 count;
    bytes32 previousHead;
    bytes32 eventsRoot;
    bytes32 stateHash;
    bytes32 dataHash;
    bytes32 decisionsHash;
    bytes32 linesHash;
}

/// @dev An end node. Coordinates in millionths of a degree: latitude in [-90e6, 90e6], longitude in [-180e6, 180e6].
struct Site {
    SiteId id;
    string name;
    int32 latitudeE6;
    int32 longitudeE6;
}

/// @dev A fibre between two sites. Repeaters inserted by the mesh are not registered here.
struct Link {
    LinkId id;
    SiteId a;
    SiteId b;
    uint32 lengthMeters;
}

/// @dev A hot-standby pool and its fixed terms.
/// @param fidelityFloorPpm Class of the pool: every standing pair's estimate is above it. In (500,000, 1,000,000].
/// @param capacity Slots that may be booked at once, 1 to 32,767.
/// @param pricePerSlotSecond Wei for one slot and one second, 1 to 2^96 - 1.
/// @param provider Who is credited for what was delivered.
struct PoolTerms {
    PoolId id;
    string name;
    SiteId a;
    SiteId b;
    uint32 fidelityFloorPpm;
    uint16 capacity;
    uint128 pricePerSlotSecond;
    address provider;
}
