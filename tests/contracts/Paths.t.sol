// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../../contracts/interfaces/IEntanglementNetwork.sol";
import {LinkId, PoolId, ReservationId, SiteId} from "../../contracts/types/Ids.sol";
import {Link, Site} from "../../contracts/types/Network.sol";
import {NetworkFixture} from "./NetworkFixture.sol";

contract PathsTest is NetworkFixture {
    ReservationId private constant ID = ReservationId.wrap(0xABC);
    uint256 private constant ONES = type(uint256).max / 0xffff;

    function setUp() public {
        setUpNetwork();
    }

    function test_ReservePath_booksEachLinkAndTellsTheWords() public {
        LinkId[] memory links = chain(1, 12);
        bytes32 key = keyOf(operator, links, 3, NOW, NOW + FOUR_HOURS);
        uint256[] memory words = new uint256[](12);
        for (uint256 i = 0; i < 12; ++i) words[i] = 3 * ONES;
        vm.expectEmit(address(network));
        emit IEntanglementNetwork.PathChanged(key, packed(links, 3), NOW, NOW + FOUR_HOURS, WORD, words);
        assertEq(reserve(links, NOW, NOW + FOUR_HOURS, 3), key, "key");
        assertTrue(network.isPathReserved(key), "reserved");
        for (uint32 i = 1; i <= 12; ++i) assertEq(network.linkWord(LinkId.wrap(i), WORD), 3 * ONES, "link");
        assertEq(network.linkWord(LinkId.wrap(13), WORD), 0, "the link after");
    }

    function test_ReservePath_GivenUnalignedWindow_tellsTwoWordsForEachLink() public {
        LinkId[] memory links = chain(2, 1);
        uint256[] memory words = new uint256[](4);
        (words[0], words[1], words[2], words[3]) = (ONES, 1, ONES, 1);
        bytes32 key = keyOf(operator, links, 1, NOW + 1, NOW + 1 + FOUR_HOURS);
        vm.expectEmit(address(network));
        emit IEntanglementNetwork.PathChanged(key, packed(links, 1), NOW + 1, NOW + 1 + FOUR_HOURS, WORD, words);
        reserve(links, NOW + 1, NOW + 1 + FOUR_HOURS, 1);
        assertEq(network.linkWord(LinkId.wrap(2), WORD + 1), 1, "second word");
    }

    function test_ReservePath_WhenOneLinkIsFull_booksNone() public {
        reserve(chain(3, 3), NOW + 900, NOW + 1800, LINK_LANES - 1);
        vm.startPrank(operator);
        vm.expectRevert(linkFull(3, BUCKET + 1, 1, 2));
        network.reservePath(chain(1, 5), NOW, NOW + 3600, 2);
        vm.expectRevert(linkFull(1, BUCKET, LINK_LANES, LINK_LANES + 1));
        network.reservePath(chain(1, 5), NOW, NOW + 3600, LINK_LANES + 1);
        vm.expectRevert(linkFull(3, BUCKET + 1, 1, 65_535));
        network.reservePath(chain(3, 3), NOW + 900, NOW + 3600, 65_535);
        vm.stopPrank();
        assertEq(lanesOf(1, BUCKET), 0, "first link");
        reserve(chain(1, 5), NOW, NOW + 3600, 1);
        assertEq(lanesOf(3, BUCKET + 1), LINK_LANES, "full now");
    }

    function test_ReservePath_WhenStrangerOrRepeated_reverts() public {
        vm.prank(stranger);
        vm.expectRevert(missingRole(stranger, 4));
        network.reservePath(chain(1, 1), NOW, NOW + 900, 1);
        bytes32 key = reserve(chain(1, 1), NOW, NOW + 900, 1);
        vm.prank(operator);
        vm.expectRevert(pathState(key, true));
        network.reservePath(chain(1, 1), NOW, NOW + 900, 1);
    }

    function test_ReservePath_WhenBadWindow_reverts() public {
        expectReserve(chain(1, 1), NOW, NOW, 1, badWindow(NOW, NOW));
        expectReserve(chain(1, 1), NOW, NOW - 1, 1, badWindow(NOW, NOW - 1));
        expectReserve(chain(1, 1), NOW - 1, NOW + 1, 1, badWindow(NOW - 1, NOW + 1));
        expectReserve(chain(1, 1), NOW, NOW + 14_401, 1, badWindow(NOW, NOW + 14_401));
        uint64 horizon = NOW + 28 days;
        expectReserve(chain(1, 1), horizon, horizon + 1, 1, badWindow(horizon, horizon + 1));
        reserve(chain(1, 1), horizon - FOUR_HOURS, horizon, 1);
        bytes4 selector = IEntanglementNetwork.EntanglementNetwork_LanesOutOfRange.selector;
        expectReserve(chain(1, 1), NOW, NOW + 1, 0, abi.encodeWithSelector(selector, 0, 32_767));
    }

    function test_ReservePath_WhenNoPath_reverts() public {
        bytes4 length = IEntanglementNetwork.EntanglementNetwork_PathLength.selector;
        expectPath(new LinkId[](0), abi.encodeWithSelector(length, 0, 12));
        expectPath(chain(1, 13), abi.encodeWithSelector(length, 13, 12));
        bytes4 unknown = IEntanglementNetwork.EntanglementNetwork_UnknownLink.selector;
        expectPath(chain(0, 1), abi.encodeWithSelector(unknown, 0));
        expectPath(pathOf(1, 2, 16), abi.encodeWithSelector(unknown, 16));
        expectPath(pathOf(1, 2, 4), broken(2, 4));
        expectPath(pathOf(1, 3), broken(1, 3));
        expectPath(pathOf(5, 5), broken(1, 5));
        expectPath(pathOf(1, 15), broken(1, 15));
        expectPath(pathOf(1, 2, 14), broken(2, 14));
        // Link 14 leaves site 1, which link 2 does not touch.
        expectPath(pathOf(1, 2, 3, 14), broken(3, 14));
    }

    function test_ReservePath_GivenAnyDirection_isWalked() public {
        reserve(chain(12, 1), NOW, NOW + 900, 1);
        reserve(pathOf(2, 1), NOW, NOW + 900, 1);
        reserve(pathOf(3, 14, 15), NOW, NOW + 900, 1);
        reserve(pathOf(15, 14), NOW, NOW + 900, 1);
        assertEq(lanesOf(15, BUCKET), 2, "parallel link");
        assertEq(lanesOf(1, BUCKET), 2, "first link");
    }

    /// @dev Sites 2 and 258 share the bit by which visits are remembered.
    function test_ReservePath_GivenSitesOfOneBit_tellsThemApart() public {
        Site[] memory sites = new Site[](244);
        for (uint32 i = 0; i < 244; ++i) sites[i] = Site(SiteId.wrap(15 + i), "x", 0, 0);
        Link[] memory links = new Link[](2);
        (links[0], links[1]) = (linkOf(16, 2, 258), linkOf(17, 258, 1));
        vm.startPrank(operator);
        network.registerSites(sites);
        network.registerLinks(links);
        vm.stopPrank();
        reserve(pathOf(1, 16), NOW, NOW + 900, 1);
        expectPath(pathOf(1, 16, 17), broken(2, 17));
    }

    function test_ReleasePath_BeforeTheStart_freesAll() public {
        LinkId[] memory links = chain(1, 2);
        bytes32 key = reserve(links, NOW + 900, NOW + 1000, 2);
        uint256[] memory words = new uint256[](2);
        vm.expectEmit(address(network));
        emit IEntanglementNetwork.PathChanged(key, packed(links, 0), NOW + 900, NOW + 1800, WORD, words);
        vm.prank(operator);
        network.releasePath(links, NOW + 900, NOW + 1000, 2);
        assertTrue(!network.isPathReserved(key), "released");
        vm.prank(operator);
        vm.expectRevert(pathState(key, false));
        network.releasePath(links, NOW + 900, NOW + 1000, 2);
        reserve(links, NOW + 900, NOW + 1000, 2);
    }

    function test_ReleasePath_freesBucketsThatHaveNotBegun() public {
        reserve(chain(1, 2), NOW, NOW + 3600, 2);
        vm.warp(NOW + 901);
        release(chain(1, 2), NOW, NOW + 3600, 2);
        assertEq(network.linkWord(LinkId.wrap(2), WORD), 0x00020002, "two buckets have begun");
        reserve(chain(1, 2), NOW + 1800, NOW + 3600, 2);
        vm.warp(NOW + 2700);
        release(chain(1, 2), NOW + 1800, NOW + 3600, 2);
        assertEq(network.linkWord(LinkId.wrap(2), WORD), 0x000200020002, "one begins now");
    }

    function test_ReleasePath_WhenOver_freesNothing() public {
        bytes32 key = reserve(chain(1, 1), NOW, NOW + 900, 2);
        vm.warp(NOW + 30 days);
        release(chain(1, 1), NOW, NOW + 900, 2);
        assertEq(lanesOf(1, BUCKET), 2, "the past stays");
        assertTrue(!network.isPathReserved(key), "forgotten");
    }

    function test_ReleasePath_WhenOfAnother_reverts() public {
        reserve(chain(1, 1), NOW, NOW + 900, 2);
        bytes32 key = keyOf(stranger, chain(1, 1), 2, NOW, NOW + 900);
        vm.prank(stranger);
        vm.expectRevert(pathState(key, false));
        network.releasePath(chain(1, 1), NOW, NOW + 900, 2);
    }

    /// @dev A link's number that does not fit its bits must not read as a path of two other links.
    function test_ReleasePath_WhenALinkDoesNotFit_reverts() public {
        reserve(chain(1, 2), NOW, NOW + 900, 2);
        LinkId[] memory links = chain(1, 1);
        links[0] = LinkId.wrap(1 + (2 << 20));
        vm.startPrank(operator);
        vm.expectRevert(
            abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_UnknownLink.selector, links[0])
        );
        network.releasePath(links, NOW, NOW + 900, 2);
        vm.expectRevert(abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_PathLength.selector, 13, 12));
        network.releasePath(chain(1, 13), NOW, NOW + 900, 2);
    }

    function test_BookPath_keepsAndFreesThePath() public {
        LinkId[] memory links = chain(3, 1);
        network.bookPath(ID, FIXED, links, NOW, NOW + FOUR_HOURS, 5);
        (LinkId[] memory kept, uint16 lanes) = network.pathOf(ID);
        assertEq(keccak256(abi.encode(kept)), keccak256(abi.encode(links)), "links");
        assertEq(lanes, 5, "lanes");
        bytes32 key = bytes32(uint256(ReservationId.unwrap(ID)));
        assertTrue(!network.isPathReserved(key), "not the operator's");
        uint256[] memory words = new uint256[](3);
        for (uint256 i = 0; i < 3; ++i) words[i] = 0x0005;
        vm.expectEmit(address(network));
        emit IEntanglementNetwork.PathChanged(key, packed(links, 0), NOW + 900, NOW + FOUR_HOURS, WORD, words);
        network.freePath(ID, BUCKET + 1, BUCKET + 15);
        (kept, lanes) = network.pathOf(ID);
        assertEq(kept.length + lanes, 0, "forgotten");
    }

    function test_BookPath_WhenRepeated_reverts() public {
        bytes32 key = bytes32(uint256(ReservationId.unwrap(ID)));
        network.bookPath(ID, FIXED, chain(1, 3), NOW, NOW + 900, 1);
        vm.expectRevert(pathState(key, true));
        network.bookPath(ID, FIXED, chain(1, 3), NOW, NOW + 900, 1);
        network.freePath(ID, BUCKET, BUCKET);
        vm.expectRevert(pathState(key, false));
        network.freePath(ID, BUCKET, BUCKET);
    }

    function test_BookPath_WhenItMissesThePool_reverts() public {
        expectMisses(FIXED, chain(1, 2), 1, 3);
        expectMisses(FIXED, chain(2, 3), 2, 4);
        expectMisses(FIXED, chain(4, 1), 5, 1);
        expectMisses(LOCAL, chain(1, 1), 1, 2);
        expectMisses(UNKNOWN, chain(1, 3), 1, 4);
        network.bookPath(ID, FIXED, pathOf(14, 3), NOW, NOW + 900, 1);
    }

    function test_Paths_WhenNotByAllocation_revert() public {
        vm.startPrank(stranger);
        vm.expectRevert(notAllocation(stranger));
        network.bookPath(ID, FIXED, chain(1, 3), NOW, NOW + 900, 1);
        vm.expectRevert(notAllocation(stranger));
        network.freePath(ID, BUCKET, BUCKET);
    }

    function testFuzz_ReleasePath_givesEveryLaneBack(uint8 length, uint16 lanes, uint64 start, uint64 seconds_) public {
        uint32 last = uint32(bound(length, 1, 12));
        lanes = uint16(bound(lanes, 1, LINK_LANES));
        start = uint64(bound(start, NOW + 900, NOW + FOUR_HOURS));
        uint64 end = start + uint64(bound(seconds_, 1, FOUR_HOURS));
        reserve(chain(1, last), start, end, lanes);
        assertEq(lanesOf(last, start / 900), lanes, "first bucket");
        assertEq(lanesOf(last, (end - 1) / 900), lanes, "last bucket");
        release(chain(1, last), start, end, lanes);
        for (uint32 i = 1; i <= last; ++i) {
            for (uint64 word = WORD; word < WORD + 3; ++word) assertEq(network.linkWord(LinkId.wrap(i), word), 0, "");
        }
    }

    function reserve(LinkId[] memory links, uint64 start, uint64 end, uint16 lanes) private returns (bytes32) {
        vm.prank(operator);
        return network.reservePath(links, start, end, lanes);
    }

    function release(LinkId[] memory links, uint64 start, uint64 end, uint16 lanes) private {
        vm.prank(operator);
        network.releasePath(links, start, end, lanes);
    }

    function expectReserve(LinkId[] memory links, uint64 start, uint64 end, uint16 lanes, bytes memory reason) private {
        vm.prank(operator);
        vm.expectRevert(reason);
        network.reservePath(links, start, end, lanes);
    }

    function expectPath(LinkId[] memory links, bytes memory reason) private {
        expectReserve(links, NOW, NOW + 900, 1, reason);
    }

    function expectMisses(PoolId pool, LinkId[] memory links, uint32 from, uint32 to) private {
        bytes4 selector = IEntanglementNetwork.EntanglementNetwork_PathMissesPool.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, pool, SiteId.wrap(from), SiteId.wrap(to)));
        network.bookPath(ID, pool, links, NOW, NOW + 900, 1);
    }

    /// @dev A path as the logs tell it: 20 bits for each link, then the lanes.
    function packed(LinkId[] memory links, uint16 lanes) private pure returns (uint256 word) {
        word = uint256(lanes) << 240;
        for (uint256 i = 0; i < links.length; ++i) word += uint256(LinkId.unwrap(links[i])) * 2 ** (20 * i);
    }

    function keyOf(
        address caller,
        LinkId[] memory links,
        uint16 lanes,
        uint64 start,
        uint64 end
    ) private pure returns (bytes32) {
        return keccak256(abi.encode(caller, packed(links, lanes), start, end));
    }

    function pathOf(uint32 a, uint32 b) private pure returns (LinkId[] memory links) {
        links = new LinkId[](2);
        (links[0], links[1]) = (LinkId.wrap(a), LinkId.wrap(b));
    }

    function pathOf(uint32 a, uint32 b, uint32 c) private pure returns (LinkId[] memory links) {
        links = new LinkId[](3);
        (links[0], links[1], links[2]) = (LinkId.wrap(a), LinkId.wrap(b), LinkId.wrap(c));
    }

    function pathOf(uint32 a, uint32 b, uint32 c, uint32 d) private pure returns (LinkId[] memory links) {
        links = new LinkId[](4);
        (links[0], links[1], links[2], links[3]) = (LinkId.wrap(a), LinkId.wrap(b), LinkId.wrap(c), LinkId.wrap(d));
    }

    function broken(uint256 position, uint32 link) private pure returns (bytes memory) {
        bytes4 selector = IEntanglementNetwork.EntanglementNetwork_PathBroken.selector;
        return abi.encodeWithSelector(selector, position, LinkId.wrap(link));
    }

    function linkFull(uint32 link, uint64 bucket, uint16 left, uint16 wanted) private pure returns (bytes memory) {
        bytes4 selector = IEntanglementNetwork.EntanglementNetwork_LinkFull.selector;
        return abi.encodeWithSelector(selector, LinkId.wrap(link), bucket, left, wanted);
    }
}
