// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Decision, GrantOutcome, Line, Report, ReservationId, Terms} from "../../contracts/types/Types.sol";
import {RealmFixture} from "./RealmFixture.sol";

/// @dev Gas of whole transactions against the design's targets. `npm run contracts:gas` runs it with each call as a
/// transaction of its own and writes contracts/gas.json; a plain run measures less and only checks the targets.
contract GasTest is RealmFixture {
    uint256 private constant LINES = 50;

    function setUp() public {
        setUpRealm(fiveSigners(), 3, 0);
        vm.warp(block.timestamp + 100);
    }

    function test_Request_FirstInEmptyCalendar() public {
        requestAs(client, ID, fourHours(), costOf(fourHours()));
        record("request 4h, first", 218_000);
    }

    function test_Request_WarmCalendar() public {
        requestAs(client, ReservationId.wrap(1), fourHours(), costOf(fourHours()));
        requestAs(client, ID, fourHours(), costOf(fourHours()));
        record("request 4h, warm", 150_000);
    }

    function test_Request_WarmTenMinutes() public {
        requestAs(client, ReservationId.wrap(1), someTerms(), costOf(someTerms()));
        requestAs(client, ID, someTerms(), costOf(someTerms()));
        record("request 10 min, warm", 145_000);
    }

    function test_Life() public {
        requestGranted(someTerms());
        vm.prank(client);
        allocation.take(ID, 5);
        record("take", 40_000);
        vm.warp(block.timestamp + 60);
        vm.prank(client);
        allocation.release(ID);
        record("release", 60_000);
        settleLine(ID, 1);
        vm.prank(client);
        treasury.withdraw();
        record("withdraw", 33_000);
    }

    function test_CancelAndExpire() public {
        requestAs(client, ReservationId.wrap(1), someTerms(), costOf(someTerms()));
        requestAs(client, ReservationId.wrap(2), someTerms(), costOf(someTerms()));
        vm.prank(client);
        allocation.cancel(ReservationId.wrap(1));
        record("cancel, first credit", 90_000);
        vm.warp(block.timestamp + DECISION_SECONDS + 1);
        allocation.expire(ReservationId.wrap(2));
        record("expire", 75_000);
    }

    function test_Report_FirstRingSlot() public {
        submitEmpty();
        submitEmpty();
        record("report 3 of 5, first ring slot", 98_000);
    }

    function test_Report_ReusedRingSlot() public {
        submitEmpty();
        fillRingSlot(2);
        submitEmpty();
        record("report 3 of 5, re-used ring slot", 80_000);
    }

    function test_Settle_DistinctClients() public {
        requestFromMany(false);
        settleAll();
        requestFromMany(false);
        uint256 gas = settleAll();
        assertLe(gas / LINES, 30_000, "settlement per line, distinct clients");
        vm.snapshotValue("gas", "settle per line, 50 distinct clients with credit", gas / LINES);
    }

    function test_Settle_OneClient() public {
        requestFromMany(true);
        settleAll();
        requestFromMany(true);
        uint256 gas = settleAll();
        assertLe(gas / LINES, 20_500, "settlement per line, one client");
        vm.snapshotValue("gas", "settle per line, 50 of one client with credit", gas / LINES);
    }

    /// @dev Both caps of a report, each item at its dearest: a refusal that frees buckets, a first credit.
    function test_Caps_stayFarBelowABlock() public {
        Decision[] memory decisions = new Decision[](64);
        Line[] memory lines = new Line[](200);
        Terms memory terms = fourHours();
        (terms.pool, terms.slots) = (OTHER_POOL, 1);
        for (uint128 i = 0; i < 264; ++i) {
            ReservationId id = ReservationId.wrap(i + 1);
            vm.deal(address(uint160(0xFEED0000 + i)), 1 ether);
            requestAs(address(uint160(0xFEED0000 + i)), id, terms, costOf(terms) + 1);
            if (i < 64) decisions[i] = decisionFor(id, GrantOutcome.PoolExhausted);
            else lines[i - 64] = Line(id, 1_000_000_000);
        }
        Decision[] memory grants = new Decision[](200);
        for (uint256 i = 0; i < 200; ++i) grants[i] = decisionFor(lines[i].id, GrantOutcome.Granted);
        vm.prank(address(hub));
        allocation.decide(grants);
        submit(decisions, new Line[](0));
        record("report with 64 refusals", 8_000_000);
        vm.warp(block.timestamp + 14_400);
        Report memory report = submit(new Decision[](0), lines);
        hub.settle(report, uint64(block.timestamp), lines);
        record("settle 200 lines, first credits", 12_000_000);
    }

    function fourHours() private pure returns (Terms memory terms) {
        terms = someTerms();
        terms.duration = 14_400;
    }

    function record(string memory name, uint256 target) private {
        uint256 gas = vm.snapshotGasLastCall("gas", name);
        assertLe(gas, target, name);
    }

    uint128 private _round;

    function requestFromMany(bool oneClient) private {
        ++_round;
        Terms memory terms = someTerms();
        terms.pool = OTHER_POOL;
        Decision[] memory decisions = new Decision[](LINES);
        for (uint256 i = 0; i < LINES; ++i) {
            address sender = oneClient ? client : address(uint160(0xC0FFEE00 + i));
            vm.deal(sender, 10 ether);
            ReservationId id = ReservationId.wrap(_round * 1000 + uint128(i));
            requestAs(sender, id, terms, costOf(terms) + 1000);
            decisions[i] = decisionFor(id, GrantOutcome.Granted);
        }
        vm.prank(address(hub));
        allocation.decide(decisions);
    }

    function settleAll() private returns (uint256) {
        Line[] memory lines = new Line[](LINES);
        for (uint256 i = 0; i < LINES; ++i) {
            lines[i] = Line(ReservationId.wrap(_round * 1000 + uint128(i)), 15 * 600 * 990_000);
        }
        vm.warp(block.timestamp + 600);
        Report memory report = submit(new Decision[](0), lines);
        uint64 acceptedAt = uint64(block.timestamp);
        hub.settle(report, acceptedAt, lines);
        return vm.snapshotGasLastCall("gas", "settle, 50 lines");
    }

    function submitEmpty() private {
        submit(new Decision[](0), new Line[](0));
    }

    function submit(Decision[] memory decisions, Line[] memory lines) private returns (Report memory report) {
        report = nextReport(decisions, lines);
        bytes32 digest = hub.attestationDigest(hub.reportHash(report), 0, 0);
        bytes[] memory signatures = new bytes[](3);
        uint256[] memory keys = sortedKeys();
        for (uint256 i = 0; i < 3; ++i) signatures[i] = signWith(keys[i], digest);
        hub.submit(report, decisions, signatures, 0, 0);
    }

    /// @dev Writes the ring slot of a sequence as if a report 65,536 before had used it.
    function fillRingSlot(uint64 sequence) private {
        bytes32 known = hub.digestOf(1);
        uint256 slot = 0;
        while (vm.load(address(hub), bytes32(slot)) != known) ++slot;
        vm.store(address(hub), bytes32(slot + sequence - 1), keccak256("older"));
    }

    function sortedKeys() private pure returns (uint256[] memory keys) {
        keys = new uint256[](5);
        for (uint256 i = 0; i < 5; ++i) keys[i] = ORACLE_KEY + i;
        for (uint256 i = 0; i < 5; ++i) {
            for (uint256 j = i + 1; j < 5; ++j) {
                if (vm.addr(keys[j]) < vm.addr(keys[i])) (keys[i], keys[j]) = (keys[j], keys[i]);
            }
        }
    }

    function fiveSigners() private pure returns (address[] memory signers) {
        uint256[] memory keys = sortedKeys();
        signers = new address[](5);
        for (uint256 i = 0; i < 5; ++i) signers[i] = vm.addr(keys[i]);
    }
}
