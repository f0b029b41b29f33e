// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../../contracts/interfaces/IEntanglementNetwork.sol";
import {KindId, LinkId, PoolId, SiteId} from "../../contracts/types/Ids.sol";
import {Link, PoolTerms, PriceCurve, Quotas, Site} from "../../contracts/types/Network.sol";
import {NetworkFixture} from "./NetworkFixture.sol";

/// @dev Entries and their registration; bookings are tested in Pools, Quotas, Pricing and Paths.
contract EntanglementNetworkTest is NetworkFixture {
    function setUp() public {
        setUpNetwork();
    }

    function test_Getters_tellWhatWasRegistered() public view {
        assertEq(network.siteCount(), 14, "sites");
        assertEq(network.linkCount(), 15, "links");
        assertEq(network.poolCount(), 4, "pools");
        Site memory site = network.site(SiteId.wrap(3));
        assertEq(keccak256(abi.encode(site)), keccak256(abi.encode(Site(SiteId.wrap(3), "site 3", 3, -3))), "site");
        for (uint32 i = 1; i <= CHAIN; ++i) {
            bytes32 expected = keccak256(abi.encode(linkOf(i, i, i + 1)));
            assertEq(keccak256(abi.encode(network.link(LinkId.wrap(i)))), expected, "link");
        }
        (PoolTerms memory terms, bool isolated) = network.pool(FIXED);
        assertEq(keccak256(abi.encode(terms)), keccak256(abi.encode(poolTerms(1))), "pool");
        assertTrue(!isolated, "isolated");
        (KindId kind, uint32 floorPpm, address to) = network.poolFor(LOCAL);
        assertEq(KindId.unwrap(kind), 2, "kind");
        assertEq(floorPpm, 950_000, "class");
        assertEq(to, provider, "provider");
    }

    function test_Pool_GivenLargestTerms_readsAsRegistered() public {
        PoolTerms memory terms = poolTerms(5);
        (terms.capacity, terms.quantum) = (uint32(32_767) * 65_535, 65_535);
        terms.price = PriceCurve(type(uint88).max, type(uint16).max, type(uint48).max);
        terms.fidelityFloorPpm = 1_000_000;
        PoolTerms[] memory pools = new PoolTerms[](1);
        pools[0] = terms;
        vm.expectEmit(address(network));
        emit IEntanglementNetwork.PoolRegistered(terms.id, provider, terms);
        vm.prank(operator);
        network.registerPools(pools);
        (PoolTerms memory kept, ) = network.pool(terms.id);
        assertEq(keccak256(abi.encode(kept)), keccak256(abi.encode(terms)), "terms");
    }

    function test_Register_tellsEachEntry() public {
        Site[] memory sites = new Site[](1);
        sites[0] = Site(SiteId.wrap(15), unicode"Köln", 90_000_000, -180_000_000);
        Link[] memory links = new Link[](1);
        links[0] = Link(LinkId.wrap(16), SiteId.wrap(15), SiteId.wrap(14), 1, 32_767);
        vm.startPrank(operator);
        vm.expectEmit(address(network));
        emit IEntanglementNetwork.SiteRegistered(SiteId.wrap(15), unicode"Köln", 90_000_000, -180_000_000);
        network.registerSites(sites);
        vm.expectEmit(address(network));
        emit IEntanglementNetwork.LinkRegistered(LinkId.wrap(16), SiteId.wrap(15), SiteId.wrap(14), 1, 32_767);
        network.registerLinks(links);
        assertEq(keccak256(abi.encode(network.link(LinkId.wrap(16)))), keccak256(abi.encode(links[0])), "link");
    }

    function test_Getters_WhenUnknown_revert() public {
        vm.expectRevert(unknownSite(15));
        network.site(SiteId.wrap(15));
        vm.expectRevert(unknownSite(0));
        network.site(SiteId.wrap(0));
        vm.expectRevert(unknownLink(0));
        network.link(LinkId.wrap(0));
        vm.expectRevert(unknownLink(16));
        network.link(LinkId.wrap(16));
        vm.expectRevert(unknownPool(UNKNOWN));
        network.pool(UNKNOWN);
        (, , address to) = network.poolFor(UNKNOWN);
        assertEq(to, address(0), "provider of an unknown pool");
    }

    function test_Register_WhenStranger_reverts() public {
        vm.startPrank(stranger);
        vm.expectRevert(missingRole(stranger, 4));
        network.registerSites(new Site[](0));
        vm.expectRevert(missingRole(stranger, 4));
        network.registerLinks(new Link[](0));
        vm.expectRevert(missingRole(stranger, 4));
        network.registerPools(new PoolTerms[](0));
        vm.expectRevert(missingRole(stranger, 4));
        network.setQuotas(FIXED, Quotas(0, 0, 0, 0));
        vm.expectRevert(missingRole(stranger, 8));
        network.setPoolIsolated(FIXED, true);
    }

    function test_SetPoolIsolated_tellsAndKeeps() public {
        vm.startPrank(guardian);
        vm.expectEmit(address(network));
        emit IEntanglementNetwork.PoolIsolationSet(FIXED, true);
        network.setPoolIsolated(FIXED, true);
        (, bool isolated) = network.pool(FIXED);
        assertTrue(isolated, "isolated");
        vm.expectRevert(unknownPool(UNKNOWN));
        network.setPoolIsolated(UNKNOWN, true);
    }

    function test_RegisterSites_WhenBad_reverts() public {
        expectSite(Site(SiteId.wrap(16), "x", 0, 0), idNotNext(16, 15));
        expectSite(Site(SiteId.wrap(14), "x", 0, 0), idNotNext(14, 15));
        bytes4 selector = IEntanglementNetwork.EntanglementNetwork_NameLength.selector;
        expectSite(Site(SiteId.wrap(15), "", 0, 0), abi.encodeWithSelector(selector, 0, 64));
        string memory tooLong = string(new bytes(65));
        expectSite(Site(SiteId.wrap(15), tooLong, 0, 0), abi.encodeWithSelector(selector, 65, 64));
        expectSite(Site(SiteId.wrap(15), "x", 90_000_001, 0), badCoordinate(90_000_001, 90_000_000));
        expectSite(Site(SiteId.wrap(15), "x", type(int32).min, 0), badCoordinate(type(int32).min, 90_000_000));
        expectSite(Site(SiteId.wrap(15), "x", 0, -180_000_001), badCoordinate(-180_000_001, 180_000_000));
    }

    function test_RegisterLinks_WhenBad_reverts() public {
        expectLink(linkOf(15, 1, 2), idNotNext(15, 16));
        expectLink(linkOf(16, 0, 2), unknownSite(0));
        expectLink(linkOf(16, 1, 15), unknownSite(15));
        bytes4 same = IEntanglementNetwork.EntanglementNetwork_SameSite.selector;
        expectLink(linkOf(16, 2, 2), abi.encodeWithSelector(same, 2));
        Link memory link = linkOf(16, 1, 2);
        link.lengthMeters = 0;
        expectLink(link, abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_LengthZero.selector, 16));
        (link.lengthMeters, link.lanes) = (1, 0);
        bytes4 lanes = IEntanglementNetwork.EntanglementNetwork_LanesOutOfRange.selector;
        expectLink(link, abi.encodeWithSelector(lanes, 0, 32_767));
        link.lanes = 32_768;
        expectLink(link, abi.encodeWithSelector(lanes, 32_768, 32_767));
    }

    function test_RegisterPools_WhenBadCapacity_reverts() public {
        expectPool(poolTerms(6), idNotNext(6, 5));
        PoolTerms memory terms = poolTerms(5);
        bytes4 selector = IEntanglementNetwork.EntanglementNetwork_CapacityOutOfRange.selector;
        terms.capacity = 0;
        expectPool(terms, abi.encodeWithSelector(selector, 0, 1, 32_767));
        terms.capacity = 32_768;
        expectPool(terms, abi.encodeWithSelector(selector, 32_768, 1, 32_767));
        (terms.capacity, terms.quantum) = (15, 10);
        expectPool(terms, abi.encodeWithSelector(selector, 15, 10, 327_670));
        terms.quantum = 0;
        expectPool(terms, abi.encodeWithSelector(selector, 15, 0, 0));
    }

    function test_RegisterPools_WhenBadTerms_reverts() public {
        PoolTerms memory terms = poolTerms(5);
        terms.name = "";
        bytes4 selector = IEntanglementNetwork.EntanglementNetwork_NameLength.selector;
        expectPool(terms, abi.encodeWithSelector(selector, 0, 64));
        terms = poolTerms(5);
        selector = IEntanglementNetwork.EntanglementNetwork_FidelityOutOfRange.selector;
        terms.fidelityFloorPpm = 500_000;
        expectPool(terms, abi.encodeWithSelector(selector, 500_000, 500_000, 1_000_000));
        terms.fidelityFloorPpm = 1_000_001;
        expectPool(terms, abi.encodeWithSelector(selector, 1_000_001, 500_000, 1_000_000));
        terms = poolTerms(5);
        selector = IEntanglementNetwork.EntanglementNetwork_PriceOutOfRange.selector;
        terms.price.floor = 0;
        expectPool(terms, abi.encodeWithSelector(selector, 0, type(uint88).max));
        terms.price.floor = uint128(type(uint88).max) + 1;
        expectPool(terms, abi.encodeWithSelector(selector, uint256(type(uint88).max) + 1, type(uint88).max));
        terms = poolTerms(5);
        terms.provider = address(0);
        expectPool(terms, abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_ProviderZero.selector, 5));
    }

    function test_RegisterPools_WhenKindAndEndsDiffer_reverts() public {
        PoolTerms memory terms = poolTerms(5);
        terms.b = SiteId.wrap(15);
        expectPool(terms, unknownSite(15));
        terms.b = SiteId.wrap(0);
        expectPool(terms, unknownSite(0));
        terms.b = terms.a;
        expectPool(terms, abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_SameSite.selector, 1));
        terms = poolTerms(5);
        terms.kind = KindId.wrap(3);
        expectPool(terms, abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_UnknownKind.selector, 3));
        terms.kind = KindId.wrap(2);
        expectPool(terms, abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_OneEndOnly.selector, 4));
        terms.a = SiteId.wrap(15);
        expectPool(terms, unknownSite(15));
    }

    function expectSite(Site memory site, bytes memory reason) private {
        Site[] memory sites = new Site[](1);
        sites[0] = site;
        vm.prank(operator);
        vm.expectRevert(reason);
        network.registerSites(sites);
    }

    function expectLink(Link memory link, bytes memory reason) private {
        Link[] memory links = new Link[](1);
        links[0] = link;
        vm.prank(operator);
        vm.expectRevert(reason);
        network.registerLinks(links);
    }

    function expectPool(PoolTerms memory terms, bytes memory reason) private {
        PoolTerms[] memory pools = new PoolTerms[](1);
        pools[0] = terms;
        vm.prank(operator);
        vm.expectRevert(reason);
        network.registerPools(pools);
    }

    function idNotNext(uint32 id, uint32 expected) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_IdNotNext.selector, id, expected);
    }

    function unknownSite(uint32 id) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_UnknownSite.selector, id);
    }

    function unknownLink(uint32 id) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_UnknownLink.selector, id);
    }

    function badCoordinate(int32 value, int32 max) private pure returns (bytes memory) {
        bytes4 selector = IEntanglementNetwork.EntanglementNetwork_CoordinateOutOfRange.selector;
        return abi.encodeWithSelector(selector, value, max);
    }
}
