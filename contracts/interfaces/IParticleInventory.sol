// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {KindId, LotId, OrderId, PoolId} from "../types/Ids.sol";
import {
    Category,
    Kind,
    Lot,
    LotStatus,
    LotTerms,
    Order,
    OrderStatus,
    OrderTerms,
    Reservoir
} from "../types/Inventory.sol";
import {Report} from "../types/Reports.sol";

/// @title IParticleInventory
/// @notice What there is: kinds of resources, providers with bond, lots from production to disposal, production orders,
/// and reservoirs that ask for more when they run low.
/// @dev Batches, never single particles. Deliveries and stocks are not claimed by anybody: they are leaves of accepted
/// reports, proven by inclusion. Leaf payloads, packed, big endian:
/// production: kind 5 (1 byte), order id (16), pool (4), count (4), mean estimated fidelity ppm (4), time in ns (8);
/// pool counters: kind 4 (1), pool (4), sequence (8), generated (8), delivered (8), discarded (8), stock (4), mean
/// estimated fidelity ppm (4), mean true fidelity ppm (4).
interface IParticleInventory {
    /// @notice Emitted when a kind is registered.
    event KindRegistered(KindId indexed id, Kind kind);

    /// @notice Emitted when a provider registers, or leaves (`active` false).
    event ProviderSet(address indexed provider, string name, bool active);

    /// @notice Emitted when a lot is registered, by its provider or by a delivery (then `order` is not 0).
    event LotRegistered(LotId indexed id, address indexed provider, OrderId indexed order, LotTerms terms);

    /// @notice Emitted when a lot takes the next step of its life.
    /// @param evidence Hash of what shows it; for a retired lot the record of its disposal.
    event LotMoved(LotId indexed id, LotStatus status, bytes32 evidence);

    /// @notice Emitted when an order is opened and its reward locked.
    event OrderOpened(OrderId indexed id, address indexed buyer, address indexed payer, OrderTerms terms);

    /// @notice Emitted when a provider accepts an order and stakes the bond.
    /// @param hourCount What accepted orders of this kind ask for in the present hour, this one included.
    event OrderAccepted(OrderId indexed id, address indexed provider, uint64 acceptedAt, uint64 hourCount);

    /// @notice Emitted when an order is delivered: reward paid, bond freed, lot registered.
    event OrderDelivered(OrderId indexed id, LotId indexed lot, uint32 count, uint32 fidelityPpm);

    /// @notice Emitted when an accepted order was not delivered in time: reward and bond to the payer.
    event OrderFailed(OrderId indexed id);

    /// @notice Emitted when a buyer withdraws an order that nobody accepted.
    event OrderWithdrawn(OrderId indexed id);

    /// @notice Emitted when a reservoir's limits are set.
    event ReservoirSet(PoolId indexed pool, uint32 threshold, uint32 target);

    /// @notice Emitted when a reservoir's stock is proven from a report.
    /// @param poolSequence Running number of the pool's counter line within the era.
    event StockReported(PoolId indexed pool, uint32 stock, uint64 poolSequence, uint64 era);

    /// @notice Emitted when a reservoir's proven stock falls below its threshold.
    /// @param missing What is missing to the target.
    event ReplenishmentNeeded(PoolId indexed pool, uint32 stock, uint32 threshold, uint32 missing);

    /// @notice Emitted when a reservoir's proven stock is at its threshold or above again.
    event ReservoirReplenished(PoolId indexed pool, uint32 stock);

    /// @notice The caller lacks the role `needed`.
    error ParticleInventory_MissingRole(address caller, uint256 needed);

    /// @notice Ids of kinds are given out in order: the next one is `expected`.
    error ParticleInventory_IdNotNext(uint32 id, uint32 expected);

    /// @notice No kind has this id.
    error ParticleInventory_UnknownKind(KindId kind);

    /// @notice A kind needs a category other than None, and a dimension in [2, 1,024] (qubits, pairs and magic: 2).
    error ParticleInventory_BadKind(Category category, uint16 dimension);

    /// @notice The isolation grade is above `max`.
    error ParticleInventory_GradeOutOfRange(uint8 value, uint8 max);

    /// @notice A name or label has `min` to `max` bytes.
    error ParticleInventory_NameLength(uint256 length, uint256 min, uint256 max);

    /// @notice The caller is no active provider.
    error ParticleInventory_NotProvider(address caller);

