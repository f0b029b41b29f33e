// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IEntanglementNetwork} from "../interfaces/IEntanglementNetwork.sol";
import {LinkId, SiteId} from "../types/Ids.sol";
import {Link} from "../types/Network.sol";
import {Calendar} from "./Calendar.sol";

/// @title Paths
/// @notice Calendars of links, and paths booked on them all or nothing.
library Paths {
    using SafeCast for uint256;

    /// @dev Most links of a path: what one word remembers.
    uint256 internal constant MAX_LINKS = 12;

    /// @dev Ids that a remembered path can hold.
    uint256 internal constant MAX_LINK_ID = 0xfffff;

    /// @dev Bits of a link in a remembered path.
    uint256 private constant LINK_BITS = 20;

    /// @dev No site and no word of sites: their numbers fit 32 bits.
    uint256 private constant NONE = type(uint256).max;

    /// @dev Where the lanes of a remembered path stand, above its 12 links.
    uint256 private constant LANES_SHIFT = 240;

    /// @dev All that a booking reads and writes of links.
    struct Store {
        mapping(uint256 group => uint256) ends;
        mapping(uint256 key => Word) words;
    }

    /// @dev A word of a link's calendar: a struct, so that its place is computed once to read and write it.
    struct Word {
        uint256 lanes;
    }

    /// @dev A path that was walked from one end to the other.
    /// @param count Number of its links.
    /// @param packed See {pack}, without lanes.
    /// @param capacities Lanes that each link has, 16 bits for each.
    struct Walk {
        SiteId from;
        SiteId to;
        uint256 count;
        uint256 packed;
        uint256 capacities;
    }

    /// @notice Makes a link known; four share a word, so that a path of neighbours reads few.
    function register(Store storage self, Link calldata link) internal {
        uint256 id = LinkId.unwrap(link.id);
        if (id > MAX_LINK_ID) revert SafeCast.SafeCastOverflowedUintDowncast(20, id);
        uint256 a = uint256(SiteId.unwrap(link.a)).toUint24();
        uint256 b = uint256(SiteId.unwrap(link.b)).toUint24();
        self.ends[id >> 2] |= ((uint256(link.lanes) << 48) | (a << 24) | b) << (64 * (id & 3));
    }

    /// @notice A link's sites and lanes. Reverts when it is unknown.
    function endsOf(Store storage self, LinkId link) internal view returns (SiteId a, SiteId b, uint16 lanes) {
        uint256 id = LinkId.unwrap(link);
        uint256 packed = self.ends[id >> 2] >> (64 * (id & 3));
        lanes = uint16(packed >> 48);
        if (lanes == 0) revert IEntanglementNetwork.EntanglementNetwork_UnknownLink(link);
        return (SiteId.wrap(uint24(packed >> 24)), SiteId.wrap(uint24(packed)), lanes);
    }

    /// @notice Follows a path from link to link.
    /// @dev Reverts when it is too long, broken, or visits a site twice.
    function walk(Store storage self, LinkId[] calldata links) internal view returns (Walk memory path) {
        uint256 count = links.length;
        if (count == 0 || count > MAX_LINKS) {
            revert IEntanglementNetwork.EntanglementNetwork_PathLength(count, MAX_LINKS);
        }
        (uint256 group, uint256 word, uint256 from, uint256 here, uint256 seen) = (NONE, 0, 0, 0, 0);
        (uint256 packed, uint256 capacities) = (0, 0);
        // At most 12 times, so that nothing overflows.
        unchecked {
            for (uint256 i = 0; i < count; ++i) {
                uint256 id = LinkId.unwrap(links[i]);
                // Neighbours mostly share a word, which is then read once.
                if (id >> 2 != group) (group, word) = (id >> 2, self.ends[id >> 2]);
                uint256 entry = uint64(word >> (64 * (id & 3)));
                if (entry == 0) revert IEntanglementNetwork.EntanglementNetwork_UnknownLink(LinkId.wrap(uint32(id)));
                packed |= id << (LINK_BITS * i);
                capacities |= (entry >> 48) << (16 * i);
                (uint256 a, uint256 b) = (uint24(entry >> 24), uint24(entry));
                if (i == 0) {
                    (from, here, seen) = (a, b, (1 << (a & 255)) | (1 << (b & 255)));
                    continue;
                }
                // The second link tells in which direction the first one is passed.
                if (i == 1 && here != a && here != b) (from, here) = (here, from);
                // The link's other end; of a link that does not touch this one no site at all.
                here =
                    here == a
                        ? b
                        : here == b
                            ? a
                            : NONE;
                // Sites share bits: only one whose bit is set may have been visited.
                uint256 bit = 1 << (here & 255);
                if (here == NONE || (seen & bit != 0 && _touch(self, packed, i, here))) {
                    revert IEntanglementNetwork.EntanglementNetwork_PathBroken(i, LinkId.wrap(uint32(id)));
                }
                seen |= bit;
            }
        }
        return Walk(SiteId.wrap(uint32(from)), SiteId.wrap(uint32(here)), count, packed, capacities);
    }

    /// @notice Books `lanes` of every link in the buckets [first, last].
    /// @return words The new words, link by link.
    function book(
        Store storage self,
        Walk memory path,
        uint64 first,
        uint64 last,
        uint16 lanes
    ) internal returns (uint256[] memory words) {
        uint64 word = first >> 4;
        // At most 12 links and 3 words.
        unchecked {
            uint256 span = (last >> 4) - word + 1;
            uint256 size = path.count * span;
            words = new uint256[](size);
            for (uint256 j = 0; j < span; ++j) {
                uint256 mask = Calendar.maskOf(word, first, last);
                (uint256 packed, uint256 capacities) = (path.packed, path.capacities);
                for (uint256 i = j; i < size; i += span) {
                    words[i] = _bookWord(self, packed & MAX_LINK_ID, word, mask, lanes, uint16(capacities));
                    packed >>= LINK_BITS;
                    capacities >>= 16;
                }
                ++word;
            }
        }
    }

    /// @notice Frees the lanes that a packed path holds in the buckets [first, last]; nothing when `last` is before
    /// `first`.
    /// @return words The new words, link by link.
    function free(
        Store storage self,
        uint256 packed,
        uint64 first,
        uint64 last
    ) internal returns (uint256[] memory words) {
        if (last < first) return words;
        (LinkId[] memory links, uint16 count) = unpack(packed);
        uint64 firstWord = first >> 4;
        uint256 span = (last >> 4) - firstWord + 1;
        words = new uint256[](links.length * span);
        for (uint256 j = 0; j < span; ++j) {
            uint64 word = firstWord + uint64(j);
            uint256 mask = Calendar.maskOf(word, first, last);
            for (uint256 i = 0; i < links.length; ++i) {
                Word storage kept = self.words[_keyOf(links[i], word)];
                uint256 rest = Calendar.subtract(kept.lanes, mask, count);
                kept.lanes = rest;
                words[i * span + j] = rest;
            }
        }
    }

    /// @notice A word of a link's calendar.
    function wordAt(Store storage self, LinkId link, uint64 word) internal view returns (uint256) {
        return self.words[_keyOf(link, word)].lanes;
    }

    /// @notice A path in one word: 20 bits for each link, then its lanes.
    function pack(LinkId[] calldata links, uint16 lanes) internal pure returns (uint256 packed) {
        if (links.length > MAX_LINKS) {
            revert IEntanglementNetwork.EntanglementNetwork_PathLength(links.length, MAX_LINKS);
        }
        packed = uint256(lanes) << LANES_SHIFT;
        for (uint256 i = 0; i < links.length; ++i) {
            uint256 id = LinkId.unwrap(links[i]);
            if (id > MAX_LINK_ID) revert IEntanglementNetwork.EntanglementNetwork_UnknownLink(links[i]);
            packed |= id << (LINK_BITS * i);
        }
    }

    /// @notice A path that was packed, with other lanes.
    function withLanes(uint256 packed, uint16 lanes) internal pure returns (uint256) {
        return uint256(uint240(packed)) | (uint256(lanes) << LANES_SHIFT);
    }

    /// @notice What {pack} has packed.
    function unpack(uint256 packed) internal pure returns (LinkId[] memory links, uint16 lanes) {
        uint256 count = 0;
        while (count < MAX_LINKS && (packed >> (LINK_BITS * count)) & MAX_LINK_ID != 0) ++count;
        links = new LinkId[](count);
        for (uint256 i = 0; i < count; ++i) links[i] = LinkId.wrap(uint32((packed >> (LINK_BITS * i)) & MAX_LINK_ID));
        lanes = uint16(packed >> LANES_SHIFT);
    }

    /// @dev Whether one of the first `count` links of a packed path ends at a site.
    function _touch(Store storage self, uint256 packed, uint256 count, uint256 site) private view returns (bool) {
        for (uint256 i = 0; i < count; ++i) {
            (SiteId a, SiteId b, ) = endsOf(self, LinkId.wrap(uint32((packed >> (LINK_BITS * i)) & MAX_LINK_ID)));
            if (site == SiteId.unwrap(a) || site == SiteId.unwrap(b)) return true;
        }
        return false;
    }

    function _bookWord(
        Store storage self,
        uint256 link,
        uint64 word,
        uint256 mask,
        uint16 count,
        uint16 capacity
    ) private returns (uint256 sum) {
        Word storage kept = self.words[(link << 64) | word];
        uint256 lanes = kept.lanes;
        bool over;
        (sum, over) = Calendar.add(lanes, mask, count, capacity);
        if (over) _revertFull(LinkId.wrap(uint32(link)), lanes, mask, word, capacity, count);
        kept.lanes = sum;
    }

    function _revertFull(
        LinkId link,
        uint256 lanes,
        uint256 mask,
        uint64 word,
        uint16 capacity,
        uint16 count
    ) private pure {
        uint64 bucket = Calendar.firstFull(lanes, mask, word, count, capacity);
        uint16 left = capacity - Calendar.laneOf(lanes, bucket);
        revert IEntanglementNetwork.EntanglementNetwork_LinkFull(link, bucket, left, count);
    }

    function _keyOf(LinkId link, uint64 word) private pure returns (uint256) {
        return (uint256(LinkId.unwrap(link)) << 64) | word;
    }
}
