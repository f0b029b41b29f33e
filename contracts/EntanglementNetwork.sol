// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IEntanglementNetwork} from "./interfaces/IEntanglementNetwork.sol";
import {IRealmRegistry} from "./interfaces/IRealmRegistry.sol";
import {Calendar} from "./libraries/Calendar.sol";
import {ROLE_GUARDIAN, ROLE_OPERATOR} from "./types/Roles.sol";
import {LinkId, PoolId, SiteId, Link, PoolTerms, Site} from "./types/Types.sol";

/// @title EntanglementNetwork
/// @notice See {IEntanglementNetwork}.
contract EntanglementNetwork is IEntanglementNetwork {
    using SafeCast for uint256;

    /// @dev The first word is all that a booking reads; a capacity of 0 there means that the pool is unknown.
    struct StoredPool {
        uint96 pricePerSlotSecond;
        uint32 fidelityFloorPpm;
        uint16 capacity;
        bool isolated;
        SiteId a;
        SiteId b;
        address provider;
        string name;
    }

    /// @dev Long enough for any place name, short enough for a bounded event.
    uint256 private constant MAX_NAME_BYTES = 64;
    int32 private constant MAX_LATITUDE_E6 = 90_000_000;
    int32 private constant MAX_LONGITUDE_E6 = 180_000_000;
    uint32 private constant FIDELITY_FLOOR_PPM = 500_000;
    uint32 private constant FIDELITY_CEILING_PPM = 1_000_000;

    IRealmRegistry private immutable _registry;
    Site[] private _sites;
    Link[] private _links;
    uint32 private _poolCount;
    mapping(PoolId id => StoredPool) private _pools;

    modifier onlyRole(uint256 role) {
        if (!_registry.hasRole(msg.sender, role)) revert EntanglementNetwork_MissingRole(msg.sender, role);
        _;
    }

    /// @notice Binds the network to its registry.
    /// @param registry_ Where roles are kept.
    constructor(address registry_) {
        _registry = IRealmRegistry(registry_);
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
            _checkNext(LinkId.unwrap(entry.id), _links.length);
            _checkEnds(entry.a, entry.b);
            if (entry.lengthMeters == 0) revert EntanglementNetwork_LengthZero(entry.id);
            _links.push(entry);
            emit LinkRegistered(entry.id, entry.a, entry.b, entry.lengthMeters);
        }
    }

    /// @inheritdoc IEntanglementNetwork
    function registerPools(PoolTerms[] calldata pools) external onlyRole(ROLE_OPERATOR) {
        for (uint256 i = 0; i < pools.length; ++i) {
            PoolTerms calldata entry = pools[i];
            _checkNext(PoolId.unwrap(entry.id), _poolCount);
            _checkPool(entry);
            ++_poolCount;
            _pools[entry.id] = StoredPool({
                pricePerSlotSecond: uint256(entry.pricePerSlotSecond).toUint96(),
                fidelityFloorPpm: entry.fidelityFloorPpm,
                capacity: entry.capacity,
                isolated: false,
                a: entry.a,
                b: entry.b,
                provider: entry.provider,
                name: entry.name
            });
            emit PoolRegistered(
                entry.id,
                entry.name,
                entry.a,
                entry.b,
                entry.fidelityFloorPpm,
                entry.capacity,
                entry.pricePerSlotSecond,
                entry.provider
            );
        }
    }

    /// @inheritdoc IEntanglementNetwork
    function setPoolIsolated(PoolId id, bool isolated) external onlyRole(ROLE_GUARDIAN) {
        _poolAt(id).isolated = isolated;
        emit PoolIsolationSet(id, isolated);
    }

    /// @inheritdoc IEntanglementNetwork
    function site(SiteId id) external view returns (Site memory) {
        if (!_isSite(id)) revert EntanglementNetwork_UnknownSite(id);
        return _sites[SiteId.unwrap(id) - 1];
    }

    /// @inheritdoc IEntanglementNetwork
    function link(LinkId id) external view returns (Link memory) {
        uint32 position = LinkId.unwrap(id);
        if (position == 0 || position > _links.length) revert EntanglementNetwork_UnknownLink(id);
        return _links[position - 1];
    }

    /// @inheritdoc IEntanglementNetwork
    function pool(PoolId id) external view returns (PoolTerms memory terms, bool isolated) {
        StoredPool storage entry = _poolAt(id);
        isolated = entry.isolated;
        terms = PoolTerms({
            id: id,
            name: entry.name,
            a: entry.a,
            b: entry.b,
            fidelityFloorPpm: entry.fidelityFloorPpm,
            capacity: entry.capacity,
            pricePerSlotSecond: entry.pricePerSlotSecond,
            provider: entry.provider
        });
    }

    /// @inheritdoc IEntanglementNetwork
    function poolForBooking(
        PoolId id
    ) external view returns (uint16 capacity, uint32 fidelityFloorPpm, uint128 pricePerSlotSecond, bool isolated) {
        StoredPool storage entry = _pools[id];
        return (entry.capacity, entry.fidelityFloorPpm, entry.pricePerSlotSecond, entry.isolated);
    }

    /// @inheritdoc IEntanglementNetwork
    function poolForSettlement(PoolId id) external view returns (address provider, uint128 pricePerSlotSecond) {
        StoredPool storage entry = _pools[id];
        return (entry.provider, entry.pricePerSlotSecond);
    }

    /// @inheritdoc IEntanglementNetwork
    function siteCount() external view returns (uint32) {
        return uint32(_sites.length);
    }

    /// @inheritdoc IEntanglementNetwork
    function linkCount() external view returns (uint32) {
        return uint32(_links.length);
    }

    /// @inheritdoc IEntanglementNetwork
    function poolCount() external view returns (uint32) {
        return _poolCount;
    }

    function _isSite(SiteId id) private view returns (bool) {
        return SiteId.unwrap(id) != 0 && SiteId.unwrap(id) <= _sites.length;
    }

    function _poolAt(PoolId id) private view returns (StoredPool storage entry) {
        entry = _pools[id];
        if (entry.capacity == 0) revert EntanglementNetwork_UnknownPool(id);
    }

    function _checkPool(PoolTerms calldata entry) private view {
        _checkName(entry.name);
        _checkEnds(entry.a, entry.b);
        uint32 fidelity = entry.fidelityFloorPpm;
        if (fidelity <= FIDELITY_FLOOR_PPM || fidelity > FIDELITY_CEILING_PPM) {
            revert EntanglementNetwork_FidelityOutOfRange(fidelity, FIDELITY_FLOOR_PPM, FIDELITY_CEILING_PPM);
        }
        if (entry.capacity == 0 || entry.capacity > Calendar.MAX_CAPACITY) {
            revert EntanglementNetwork_CapacityOutOfRange(entry.capacity, Calendar.MAX_CAPACITY);
        }
        if (entry.pricePerSlotSecond == 0 || entry.pricePerSlotSecond > type(uint96).max) {
            revert EntanglementNetwork_PriceOutOfRange(entry.pricePerSlotSecond, type(uint96).max);
        }
        if (entry.provider == address(0)) revert EntanglementNetwork_ProviderZero(entry.id);
    }

    function _checkEnds(SiteId a, SiteId b) private view {
        if (!_isSite(a)) revert EntanglementNetwork_UnknownSite(a);
        if (!_isSite(b)) revert EntanglementNetwork_UnknownSite(b);
        if (a == b) revert EntanglementNetwork_SameSite(a);
    }

    function _checkNext(uint32 id, uint256 count) private pure {
        if (id != count + 1) revert EntanglementNetwork_IdNotNext(id, uint32(count + 1));
    }

    function _checkName(string calldata name) private pure {
        uint256 length = bytes(name).length;
        if (length == 0 || length > MAX_NAME_BYTES) revert EntanglementNetwork_NameLength(length, MAX_NAME_BYTES);
    }

    function _checkCoordinate(int32 value, int32 max) private pure {
        if (value > max || value < -max) revert EntanglementNetwork_CoordinateOutOfRange(value, max);
    }
}
