// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {KindId, OrderId, PoolId, SiteId} from "./Ids.sol";

/// @dev Classes of resources. PhotonPair is the only one with two ends.
enum Category {
    None,
    Qubit,
    Qudit,
    PhotonPair,
    Ghz,
    Cluster,
    Magic,
    Other
}

/// @dev A kind of resource; never changes.
/// @param dimension Levels of a qudit, particles of a GHZ or cluster state; 2 for qubits, pairs and magic states.
/// @param isolationGrade Shielding it needs, I to III; 0 for none.
/// @param platform Hardware it lives on, for example "nv-diamond"; at most 31 bytes.
/// @param specialisation What it is made for, for example "T-state 15-to-1"; at most 31 bytes, may be empty.
/// @param t1Microseconds Relaxation time; 0 when not stated.
/// @param t2Microseconds Dephasing time; 0 when not stated.
/// @param maxPerHour Most that accepted orders may ask for in one hour of chain time; 0 means no limit.
struct Kind {
    KindId id;
    Category category;
    uint16 dimension;
    uint8 isolationGrade;
    string platform;
    string specialisation;
    uint64 t1Microseconds;
    uint64 t2Microseconds;
    uint32 maxPerHour;
}

/// @dev Where a lot stands. Who may leave a state: the provider, in this order only; time alone never.
/// Produced -> Available -> Reserved -> Active -> Consumed or Expired -> Retired; Reserved -> Available when given
/// back; Produced or Available -> Expired when it decayed unused. Retired is final and names the disposal's evidence.
enum LotStatus {
    None,
    Produced,
    Available,
    Reserved,
    Active,
    Consumed,
    Expired,
    Retired
}

/// @dev A batch of equal resources with its origin. Batches, never single particles.
/// @param kind What it holds.
/// @param site Where it was produced.
/// @param count How many, at least 1.
/// @param fidelityPpm Estimated mean fidelity when produced, parts per million.
/// @param producedAt Chain time, not in the future.
/// @param energyMillijoules Energy that its production took.
/// @param provenance Hash of the evidence of its origin; no two lots may be registered with the same.
struct LotTerms {
    KindId kind;
    SiteId site;
    uint32 count;
    uint32 fidelityPpm;
    uint64 producedAt;
    uint64 energyMillijoules;
    bytes32 provenance;
}

/// @dev A lot as stored.
/// @param order The order that it fulfilled; 0 when none.
/// @param evidence Of the last step of its life, for a retired lot of its disposal; 0 at first.
struct Lot {
    LotTerms terms;
    address provider;
    LotStatus status;
    OrderId order;
    bytes32 evidence;
}

/// @dev Where an order stands. Open: left by the buyer (Withdrawn), by a provider (Accepted). Accepted: left by a
/// proven delivery (Delivered), by anyone after `deliverBy` + grace (Failed). The others are final. Time alone: never.
enum OrderStatus {
    None,
    Open,
    Accepted,
    Delivered,
    Failed,
    Withdrawn
}

/// @dev What a buyer wants produced.
/// @param kind What.
/// @param pool The pool whose production counts; its kind must be `kind`.
/// @param count How many, at least 1.
/// @param fidelityMinPpm Least mean estimated fidelity, in (500,000, 1,000,000].
/// @param deliverBy Chain time by which the mesh must have reported it, within 28 days.
/// @param reward Wei for the provider.
/// @param bond Wei that the accepting provider stakes; goes to the payer when the order fails.
/// @param payer Whose credit pays; 0 means the buyer. Another account must have allowed it.
struct OrderTerms {
    KindId kind;
    PoolId pool;
    uint32 count;
    uint32 fidelityMinPpm;
    uint64 deliverBy;
    uint96 reward;
    uint96 bond;
    address payer;
}

/// @dev An order as stored. The terms as sent are in the {OrderOpened} log.
struct Order {
    OrderTerms terms;
    address buyer;
    address provider;
    OrderStatus status;
    uint64 acceptedAt;
}

/// @dev What is kept in store of a pool's kind.
/// @param threshold Below this stock a {ReplenishmentNeeded} event asks for more; 0 switches the reservoir off.
/// @param target Stock that replenishment aims at, at least `threshold`.
/// @param stock As last proven from a report.
/// @param poolSequence Running number of the pool's counter line that `stock` is from, counted within an era.
/// @param era The era that it is from.
/// @param low Whether the last proven stock was below the threshold.
struct Reservoir {
    uint32 threshold;
    uint32 target;
    uint32 stock;
    uint64 poolSequence;
    uint64 era;
    bool low;
}
