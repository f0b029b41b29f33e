// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../../contracts/interfaces/IEntanglementNetwork.sol";
import {IParticleAllocation} from "../../contracts/interfaces/IParticleAllocation.sol";
import {IParticleInventory} from "../../contracts/interfaces/IParticleInventory.sol";
import {IRealmRegistry} from "../../contracts/interfaces/IRealmRegistry.sol";
import {IReportHub} from "../../contracts/interfaces/IReportHub.sol";
import {ITreasury} from "../../contracts/interfaces/ITreasury.sol";
import {KindId, LinkId, PoolId, ReservationId, SiteId} from "../../contracts/types/Ids.sol";
import {Category, Kind} from "../../contracts/types/Inventory.sol";
import {Link, PoolTerms, PriceCurve, Quotas, Site} from "../../contracts/types/Network.sol";
import {Report} from "../../contracts/types/Reports.sol";
import {Decision, GrantOutcome, Line, Status, Terms} from "../../contracts/types/Reservations.sol";
import {TestBase} from "./TestBase.sol";

/// @dev A whole deployment with two kinds, three sites, three links, five pools and an era; helpers to request, decide,
/// settle and report.
abstract contract RealmFixture is TestBase {
    uint32 internal constant DECISION_SECONDS = 120;
    uint32 internal constant GRACE_SECONDS = 3600;
    uint32 internal constant PARAMETER_DELAY_SECONDS = 2 days;
    uint32 internal constant ROTATION_DELAY_SECONDS = 1 days;
    uint32 internal constant CLIENT_CAP = 10_000;
    uint96 internal constant MIN_BOND = 1 ether;
    uint128 internal constant UNIT_PRICE = 7 gwei;
    uint32 internal constant CAPACITY = 40;
    uint32 internal constant FLOOR_PPM = 950_000;
    uint256 internal constant ORACLE_KEY = 0xA11CE;
    KindId internal constant PAIR_KIND = KindId.wrap(1);
    KindId internal constant QUBIT_KIND = KindId.wrap(2);
    /// @dev Fixed price, 40 slots.
    PoolId internal constant POOL = PoolId.wrap(1);
    /// @dev Fixed price, 32,767 slots.
    PoolId internal constant OTHER_POOL = PoolId.wrap(2);
    /// @dev A price that follows demand, 200 slots.
    PoolId internal constant CURVE_POOL = PoolId.wrap(3);
    /// @dev Quotas 10 research, 8 commercial, 6 education, 4 humanitarian of 40 slots.
    PoolId internal constant QUOTA_POOL = PoolId.wrap(4);
    /// @dev Qubits, with one end.
    PoolId internal constant QUBIT_POOL = PoolId.wrap(5);
    ReservationId internal constant ID = ReservationId.wrap(0xabcdef0123456789abcdef0123456789);

    address internal immutable admin = address(0xAD);
    address internal immutable client = address(0xC11E);
    address internal immutable stranger = address(0x5742);
    address internal immutable provider = address(0x9420);

    IRealmRegistry internal registry;
    ITreasury internal treasury;
    IEntanglementNetwork internal network;
    IReportHub internal hub;
    IParticleInventory internal inventory;
    IParticleAllocation internal allocation;

    function setUpRealm(address[] memory signers, uint8 threshold, uint32 challengeSeconds) internal {
        vm.roll(1000);
        for (uint256 i = 740; i < 1000; ++i) vm.setBlockhash(i, keccak256(abi.encode("block", i)));
        vm.warp(1_800_000_000);
        assertTrue(blockhash(750) != 0 && blockhash(999) != 0, "blocks have hashes");
        deployRealm(signers, threshold, challengeSeconds);
        vm.startPrank(admin);
        registry.setRoles(admin, 15);
        registerKinds();
        registerNetwork();
        hub.startEra(1, keccak256("scenario"), 42, 0);
        vm.stopPrank();
        vm.deal(client, 1000 ether);
    }

    function deployRealm(address[] memory signers, uint8 threshold, uint32 challengeSeconds) private {
        uint256 nonce = vm.getNonce(address(this));
        address inventoryAt = vm.computeCreateAddress(address(this), nonce + 4);
        address allocationAt = vm.computeCreateAddress(address(this), nonce + 5);
        registry = IRealmRegistry(deploy("RealmRegistry", abi.encode(admin, PARAMETER_DELAY_SECONDS, CLIENT_CAP)));
        treasury = ITreasury(deploy("Treasury", abi.encode(allocationAt, inventoryAt)));
        network = IEntanglementNetwork(deploy("EntanglementNetwork", abi.encode(registry, inventoryAt, allocationAt)));
        hub = IReportHub(
            deploy(
                "ReportHub",
                abi.encode(registry, allocationAt, signers, threshold, challengeSeconds, ROTATION_DELAY_SECONDS)
            )
        );
        inventory = IParticleInventory(
            deploy("ParticleInventory", abi.encode(registry, treasury, network, hub, MIN_BOND, GRACE_SECONDS))
        );
        allocation = IParticleAllocation(
            deploy("ParticleAllocation", abi.encode(treasury, network, hub, registry, DECISION_SECONDS, GRACE_SECONDS))
        );
        assertEq(address(inventory), inventoryAt, "predicted address");
        assertEq(address(allocation), allocationAt, "predicted address");
    }

    function registerKinds() private {
        Kind[] memory kinds = new Kind[](2);
        kinds[0] = Kind(PAIR_KIND, Category.PhotonPair, 2, 0, "nv-diamond", "", 0, 1_000_000, 100_000);
        kinds[1] = Kind(QUBIT_KIND, Category.Qubit, 2, 1, "trapped-ion", "", 0, 50_000_000, 0);
        inventory.registerKinds(kinds);
    }

    function registerNetwork() private {
        Site[] memory sites = new Site[](3);
        sites[0] = Site(SiteId.wrap(1), "Berlin", 52_520_000, 13_405_000);
        sites[1] = Site(SiteId.wrap(2), unicode"München", 48_137_000, 11_575_000);
        sites[2] = Site(SiteId.wrap(3), "Hamburg", 53_551_000, 9_994_000);
        network.registerSites(sites);
        Link[] memory links = new Link[](3);
        links[0] = Link(LinkId.wrap(1), SiteId.wrap(1), SiteId.wrap(2), 604_000, 100);
        links[1] = Link(LinkId.wrap(2), SiteId.wrap(1), SiteId.wrap(3), 289_000, 20);
        links[2] = Link(LinkId.wrap(3), SiteId.wrap(3), SiteId.wrap(2), 791_000, 20);
        network.registerLinks(links);
        PoolTerms[] memory pools = new PoolTerms[](5);
        pools[0] = poolTerms(1, "berlin-muenchen", CAPACITY);
        pools[1] = poolTerms(2, "berlin-muenchen wide", 32_767);
        pools[2] = poolTerms(3, "berlin-muenchen by demand", 200);
        pools[2].price = PriceCurve(UNIT_PRICE, 50, 360_000);
        pools[3] = poolTerms(4, "berlin-muenchen by cohort", CAPACITY);
        pools[4] = poolTerms(5, "berlin qubits", 100);
        (pools[4].kind, pools[4].b) = (QUBIT_KIND, SiteId.wrap(0));
        network.registerPools(pools);
        network.setQuotas(QUOTA_POOL, Quotas(10, 8, 6, 4));
    }

    /// @dev A pool of pairs between sites 1 and 2 at a fixed price.
    function poolTerms(uint32 id, string memory name, uint32 capacity) internal view returns (PoolTerms memory) {
        return
            PoolTerms({
                id: PoolId.wrap(id),
                name: name,
                kind: PAIR_KIND,
                a: SiteId.wrap(1),
                b: SiteId.wrap(2),
                fidelityFloorPpm: FLOOR_PPM,
                capacity: capacity,
                quantum: 1,
                price: PriceCurve(UNIT_PRICE, 0, 0),
                provider: provider
            });
    }

    function oneSigner() internal pure returns (address[] memory signers) {
        signers = new address[](1);
        signers[0] = vm.addr(ORACLE_KEY);
    }

    /// @dev 15 slots for 10 minutes from inclusion, 30 takes a minute.
    function someTerms() internal pure returns (Terms memory) {
        return
            Terms({
                pool: POOL,
                slots: 15,
                start: 0,
                duration: 600,
                fidelityMinPpm: FLOOR_PPM,
                coherenceMinMicroseconds: 1_000_000,
                takesPerMinute: 30,
                purpose: 1,
                priority: 2,
                maxCost: 1 ether,
                deadline: 0,
                payer: address(0)
            });
    }

    /// @dev Price in a pool with a fixed price.
    function costOf(Terms memory terms) internal pure returns (uint128) {
        return UNIT_PRICE * terms.slots * uint128(terms.duration);
    }

    function requestAs(address sender, ReservationId id, Terms memory terms, uint256 value) internal {
        vm.prank(sender);
        allocation.request{value: value}(id, terms);
    }

    function request(Terms memory terms) internal {
        requestAs(client, ID, terms, costOf(terms));
    }

    function decisionFor(ReservationId id, GrantOutcome outcome) internal pure returns (Decision memory) {
        return Decision(id, outcome, 971_000, 2_500, 1_500_000, 995_000);
    }

    function one(Decision memory decision) internal pure returns (Decision[] memory decisions) {
        decisions = new Decision[](1);
        decisions[0] = decision;
    }

    function decide(ReservationId id, GrantOutcome outcome) internal {
        vm.prank(address(hub));
        allocation.decide(one(decisionFor(id, outcome)));
    }

    function reopen(ReservationId id) internal {
        vm.prank(address(hub));
        allocation.reopen(one(decisionFor(id, GrantOutcome.Granted)), 0);
    }

    function requestGranted(Terms memory terms) internal {
        request(terms);
        decide(ID, GrantOutcome.Granted);
    }

    function settleLine(ReservationId id, uint128 delivered) internal {
        Line[] memory lines = new Line[](1);
        lines[0] = Line(id, delivered);
        vm.prank(address(hub));
        allocation.settleLines(lines);
    }

    /// @dev Stakes collateral for the provider of all pools.
    function bondProvider(uint96 amount) internal {
        vm.deal(provider, amount);
        vm.prank(provider);
        treasury.bond{value: amount}();
    }

    /// @dev Slots of a pool that are booked in a bucket.
    function bookedIn(PoolId pool, uint64 bucket) internal view returns (uint32) {
        return uint16(network.calendarWord(pool, 0, bucket >> 4) >> (16 * (bucket & 15)));
    }

    /// @dev The next report in order, over the block before this one.
    function nextReport(Decision[] memory decisions, Line[] memory lines) internal view returns (Report memory) {
        return
            Report({
                era: hub.era(),
                sequence: hub.sequence() + 1,
                toBlock: uint64(block.number - 1),
                toBlockHash: blockhash(block.number - 1),
                toTime: uint64(block.timestamp - 1),
                count: 0,
                previousHead: hub.head(),
                eventsRoot: 0,
                stateHash: keccak256("state"),
                dataHash: keccak256("data"),
                decisionsHash: keccak256(abi.encode(decisions)),
                linesHash: keccak256(abi.encode(lines))
            });
    }

    function signWith(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function signedBy(uint256 key, Report memory report) internal view returns (bytes[] memory signatures) {
        signatures = new bytes[](1);
        signatures[0] = signWith(key, hub.attestationDigest(hub.reportHash(report), 0, 0));
    }

    function assertStatus(ReservationId id, Status expected) internal view {
        assertEq(uint256(allocation.statusOf(id)), uint256(expected), "status");
    }
}
