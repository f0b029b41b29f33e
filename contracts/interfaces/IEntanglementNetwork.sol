// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {KindId, LinkId, PoolId, ReservationId, SiteId} from "../types/Ids.sol";
import {Link, PoolTerms, Quotas, Site} from "../types/Network.sol";
import {Cohort} from "../types/Reservations.sol";

/// @title IEntanglementNetwork
/// @notice The network as it may be booked: sites, links, pools, their calendars, prices, quotas and isolation.
/// @dev Terms of an entry are never changed or removed, so that no booking's terms can change after it was made; only
/// isolation and quotas can be set. Isolation stops new requests, not existing reservations.
/// The calendars prove capacity in advance: whole buckets of 900 s, counted in quanta. Price: see {PriceCurve}; what a
/// window costs above the floor falls with the time to its start, from 3,600 s on, down to the share of the capacity
/// that is booked already: an unsold bucket is worth nothing afterwards.
/// Quotas: a cohort's advance bookings stay within its quota, so that no other can take it; a window that starts
/// within 3,600 s may borrow whatever is idle.
interface IEntanglementNetwork {
    /// @notice Emitted when a site is registered.
    event SiteRegistered(SiteId indexed id, string name, int32 latitudeE6, int32 longitudeE6);

    /// @notice Emitted when a link is registered.
    event LinkRegistered(LinkId indexed id, SiteId indexed a, SiteId indexed b, uint32 lengthMeters, uint16 lanes);

    /// @notice Emitted when a pool is registered.
    event PoolRegistered(PoolId indexed id, address indexed provider, PoolTerms terms);

    /// @notice Emitted when a pool's quotas are set.
    event QuotasSet(PoolId indexed id, Quotas quotas);

    /// @notice Emitted with the absolute new value of each calendar word that a booking changes.
    /// @param cohort 0 for the pool's whole calendar, 1 + cohort for the part that counts against a quota.
    /// @param word Chain time / 14,400: 16 buckets of 900 s.
    /// @param lanes Quanta booked in each bucket, 16 bits each, the first bucket lowest.
    event CalendarChanged(PoolId indexed pool, uint8 indexed cohort, uint64 indexed word, uint256 lanes);

    /// @notice Emitted with the absolute new value when an order moves a pool's price.
    /// @param excess Slot-seconds sold above the target, as of the block's time.
    event ExcessChanged(PoolId indexed pool, uint64 excess);

    /// @notice Emitted when links are booked or freed.
    /// @param key The reservation's id, or the hash that {reservePath} returned.
    /// @param path The links in order, 20 bits each, the first lowest; from bit 240 on the lanes that the path holds on
    /// each link from now on, 0 when freed.
    /// @param firstWord First calendar word of the window.
    /// @param words Absolute new values, link by link, each from `firstWord` on.
    event PathChanged(bytes32 indexed key, uint256 path, uint64 start, uint64 end, uint64 firstWord, uint256[] words);

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

    /// @notice A pool's capacity is outside [1, max], or no multiple of its quantum.
    error EntanglementNetwork_CapacityOutOfRange(uint32 value, uint16 quantum, uint32 max);

    /// @notice A link's lanes are outside [1, max].
    error EntanglementNetwork_LanesOutOfRange(uint16 value, uint16 max);

    /// @notice A pool's price floor is outside [1, max] wei.
    error EntanglementNetwork_PriceOutOfRange(uint128 value, uint128 max);

    /// @notice The inventory has no such kind.
    error EntanglementNetwork_UnknownKind(KindId kind);

    /// @notice A kind with one end needs `b` = 0.
    error EntanglementNetwork_OneEndOnly(SiteId b);

    /// @notice Quotas sum up to more than the pool's capacity, or are no multiples of its quantum.
    error EntanglementNetwork_BadQuotas(uint256 sum, uint32 capacity, uint16 quantum);

