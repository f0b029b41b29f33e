// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../interfaces/IEntanglementNetwork.sol";
import {IParticleInventory} from "../interfaces/IParticleInventory.sol";
import {IRealmRegistry} from "../interfaces/IRealmRegistry.sol";
import {Calendar} from "../libraries/Calendar.sol";
import {Paths} from "../libraries/Paths.sol";
import {KindId, LinkId, PoolId, SiteId} from "../types/Ids.sol";
import {Category} from "../types/Inventory.sol";
import {Link, PoolTerms, PriceCurve, Quotas, Site} from "../types/Network.sol";
import {ROLE_GUARDIAN, ROLE_OPERATOR} from "../types/Roles.sol";
import {PoolHead, StoredPool} from "../types/StoredNetwork.sol";

/// @title NetworkEntries
/// @notice Sites, links and pools: their registration, quotas and isolation.
abstract contract NetworkEntries is IEntanglementNetwork {
    using Paths for Paths.Store;

    /// @dev Long enough for any place name, short enough for a bounded event.
    uint256 private constant MAX_NAME_BYTES = 64;
    int32 private constant MAX_LATITUDE_E6 = 90_000_000;
    int32 private constant MAX_LONGITUDE_E6 = 180_000_000;
    uint32 private constant FIDELITY_FLOOR_PPM = 500_000;
    uint32 private constant FIDELITY_CEILING_PPM = 1_000_000;

    address internal immutable _allocation;
    IRealmRegistry private immutable _registry;
    IParticleInventory private immutable _inventory;

    Paths.Store internal _paths;
    mapping(PoolId id => StoredPool) internal _pools;
    uint32 private _poolCount;
    Site[] private _sites;
    uint32[] private _linkLengths;

    modifier onlyRole(uint256 role) {
        if (!_registry.hasRole(msg.sender, role)) revert EntanglementNetwork_MissingRole(msg.sender, role);
        _;
    }

    modifier onlyAllocation() {
        if (msg.sender != _allocation) revert EntanglementNetwork_NotAllocation(msg.sender);
        _;
    }

    /// @dev Binds the peers for good.
    constructor(address registry_, address inventory_, address allocation_) {
        _registry = IRealmRegistry(registry_);
        _inventory = IParticleInventory(inventory_);
        _allocation = allocation_;
    }

    /// @inheritdoc IEntanglementNetwork
    function registerSites(Site[] calldata sites) external onlyRole(ROLE_OPERATOR) {
        for (uint256 i = 0; i < sites.length; ++i) {
            Site calldata entry = sites[i];
            _checkNext(SiteId.unwrap(entry.id), _sites.length);
            _checkName(entry.name);
            _checkCoordinate(entry.latitudeE6, MAX_LATITUDE_E6);
            _checkCoordinate(entry.longitudeE6, MAX_LONGITUDE_E6);
            _sites.push(entry);
            emit SiteRegistered(entry.id, entry.name, entry.latitudeE6, entry.longitudeE6);
        }
    }

    /// @inheritdoc IEntanglementNetwork
    function registerLinks(Link[] calldata links) external onlyRole(ROLE_OPERATOR) {
        for (uint256 i = 0; i < links.length; ++i) {
            Link calldata entry = links[i];
            _checkNext(LinkId.unwrap(entry.id), _linkLengths.length);
            _checkEnds(entry.a, entry.b);
            if (entry.lengthMeters == 0) revert EntanglementNetwork_LengthZero(entry.id);
            if (entry.lanes == 0 || entry.lanes > Calendar.MAX_CAPACITY) {
                revert EntanglementNetwork_LanesOutOfRange(entry.lanes, Calendar.MAX_CAPACITY);
            }
            _linkLengths.push(entry.lengthMeters);
            _paths.register(entry);
            emit LinkRegistered(entry.id, entry.a, entry.b, entry.lengthMeters, entry.lanes);
        }
    }

    /// @inheritdoc IEntanglementNetwork
    function registerPools(PoolTerms[] calldata pools) external onlyRole(ROLE_OPERATOR) {
        for (uint256 i = 0; i < pools.length; ++i) {
            PoolTerms calldata entry = pools[i];
            _checkNext(PoolId.unwrap(entry.id), _poolCount);
            _checkPool(entry);
            ++_poolCount;
            _storePool(entry);
            emit PoolRegistered(entry.id, entry.provider, entry);
        }
    }

    /// @inheritdoc IEntanglementNetwork
    function setPoolIsolated(PoolId id, bool isolated) external onlyRole(ROLE_GUARDIAN) {
        _poolAt(id).head.isolated = isolated;
        emit PoolIsolationSet(id, isolated);
    }

    /// @inheritdoc IEntanglementNetwork
    function setQuotas(PoolId id, Quotas calldata quotas) external onlyRole(ROLE_OPERATOR) {
        // Check:
        StoredPool storage entry = _poolAt(id);
        uint16 quantum = entry.head.quantum;
        uint32 capacity = uint32(entry.head.lanes) * quantum;
        uint256 sum = uint256(quotas.research) + quotas.commercial + quotas.education + quotas.humanitarian;
        bool whole =
            quotas.research % quantum == 0 &&
                quotas.commercial % quantum == 0 &&
                quotas.education % quantum == 0 &&
                quotas.humanitarian % quantum == 0;
        if (sum > capacity || !whole) revert EntanglementNetwork_BadQuotas(sum, capacity, quantum);
        // Effect:
        entry.quotas = quotas;
        entry.head.hasQuotas = sum != 0;
        emit QuotasSet(id, quotas);
    }

    /// @inheritdoc IEntanglementNetwork
    function site(SiteId id) external view returns (Site memory) {
        if (!_isSite(id)) revert EntanglementNetwork_UnknownSite(id);
        return _sites[SiteId.unwrap(id) - 1];
    }

    /// @inheritdoc IEntanglementNetwork
    function link(LinkId id) external view returns (Link memory) {
        (SiteId a, SiteId b, uint16 lanes) = _paths.endsOf(id);
        return Link(id, a, b, _linkLengths[LinkId.unwrap(id) - 1], lanes);
    }

    /// @inheritdoc IEntanglementNetwork
    function pool(PoolId id) external view returns (PoolTerms memory terms, bool isolated) {
        StoredPool storage entry = _poolAt(id);
        PoolHead memory head = entry.head;
        isolated = head.isolated;
        terms = PoolTerms({
            id: id,
            name: entry.name,
            kind: head.kind,
            a: entry.a,
            b: entry.b,
            fidelityFloorPpm: head.fidelityFloorPpm,
            capacity: uint32(head.lanes) * head.quantum,
            quantum: head.quantum,
            price: PriceCurve(head.floor, head.target, head.scale),
            provider: entry.provider
        });
    }

    /// @inheritdoc IEntanglementNetwork
    function quotasOf(PoolId id) external view returns (Quotas memory) {
        return _pools[id].quotas;
    }

    /// @inheritdoc IEntanglementNetwork
    function poolFor(PoolId id) external view returns (KindId kind, uint32 fidelityFloorPpm, address provider) {
        StoredPool storage entry = _pools[id];
        return (entry.head.kind, entry.head.fidelityFloorPpm, entry.provider);
    }

    /// @inheritdoc IEntanglementNetwork
    function siteCount() external view returns (uint32) {
        return uint32(_sites.length);
    }

    /// @inheritdoc IEntanglementNetwork
    function linkCount() external view returns (uint32) {
        return uint32(_linkLengths.length);
    }

    /// @inheritdoc IEntanglementNetwork
    function poolCount() external view returns (uint32) {
        return _poolCount;
    }

    function _poolAt(PoolId id) internal view returns (StoredPool storage entry) {
        entry = _pools[id];
        if (entry.head.lanes == 0) revert EntanglementNetwork_UnknownPool(id);
    }

    function _storePool(PoolTerms calldata terms) private {
        StoredPool storage entry = _pools[terms.id];
        entry.head = PoolHead({
            floor: uint88(terms.price.floor),
            lanes: uint16(terms.capacity / terms.quantum),
            quantum: terms.quantum,
            fidelityFloorPpm: uint24(terms.fidelityFloorPpm),
            isolated: false,
            hasQuotas: false,
            target: terms.price.target,
            scale: terms.price.scale,
            kind: terms.kind
        });
        (entry.a, entry.b, entry.provider, entry.name) = (terms.a, terms.b, terms.provider, terms.name);
    }

    function _checkPool(PoolTerms calldata terms) private view {
        _checkName(terms.name);
        if (terms.provider == address(0)) revert EntanglementNetwork_ProviderZero(terms.id);
        uint32 fidelity = terms.fidelityFloorPpm;
        if (fidelity <= FIDELITY_FLOOR_PPM || fidelity > FIDELITY_CEILING_PPM) {
            revert EntanglementNetwork_FidelityOutOfRange(fidelity, FIDELITY_FLOOR_PPM, FIDELITY_CEILING_PPM);
        }
        uint32 max = uint32(Calendar.MAX_CAPACITY) * terms.quantum;
        if (terms.capacity == 0 || terms.capacity > max || terms.capacity % terms.quantum != 0) {
            revert EntanglementNetwork_CapacityOutOfRange(terms.capacity, terms.quantum, max);
        }
        if (terms.price.floor == 0 || terms.price.floor > type(uint88).max) {
            revert EntanglementNetwork_PriceOutOfRange(terms.price.floor, type(uint88).max);
        }
        Category category = _inventory.categoryOf(terms.kind);
        if (category == Category.None) revert EntanglementNetwork_UnknownKind(terms.kind);
        if (category == Category.PhotonPair) return _checkEnds(terms.a, terms.b);
        if (!_isSite(terms.a)) revert EntanglementNetwork_UnknownSite(terms.a);
        if (SiteId.unwrap(terms.b) != 0) revert EntanglementNetwork_OneEndOnly(terms.b);
    }

    function _checkEnds(SiteId a, SiteId b) private view {
        if (!_isSite(a)) revert EntanglementNetwork_UnknownSite(a);
        if (!_isSite(b)) revert EntanglementNetwork_UnknownSite(b);
        if (a == b) revert EntanglementNetwork_SameSite(a);
    }

    function _isSite(SiteId id) private view returns (bool) {
        return SiteId.unwrap(id) != 0 && SiteId.unwrap(id) <= _sites.length;
    }

    function _checkNext(uint32 id, uint256 count) private pure {
        if (id != count + 1) revert EntanglementNetwork_IdNotNext(id, uint32(count + 1));
    }

    function _checkName(string calldata name) private pure {
        uint256 length = bytes(name).length;
        if (length == 0 || length > MAX_NAME_BYTES) revert EntanglementNetwork_NameLength(length, MAX_NAME_BYTES);
    }

    function _checkCoordinate(int32 value, int32 max) private pure {
        if (value < -max || value > max) revert EntanglementNetwork_CoordinateOutOfRange(value, max);
    }
}
