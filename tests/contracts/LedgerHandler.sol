// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../../contracts/interfaces/IParticleAllocation.sol";
import {ITreasury} from "../../contracts/interfaces/ITreasury.sol";
import {
    Decision,
    GrantOutcome,
    Line,
    PoolId,
    Reservation,
    ReservationId,
    Status,
    Terms
} from "../../contracts/types/Types.sol";
import {TestBase} from "./TestBase.sol";

/// @dev Does what clients, hub and passers-by may do, only when it must succeed, and counts what succeeded.
/// Remembers every booking so that the invariants can be checked against a plain account of it.
contract LedgerHandler is TestBase {
    uint256 private constant CLIENTS = 4;
    /// @dev The invariants look at every booking, and at every other for each of its buckets.
    uint256 private constant MAX_BOOKINGS = 40;

    IParticleAllocation private immutable _allocation;
    ITreasury private immutable _treasury;
    address private immutable _hub;

    ReservationId[] public ids;
    /// @dev End up to which a booking still holds buckets; its start when it was freed as a whole.
    mapping(ReservationId id => uint64) public heldUntil;
    uint256 public paidIn;
    uint256 public paidOut;
    mapping(bytes32 action => uint256) public calls;
    uint128 private _next = 1;

    constructor(IParticleAllocation allocation, ITreasury treasury, address hub) {
        (_allocation, _treasury, _hub) = (allocation, treasury, hub);
    }

    function request(uint256 seed) public {
        Terms memory terms = Terms({
            pool: PoolId.wrap(uint32(1 + (seed % 2))),
            slots: uint32(bound(seed >> 8, 1, 12)),
            start: (seed >> 16) % 3 == 0 ? 0 : uint64(block.timestamp + ((seed >> 24) % 20_000)),
            duration: uint64(bound(seed >> 48, 1, 14_400)),
            fidelityMinPpm: 900_000,
            coherenceMinMicroseconds: 0,
            takesPerMinute: uint32((seed >> 96) % 100),
            purpose: 0,
            priority: 1,
            maxCost: type(uint128).max,
            deadline: 0
        });
        if (ids.length == MAX_BOOKINGS) return;
        uint64 start = terms.start == 0 ? uint64(block.timestamp) : terms.start;
        uint64 end = start + terms.duration;
        if (_allocation.freeSlots(terms.pool, start, end) < terms.slots) return;
        uint256 value = _allocation.price(terms) + ((seed >> 128) % 1000);
        address client = clientAt(seed >> 160);
        if (_allocation.slotsOf(client) + terms.slots > _allocation.maxSlotsPerClient()) return;
        ReservationId id = ReservationId.wrap(_next++);
        vm.deal(client, value);
        vm.prank(client);
        _allocation.request{value: value}(id, terms);
        ids.push(id);
        heldUntil[id] = end;
        paidIn += value;
        ++calls["request"];
    }

    function decide(uint256 seed, bool grant) public {
        (bool found, ReservationId id) = reach(seed, Status.Requested);
        if (!found) return;
        Decision[] memory decisions = new Decision[](2);
        decisions[0] = Decision(id, grant ? GrantOutcome.Granted : GrantOutcome.PoolExhausted, 0, 0, 0, 0);
        decisions[1] = decisions[0];
        vm.prank(_hub);
        _allocation.decide(decisions);
        if (!grant) freed(id);
        ++calls[grant ? bytes32("grant") : bytes32("refuse")];
    }

    function take(uint256 seed) external {
        (bool found, ReservationId id) = reach(seed, Status.Granted);
        if (!found) return;
        uint64 start = _allocation.reservation(id).start;
        if (block.timestamp < start) vm.warp(start);
        uint32 tokens = _allocation.takeTokens(id);
        if (tokens == 0) return;
        vm.prank(_allocation.reservation(id).client);
        _allocation.take(id, uint32(bound(seed >> 8, 1, tokens)));
        ++calls["take"];
    }

    function release(uint256 seed) external {
        (bool found, ReservationId id) = reach(seed, Status.Granted);
        if (!found) return;
        vm.prank(_allocation.reservation(id).client);
        _allocation.release(id);
        heldUntil[id] = _allocation.reservation(id).end;
        ++calls["release"];
    }

    function cancel(uint256 seed) external {
        (bool found, ReservationId id) = reach(seed, Status.Requested);
        if (!found) return;
        vm.prank(_allocation.reservation(id).client);
        _allocation.cancel(id);
        freed(id);
        ++calls["cancel"];
    }

    function expire(uint256 seed) external {
        (bool found, ReservationId id) = reach(seed, Status.Requested);
        if (!found) return;
        uint256 since = _allocation.reservation(id).requestedAt + _allocation.decisionSeconds() + 1;
        if (block.timestamp < since) vm.warp(since);
        _allocation.expire(id);
        freed(id);
        ++calls["expire"];
    }

    function settle(uint256 seed, uint256 quality) external {
        (bool found, ReservationId id) = reach(seed, Status.Ended);
        if (!found) return;
        Reservation memory kept = _allocation.reservation(id);
        uint256 promised = uint256(kept.slots) * (kept.end - kept.start) * 1_000_000;
        Line[] memory lines = new Line[](3);
        lines[0] = Line(id, uint128(bound(quality, 0, promised)));
        lines[1] = Line(id, uint128(promised));
        lines[2] = Line(ReservationId.wrap(type(uint128).max), 1);
        vm.prank(_hub);
        _allocation.settleLines(lines);
        ++calls["settle"];
    }

    function refundExpired(uint256 seed) external {
        (bool found, ReservationId id) = reach(seed, Status.Ended);
        if (!found) return;
        uint256 since = uint256(_allocation.reservation(id).end) + _allocation.graceSeconds() + 1;
        if (block.timestamp < since) vm.warp(since);
        _allocation.refundExpired(id);
        ++calls["refundExpired"];
    }

    function withdraw(uint256 seed) external {
        address account = accounts()[seed % (CLIENTS + 1)];
        uint256 credit = _treasury.creditOf(account);
        if (credit == 0) return;
        vm.prank(account);
        _treasury.withdraw();
        paidOut += credit;
        ++calls["withdraw"];
    }

    function pass(uint256 secondsGone) external {
        vm.warp(block.timestamp + bound(secondsGone, 1, 3000));
        ++calls["pass"];
    }

    function idCount() external view returns (uint256) {
        return ids.length;
    }

    /// @dev All clients and the provider.
    function accounts() public pure returns (address[] memory list) {
        list = new address[](CLIENTS + 1);
        for (uint256 i = 0; i < CLIENTS; ++i) list[i] = clientAt(i);
        list[CLIENTS] = address(0x9420);
    }

    function clientAt(uint256 seed) private pure returns (address) {
        return address(uint160(0xC0FFEE00 + (seed % CLIENTS)));
    }

    /// @dev Cancelled, refused or expired: the whole window was given back, unless it was over.
    function freed(ReservationId id) private {
        Reservation memory kept = _allocation.reservation(id);
        if (block.timestamp < kept.bookedEnd) heldUntil[id] = kept.start;
    }

    /// @dev A reservation in the wanted status: an existing one, or one brought there by further calls.
    function reach(uint256 seed, Status wanted) private returns (bool found, ReservationId id) {
        (found, id) = findStatus(seed, wanted);
        if (found) return (found, id);
        if (wanted == Status.Requested) {
            request(seed);
        } else if (wanted == Status.Granted) {
            decide(seed, true);
        } else {
            (found, id) = reach(seed, Status.Granted);
            if (found) vm.warp(_allocation.reservation(id).end);
        }
        return findStatus(seed, wanted);
    }

    function findStatus(uint256 seed, Status wanted) private view returns (bool, ReservationId) {
        uint256 count = ids.length;
        for (uint256 i = 0; i < count; ++i) {
            ReservationId id = ids[addmod(seed, i, count)];
            if (_allocation.statusOf(id) == wanted) return (true, id);
        }
        return (false, ReservationId.wrap(0));
    }
}