    /// @notice The caller is not the allocation contract.
    error EntanglementNetwork_NotAllocation(address caller);

    /// @notice The pool takes no new bookings.
    error EntanglementNetwork_PoolIsolated(PoolId pool);

    /// @notice A bucket of the pool has fewer free slots than wanted.
    error EntanglementNetwork_CapacityExceeded(PoolId pool, uint64 bucket, uint32 free, uint32 wanted);

    /// @notice The cohort's quota has fewer free slots in a bucket than wanted, and it is too early to borrow.
    error EntanglementNetwork_QuotaExceeded(PoolId pool, Cohort cohort, uint64 bucket, uint32 free, uint32 wanted);

    /// @notice Demand has driven the price above the largest that is computed, floor * e^20.
    error EntanglementNetwork_PriceTooHigh(PoolId pool, uint256 exponentWad, uint256 maxWad);

    /// @notice A window is empty, longer than 14,400 s, begins in the past or ends after 28 days.
    error EntanglementNetwork_BadWindow(uint64 start, uint64 end);

    /// @notice A path has 1 to `max` links.
    error EntanglementNetwork_PathLength(uint256 links, uint256 max);

    /// @notice Link `position` of a path has no site in common with the one before, or the path visits it twice.
    error EntanglementNetwork_PathBroken(uint256 position, LinkId link);

    /// @notice A path must lead from one end of the pool to the other.
    error EntanglementNetwork_PathMissesPool(PoolId pool, SiteId from, SiteId to);

    /// @notice A bucket of the link has fewer free lanes than wanted.
    error EntanglementNetwork_LinkFull(LinkId link, uint64 bucket, uint16 free, uint16 wanted);

    /// @notice This path is reserved already, or not at all.
    error EntanglementNetwork_PathState(bytes32 key, bool reserved);

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
    /// - Both sites must be known and different; the length must not be zero; lanes in [1, 32,767].
    function registerLinks(Link[] calldata links) external;

    /// @notice Registers pools.
    /// @dev Emits a {PoolRegistered} event for each.
    /// Requirements:
    /// - The caller must have OPERATOR.
    /// - Each id must be the next one, counted from 1.
    /// - The kind must be known. `a` must be known; `b` too and different for kinds with two ends, else 0.
    /// - The provider must not be zero; `fidelityFloorPpm` in (500_000, 1_000_000]; capacity in [1, 32_767] quanta;
    ///   price floor in [1, 2^88) wei.
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

    /// @notice Quotas of a pool; all zero when it has none.
    function quotasOf(PoolId id) external view returns (Quotas memory);

    /// @notice Kind, class and provider of a pool; provider zero when it is unknown.
    function poolFor(PoolId id) external view returns (KindId kind, uint32 fidelityFloorPpm, address provider);

    /// @notice Sets what is kept of a pool for each cohort, for bookings to come; all zero ends it.
    /// @dev Emits a {QuotasSet} event.
    /// Requirements:
    /// - The caller must have OPERATOR; the pool must be known.
    /// - Multiples of the quantum, in sum at most the capacity.
    function setQuotas(PoolId id, Quotas calldata quotas) external;

    /// @notice Books slots of a pool and says what they cost; the charge moves the price.
    /// @dev Emits {CalendarChanged} for each word, and {ExcessChanged} unless the price is fixed.
    /// Requirements:
    /// - The caller must be the allocation contract, which has checked slots (1 to 32,767) and window.
    /// - The pool must be known and not isolated; every bucket must have room; the quota, if any, too.
    /// @return price Wei, the integral of the price over the slot-seconds, rounded up.
    /// @return fidelityFloorPpm The pool's class.
    /// @return inQuota Whether the booking counts against the cohort's quota.
    function book(
        PoolId id,
        Cohort cohort,
        uint64 start,
        uint64 end,
        uint32 slots
    ) external returns (uint256 price, uint32 fidelityFloorPpm, bool inQuota);

