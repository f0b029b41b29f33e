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

    /// @dev All that a booking reads and writes of links.
    struct Store {
        mapping(uint256 group => uint256) ends;
        mapping(uint256 key => uint256 lanes) words;
    }

    /// @dev A path that was walked from one end to the other.
    /// @param capacities Lanes of each link.
    struct Walk {
        SiteId from;
        SiteId to;
        uint16[] capacities;
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
        path.capacities = new uint16[](count);
        (SiteId from, SiteId here, uint16 lanes) = endsOf(self, links[0]);
        path.capacities[0] = lanes;
        if (count > 1) {
            // The second link tells in which direction the first one is passed.
            (SiteId a, SiteId b, ) = endsOf(self, links[1]);
            if (!(here == a) && !(here == b)) (from, here) = (here, from);
        }
        path.from = from;
        uint256 seen = _bitOf(from) | _bitOf(here);
        for (uint256 i = 1; i < count; ++i) {
            (SiteId a, SiteId b, uint16 capacity) = endsOf(self, links[i]);
            if (!(here == a) && !(here == b)) revert IEntanglementNetwork.EntanglementNetwork_PathBroken(i, links[i]);
            here = here == a ? b : a;
            // Sites share bits: only one whose bit is set may have been visited.
            if (seen & _bitOf(here) != 0 && _touch(self, links, i, here)) {
                revert IEntanglementNetwork.EntanglementNetwork_PathBroken(i, links[i]);
            }
            seen |= _bitOf(here);
            path.capacities[i] = capacity;
        }
        path.to = here;
    }

    /// @notice Books `count` lanes of every link in the buckets [first, last].
    /// @return words The new words, link by link.
    function book(
        Store storage self,
        LinkId[] calldata links,
        uint16[] memory capacities,
        uint64 first,
        uint64 last,
        uint16 count
    ) internal returns (uint256[] memory words) {
        uint256 links_ = links.length;
        uint64 word = first >> 4;
        uint256 span = (last >> 4) - word + 1;
        words = new uint256[](links_ * span);
        for (uint256 j = 0; j < span; ++j) {
            uint256 mask = Calendar.maskOf(word, first, last);
            for (uint256 i = 0; i < links_; ++i) {
                words[i * span + j] = _bookWord(self, links[i], word, mask, count, capacities[i]);
            }
            ++word;
        }
    }

    /// @notice Frees `count` lanes of every link in the buckets [first, last]; nothing when `last` is before `first`.
    /// @return words The new words, link by link.
    function free(
        Store storage self,
        LinkId[] memory links,
        uint64 first,
        uint64 last,
        uint16 count
    ) internal returns (uint256[] memory words) {
        if (last < first) return words;
        uint64 firstWord = first >> 4;
        uint256 span = (last >> 4) - firstWord + 1;
        words = new uint256[](links.length * span);
        for (uint256 j = 0; j < span; ++j) {
            uint64 word = firstWord + uint64(j);
            uint256 mask = Calendar.maskOf(word, first, last);
            for (uint256 i = 0; i < links.length; ++i) {
                uint256 key = _keyOf(links[i], word);
                uint256 rest = Calendar.subtract(self.words[key], mask, count);
                self.words[key] = rest;
                words[i * span + j] = rest;
            }
        }
    }

    /// @notice A word of a link's calendar.
    function wordAt(Store storage self, LinkId link, uint64 word) internal view returns (uint256) {
        return self.words[_keyOf(link, word)];
    }

    /// @notice A path in one word: 20 bits for each link, then its lanes.
    function pack(LinkId[] calldata links, uint16 lanes) internal pure returns (uint256 packed) {
        packed = uint256(lanes) << 240;
        for (uint256 i = 0; i < links.length; ++i) packed |= uint256(LinkId.unwrap(links[i])) << (20 * i);
    }

    /// @notice What {pack} has packed.
    function unpack(uint256 packed) internal pure returns (LinkId[] memory links, uint16 lanes) {
        uint256 count = 0;
        while (count < MAX_LINKS && (packed >> (20 * count)) & MAX_LINK_ID != 0) ++count;
        links = new LinkId[](count);
        for (uint256 i = 0; i < count; ++i) links[i] = LinkId.wrap(uint32((packed >> (20 * i)) & MAX_LINK_ID));
        lanes = uint16(packed >> 240);
    }

    /// @dev Whether one of the first `count` links ends at a site.
    function _touch(
        Store storage self,
        LinkId[] calldata links,
        uint256 count,
        SiteId site
    ) private view returns (bool) {
        for (uint256 i = 0; i < count; ++i) {
            (SiteId a, SiteId b, ) = endsOf(self, links[i]);
            if (site == a || site == b) return true;
        }
        return false;
    }

    function _bitOf(SiteId site) private pure returns (uint256) {
        return 1 << (SiteId.unwrap(site) & 255);
    }

    function _bookWord(
        Store storage self,
        LinkId link,
        uint64 word,
        uint256 mask,
        uint16 count,
        uint16 capacity
    ) private returns (uint256 sum) {
        uint256 key = _keyOf(link, word);
        uint256 lanes = self.words[key];
        bool over;
        (sum, over) = Calendar.add(lanes, mask, count, capacity);
        if (over) _revertFull(link, lanes, mask, word, capacity, count);
        self.words[key] = sum;
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
