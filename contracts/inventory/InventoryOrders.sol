// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../interfaces/IEntanglementNetwork.sol";
import {IParticleInventory} from "../interfaces/IParticleInventory.sol";
import {IReportHub} from "../interfaces/IReportHub.sol";
import {EventTree} from "../libraries/EventTree.sol";
import {Leaves} from "../libraries/Leaves.sol";
import {KindId, LotId, OrderId, PoolId} from "../types/Ids.sol";
import {LotTerms, Order, OrderStatus, OrderTerms} from "../types/Inventory.sol";
import {Settlement} from "../types/Money.sol";
import {PoolTerms} from "../types/Network.sol";
import {Report} from "../types/Reports.sol";
import {PAUSE_BOOKINGS} from "../types/Roles.sol";
import {InventoryLots} from "./InventoryLots.sol";

/// @title InventoryOrders
/// @notice Production orders: opened with a reward, accepted with a bond, delivered by proof, or failed.
abstract contract InventoryOrders is InventoryLots {
    /// @dev At one half or below a Werner pair is separable: there would be nothing to deliver.
    uint32 private constant FIDELITY_FLOOR_PPM = 500_000;
    /// @dev As far ahead as anything can be booked.
    uint256 private constant HORIZON_SECONDS = 28 days;
    /// @dev A pause of reports holds failures up for no longer than this.
    uint256 private constant MAX_STANDSTILL_SECONDS = 7 days;
    uint256 private constant NANOSECONDS = 1_000_000_000;
    uint256 private constant HOUR_SECONDS = 3600;

    IEntanglementNetwork internal immutable _network;
    IReportHub internal immutable _hub;
    /// @inheritdoc IParticleInventory
    uint32 public immutable graceSeconds;

    mapping(OrderId id => Order) private _orders;
    /// @dev Seconds that reports had been paused in all when an order was accepted.
    mapping(OrderId id => uint64 paused) private _pausedAtAcceptance;
    mapping(KindId kind => mapping(uint64 hour => uint64 asked)) private _hourCounts;

    constructor(address network_, address hub_, uint32 graceSeconds_) {
        _network = IEntanglementNetwork(network_);
        _hub = IReportHub(hub_);
        graceSeconds = graceSeconds_;
    }

    /// @inheritdoc IParticleInventory
    function orderProduction(OrderId id, OrderTerms calldata terms) external payable {
        // Check:
        uint256 pauseBits = _registry.paused();
        if (pauseBits & PAUSE_BOOKINGS != 0) revert ParticleInventory_Paused(pauseBits);
        _requireUnused(OrderId.unwrap(id));
        _checkOrder(terms);
        // Effect:
        address payer = terms.payer == address(0) ? msg.sender : terms.payer;
        Order storage entry = _orders[id];
        (entry.terms, entry.buyer, entry.status) = (terms, msg.sender, OrderStatus.Open);
        entry.terms.payer = payer;
        emit OrderOpened(id, msg.sender, payer, terms);
        // Interaction:
        _treasury.lock{value: msg.value}(payer, msg.sender, msg.sender, terms.reward, OrderId.unwrap(id));
    }

    /// @inheritdoc IParticleInventory
    function withdrawOrder(OrderId id) external {
        // Check:
        Order storage entry = _orders[id];
        if (msg.sender != entry.buyer) revert ParticleInventory_NotBuyer(id, msg.sender, entry.buyer);
        _requireStatus(id, OrderStatus.Open);
        // Effect:
        entry.status = OrderStatus.Withdrawn;
        emit OrderWithdrawn(id);
        // Interaction:
        _pay(id, entry.terms, address(0), 0);
    }

    /// @inheritdoc IParticleInventory
    function acceptOrder(OrderId id) external onlyProvider {
        // Check:
        _requireStatus(id, OrderStatus.Open);
        Order storage entry = _orders[id];
        OrderTerms memory terms = entry.terms;
        if (block.timestamp > terms.deliverBy) revert ParticleInventory_TooLate(id, terms.deliverBy);
        uint64 hour = uint64(block.timestamp / HOUR_SECONDS);
        uint64 asked = _hourCounts[terms.kind][hour] + terms.count;
        uint32 most = _maxPerHour(terms.kind);
        if (most != 0 && asked > most) revert ParticleInventory_RateExceeded(terms.kind, asked, most);
        // Effect:
        _hourCounts[terms.kind][hour] = asked;
        (, uint64 paused) = _registry.pauseState();
        _pausedAtAcceptance[id] = paused;
        (entry.provider, entry.status, entry.acceptedAt) = (msg.sender, OrderStatus.Accepted, uint64(block.timestamp));
        emit OrderAccepted(id, msg.sender, uint64(block.timestamp), asked);
        // Interaction:
        _treasury.lockBond(msg.sender, terms.bond, OrderId.unwrap(id));
        // What an order stakes is out of reach of penalties, and goes to the buyer when it fails: not all may be.
        uint96 free = _treasury.bondOf(msg.sender).free;
        if (free < minBond) revert ParticleInventory_BondTooLow(msg.sender, free, minBond);
    }

    /// @inheritdoc IParticleInventory
    function deliverOrder(
        OrderId id,
        Report calldata report,
        uint64 acceptedAt,
        uint64 index,
        bytes calldata payload,
        bytes32[] calldata proof
    ) external {
        // Check:
        _requireStatus(id, OrderStatus.Accepted);
        Order storage entry = _orders[id];
        OrderTerms memory terms = entry.terms;
        _requireProven(report, acceptedAt, index, payload, proof);
        (bool known, Leaves.Production memory leaf) = Leaves.production(payload);
        bool mine = known && leaf.orderId == OrderId.unwrap(id) && leaf.pool == PoolId.unwrap(terms.pool);
        bool enough = leaf.count >= terms.count && leaf.fidelityPpm >= terms.fidelityMinPpm;
        if (!mine || !enough || leaf.nanoseconds > terms.deliverBy * NANOSECONDS) {
            revert ParticleInventory_WrongLeaf(report.sequence, index);
        }
        // Effect:
        entry.status = OrderStatus.Delivered;
        LotId lotId = LotId.wrap(OrderId.unwrap(id));
        emit OrderDelivered(id, lotId, leaf.count, leaf.fidelityPpm);
        _addLot(lotId, _lotTerms(terms, leaf, EventTree.leafHash(report.sequence, index, payload)), entry.provider, id);
        // Interaction:
        _treasury.releaseBond(entry.provider, terms.bond, OrderId.unwrap(id));
        _pay(id, terms, entry.provider, terms.reward);
    }

    /// @inheritdoc IParticleInventory
    function failOrder(OrderId id) external {
        // Check:
        _requireStatus(id, OrderStatus.Accepted);
        Order storage entry = _orders[id];
        OrderTerms memory terms = entry.terms;
        uint256 until = uint256(terms.deliverBy) + graceSeconds + _standstillSeconds(id);
        if (block.timestamp <= until) revert ParticleInventory_NotYet(id, until + 1);
        // Effect:
        entry.status = OrderStatus.Failed;
        emit OrderFailed(id);
        // Interaction:
        _treasury.forfeitBond(entry.provider, terms.payer, terms.bond, OrderId.unwrap(id));
        _pay(id, terms, address(0), 0);
    }

    /// @inheritdoc IParticleInventory
    function order(OrderId id) external view returns (Order memory) {
        return _orders[id];
    }

    /// @inheritdoc IParticleInventory
    function hourCount(KindId id, uint64 hour) external view returns (uint64) {
        return _hourCounts[id][hour];
    }

    /// @dev See {InventoryLots}.
    function _isOrder(uint128 id) internal view override returns (bool) {
        return _orders[OrderId.wrap(id)].status != OrderStatus.None;
    }

    /// @dev Reverts unless the leaf is in a report that can no longer be made void.
    function _requireProven(
        Report calldata report,
        uint64 acceptedAt,
        uint64 index,
        bytes calldata payload,
        bytes32[] calldata proof
    ) internal view {
        bool proven = _hub.isFinal(report, acceptedAt) && _hub.verifyEvent(report, acceptedAt, index, payload, proof);
        if (!proven) revert ParticleInventory_NotProven(report.sequence, index);
    }

    /// @dev Shares out the reward of an order that is final.
    function _pay(OrderId id, OrderTerms memory terms, address provider_, uint96 paid) private {
        Settlement[] memory items = new Settlement[](1);
        items[0] = Settlement(terms.payer, terms.reward, paid, OrderId.unwrap(id));
        _treasury.settle(provider_, items);
    }

    function _requireStatus(OrderId id, OrderStatus expected) private view {
        OrderStatus status = _orders[id].status;
        if (status != expected) revert ParticleInventory_WrongStatus(id, status);
    }

    function _checkOrder(OrderTerms calldata terms) private view {
        if (terms.count == 0) revert ParticleInventory_CountZero();
        if (terms.fidelityMinPpm <= FIDELITY_FLOOR_PPM || terms.fidelityMinPpm > FIDELITY_CEILING_PPM) {
            revert ParticleInventory_FidelityOutOfRange(terms.fidelityMinPpm, FIDELITY_FLOOR_PPM, FIDELITY_CEILING_PPM);
        }
        if (terms.deliverBy <= block.timestamp || terms.deliverBy > block.timestamp + HORIZON_SECONDS) {
            revert ParticleInventory_TimeOutOfRange(
                terms.deliverBy,
                block.timestamp + 1,
                block.timestamp + HORIZON_SECONDS
            );
        }
        (KindId kindOfPool, , address owner) = _network.poolFor(terms.pool);
        if (owner == address(0) || !(kindOfPool == terms.kind)) {
            revert ParticleInventory_WrongPool(terms.pool, terms.kind);
        }
    }

    function _lotTerms(
        OrderTerms memory terms,
        Leaves.Production memory leaf,
        bytes32 provenance
    ) private view returns (LotTerms memory) {
        (PoolTerms memory pool, ) = _network.pool(terms.pool);
        return
            LotTerms({
                kind: terms.kind,
                site: pool.a,
                count: leaf.count,
                fidelityPpm: leaf.fidelityPpm,
                producedAt: uint64(leaf.nanoseconds / NANOSECONDS),
                energyMillijoules: 0,
                provenance: provenance
            });
    }

    /// @dev How long reports were paused since the acceptance, up to the longest time that failures may be held up.
    function _standstillSeconds(OrderId id) private view returns (uint256) {
        (, uint64 paused) = _registry.pauseState();
        uint256 standstill = paused - _pausedAtAcceptance[id];
        return standstill < MAX_STANDSTILL_SECONDS ? standstill : MAX_STANDSTILL_SECONDS;
    }
}