    /// @notice Books more time for slots that are booked until `end`.
    /// @dev Emits and requires the same as {book}.
    function bookMore(
        PoolId id,
        Cohort cohort,
        bool inQuota,
        uint64 end,
        uint64 newEnd,
        uint32 slots
    ) external returns (uint256 price);

    /// @notice Frees slots in the buckets [first, last].
    /// @dev Emits {CalendarChanged} for each word. Requirements: the caller must be the allocation contract.
    function free(PoolId id, Cohort cohort, bool inQuota, uint64 first, uint64 last, uint32 slots) external;

    /// @notice Books `slots` lanes on each link of a path between the pool's ends, all or nothing, for a reservation.
    /// @dev Emits {PathChanged}.
    /// Requirements:
    /// - The caller must be the allocation contract.
    /// - 1 to 12 links that lead from one end of the pool to the other without a loop; room in every bucket.
    function bookPath(
        ReservationId id,
        PoolId pool,
        LinkId[] calldata links,
        uint64 start,
        uint64 end,
        uint16 lanes
    ) external;

    /// @notice Frees a reservation's links in the buckets [first, last].
    /// @dev Emits {PathChanged}. Requirements: the caller must be the allocation contract.
    function freePath(ReservationId id, uint64 first, uint64 last) external;

    /// @notice Books lanes on each link of a path, all or nothing, for the operator's own traffic.
    /// @dev Emits {PathChanged}.
    /// Requirements:
    /// - The caller must have OPERATOR.
    /// - 1 to 12 links, each with a site in common with the one before; a window of 1 to 14,400 s that does not begin
    /// in the past and ends within 28 days; room in every bucket; the same path not reserved yet by the caller.
    /// @return key keccak256(abi.encode(caller, path, start, end)) with the path as {PathChanged} tells it.
    function reservePath(
        LinkId[] calldata links,
        uint64 start,
        uint64 end,
        uint16 lanes
    ) external returns (bytes32 key);

    /// @notice Frees a path that the caller reserved, in the buckets that have not begun.
    /// @dev Emits {PathChanged}. Requirements: it must be reserved.
    function releasePath(LinkId[] calldata links, uint64 start, uint64 end, uint16 lanes) external;

    /// @notice What {book} would charge in this block; reverts as it would.
    function quote(
        PoolId id,
        Cohort cohort,
        uint64 start,
        uint64 end,
        uint32 slots
    ) external view returns (uint256 price);

    /// @notice Slot-seconds sold above the target, as of now.
    function excessOf(PoolId id) external view returns (uint64);

    /// @notice Price of one more slot-second, 18 decimals of a wei, as of now.
    function spotPriceWad(PoolId id) external view returns (uint256);

    /// @notice A calendar word of a pool.
    /// @param cohort 0 for the whole calendar, 1 + cohort for the part that counts against a quota.
    /// @param word Chain time / 14,400.
    function calendarWord(PoolId id, uint8 cohort, uint64 word) external view returns (uint256 lanes);

    /// @notice A calendar word of a link.
    function linkWord(LinkId id, uint64 word) external view returns (uint256 lanes);

    /// @notice Links booked with a reservation; empty when none.
    function pathOf(ReservationId id) external view returns (LinkId[] memory links, uint16 lanes);

    /// @notice Whether the operator's path with this key is reserved.
    function isPathReserved(bytes32 key) external view returns (bool);

    /// @notice Slots free in every bucket of [start, end); 0 when the pool is unknown.
    /// @dev Reverts when the window is empty or longer than 14,400 s.
    function freeSlots(PoolId id, uint64 start, uint64 end) external view returns (uint32);

    /// @notice Number of sites.
    function siteCount() external view returns (uint32);

    /// @notice Number of links.
    function linkCount() external view returns (uint32);

    /// @notice Number of pools.
    function poolCount() external view returns (uint32);
}
