// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleInventory} from "./interfaces/IParticleInventory.sol";
import {InventoryLots} from "./inventory/InventoryLots.sol";
import {InventoryOrders} from "./inventory/InventoryOrders.sol";
import {Leaves} from "./libraries/Leaves.sol";
import {PoolId} from "./types/Ids.sol";
import {Reservoir} from "./types/Inventory.sol";
import {Report} from "./types/Reports.sol";

/// @title ParticleInventory
/// @notice See {IParticleInventory}. Kinds, providers and lots: {InventoryLots}; orders: {InventoryOrders}; here the
/// reservoirs.
contract ParticleInventory is InventoryOrders {
    mapping(PoolId pool => Reservoir) private _reservoirs;

    /// @notice Binds the peers and fixes the limits for good.
    /// @param registry_ Where roles and pause bits are.
    /// @param treasury_ Where the money is.
    /// @param network_ Where the pools are.
    /// @param hub_ Whose reports prove deliveries and stocks.
    /// @param minBond_ Least free bond of a provider when it registers, wei.
    /// @param graceSeconds_ Time after an order's last moment from which it can be failed.
    constructor(
        address registry_,
        address treasury_,
        address network_,
        address hub_,
        uint96 minBond_,
        uint32 graceSeconds_
    ) InventoryLots(registry_, treasury_, minBond_) InventoryOrders(network_, hub_, graceSeconds_) {}

    /// @inheritdoc IParticleInventory
    function setReservoir(PoolId pool, uint32 threshold, uint32 target) external onlyOperator {
        // Check:
        if (target < threshold) revert ParticleInventory_BadReservoir(threshold, target);
        (, , address owner) = _network.poolFor(pool);
        if (owner == address(0)) revert ParticleInventory_UnknownPool(pool);
        // Effect:
        Reservoir storage entry = _reservoirs[pool];
        (entry.threshold, entry.target) = (threshold, target);
        emit ReservoirSet(pool, threshold, target);
    }

    /// @inheritdoc IParticleInventory
    function reportStock(
        PoolId pool,
        Report calldata report,
        uint64 acceptedAt,
        uint64 index,
        bytes calldata payload,
        bytes32[] calldata proof
    ) external {
        // Check:
        _requireProven(report, acceptedAt, index, payload, proof);
        (bool known, Leaves.Counters memory leaf) = Leaves.counters(payload);
        if (!known || leaf.pool != PoolId.unwrap(pool)) revert ParticleInventory_WrongLeaf(report.sequence, index);
        Reservoir memory entry = _reservoirs[pool];
        bool newer = report.era > entry.era || (report.era == entry.era && leaf.sequence > entry.poolSequence);
        if (!newer) revert ParticleInventory_OldStock(pool, leaf.sequence, entry.poolSequence);
        // Effect:
        bool wasLow = entry.low;
        (entry.stock, entry.poolSequence, entry.era) = (leaf.stock, leaf.sequence, report.era);
        entry.low = leaf.stock < entry.threshold;
        _reservoirs[pool] = entry;
        emit StockReported(pool, leaf.stock, leaf.sequence, report.era);
        if (entry.low && !wasLow) {
            emit ReplenishmentNeeded(pool, leaf.stock, entry.threshold, entry.target - leaf.stock);
        }
        if (!entry.low && wasLow) emit ReservoirReplenished(pool, leaf.stock);
    }

    /// @inheritdoc IParticleInventory
    function reservoir(PoolId pool) external view returns (Reservoir memory) {
        return _reservoirs[pool];
    }
}
