// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReportHub} from "../../../contracts/interfaces/IReportHub.sol";
import {LinkId, PoolId, ReservationId, SiteId} from "../../../contracts/types/Ids.sol";
import {Link, PoolTerms, Site} from "../../../contracts/types/Network.sol";
import {Report} from "../../../contracts/types/Reports.sol";
import {Decision, GrantOutcome, Line, Status, Terms} from "../../../contracts/types/Reservations.sol";
import {ReportFixture} from "../ReportFixture.sol";

/// @dev Threat: a report that no block can hold would stop the oracles for good. Each cap is filled here with what
/// costs most, and must fit into one transaction; one more is refused. 32 oracles sign throughout. Each call is a
/// transaction of its own, so that all storage is cold, as on a chain.
/// hardhat-config: isolate = true
contract UnboundedLoopsTest is ReportFixture {
    /// @dev The most gas of a transaction (EIP-7825), 2^24, less what it costs to send: 21,000, and 16 for each byte.
    uint256 private constant TRANSACTION_GAS = 16_777_216;
    uint256 private constant DECISIONS = 64;
    uint256 private constant LINES = 200;
    uint256 private constant SIGNERS = 32;
    uint64 private constant START = 1_800_000_000;
    address private constant OTHER_PROVIDER = address(0x9421);

    uint256[] private keys;
    ReservationId[] private ids;

    function setUp() public {
        keys = sortedKeys(SIGNERS);
        setUpRealm(addressesOf(keys), uint8(SIGNERS), 0);
        bondProvider(100 ether);
    }

    function test_Signers_rotateAll() public {
        address[] memory signers = addressesOf(keys);
        vm.prank(admin);
        hub.scheduleRotation{gas: left(SIGNERS * 32)}(signers, 32);
        vm.warp(now64() + ROTATION_DELAY_SECONDS);
        hub.rotate{gas: left(0)}();
        assertEq(hub.signers().length, SIGNERS, "signers");
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_BadConfig.selector, 33, 32));
        hub.scheduleRotation(new address[](33), 32);
    }

    function test_Decisions_grantAll() public {
        requestMany(DECISIONS);
        submit(decisionsFor(GrantOutcome.Granted), new Line[](0));
        for (uint256 i = 0; i < DECISIONS; ++i) assertStatus(ids[i], Status.Granted);
    }

    /// @dev A refusal gives everything back: slots of two words of the calendar, a client's counts, a payer's money.
    function test_Decisions_refuseAll() public {
        requestMany(DECISIONS);
        submit(decisionsFor(GrantOutcome.PoolExhausted), new Line[](0));
        for (uint256 i = 0; i < DECISIONS; ++i) assertStatus(ids[i], Status.Refused);
    }

    /// @dev The dearest refusal gives two words of twelve links back too.
    function test_Decisions_refuseAllWithPaths() public {
        requestPaths(DECISIONS);
        submit(decisionsFor(GrantOutcome.PoolExhausted), new Line[](0));
        for (uint256 i = 0; i < DECISIONS; ++i) assertStatus(ids[i], Status.Refused);
    }

    function test_Decisions_WhenOneMore_isRefused() public {
        Decision[] memory many = new Decision[](DECISIONS + 1);
        Report memory report = nextReport(many, new Line[](0));
        bytes[] memory signatures = signaturesOver(attestation(report), keys);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_TooManyDecisions.selector, 65, 64));
        hub.submit(report, many, signatures, 0, 0);
    }

    /// @dev Each line pays a penalty from a bond to a client of its own.
    function test_Lines_settleAllBelowTheTarget() public {
        requestAlternating(LINES);
        (Report memory report, Line[] memory lines) = reportLines();
        hub.settle{gas: left(abi.encode(report, lines).length)}(report, now64(), lines);
        for (uint256 i = 0; i < LINES; ++i) assertStatus(ids[i], Status.Settled);
    }

    function test_Lines_WhenOneMore_isRefused() public {
        Line[] memory many = new Line[](LINES + 1);
        Report memory report = submit(new Decision[](0), many);
        vm.expectRevert(abi.encodeWithSelector(IReportHub.ReportHub_TooManyLines.selector, 201, 200));
        hub.settle(report, now64(), many);
    }

    /// @dev A full report can be taken back as well.
    function test_Reopen_all() public {
        setUpRealm(addressesOf(keys), uint8(SIGNERS), CHALLENGE_SECONDS);
        requestMany(DECISIONS);
        Decision[] memory decisions = decisionsFor(GrantOutcome.Granted);
        Report memory report = submit(decisions, new Line[](0));
        vm.prank(admin);
        hub.disable(report, now64());
        hub.reopen{gas: left(abi.encode(report, decisions).length)}(report, now64(), decisions);
        for (uint256 i = 0; i < DECISIONS; ++i) assertStatus(ids[i], Status.Requested);
    }

    function submit(Decision[] memory decisions, Line[] memory lines) private returns (Report memory report) {
        report = nextReport(decisions, lines);
        bytes[] memory signatures = signaturesOver(attestation(report), keys);
        uint256 size = abi.encode(report, decisions, signatures).length;
        hub.submit{gas: left(size)}(report, decisions, signatures, 0, 0);
    }

    function left(uint256 size) private pure returns (uint256) {
        return TRANSACTION_GAS - 21_000 - 16 * size;
    }

    function requestMany(uint256 count) private {
        for (uint256 i = 0; i < count; ++i) requestOne(i, POOL, new LinkId[](0));
    }

    function requestPaths(uint256 count) private {
        LinkId[] memory links = registerChain();
        for (uint256 i = 0; i < count; ++i) requestOne(i, POOL, links);
    }

    /// @dev Another provider with each line, so that none goes to the treasury together with the one before.
    function requestAlternating(uint256 count) private {
        PoolTerms[] memory pools = new PoolTerms[](1);
        pools[0] = poolTerms(6, "of another provider", CAPACITY);
        pools[0].provider = OTHER_PROVIDER;
        vm.prank(admin);
        network.registerPools(pools);
        vm.deal(OTHER_PROVIDER, 100 ether);
        vm.prank(OTHER_PROVIDER);
        treasury.bond{value: 100 ether}();
        for (uint256 i = 0; i < count; ++i) requestOne(i, i & 1 == 0 ? POOL : PoolId.wrap(6), new LinkId[](0));
    }

    /// @dev A client of its own, and 17 buckets in two words of the calendar that no other of the first 80 uses.
    function requestOne(uint256 i, PoolId pool, LinkId[] memory links) private {
        Terms memory terms = someTerms();
        (terms.pool, terms.slots, terms.duration) = (pool, 1, 14_400);
        terms.start = START + 100 + uint64(i % 80) * 32 * 900;
        address sender = address(uint160(0xC0FFEE00 + i));
        vm.deal(sender, 1 ether);
        ids.push(ReservationId.wrap(uint128(i + 1)));
        vm.prank(sender);
        if (links.length == 0) allocation.request{value: 1 ether}(ids[i], terms);
        else allocation.requestPath{value: 1 ether}(ids[i], terms, links);
    }

    function decisionsFor(GrantOutcome outcome) private view returns (Decision[] memory decisions) {
        decisions = new Decision[](ids.length);
        for (uint256 i = 0; i < ids.length; ++i) decisions[i] = decisionFor(ids[i], outcome);
    }

    function reportLines() private returns (Report memory report, Line[] memory lines) {
        lines = new Line[](ids.length);
        for (uint256 i = 0; i < ids.length; ++i) {
            decide(ids[i], GrantOutcome.Granted);
            lines[i] = Line(ids[i], 14_400 * 500_000);
        }
        vm.warp(START + 28 days);
        report = submit(new Decision[](0), lines);
    }

    /// @dev Links 4 to 15 from site 1 over sites 4 to 14 to site 2.
    function registerChain() private returns (LinkId[] memory ends) {
        Site[] memory sites = new Site[](11);
        for (uint32 i = 0; i < 11; ++i) sites[i] = Site(SiteId.wrap(4 + i), "relay", 50_000_000, 10_000_000);
        Link[] memory links = new Link[](12);
        ends = new LinkId[](12);
        for (uint32 i = 0; i < 12; ++i) {
            ends[i] = LinkId.wrap(4 + i);
            SiteId a = SiteId.wrap(i == 0 ? 1 : 3 + i);
            links[i] = Link(ends[i], a, SiteId.wrap(i == 11 ? 2 : 4 + i), 50_000, 100);
        }
        vm.startPrank(admin);
        network.registerSites(sites);
        network.registerLinks(links);
        vm.stopPrank();
    }
}
