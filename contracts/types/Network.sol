// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {KindId, LinkId, PoolId, SiteId} from "./Ids.sol";

/// @dev An end node. Coordinates in millionths of a degree: latitude in [-90e6, 90e6], longitude in [-180e6, 180e6].
struct Site {
    SiteId id;
    string name;
    int32 latitudeE6;
    int32 longitudeE6;
}

/// @dev A fibre between two sites. Repeaters inserted by the mesh are not registered here.
/// @param lanes Paths that may hold it at once, 1 to 32,767.
struct Link {
    LinkId id;
    SiteId a;
    SiteId b;
    uint32 lengthMeters;
    uint16 lanes;
}

/// @dev How a pool's price follows demand: p = floor * exp(excess / scale), where `excess` grows by every slot-second
/// sold and falls by `target` each second, never below 0. An order pays the integral over what it buys.
/// @param floor Wei for one slot and one second when there is no excess, 1 to 2^88 - 1.
/// @param target Slots whose sale leaves the price as it is.
/// @param scale Slot-seconds of excess that multiply the price by e; 0 means that the price is always the floor.
struct PriceCurve {
    uint128 floor;
    uint16 target;
    uint48 scale;
}

/// @dev A hot-standby pool and its fixed terms.
/// @param kind What stands in it, from the inventory's catalogue.
/// @param a Where it stands.
/// @param b The other end for kinds with two ends, else 0.
/// @param fidelityFloorPpm Class of the pool: every standing pair's estimate is above it. In (500,000, 1,000,000].
/// @param capacity Slots that may be booked at once, a multiple of `quantum`, at most 32,767 quanta.
/// @param quantum Slots that the calendar counts as one; a booking is rounded up to whole quanta. At least 1.
/// @param price See {PriceCurve}.
/// @param provider Who is credited for what was delivered.
struct PoolTerms {
    PoolId id;
    string name;
    KindId kind;
    SiteId a;
    SiteId b;
    uint32 fidelityFloorPpm;
    uint32 capacity;
    uint16 quantum;
    PriceCurve price;
    address provider;
}

/// @dev Slots of a pool kept for each cohort; what is left is for everybody. Sum at most the pool's capacity.
struct Quotas {
    uint32 research;
    uint32 commercial;
    uint32 education;
    uint32 humanitarian;
}
