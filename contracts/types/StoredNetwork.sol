// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {KindId, SiteId} from "./Ids.sol";
import {Quotas} from "./Network.sol";

/// @dev A pool as stored. Bookings read the head alone, and the quotas when it says that there are any.
struct StoredPool {
    PoolHead head;
    Quotas quotas;
    SiteId a;
    SiteId b;
    address provider;
    string name;
}

/// @dev All that a booking reads of a pool, in one word.
/// @param floor Wei for one slot-second.
/// @param lanes Capacity in quanta; 0 means that the pool is unknown.
/// @param quantum Slots that a quantum holds.
struct PoolHead {
    uint88 floor;
    uint16 lanes;
    uint16 quantum;
    uint24 fidelityFloorPpm;
    bool isolated;
    bool hasQuotas;
    uint16 target;
    uint48 scale;
    KindId kind;
}

/// @dev What moves a pool's price, in one word.
/// @param excess Slot-seconds sold above the target at `updatedAt`.
/// @param updatedAt Chain time.
struct PriceState {
    uint64 excess;
    uint64 updatedAt;
}
