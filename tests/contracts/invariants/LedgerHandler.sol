// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../../../contracts/interfaces/IEntanglementNetwork.sol";
import {IParticleAllocation} from "../../../contracts/interfaces/IParticleAllocation.sol";
import {ITreasury} from "../../../contracts/interfaces/ITreasury.sol";
import {LinkId, PoolId, ReservationId} from "../../../contracts/types/Ids.sol";
import {
    Decision,
    GrantOutcome,
    Line,
    Member,
    Reservation,
    Status,
    Terms
} from "../../../contracts/types/Reservations.sol";
import {LedgerBook} from "./LedgerBook.sol";

/// @dev Does what clients, members, sponsors, provider, hub and passers-by may do, only when it must succeed, and
/// counts what succeeded. A call that reverts fails the run, but for the refusals named where they are caught.
contract LedgerHandler is LedgerBook {
    constructor(
        IParticleAllocation allocation_,
        ITreasury treasury_,
        IEntanglementNetwork network_,
        address hub_
    ) LedgerBook(allocation_, treasury_, network_, hub_) {}

    function request(uint256 seed) public {
        (bool possible, Terms memory terms, address client, uint256 value) = bookable(seed);
        if (!possible) return;
        ReservationId id = nextId();
        vm.prank(client);
        allocation.request{value: value}(id, terms);
        book(id, terms, client, value, "request");
    }

    function requestSigned(uint256 seed) external {
        (bool possible, Terms memory terms, address client, uint256 value) = bookable(seed);
        if (!possible) return;
        terms.deadline = uint64(block.timestamp) + 1;
        ReservationId id = nextId();
        uint256 nonce = allocation.clientOf(client).nonce;
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keyOf(client), allocation.requestDigest(id, terms, client, nonce));
        vm.deal(address(this), value);
        allocation.requestSigned{value: value}(id, terms, client, nonce, abi.encodePacked(r, s, v));
        book(id, terms, client, value, "signed");
    }

    function requestGroup(uint256 seed) external {
        (bool possible, Terms memory first, address client, uint256 value) = bookable(seed);
        if (!possible || first.payer != address(0)) return;
        Terms[] memory terms = new Terms[](2);
        terms[0] = first;
        terms[1] = abi.decode(abi.encode(first), (Terms));
        terms[1].pool = PoolId.wrap((PoolId.unwrap(first.pool) % 5) + 1);
        try allocation.quote(terms[1], client) returns (uint256 price) {
            value += price;
        } catch {
            return;
        }
        ReservationId[] memory group = new ReservationId[](2);
        (group[0], group[1]) = (nextId(), nextId());
        vm.deal(client, value);
        vm.prank(client);
        allocation.requestGroup{value: value}(group, terms);
        book(group[0], terms[0], client, value, "group");
        book(group[1], terms[1], client, 0, "group");
    }

    /// @dev A link may be full; then nothing may have changed, which the invariants check.
    function requestPath(uint256 seed) external {
        (bool possible, Terms memory terms, address client, uint256 value) = bookable(seed);
        if (!possible || PoolId.unwrap(terms.pool) == 5) return;
        bool direct = (seed >> 220) % 2 == 0;
        LinkId[] memory links = new LinkId[](direct ? 1 : 2);
        links[0] = LinkId.wrap(direct ? 1 : 2);
        if (!direct) links[1] = LinkId.wrap(3);
        ReservationId id = nextId();
        vm.prank(client);
        try allocation.requestPath{value: value}(id, terms, links) {
            pathOf[id] = direct ? 1 : 2;
            book(id, terms, client, value, "path");
        } catch (bytes memory reason) {
            mustBe(reason, IEntanglementNetwork.EntanglementNetwork_LinkFull.selector, 0, 0);
        }
    }

    /// @dev The pool may be full, or the quota, or the price beyond what is computed.
    function extend(uint256 seed) external {
        (bool found, ReservationId id) = reach(seed, Status.Granted);
        if (!found || pathOf[id] != 0) return;
        Reservation memory kept = allocation.reservation(id);
        uint64 room = 14_400 - (kept.end - kept.start);
        if (room == 0 || kept.payer != kept.client) return;
        uint256 value = 100 ether;
        vm.deal(kept.client, value);
        uint64 extra = uint64(bound(seed >> 16, 1, room));
        vm.prank(kept.client);
        try allocation.extend{value: value}(id, extra, type(uint128).max) {
            paidIn += value;
            heldUntil[id] = kept.end + extra;
            ++calls["extend"];
        } catch (bytes memory reason) {
            mustBe(
                reason,
                IEntanglementNetwork.EntanglementNetwork_CapacityExceeded.selector,
                IEntanglementNetwork.EntanglementNetwork_QuotaExceeded.selector,
                IEntanglementNetwork.EntanglementNetwork_PriceTooHigh.selector
            );
        }
    }

    function decide(uint256 seed, bool grant) public {
        (bool found, ReservationId id) = reach(seed, Status.Requested);
        if (!found) return;
        // The second one no longer applies and must be skipped.
        Decision[] memory decisions = new Decision[](2);
        decisions[0] = Decision(id, grant ? GrantOutcome.Granted : GrantOutcome.PoolExhausted, 0, 0, 0, 0);
        decisions[1] = decisions[0];
        vm.prank(hub);
        allocation.decide(decisions);
        if (!grant) freed(id);
        ++calls[grant ? bytes32("grant") : bytes32("refuse")];
    }

    function reopen(uint256 seed) external {
        (bool found, ReservationId id) = reach(seed, Status.Granted);
        if (!found) return;
        Decision[] memory decisions = new Decision[](1);
        decisions[0] = Decision(id, GrantOutcome.Granted, 0, 0, 0, 0);
        vm.prank(hub);
        allocation.reopen(decisions, 0);
        ++calls["reopen"];
    }

    function share(uint256 seed, uint32 sharePpm) external {
        (bool found, ReservationId id) = reach(seed, Status.Granted);
        if (!found) return;
        Reservation memory kept = allocation.reservation(id);
        address member = clientAt(seed >> 16);
        Member memory old = allocation.memberOf(id, member);
        if (member == kept.client) return;
        if (old.accepted) {
            vm.prank(member);
            allocation.leaveShare(id);
            ++calls["leave"];
            return;
        }
        uint32 free = 1_000_000 - kept.sharedPpm;
        if (free == 0) return;
        vm.prank(kept.client);
        allocation.share(id, member, uint32(bound(sharePpm, 1, free)));
        vm.prank(member);
        allocation.acceptShare(id);
        ++calls["share"];
    }

    function take(uint256 seed) external {
        (bool found, ReservationId id) = reach(seed, Status.Granted);
        if (!found) return;
        uint64 start = allocation.reservation(id).start;
        if (block.timestamp < start) vm.warp(start);
        address taker = clientAt(seed >> 16);
        uint32 tokens = allocation.takeTokens(id, taker);
        if (tokens == 0) {
            taker = allocation.reservation(id).client;
            tokens = allocation.takeTokens(id, taker);
        }
        if (tokens == 0) return;
        vm.prank(taker);
        allocation.take(id, uint32(bound(seed >> 8, 1, tokens)));
        ++calls["take"];
    }

    function release(uint256 seed) external {
        (bool found, ReservationId id) = reach(seed, Status.Granted);
        if (!found) return;
        vm.prank(allocation.reservation(id).client);
        allocation.release(id);
        heldUntil[id] = allocation.reservation(id).end;
        ++calls["release"];
    }

    function cancel(uint256 seed) external {
        (bool found, ReservationId id) = reach(seed, seed % 2 == 0 ? Status.Requested : Status.Granted);
        if (!found) return;
        Reservation memory kept = allocation.reservation(id);
        if (kept.status == Status.Granted && block.timestamp >= kept.start) return;
        vm.prank(kept.client);
        allocation.cancel(id);
        freed(id);
        ++calls["cancel"];
    }

    function expire(uint256 seed) external {
        (bool found, ReservationId id) = reach(seed, Status.Requested);
        if (!found) return;
        uint256 since = allocation.reservation(id).requestedAt + allocation.decisionSeconds() + 1;
        if (block.timestamp < since) vm.warp(since);
        allocation.expire(id);
        freed(id);
        ++calls["expire"];
    }

    function settle(uint256 seed, uint256 quality) external {
        (bool found, ReservationId id) = reach(seed, Status.Ended);
        if (!found) return;
        Reservation memory kept = allocation.reservation(id);
        uint256 promised = uint256(kept.slots) * (kept.end - kept.start) * 1_000_000;
        Line[] memory lines = new Line[](3);
        lines[0] = Line(id, uint128(bound(quality, 0, promised)));
        lines[1] = Line(id, uint128(promised));
        lines[2] = Line(ReservationId.wrap(type(uint128).max), 1);
        vm.prank(hub);
        allocation.settleLines(lines);
        ++calls["settle"];
    }

    function refundExpired(uint256 seed) external {
        (bool found, ReservationId id) = reach(seed, Status.Ended);
        if (!found) return;
        uint256 since = uint256(allocation.reservation(id).end) + allocation.graceSeconds() + 1;
        if (block.timestamp < since) vm.warp(since);
        allocation.refundExpired(id);
        ++calls["refundExpired"];
    }

    function withdraw(uint256 seed) external {
        address account = accounts()[seed % accounts().length];
        uint256 credit = treasury.creditOf(account);
        if (credit == 0) return;
        vm.prank(account);
        treasury.withdraw();
        paidOut += credit;
        ++calls["withdraw"];
    }

    function sponsor(uint256 seed) external {
        uint96 amount = uint96(bound(seed >> 8, 1, 10 ether));
        vm.deal(SPONSOR, amount);
        vm.startPrank(SPONSOR);
        treasury.deposit{value: amount}(SPONSOR);
        treasury.sponsor(clientAt(seed), amount);
        vm.stopPrank();
        paidIn += amount;
        ++calls["sponsor"];
    }

    function bond(uint256 seed) external {
        uint96 amount = uint96(bound(seed >> 8, 1, 1 ether));
        vm.deal(PROVIDER, amount);
        vm.prank(PROVIDER);
        treasury.bond{value: amount}();
        paidIn += amount;
        uint96 free = treasury.bondOf(PROVIDER).free;
        vm.prank(PROVIDER);
        treasury.startUnbonding(uint96(bound(seed >> 128, 1, free)));
        ++calls["bond"];
    }

    function pass(uint256 secondsGone) external {
        vm.warp(block.timestamp + bound(secondsGone, 1, 3000));
        ++calls["pass"];
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
            if (found && block.timestamp < allocation.reservation(id).end) vm.warp(allocation.reservation(id).end);
        }
        return findStatus(seed, wanted);
    }
}
