// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../interfaces/IEntanglementNetwork.sol";
import {IParticleAllocation} from "../interfaces/IParticleAllocation.sol";
import {IRealmRegistry} from "../interfaces/IRealmRegistry.sol";
import {ITreasury} from "../interfaces/ITreasury.sol";
import {Bookings} from "../libraries/Bookings.sol";
import {Clients} from "../libraries/Clients.sol";
import {Words} from "../libraries/Words.sol";
import {
    Booking,
    BookingHead,
    BookingRules,
    BookingTail,
    Ending,
    FLAG_IN_QUOTA,
    FLAG_PATH,
    FLAG_SHARED,
    FLAG_SPONSORED,
    Sharing,
    StoredClient
} from "../types/Booking.sol";
import {PoolId, ReservationId} from "../types/Ids.sol";
import {Settlement} from "../types/Money.sol";
import {Client, Member, Status} from "../types/Reservations.sol";

/// @title AllocationBase
/// @notice Peers and storage of the allocation, and how a reservation gives back what it holds.
/// @dev The peers are contracts of the same deployment and call nobody unknown, so that nothing can re-enter here; a
/// client's contract is asked for its signature by a static call, and paid only by its own withdrawal.
abstract contract AllocationBase is IParticleAllocation {
    using Bookings for BookingHead;
    using Bookings for BookingTail;
    using Clients for Client;
    using Words for BookingHead;
    using Words for BookingTail;
    using Words for Client;
    using Words for Member;
    using Words for Sharing;

    /// @dev What the calendar counts in.
    uint256 private constant BUCKET_SECONDS = 900;

    ITreasury internal immutable _treasury;
    IEntanglementNetwork internal immutable _network;
    IRealmRegistry internal immutable _registry;
    address private immutable _hub;
    /// @inheritdoc IParticleAllocation
    uint32 public immutable decisionSeconds;
    /// @inheritdoc IParticleAllocation
    uint32 public immutable graceSeconds;

    mapping(ReservationId id => Booking) internal _bookings;
    /// @dev Only for reservations that somebody else pays for, until they are final.
    mapping(ReservationId id => address payer) internal _payers;
    mapping(address account => StoredClient) internal _clients;
    /// @dev {Sharing}, packed; this and the members' are looked at only when FLAG_SHARED is set, or to set it.
    mapping(ReservationId id => uint256 word) private _sharings;
    /// @dev {Member}, packed.
    mapping(ReservationId id => mapping(address account => uint256 word)) private _members;

    modifier onlyHub() {
        _checkHub();
        _;
    }

    /// @dev Binds the peers and fixes the times for good.
    constructor(
        address treasury_,
        address network_,
        address hub_,
        address registry_,
        uint32 decisionSeconds_,
        uint32 graceSeconds_
    ) {
        _treasury = ITreasury(treasury_);
        _network = IEntanglementNetwork(network_);
        _hub = hub_;
        _registry = IRealmRegistry(registry_);
        decisionSeconds = decisionSeconds_;
        graceSeconds = graceSeconds_;
    }

    /// @dev Leaves Requested, Granted or Ended for a final state; the payer gets what is locked, less the fee. How it
    /// ends comes in memory, so that the optimizer makes no copy of this function for each end.
    function _giveBack(
        ReservationId id,
        BookingHead memory head,
        BookingTail memory tail,
        Ending memory ending
    ) internal {
        address payer = _payerOf(id, head.client, tail);
        // A release has given slots and buckets back already; buckets of a window that is over need no freeing.
        if (head.status != Status.Ended) {
            _closeSlots(head.client, head.slots);
            if (block.timestamp < head.end()) _free(id, head, tail, _bucketOf(head.start), _bucketOf(head.end() - 1));
        }
        head.status = ending.status;
        _setHead(id, head);
        _bookings[id].tail = 0;
        if (tail.has(FLAG_SPONSORED)) delete _payers[id];
        address provider = ending.fee == 0 ? address(0) : _providerOf(head.pool);
        _shareOut(provider, payer, tail.price, ending.fee, id);
    }

    /// @dev Takes slots off a client's open ones.
    function _closeSlots(address client, uint32 slots) internal {
        Client memory account = _client(client);
        account.close(slots);
        _setClient(client, account);
        emit OpenSlotsChanged(client, account.openSlots, account.openReservations);
    }

    /// @dev Frees the buckets of [first, last] that a reservation holds, of its links too; none when empty.
    function _free(
        ReservationId id,
        BookingHead memory head,
        BookingTail memory tail,
        uint64 first,
        uint64 last
    ) internal {
        if (first > last) return;
        _network.free(PoolId.wrap(head.pool), tail.cohort(), tail.has(FLAG_IN_QUOTA), first, last, head.slots);
        if (tail.has(FLAG_PATH)) _network.freePath(id, first, last);
    }

    /// @dev Shares out one escrow, or a part of it.
    function _shareOut(address provider, address payer, uint88 escrow, uint88 paid, ReservationId id) internal {
        Settlement[] memory items = new Settlement[](1);
        items[0] = Settlement(payer, escrow, paid, ReservationId.unwrap(id));
        _treasury.settle(provider, items);
    }

    function _setHead(ReservationId id, BookingHead memory head) internal {
        _bookings[id].head = head.pack();
    }

    function _setTail(ReservationId id, BookingTail memory tail) internal {
        _bookings[id].tail = tail.pack();
    }

    function _setClient(address account, Client memory value) internal {
        _clients[account].word = value.pack();
    }

    function _setMember(ReservationId id, address account, Member memory value) internal {
        _members[id][account] = value.pack();
    }

    function _setSharing(ReservationId id, Sharing memory value) internal {
        _sharings[id] = value.pack();
    }

    function _head(ReservationId id) internal view returns (BookingHead memory) {
        return Words.head(_bookings[id].head);
    }

    function _tail(ReservationId id) internal view returns (BookingTail memory) {
        return Words.tail(_bookings[id].tail);
    }

    function _client(address account) internal view returns (Client memory) {
        return Words.client(_clients[account].word);
    }

    function _member(ReservationId id, address account) internal view returns (Member memory) {
        return Words.member(_members[id][account]);
    }

    function _sharing(ReservationId id) internal view returns (Sharing memory) {
        return Words.sharing(_sharings[id]);
    }

    /// @dev Status with time taken in. A settlement applies only to what has ended; it clears the tail and leaves the
    /// head, which spares each line a write.
    function _statusNow(ReservationId id, BookingHead memory head) internal view returns (Status) {
        Status status = head.statusNow();
        return status == Status.Ended && _bookings[id].tail == 0 ? Status.Settled : status;
    }

    function _ownHead(ReservationId id) internal view returns (BookingHead memory head) {
        head = _head(id);
        if (head.client != msg.sender) revert ParticleAllocation_NotClient(id, msg.sender, head.client);
    }

    function _payerOf(ReservationId id, address client, BookingTail memory tail) internal view returns (address) {
        return tail.has(FLAG_SPONSORED) ? _payers[id] : client;
    }

    function _providerOf(uint24 pool) internal view returns (address provider) {
        (, , provider) = _network.poolFor(PoolId.wrap(pool));
    }

    function _sharedPpm(ReservationId id, BookingTail memory tail) internal view returns (uint32) {
        return tail.has(FLAG_SHARED) ? _sharing(id).sharedPpm : 0;
    }

    /// @dev Pause bits, and what holds for requests now.
    function _rules() internal view returns (uint256 pauseBits, BookingRules memory rules) {
        (pauseBits, rules.reportsPaused, rules.clientSlots, rules.clientReservations, rules.minSlotSeconds) = _registry
            .bookingRules();
    }

    function _checkHub() private view {
        if (msg.sender != _hub) revert ParticleAllocation_NotHub(msg.sender);
    }

    function _bucketOf(uint256 time) internal pure returns (uint64) {
        return uint64(time / BUCKET_SECONDS);
    }
}