    /// @notice A provider needs a free bond of `min`.
    error ParticleInventory_BondTooLow(address provider, uint256 free, uint256 min);

    /// @notice The id was used before, by a lot or an order, or is zero.
    error ParticleInventory_IdUsed(uint128 id);

    /// @notice A count of nothing.
    error ParticleInventory_CountZero();

    /// @notice The fidelity is outside (floorExclusive, ceiling].
    error ParticleInventory_FidelityOutOfRange(uint32 value, uint32 floorExclusive, uint32 ceiling);

    /// @notice A time outside [earliest, latest].
    error ParticleInventory_TimeOutOfRange(uint64 value, uint256 earliest, uint256 latest);

    /// @notice A lot needs evidence of its origin that no other lot named.
    error ParticleInventory_BadProvenance(bytes32 provenance);

    /// @notice The step is not allowed, or lacks evidence.
    error ParticleInventory_WrongStep(LotId id, LotStatus from, LotStatus to);

    /// @notice The caller is not the lot's provider.
    error ParticleInventory_NotOwner(LotId id, address caller, address owner);

    /// @notice The pool has another kind, or none.
    error ParticleInventory_WrongPool(PoolId pool, KindId kind);

    /// @notice No pool has this id.
    error ParticleInventory_UnknownPool(PoolId pool);

    /// @notice The order's status does not allow this.
    error ParticleInventory_WrongStatus(OrderId id, OrderStatus status);

    /// @notice The caller is not the order's buyer.
    error ParticleInventory_NotBuyer(OrderId id, address caller, address buyer);

    /// @notice Accepted orders of this kind ask for all that may be produced in this hour.
    error ParticleInventory_RateExceeded(KindId kind, uint256 asked, uint32 maxPerHour);

    /// @notice The time to accept or deliver is over, since `deliverBy`.
    error ParticleInventory_TooLate(OrderId id, uint64 deliverBy);

    /// @notice Possible from `until` on.
    error ParticleInventory_NotYet(OrderId id, uint256 until);

    /// @notice The report does not prove the leaf, or is not final yet.
    error ParticleInventory_NotProven(uint64 sequence, uint64 index);

    /// @notice The leaf is for something else, too little, or not good enough.
    error ParticleInventory_WrongLeaf(uint64 sequence, uint64 index);

    /// @notice A reservoir's target is below its threshold.
    error ParticleInventory_BadReservoir(uint32 threshold, uint32 target);

    /// @notice The proven stock is not newer than the stored one.
    error ParticleInventory_OldStock(PoolId pool, uint64 poolSequence, uint64 stored);

    /// @notice New orders are paused with bookings.
    error ParticleInventory_Paused(uint256 bits);

    /// @notice Registers kinds.
    /// @dev Emits {KindRegistered} for each.
    /// Requirements:
    /// - The caller must have OPERATOR; each id must be the next one, counted from 1.
    /// - Category not None; dimension in [2, 1,024], 2 for qubits, pairs and magic states; grade at most 3; platform 1
    /// to
    ///   31 bytes, specialisation at most 31 bytes.
    function registerKinds(Kind[] calldata kinds) external;

    /// @notice Makes the caller a provider.
    /// @dev Emits {ProviderSet}.
    /// Requirements:
    /// - The caller's free bond in the treasury must be at least `minBond`; the name has 1 to 64 bytes.
    function registerProvider(string calldata name) external;

    /// @notice Ends the caller's being a provider; its accepted orders stay.
    /// @dev Emits {ProviderSet}. Requirements: the caller must be an active provider.
    function resign() external;

    /// @notice Registers a lot, Produced.
    /// @dev Emits {LotRegistered}.
    /// Requirements:
    /// - The caller must be an active provider; `id` not 0 nor used by a lot or order; the kind known; count not 0.
    /// - `fidelityPpm` at most 1_000_000; `producedAt` not in the future; provenance not 0 and never named before.
    function registerLot(LotId id, LotTerms calldata terms) external;

    /// @notice Takes a lot to the next state of its life, see {LotStatus}; not to Retired.
    /// @dev Emits {LotMoved}.
    /// Requirements:
    /// - The caller must be the lot's provider; the step must be allowed.
    function moveLot(LotId id, LotStatus status, bytes32 evidence) external;

