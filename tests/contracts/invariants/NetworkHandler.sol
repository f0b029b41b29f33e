// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../../../contracts/interfaces/IEntanglementNetwork.sol";
import {LinkId, PoolId} from "../../../contracts/types/Ids.sol";
import {Cohort} from "../../../contracts/types/Reservations.sol";
import {NetworkBook} from "./NetworkBook.sol";

/// @dev Books and frees as the allocation contract and the operator may, and keeps a plain list of what is held. It
/// predicts each refusal from that list alone: a booking goes through exactly when the list has room for it.
contract NetworkHandler is NetworkBook {
    uint16 private constant CAPACITY = 100;
    uint16 private constant LINK_LANES = 8;
    uint64 private constant FOUR_HOURS = 14_400;
    uint256 private constant MAX_EXCESS = 20 * 1_000_000;
    address private constant OPERATOR = address(0x09);

    IEntanglementNetwork private immutable _network;
    address private immutable _allocation;

    constructor(IEntanglementNetwork network, address allocation) {
        (_network, _allocation) = (network, allocation);
    }

    /// @dev With a full list it gives something back; likewise below, so that few calls do nothing.
    function book(uint256 seed) public {
        if (bookings.length == MAX_HELD) return free(seed);
        Held memory wanted = wantedFrom(seed);
        uint64 start = startFrom(seed);
        wanted.end = start + uint64(bound(seed >> 64, 1, FOUR_HOURS));
        (wanted.first, wanted.last) = (start / 900, (wanted.end - 1) / 900);
        bool soon = start <= block.timestamp + 3600;
        bool room = roomFor(wanted, 0, CAPACITY);
        bool quotaRoom = wanted.pool == 2 || roomFor(wanted, 1 + uint8(wanted.cohort), quotaOf(wanted.cohort));
        bool fits = room && (quotaRoom || soon) && affordable(wanted, wanted.end - start);
        vm.prank(_allocation);
        try _network.book(PoolId.wrap(wanted.pool), wanted.cohort, start, wanted.end, wanted.slots) returns (
            uint256 price,
            uint32,
            bool inQuota
        ) {
            assertTrue(fits, "booked without room");
            assertTrue(inQuota == (quotaRoom && wanted.pool != 2), "in quota");
            assertLe(uint256(wanted.slots) * (wanted.end - start) * 1000, price, "below the floor");
            wanted.inQuota = inQuota;
            bookings.push(wanted);
            touch(wanted.last);
            ++calls["book"];
        } catch (bytes memory reason) {
            expectRefusal(fits, reason);
            ++calls["refusal"];
        }
    }

    function bookMore(uint256 seed) external {
        (bool found, uint256 at_) = findHeld(seed, true);
        if (!found) return book(seed);
        Held storage held = bookings[at_];
        Held memory more = held;
        more.end = held.end + uint64(bound(seed >> 64, 1, FOUR_HOURS));
        (more.first, more.last) = (held.last + 1, (more.end - 1) / 900);
        bool fits = roomFor(more, 0, CAPACITY) && affordable(more, more.end - held.end);
        if (held.pool != 2 && more.first <= more.last) {
            bool soon = held.end <= block.timestamp + 3600;
            fits = fits && (held.inQuota ? roomFor(more, 1 + uint8(more.cohort), quotaOf(more.cohort)) : soon);
        }
        vm.prank(_allocation);
        try _network.bookMore(PoolId.wrap(more.pool), more.cohort, more.inQuota, held.end, more.end, more.slots) {
            assertTrue(fits, "booked without room");
            (held.end, held.last) = (more.end, more.last);
            touch(more.last);
            ++calls["bookMore"];
        } catch (bytes memory reason) {
            expectRefusal(fits, reason);
            ++calls["refusal"];
        }
    }

    function free(uint256 seed) public {
        (bool found, uint256 at_) = findHeld(seed, false);
        if (!found) return bookAndFree(seed);
        Held storage held = bookings[at_];
        uint64 first = uint64(bound(seed >> 64, held.first, held.last));
        vm.prank(_allocation);
        _network.free(PoolId.wrap(held.pool), held.cohort, held.inQuota, first, held.last, held.slots);
        held.last = first - 1;
        ++calls["free"];
    }

    /// @dev Booked and freed at once, each calendar reads as before.
    function bookAndFree(uint256 seed) public {
        Held memory wanted = wantedFrom(seed);
        uint64 start = startFrom(seed);
        (wanted.first, wanted.last) = (start / 900, (start + FOUR_HOURS - 1) / 900);
        if (start > block.timestamp + 3600 || !roomFor(wanted, 0, CAPACITY)) return;
        if (!affordable(wanted, FOUR_HOURS)) return;
        bytes32 before = wordsOf(wanted);
        vm.startPrank(_allocation);
        PoolId pool = PoolId.wrap(wanted.pool);
        (, , bool inQuota) = _network.book(pool, wanted.cohort, start, start + FOUR_HOURS, wanted.slots);
        assertTrue(wordsOf(wanted) != before, "booked");
        _network.free(pool, wanted.cohort, inQuota, wanted.first, wanted.last, wanted.slots);
        touch(wanted.last);
        vm.stopPrank();
        assertEq(wordsOf(wanted), before, "freed");
        ++calls["bookAndFree"];
    }

    function reservePath(uint256 seed) public {
        if (paths.length == MAX_HELD) return bookAndFree(seed);
        HeldPath memory path;
        path.firstLink = uint32(bound(seed, 1, 12));
        path.lastLink = uint32(bound(seed >> 16, path.firstLink, 12));
        path.start = startFrom(seed >> 32);
        path.end = path.start + uint64(bound(seed >> 64, 1, FOUR_HOURS));
        (path.firstBucket, path.lastBucket) = (path.start / 900, (path.end - 1) / 900);
        path.lanes = uint16(bound(seed >> 96, 1, 3));
        path.reserved = true;
        bool fits = !isReserved(path);
        for (uint32 link = path.firstLink; link <= path.lastLink; ++link) {
            for (uint64 bucket = path.firstBucket; bucket <= path.lastBucket; ++bucket) {
                if (heldOfLink(link, bucket) + path.lanes > LINK_LANES) fits = false;
            }
        }
        vm.prank(OPERATOR);
        try _network.reservePath(linksOf(path), path.start, path.end, path.lanes) {
            assertTrue(fits, "reserved without room");
            paths.push(path);
            touch(path.lastBucket);
            ++calls["reservePath"];
        } catch (bytes memory reason) {
            expectRefusal(fits, reason);
            ++calls["refusal"];
        }
    }

    function releasePath(uint256 seed) external {
        (bool found, uint256 at_) = findPath(seed);
        if (!found) return reservePath(seed);
        HeldPath storage path = paths[at_];
        vm.prank(OPERATOR);
        _network.releasePath(linksOf(path), path.start, path.end, path.lanes);
        path.reserved = false;
        uint64 begun = uint64((block.timestamp + 899) / 900) - 1;
        if (begun < path.firstBucket) path.lastBucket = path.firstBucket - 1;
        else if (begun < path.lastBucket) path.lastBucket = begun;
        ++calls["releasePath"];
    }

    function pass(uint256 seed) external {
        vm.warp(block.timestamp + bound(seed, 1, 1800));
        ++calls["pass"];
    }

    /// @dev Demand may drive the price of pool 2 to at most e^20 times its floor.
    function affordable(Held memory wanted, uint64 length) private view returns (bool) {
        if (wanted.pool != 2) return true;
        return _network.excessOf(PoolId.wrap(2)) + uint256(wanted.slots) * length <= MAX_EXCESS;
    }

    function wordsOf(Held memory held) private view returns (bytes32) {
        uint256[4] memory words;
        for (uint64 i = 0; i < 4; ++i) {
            uint8 number = i < 2 ? 0 : 1 + uint8(held.cohort);
            words[i] = _network.calendarWord(PoolId.wrap(held.pool), number, (held.first >> 4) + (i % 2));
        }
        return keccak256(abi.encode(words));
    }

    function startFrom(uint256 seed) private view returns (uint64) {
        return uint64(block.timestamp + ((seed >> 128) % 20_000));
    }

    function wantedFrom(uint256 seed) private pure returns (Held memory wanted) {
        wanted.pool = 1 + uint32(seed % 3);
        wanted.cohort = Cohort(uint8((seed >> 8) % 5));
        wanted.slots = uint32(bound(seed >> 16, 1, wanted.pool == 3 ? 300 : 30));
    }

    /// @dev A refusal in spite of room shows its reason.
    function expectRefusal(bool fits, bytes memory reason) private pure {
        if (!fits) return;
        assembly ("memory-safe") {
            revert(add(reason, 32), mload(reason))
        }
    }

    function linksOf(HeldPath memory path) private pure returns (LinkId[] memory links) {
        links = new LinkId[](path.lastLink - path.firstLink + 1);
        for (uint32 i = 0; i < links.length; ++i) links[i] = LinkId.wrap(path.firstLink + i);
    }
}
