// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LinkId, PoolId, SiteId, Link, PoolTerms, Site} from "../types/Types.sol";

/// @title IEntanglementNetwork
/// @notice The network as clients may book it: sites, links, pools, and which pools are isolated.
/// @dev Entries are never changed or removed, so that no booking's terms can change after it was made; only the
/// isolation of a pool can be set and cleared. Isolation stops new requests, not existing reservations.
interface IEntanglementNetwork {
    /// @notice Emitted when a site is registered.
    event SiteRegistered(SiteId indexed id, string name, int32 latitudeE6, int32 longitudeE6);

    /// @notice Emitted when a link is registered.
    event LinkRegistered(LinkId indexed id, SiteId indexed a, SiteId indexed b, uint32 lengthMeters);

    /// @notice Emitted when a pool is registered.
    event PoolRegistered(
        PoolId indexed id,
        string name,
        SiteId a,
        SiteId b,
        uint32 fidelityFloorPpm,
        uint16 capacity,
        uint128 pricePerSlotSecond,
        address indexed provider
    );

    /// @notice Emitted when a pool is isolated or taken back.
    event PoolIsolationSet(PoolId indexed id, bool isolated);

    /// @notice The caller lacks the role `needed`.
    error EntanglementNetwork_MissingRole(address caller, uint256 needed);

    /// @notice Ids are given out in order: the next one is `expected`.
    error EntanglementNetwork_IdNotNext(uint32 id, uint32 expected);

    /// @notice No site has this id.
    error EntanglementNetwork_UnknownSite(SiteId id);

    /// @notice No link has this id.
    error EntanglementNetwork_UnknownLink(LinkId id);

    /// @notice No pool has this id.
    error EntanglementNetwork_UnknownPool(PoolId id);

    /// @notice A link or pool needs two different sites.
    error EntanglementNetwork_SameSite(SiteId site);

    /// @notice A name has 1 to 64 bytes.
    error EntanglementNetwork_NameLength(uint256 length, uint256 max);

    /// @notice A coordinate is outside +-`max`, in millionths of a degree.
    error EntanglementNetwork_CoordinateOutOfRange(int32 value, int32 max);

    /// @notice A link's length is zero.
    error EntanglementNetwork_LengthZero(LinkId id);

    /// @notice A pool's fidelity floor is outside (floorExclusive, ceiling].
    error EntanglementNetwork_FidelityOutOfRange(uint32 value, uint32 floorExclusive, uint32 ceiling);

    /// @notice A pool's capacity is outside [1, max].
    error EntanglementNetwork_CapacityOutOfRange(uint16 value, uint16 max);

    /// @notice A pool's price is outside [1, max] wei.
    error EntanglementNetwork_PriceOutOfRange(uint128 value, uint128 max);

    /// @notice A pool needs a provider.
    error EntanglementNetwork_ProviderZero(PoolId id);

    /// @notice Registers sites.
    /// @dev Emits a {SiteRegistered} event for each.
    /// Requirements:
    /// - The caller must have OPERATOR.
    /// - Each id must be the next one, counted from 1.
    /// - Names have 1 to 64 bytes; coordinates lie on the globe.
    function registerSites(Site[] calldata sites) external;

    /// @notice Registers links.
    /// @dev Emits a {LinkRegistered} event for each.
    /// Requirements:
    /// - The caller must have OPERATOR.
    /// - Each id must be the next one, counted from 1.
    /// - Both sites must be known and different; the length must not be zero.
    function registerLinks(Link[] calldata links) external;

    /// @notice Registers pools.
    /// @dev Emits a {PoolRegistered} event for each.
    /// Requirements:
    /// - The caller must have OPERATOR.
    /// - Each id must be the next one, counted from 1.
    /// - Both sites must be known and different, the provider not zero.
    /// - `fidelityFloorPpm` in (500_000, 1_000_000], `capacity` in [1, 32_767], price in [1, 2^96) wei.
    function registerPools(PoolTerms[] calldata pools) external;

    /// @notice Isolates a pool, or takes it back.
    /// @dev Emits a {PoolIsolationSet} event.
    /// Requirements:
    /// - The caller must have GUARDIAN.
    /// - The pool must be known.
    function setPoolIsolated(PoolId id, bool isolated) external;

    /// @notice A site. Reverts when unknown.
    function site(SiteId id) external view returns (Site memory);

    /// @notice A link. Reverts when unknown.
    function link(LinkId id) external view returns (Link memory);

    /// @notice A pool and whether it is isolated. Reverts when unknown.
    function pool(PoolId id) external view returns (PoolTerms memory terms, bool isolated);

    /// @notice What a booking needs to know of a pool, from one storage word.
    /// @return capacity Slots that may be booked at once; 0 when the pool is unknown.
    /// @return fidelityFloorPpm Class of the pool, parts per million.
    /// @return pricePerSlotSecond Wei for one slot and one second.
    /// @return isolated Whether new requests are refused.
    function poolForBooking(
        PoolId id
    ) external view returns (uint16 capacity, uint32 fidelityFloorPpm, uint128 pricePerSlotSecond, bool isolated);

    /// @notice What a settlement needs to know of a pool.
    /// @return provider Who is credited for deliveries; zero when the pool is unknown.
    /// @return pricePerSlotSecond Wei for one slot and one second.
    function poolForSettlement(PoolId id) external view returns (address provider, uint128 pricePerSlotSecond);

    /// @notice Number of sites.
    function siteCount() external view returns (uint32);

    /// @notice Number of links.
    function linkCount() external view returns (uint32);

    /// @notice Number of pools.
    function poolCount() external view returns (uint32);
}
