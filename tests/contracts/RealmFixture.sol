// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../../contracts/interfaces/IEntanglementNetwork.sol";
import {IParticleAllocation} from "../../contracts/interfaces/IParticleAllocation.sol";
import {IRealmRegistry} from "../../contracts/interfaces/IRealmRegistry.sol";
import {IReportHub} from "../../contracts/interfaces/IReportHub.sol";
import {ITreasury} from "../../contracts/interfaces/ITreasury.sol";
import {
    Decision,
    GrantOutcome,
    Line,
    Link,
    LinkId,
    PoolId,
    PoolTerms,
    Report,
    ReservationId,
    Site,
    SiteId,
    Status,
    Terms
} from "../../contracts/types/Types.sol";
import {TestBase} from "./TestBase.sol";

/// @dev A whole deployment with three sites, two pools and an era; helpers to request, decide and report.
abstract contract RealmFixture is TestBase {
    uint32 internal constant DECISION_SECONDS = 120;
    uint32 internal constant GRACE_SECONDS = 3600;
    uint32 internal constant CLIENT_CAP = 10_000;
    uint128 internal constant UNIT_PRICE = 7 gwei;
    uint16 internal constant CAPACITY = 40;
    uint32 internal constant FLOOR_PPM = 950_000;
    uint256 internal constant ORACLE_KEY = 0xA11CE;
    PoolId internal constant POOL = PoolId.wrap(1);
    PoolId internal constant OTHER_POOL = PoolId.wrap(2);
    ReservationId internal constant ID = ReservationId.wrap(0xabcdef0123456789abcdef0123456789);

    address internal immutable admin = address(0xAD);
    address internal immutable client = address(0xC11E);
    address internal immutable stranger = address(0x5742);
    address internal immutable provider = address(0x9420);

    IRealmRegistry internal registry;
    ITreasury internal treasury;
    IEntanglementNetwork internal network;
    IReportHub internal hub;
    IParticleAllocation internal allocation;

    function setUpRealm(address[] memory signers, uint8 threshold, uint32 challengeSeconds) internal {
        vm.roll(1000);
        for (uint256 i = 740; i < 1000; ++i) vm.setBlockhash(i, keccak256(abi.encode("block", i)));
        vm.warp(1_800_000_000);
        assertTrue(blockhash(750) != 0 && blockhash(999) != 0, "blocks have hashes");
        uint256 nonce = vm.getNonce(address(this));
        address allocationAt = vm.computeCreateAddress(address(this), nonce + 4);
        registry = IRealmRegistry(deploy("RealmRegistry", abi.encode(admin)));
        treasury = ITreasury(deploy("Treasury", abi.encode(allocationAt)));
        network = IEntanglementNetwork(deploy("EntanglementNetwork", abi.encode(registry)));
        hub = IReportHub(deploy("ReportHub", abi.encode(registry, allocationAt, signers, threshold, challengeSeconds)));
        allocation = IParticleAllocation(
            deploy(
                "ParticleAllocation",
                abi.encode(treasury, network, hub, registry, DECISION_SECONDS, GRACE_SECONDS, CLIENT_CAP)
            )
        );
        assertEq(address(allocation), allocationAt, "predicted address");
        vm.startPrank(admin);
        registry.setRoles(admin, 15);
        registerNetwork();
        hub.startEra(1, keccak256("scenario"), 42, 0);
        vm.stopPrank();
        vm.deal(client, 1000 ether);
    }

    function registerNetwork() private {
        Site[] memory sites = new Site[](3);
        sites[0] = Site(SiteId.wrap(1), "Berlin", 52_520_000, 13_405_000);
        sites[1] = Site(SiteId.wrap(2), unicode"München", 48_137_000, 11_575_000);
        sites[2] = Site(SiteId.wrap(3), "Hamburg", 53_551_000, 9_994_000);
        network.registerSites(sites);
        Link[] memory links = new Link[](1);
        links[0] = Link(LinkId.wrap(1), SiteId.wrap(1), SiteId.wrap(2), 604_000);
        network.registerLinks(links);
        PoolTerms[] memory pools = new PoolTerms[](2);
        pools[0] = poolTerms(1, "berlin-muenchen", CAPACITY);
        pools[1] = poolTerms(2, "berlin-hamburg", 32_767);
        network.registerPools(pools);
    }

    function poolTerms(uint32 id, string memory name, uint16 capacity) internal view returns (PoolTerms memory) {
        return
            PoolTerms(PoolId.wrap(id), name, SiteId.wrap(1), SiteId.wrap(2), FLOOR_PPM, capacity, UNIT_PRICE, provider);
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
                deadline: 0
            });
    }

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

    function decide(ReservationId id, GrantOutcome outcome) internal {
        Decision[] memory decisions = new Decision[](1);
        decisions[0] = decisionFor(id, outcome);
        vm.prank(address(hub));
        allocation.decide(decisions);
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