    /// @notice Disposes of a lot that was consumed or expired.
    /// @dev Emits {LotMoved}.
    /// Requirements:
    /// - The caller must be the lot's provider; it must be Consumed or Expired; evidence not 0.
    function retireLot(LotId id, bytes32 evidence) external;

    /// @notice Opens an order and locks its reward; `msg.value` becomes the payer's credit first.
    /// @dev Emits {OrderOpened} and the treasury's {AccountChanged}.
    /// Requirements:
    /// - Bookings must not be paused; `id` not 0 nor used by a lot or order; the pool must be of the kind; count not 0.
    /// - `fidelityMinPpm` in (500_000, 1_000_000]; `deliverBy` in (now, now + 28 days]; the reward within credit.
    function orderProduction(OrderId id, OrderTerms calldata terms) external payable;

    /// @notice Takes back an order that nobody accepted; the reward becomes the payer's credit.
    /// @dev Emits {OrderWithdrawn}. Requirements: the caller must be the buyer; the order must be Open.
    function withdrawOrder(OrderId id) external;

    /// @notice Accepts an order and stakes its bond.
    /// @dev Emits {OrderAccepted} and the treasury's {BondChanged}.
    /// Requirements:
    /// - The caller must be an active provider, the order Open; not after `deliverBy`.
    /// - The free bond must cover the order's, and `minBond` must stay free.
    /// - The kind's accepted orders of this hour must stay within `maxPerHour`.
    function acceptOrder(OrderId id) external;

    /// @notice Proves that the mesh delivered an accepted order; open to anyone.
    /// @dev Emits {OrderDelivered}, {LotRegistered}, and the treasury's events. The lot's id is the order's; its
    /// provenance is the leaf's hash.
    /// Requirements:
    /// - The order must be Accepted; the report final; the leaf a production of this order and pool, at least as many
    ///   and as good as ordered, produced at or before `deliverBy`.
    function deliverOrder(
        OrderId id,
        Report calldata report,
        uint64 acceptedAt,
        uint64 index,
        bytes calldata payload,
        bytes32[] calldata proof
    ) external;

    /// @notice Ends an accepted order that was not delivered in time; open to anyone.
    /// @dev Emits {OrderFailed} and the treasury's events.
    /// Notes:
    /// - `deliverBy` + grace counts; the grace stands still while reports are paused, for at most 7 days.
    /// Requirements:
    /// - The order must be Accepted, and the time over.
    function failOrder(OrderId id) external;

    /// @notice Sets the limits of a pool's reservoir.
    /// @dev Emits {ReservoirSet}.
    /// Requirements:
    /// - The caller must have OPERATOR; the pool must be known; target at least threshold.
    function setReservoir(PoolId pool, uint32 threshold, uint32 target) external;

    /// @notice Proves a pool's stock by its counter line in a final report; open to anyone.
    /// @dev Emits {StockReported}, and {ReplenishmentNeeded} or {ReservoirReplenished} when the threshold was crossed.
    /// Requirements:
    /// - The report must be final; the leaf a counter line of the pool, newer than the stored one.
    function reportStock(
        PoolId pool,
        Report calldata report,
        uint64 acceptedAt,
        uint64 index,
        bytes calldata payload,
        bytes32[] calldata proof
    ) external;

    /// @notice A kind. Reverts when unknown.
    function kind(KindId id) external view returns (Kind memory);

    /// @notice Number of kinds.
    function kindCount() external view returns (uint32);

    /// @notice Category of a kind; None when unknown.
    function categoryOf(KindId id) external view returns (Category);

    /// @notice A provider's name, and whether it is active.
    function provider(address account) external view returns (string memory name, bool active);

    /// @notice A lot; status None when the id was never used.
    function lot(LotId id) external view returns (Lot memory);

    /// @notice An order; status None when the id was never used.
    function order(OrderId id) external view returns (Order memory);

    /// @notice A pool's reservoir; all zero when it has none.
    function reservoir(PoolId pool) external view returns (Reservoir memory);

    /// @notice What accepted orders of a kind ask for in an hour.
    /// @param hour Chain time / 3,600.
    function hourCount(KindId id, uint64 hour) external view returns (uint64);

    /// @notice Least free bond of a provider when it registers, wei.
    function minBond() external view returns (uint96);

    /// @notice Seconds after `deliverBy` from which an undelivered order can be failed.
    function graceSeconds() external view returns (uint32);
}
