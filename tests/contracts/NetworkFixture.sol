// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../../contracts/interfaces/IEntanglementNetwork.sol";
import {IRealmRegistry} from "../../contracts/interfaces/IRealmRegistry.sol";
import {KindId, LinkId, PoolId, ReservationId, SiteId} from "../../contracts/types/Ids.sol";
import {Category} from "../../contracts/types/Inventory.sol";
import {Link, PoolTerms, PriceCurve, Quotas, Site} from "../../contracts/types/Network.sol";
import {Cohort} from "../../contracts/types/Reservations.sol";
import {ROLE_GUARDIAN, ROLE_OPERATOR} from "../../contracts/types/Roles.sol";
import {TestBase} from "./TestBase.sol";

/// @dev Stands for the inventory: kind 1 is of photon pairs, kind 2 of qubits.
contract KindsStub {
    function categoryOf(KindId id) external pure returns (Category) {
        if (KindId.unwrap(id) == 1) return Category.PhotonPair;
        return KindId.unwrap(id) == 2 ? Category.Qubit : Category.None;
    }
}

/// @dev The network alone; the test itself stands for the allocation contract.
/// Sites 1 to 14 in a chain of links 1 to 13; link 14 from 1 to 3, link 15 from 1 to 2 as link 1.
abstract contract NetworkFixture is TestBase {
    /// @dev The first second of a calendar word.
    uint64 internal constant NOW = 1_800_000_000;
    uint64 internal constant FOUR_HOURS = 14_400;
    uint64 internal constant BUCKET = NOW / 900;
    uint64 internal constant WORD = NOW / 14_400;

    /// @dev At a fixed price.
    PoolId internal constant FIXED = PoolId.wrap(1);
    /// @dev With a price that follows demand.
    PoolId internal constant CURVED = PoolId.wrap(2);
    /// @dev Counted in quanta of 10.
    PoolId internal constant COARSE = PoolId.wrap(3);
    /// @dev Of a kind with one end.
    PoolId internal constant LOCAL = PoolId.wrap(4);
    PoolId internal constant UNKNOWN = PoolId.wrap(9);

    uint16 internal constant CAPACITY = 100;
    uint128 internal constant FLOOR = 1_000;
    uint48 internal constant SCALE = 1_000_000;
    uint16 internal constant TARGET = 50;
    uint16 internal constant LINK_LANES = 8;
    uint32 internal constant CHAIN = 13;

    address internal constant admin = address(0xAD);
    address internal constant operator = address(0x09);
    address internal constant guardian = address(0x6A);
    address internal constant provider = address(0xBEEF);
    address internal constant stranger = address(0x5757);

    IRealmRegistry internal registry;
    IEntanglementNetwork internal network;

    function setUpNetwork() internal {
        vm.warp(NOW);
        registry = IRealmRegistry(deploy("RealmRegistry", abi.encode(admin, uint32(3600), uint32(10_000))));
        vm.startPrank(admin);
        registry.setRoles(operator, ROLE_OPERATOR);
        registry.setRoles(guardian, ROLE_GUARDIAN);
        vm.stopPrank();
        bytes memory peers = abi.encode(registry, new KindsStub(), address(this));
        network = IEntanglementNetwork(deploy("EntanglementNetwork", peers));
        registerAll();
    }

    function registerAll() private {
        Site[] memory sites = new Site[](CHAIN + 1);
        Link[] memory links = new Link[](CHAIN + 2);
        for (uint32 i = 1; i <= CHAIN + 1; ++i) {
            sites[i - 1] = Site(SiteId.wrap(i), string.concat("site ", vm.toString(i)), int32(i), -int32(i));
        }
        for (uint32 i = 1; i <= CHAIN; ++i) links[i - 1] = linkOf(i, i, i + 1);
        links[CHAIN] = linkOf(CHAIN + 1, 1, 3);
        links[CHAIN + 1] = linkOf(CHAIN + 2, 1, 2);
        PoolTerms[] memory pools = new PoolTerms[](4);
        pools[0] = poolTerms(1);
        pools[1] = poolTerms(2);
        pools[1].price = PriceCurve(FLOOR, TARGET, SCALE);
        pools[2] = poolTerms(3);
        (pools[2].capacity, pools[2].quantum) = (uint32(CAPACITY) * 10, 10);
        pools[3] = poolTerms(4);
        (pools[3].kind, pools[3].b) = (KindId.wrap(2), SiteId.wrap(0));
        vm.startPrank(operator);
        network.registerSites(sites);
        network.registerLinks(links);
        network.registerPools(pools);
        vm.stopPrank();
    }

    function linkOf(uint32 id, uint32 a, uint32 b) internal pure returns (Link memory) {
        return Link(LinkId.wrap(id), SiteId.wrap(a), SiteId.wrap(b), 50_000 + id, LINK_LANES);
    }

    /// @dev A pool of photon pairs between sites 1 and 4 at a fixed price.
    function poolTerms(uint32 id) internal pure returns (PoolTerms memory) {
        return
            PoolTerms({
                id: PoolId.wrap(id),
                name: "pool",
                kind: KindId.wrap(1),
                a: SiteId.wrap(1),
                b: SiteId.wrap(4),
                fidelityFloorPpm: 950_000,
                capacity: CAPACITY,
                quantum: 1,
                price: PriceCurve(FLOOR, 0, 0),
                provider: provider
            });
    }

    /// @dev Books for nobody in particular.
    function book(PoolId pool, uint64 start, uint64 length, uint32 slots) internal returns (uint256 price) {
        (price, , ) = network.book(pool, Cohort.Open, start, start + length, slots);
    }

    function setQuotas(PoolId pool, uint32 research, uint32 commercial) internal {
        vm.prank(operator);
        network.setQuotas(pool, Quotas(research, commercial, 0, 0));
    }

    function isolate(PoolId pool, bool isolated) internal {
        vm.prank(guardian);
        network.setPoolIsolated(pool, isolated);
    }

    /// @dev The links [first, last] of the chain, in the order of walking.
    function chain(uint32 first, uint32 last) internal pure returns (LinkId[] memory links) {
        uint32 count = first <= last ? last - first + 1 : first - last + 1;
        links = new LinkId[](count);
        for (uint32 i = 0; i < count; ++i) links[i] = LinkId.wrap(first <= last ? first + i : first - i);
    }

    function lane(uint256 word, uint64 bucket) internal pure returns (uint256) {
        return (word >> (16 * (bucket % 16))) & 0xffff;
    }

    /// @dev Quanta booked in a bucket of a pool's calendar.
    function booked(PoolId pool, uint8 number, uint64 bucket) internal view returns (uint256) {
        return lane(network.calendarWord(pool, number, bucket / 16), bucket);
    }

    function lanesOf(uint32 link, uint64 bucket) internal view returns (uint256) {
        return lane(network.linkWord(LinkId.wrap(link), bucket / 16), bucket);
    }

    function badWindow(uint64 start, uint64 end) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_BadWindow.selector, start, end);
    }

    function unknownPool(PoolId pool) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_UnknownPool.selector, pool);
    }

    function isolatedPool(PoolId pool) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_PoolIsolated.selector, pool);
    }

    function notAllocation(address caller) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_NotAllocation.selector, caller);
    }

    function missingRole(address caller, uint256 role) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_MissingRole.selector, caller, role);
    }

    function capacityExceeded(
        PoolId pool,
        uint64 bucket,
        uint32 left,
        uint32 wanted
    ) internal pure returns (bytes memory) {
        bytes4 selector = IEntanglementNetwork.EntanglementNetwork_CapacityExceeded.selector;
        return abi.encodeWithSelector(selector, pool, bucket, left, wanted);
    }

    function quotaExceeded(
        PoolId pool,
        Cohort cohort,
        uint64 bucket,
        uint32 left,
        uint32 wanted
    ) internal pure returns (bytes memory) {
        bytes4 selector = IEntanglementNetwork.EntanglementNetwork_QuotaExceeded.selector;
        return abi.encodeWithSelector(selector, pool, cohort, bucket, left, wanted);
    }

    function pathState(bytes32 key, bool reserved) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_PathState.selector, key, reserved);
    }
}
