// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Cohort} from "../../../contracts/types/Reservations.sol";
import {TestBase} from "../TestBase.sol";

/// @dev A plain list of what is held of pools and links, and what follows from it alone.
abstract contract NetworkBook is TestBase {
    uint256 internal constant MAX_HELD = 24;

    /// @dev What a booking holds; nothing when `last` is before `first`.
    struct Held {
        uint32 pool;
        Cohort cohort;
        bool inQuota;
        uint64 end;
        uint64 first;
        uint64 last;
        uint32 slots;
    }

    struct HeldPath {
        uint32 firstLink;
        uint32 lastLink;
        uint64 start;
        uint64 end;
        uint64 firstBucket;
        uint64 lastBucket;
        uint16 lanes;
        bool reserved;
    }

    Held[] internal bookings;
    HeldPath[] internal paths;
    mapping(bytes32 action => uint256) public calls;
    /// @dev The last calendar word that was ever held.
    uint64 public lastWord;

    /// @dev Quanta that the list holds in a bucket of a pool's calendar.
    function heldOf(uint32 pool, uint8 number, uint64 bucket) public view returns (uint256 sum) {
        for (uint256 i = 0; i < bookings.length; ++i) {
            Held storage held = bookings[i];
            bool counts = number == 0 || (held.inQuota && 1 + uint8(held.cohort) == number);
            if (held.pool == pool && counts && held.first <= bucket && bucket <= held.last) sum += quanta(held);
        }
    }

    function heldOfLink(uint32 link, uint64 bucket) public view returns (uint256 sum) {
        for (uint256 i = 0; i < paths.length; ++i) {
            HeldPath storage path = paths[i];
            bool holds = path.firstLink <= link && link <= path.lastLink;
            if (holds && path.firstBucket <= bucket && bucket <= path.lastBucket) sum += path.lanes;
        }
    }

    /// @dev The words of a pool's calendar as the list has them.
    function wordsOfPool(
        uint32 pool,
        uint8 number,
        uint64 word,
        uint64 count
    ) external view returns (uint256[] memory words) {
        words = new uint256[](count);
        for (uint256 i = 0; i < bookings.length; ++i) {
            Held memory held = bookings[i];
            bool counts = number == 0 || (held.inQuota && 1 + uint8(held.cohort) == number);
            if (held.pool == pool && counts) addTo(words, word, held.first, held.last, quanta(held));
        }
    }

    /// @dev The words of a link's calendar as the list has them.
    function wordsOfLink(uint32 link, uint64 word, uint64 count) external view returns (uint256[] memory words) {
        words = new uint256[](count);
        for (uint256 i = 0; i < paths.length; ++i) {
            HeldPath memory path = paths[i];
            bool holds = path.firstLink <= link && link <= path.lastLink;
            if (holds) addTo(words, word, path.firstBucket, path.lastBucket, path.lanes);
        }
    }

    /// @dev Research 30, commercial 20, education 10 of 100 quanta; the fixture of the invariants sets the same.
    function quotaOf(Cohort cohort) public pure returns (uint16) {
        if (cohort == Cohort.Research) return 30;
        if (cohort == Cohort.Commercial) return 20;
        if (cohort == Cohort.Education) return 10;
        return cohort == Cohort.Humanitarian ? 0 : 40;
    }

    /// @dev A booking that holds buckets, from that of the seed on; when `whole`, one that was not cut short.
    function findHeld(uint256 seed, bool whole) internal view returns (bool, uint256) {
        for (uint256 i = 0; i < bookings.length; ++i) {
            uint256 at_ = ((seed % bookings.length) + i) % bookings.length;
            Held storage held = bookings[at_];
            bool uncut = !whole || held.last == (held.end - 1) / 900;
            if (held.first <= held.last && uncut) return (true, at_);
        }
        return (false, 0);
    }

    function findPath(uint256 seed) internal view returns (bool, uint256) {
        for (uint256 i = 0; i < paths.length; ++i) {
            uint256 at_ = ((seed % paths.length) + i) % paths.length;
            if (paths[at_].reserved) return (true, at_);
        }
        return (false, 0);
    }

    function touch(uint64 bucket) internal {
        if (bucket >> 4 > lastWord) lastWord = bucket >> 4;
    }

    function roomFor(Held memory wanted, uint8 number, uint16 capacity) internal view returns (bool) {
        for (uint64 bucket = wanted.first; bucket <= wanted.last; ++bucket) {
            if (heldOf(wanted.pool, number, bucket) + quanta(wanted) > capacity) return false;
        }
        return true;
    }

    function isReserved(HeldPath memory path) internal view returns (bool) {
        for (uint256 i = 0; i < paths.length; ++i) {
            HeldPath memory other = paths[i];
            bool same = other.firstLink == path.firstLink && other.lastLink == path.lastLink;
            same = same && other.start == path.start && other.end == path.end && other.lanes == path.lanes;
            if (same && other.reserved) return true;
        }
        return false;
    }

    function addTo(uint256[] memory words, uint64 word, uint64 first, uint64 last, uint256 count) private pure {
        for (uint64 bucket = first; bucket <= last; ++bucket) {
            words[bucket / 16 - word] += count << (16 * (bucket % 16));
        }
    }

    function quanta(Held memory held) internal pure returns (uint256) {
        return held.pool == 3 ? (held.slots + 9) / 10 : held.slots;
    }
}
