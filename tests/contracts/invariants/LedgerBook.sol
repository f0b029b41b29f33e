// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../../../contracts/interfaces/IEntanglementNetwork.sol";
import {IParticleAllocation} from "../../../contracts/interfaces/IParticleAllocation.sol";
import {ITreasury} from "../../../contracts/interfaces/ITreasury.sol";
import {PoolId, ReservationId} from "../../../contracts/types/Ids.sol";
import {Reservation, Status, Terms} from "../../../contracts/types/Reservations.sol";
import {TestBase} from "../TestBase.sol";

/// @dev A plain account of every booking, which the invariants hold against the contracts.
abstract contract LedgerBook is TestBase {
    address internal constant PROVIDER = address(0x9420);
    address internal constant SPONSOR = address(0x5905);
    uint256 internal constant CLIENTS = 4;
    /// @dev The invariants look at every booking, and at every other for each of its buckets.
    uint256 private constant MAX_BOOKINGS = 30;
    uint256 private constant FIRST_KEY = 0xC0FFEE00;

    /// @dev A booking as the contracts have it, with what the book says of it. It holds its pool's buckets from `first`
    /// to `last`; none when `last` is before `first`.
    struct Entry {
        ReservationId id;
        Reservation kept;
        address client;
        address payer;
        uint64 first;
        uint64 last;
        uint8 quota;
        uint8 path;
    }

    IParticleAllocation internal immutable allocation;
    ITreasury internal immutable treasury;
    IEntanglementNetwork internal immutable network;
    address internal immutable hub;

    ReservationId[] public ids;
    /// @dev End up to which a booking still holds buckets; its start when it was freed as a whole.
    mapping(ReservationId id => uint64) public heldUntil;
    mapping(ReservationId id => address) public clientOf;
    mapping(ReservationId id => address) public payerOf;
    /// @dev The cohort whose quota it was booked from, plus one; 0 when none.
    mapping(ReservationId id => uint8) public quotaOf;
    /// @dev 1 for link 1, 2 for links 2 and 3, 0 for no path.
    mapping(ReservationId id => uint8) public pathOf;
    uint256 public paidIn;
    uint256 public paidOut;
    mapping(bytes32 action => uint256) public calls;
    uint128 private _next = 1;
    address[CLIENTS] private _clients;

    constructor(IParticleAllocation allocation_, ITreasury treasury_, IEntanglementNetwork network_, address hub_) {
        (allocation, treasury, network, hub) = (allocation_, treasury_, network_, hub_);
        for (uint256 i = 0; i < CLIENTS; ++i) _clients[i] = vm.addr(FIRST_KEY + i);
    }

    /// @dev All bookings, read once: the invariants go through all pairs.
    function entries() external view returns (Entry[] memory all) {
        all = new Entry[](ids.length);
        for (uint256 i = 0; i < all.length; ++i) {
            ReservationId id = ids[i];
            Reservation memory kept = allocation.reservation(id);
            (uint64 first, uint64 last) = (kept.start / 900, (heldUntil[id] - 1) / 900);
            if (heldUntil[id] <= kept.start) last = first - 1;
            all[i] = Entry(id, kept, clientOf[id], payerOf[id], first, last, quotaOf[id], pathOf[id]);
        }
    }

    /// @dev All clients, the sponsor and the provider.
    function accounts() public view returns (address[] memory list) {
        list = new address[](CLIENTS + 2);
        for (uint256 i = 0; i < CLIENTS; ++i) list[i] = clientAt(i);
        (list[CLIENTS], list[CLIENTS + 1]) = (SPONSOR, PROVIDER);
    }

    function clientAt(uint256 seed) public view returns (address) {
        return _clients[seed % CLIENTS];
    }

    function keyOf(address client) internal view returns (uint256) {
        for (uint256 i = 0; i < CLIENTS; ++i) if (clientAt(i) == client) return FIRST_KEY + i;
        revert NotTrue("a client");
    }

    function nextId() internal returns (ReservationId) {
        return ReservationId.wrap(_next++);
    }

    /// @dev Terms that can be booked now, with the money at hand; `possible` false when there is no room.
    function bookable(
        uint256 seed
    ) internal returns (bool possible, Terms memory terms, address client, uint256 value) {
        client = clientAt(seed >> 160);
        terms = Terms({
            pool: PoolId.wrap(uint32(1 + (seed % 5))),
            slots: uint32(bound(seed >> 8, 1, 12)),
            start: (seed >> 16) % 3 == 0 ? 0 : uint64(block.timestamp + ((seed >> 24) % 20_000)),
            duration: uint64(bound(seed >> 48, 60, 14_400)),
            fidelityMinPpm: 900_000,
            coherenceMinMicroseconds: 0,
            takesPerMinute: uint32((seed >> 96) % 100),
            purpose: 0,
            priority: 1,
            maxCost: type(uint128).max,
            deadline: 0,
            payer: address(0)
        });
        if (ids.length >= MAX_BOOKINGS) return (false, terms, client, 0);
        try allocation.quote(terms, client) returns (uint256 price) {
            bool paidBySponsor = treasury.allowanceOf(SPONSOR, client) >= price && treasury.creditOf(SPONSOR) >= price;
            if (paidBySponsor) terms.payer = SPONSOR;
            value = paidBySponsor ? 0 : price + ((seed >> 128) % 1000);
            vm.deal(client, value);
            return (true, terms, client, value);
        } catch (bytes memory reason) {
            mustBe(
                reason,
                IEntanglementNetwork.EntanglementNetwork_CapacityExceeded.selector,
                IEntanglementNetwork.EntanglementNetwork_QuotaExceeded.selector,
                IEntanglementNetwork.EntanglementNetwork_PriceTooHigh.selector
            );
        }
    }

    function book(ReservationId id, Terms memory terms, address client, uint256 value, bytes32 action) internal {
        Reservation memory kept = allocation.reservation(id);
        ids.push(id);
        heldUntil[id] = kept.end;
        clientOf[id] = client;
        payerOf[id] = terms.payer == address(0) ? client : terms.payer;
        if (kept.inQuota) quotaOf[id] = 1 + uint8(allocation.clientOf(client).cohort);
        paidIn += value;
        ++calls[action];
    }

    /// @dev Cancelled, refused or expired: the whole window was given back, unless it was over.
    function freed(ReservationId id) internal {
        Reservation memory kept = allocation.reservation(id);
        if (block.timestamp < kept.end) heldUntil[id] = kept.start;
    }

    function findStatus(uint256 seed, Status wanted) internal view returns (bool, ReservationId) {
        uint256 count = ids.length;
        for (uint256 i = 0; i < count; ++i) {
            ReservationId id = ids[addmod(seed, i, count)];
            if (allocation.statusOf(id) == wanted) return (true, id);
        }
        return (false, ReservationId.wrap(0));
    }

    /// @dev Fails unless the reason is one of those that are foreseen.
    function mustBe(bytes memory reason, bytes4 a, bytes4 b, bytes4 c) internal pure {
        bytes4 selector = bytes4(reason);
        assertTrue(selector != 0 && (selector == a || selector == b || selector == c), "foreseen refusal");
    }
}
