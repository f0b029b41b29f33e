// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../../contracts/interfaces/IEntanglementNetwork.sol";
import {Link, LinkId, PoolId, PoolTerms, Site, SiteId} from "../../contracts/types/Types.sol";
import {RealmFixture} from "./RealmFixture.sol";

contract EntanglementNetworkTest is RealmFixture {
    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
    }

    function test_Getters_tellWhatWasRegistered() public view {
        assertEq(network.siteCount(), 3, "sites");
        assertEq(network.linkCount(), 1, "links");
        assertEq(network.poolCount(), 2, "pools");
        Site memory site = network.site(SiteId.wrap(2));
        assertEq(keccak256(bytes(site.name)), keccak256(unicode"München"), "name");
        assertEq(uint256(uint32(site.latitudeE6)), 48_137_000, "latitude");
        assertEq(network.link(LinkId.wrap(1)).lengthMeters, 604_000, "length");
        (PoolTerms memory terms, bool isolated) = network.pool(POOL);
        assertEq(keccak256(abi.encode(terms)), keccak256(abi.encode(poolTerms(1, "berlin-muenchen", CAPACITY))), "");
        assertTrue(!isolated, "isolated");
        (address to, uint128 unitPrice) = network.poolForSettlement(POOL);
        assertEq(to, provider, "provider");
        assertEq(unitPrice, UNIT_PRICE, "price");
    }

    function test_Getters_WhenUnknown_revert() public {
        vm.expectRevert(abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_UnknownSite.selector, 4));
        network.site(SiteId.wrap(4));
        vm.expectRevert(abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_UnknownLink.selector, 0));
        network.link(LinkId.wrap(0));
        vm.expectRevert(abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_UnknownPool.selector, 3));
        network.pool(PoolId.wrap(3));
        (uint16 capacity, , , ) = network.poolForBooking(PoolId.wrap(3));
        assertEq(capacity, 0, "capacity of an unknown pool");
    }

    function test_Register_WhenStranger_reverts() public {
        vm.startPrank(stranger);
        expectMissingRole(4);
        network.registerSites(new Site[](0));
        expectMissingRole(4);
        network.registerLinks(new Link[](0));
        expectMissingRole(4);
        network.registerPools(new PoolTerms[](0));
        expectMissingRole(8);
        network.setPoolIsolated(POOL, true);
    }

    function test_SetPoolIsolated_tellsAndKeeps() public {
        vm.startPrank(admin);
        vm.expectEmit(address(network));
        emit IEntanglementNetwork.PoolIsolationSet(POOL, true);
        network.setPoolIsolated(POOL, true);
        (, , , bool isolated) = network.poolForBooking(POOL);
        assertTrue(isolated, "isolated");
        vm.expectRevert(abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_UnknownPool.selector, 9));
        network.setPoolIsolated(PoolId.wrap(9), true);
    }

    function test_RegisterSites_WhenBad_reverts() public {
        expectSite(Site(SiteId.wrap(5), "x", 0, 0), idNotNext(5, 4));
        expectSite(Site(SiteId.wrap(3), "x", 0, 0), idNotNext(3, 4));
        expectSite(
            Site(SiteId.wrap(4), "", 0, 0),
            abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_NameLength.selector, 0, 64)
        );
        string memory tooLong = string(new bytes(65));
        expectSite(
            Site(SiteId.wrap(4), tooLong, 0, 0),
            abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_NameLength.selector, 65, 64)
        );
        expectSite(Site(SiteId.wrap(4), "x", 90_000_001, 0), badCoordinate(90_000_001, 90_000_000));
        expectSite(Site(SiteId.wrap(4), "x", type(int32).min, 0), badCoordinate(type(int32).min, 90_000_000));
        expectSite(Site(SiteId.wrap(4), "x", 0, -180_000_001), badCoordinate(-180_000_001, 180_000_000));
    }

    function test_RegisterLinks_WhenBad_reverts() public {
        expectLink(Link(LinkId.wrap(1), SiteId.wrap(1), SiteId.wrap(2), 1), idNotNext(1, 2));
        expectLink(Link(LinkId.wrap(2), SiteId.wrap(0), SiteId.wrap(2), 1), unknownSite(0));
        expectLink(Link(LinkId.wrap(2), SiteId.wrap(1), SiteId.wrap(4), 1), unknownSite(4));
        expectLink(
            Link(LinkId.wrap(2), SiteId.wrap(2), SiteId.wrap(2), 1),
            abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_SameSite.selector, 2)
        );
        expectLink(
            Link(LinkId.wrap(2), SiteId.wrap(1), SiteId.wrap(2), 0),
            abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_LengthZero.selector, 2)
        );
    }

    function test_RegisterPools_WhenBad_reverts() public {
        PoolTerms memory terms = poolTerms(4, "x", 1);
        expectPool(terms, idNotNext(4, 3));
        terms = poolTerms(3, "x", 0);
        bytes4 selector = IEntanglementNetwork.EntanglementNetwork_CapacityOutOfRange.selector;
        expectPool(terms, abi.encodeWithSelector(selector, 0, 32_767));
        terms.capacity = 32_768;
        expectPool(terms, abi.encodeWithSelector(selector, 32_768, 32_767));
        terms.capacity = 1;
        selector = IEntanglementNetwork.EntanglementNetwork_FidelityOutOfRange.selector;
        terms.fidelityFloorPpm = 500_000;
        expectPool(terms, abi.encodeWithSelector(selector, 500_000, 500_000, 1_000_000));
        terms.fidelityFloorPpm = 1_000_001;
        expectPool(terms, abi.encodeWithSelector(selector, 1_000_001, 500_000, 1_000_000));
        terms.fidelityFloorPpm = 1_000_000;
        selector = IEntanglementNetwork.EntanglementNetwork_PriceOutOfRange.selector;
        terms.pricePerSlotSecond = 0;
        expectPool(terms, abi.encodeWithSelector(selector, 0, type(uint96).max));
        terms.pricePerSlotSecond = uint128(type(uint96).max) + 1;
        expectPool(terms, abi.encodeWithSelector(selector, uint256(type(uint96).max) + 1, type(uint96).max));
        terms.pricePerSlotSecond = type(uint96).max;
        terms.provider = address(0);
        expectPool(terms, abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_ProviderZero.selector, 3));
        terms.provider = provider;
        terms.b = SiteId.wrap(9);
        expectPool(terms, unknownSite(9));
    }

    function expectSite(Site memory site, bytes memory reason) private {
        Site[] memory sites = new Site[](1);
        sites[0] = site;
        vm.prank(admin);
        vm.expectRevert(reason);
        network.registerSites(sites);
    }

    function expectLink(Link memory link, bytes memory reason) private {
        Link[] memory links = new Link[](1);
        links[0] = link;
        vm.prank(admin);
        vm.expectRevert(reason);
        network.registerLinks(links);
    }

    function expectPool(PoolTerms memory terms, bytes memory reason) private {
        PoolTerms[] memory pools = new PoolTerms[](1);
        pools[0] = terms;
        vm.prank(admin);
        vm.expectRevert(reason);
        network.registerPools(pools);
    }

    function expectMissingRole(uint256 role) private {
        vm.expectRevert(
            abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_MissingRole.selector, stranger, role)
        );
    }

    function idNotNext(uint32 id, uint32 expected) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_IdNotNext.selector, id, expected);
    }

    function unknownSite(uint32 id) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_UnknownSite.selector, id);
    }

    function badCoordinate(int32 value, int32 max) private pure returns (bytes memory) {
        return
            abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_CoordinateOutOfRange.selector, value, max);
    }
}
