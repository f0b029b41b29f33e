// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReservationId} from "../../../contracts/types/Ids.sol";
import {Report} from "../../../contracts/types/Reports.sol";
import {Decision, GrantOutcome, Line, Terms} from "../../../contracts/types/Reservations.sol";
import {RealmFixture} from "../RealmFixture.sol";

/// @dev Gas of reports that decide and settle, as whole transactions to the hub.
contract SettlementGasTest is RealmFixture {
    uint128 private _next = 1;

    function setUp() public {
        setUpRealm(sortedSigners(), 3, 0);
    }

    function test_Settle_OneClient() public {
        settleRounds(1, true, 99_000);
        settleRounds(10, true, 27_000);
        settleRounds(50, true, 21_000);
        settleRounds(200, true, 20_000);
    }

    function test_Settle_DistinctClients() public {
        settleRounds(1, false, 99_000);
        settleRounds(10, false, 40_000);
        settleRounds(50, false, 34_500);
        settleRounds(200, false, 34_000);
    }

    function test_Settle_BelowTheTarget() public {
        bondProvider(1 ether);
        settle(requestMany(50, true), 500_000);
        settle(requestMany(50, true), 500_000);
        perLine("settle per line, 50 with penalty", 50, 31_000);
    }

    /// @dev Both caps of a report, each item at its dearest: a refusal that frees buckets, a first credit.
    function test_Caps_stayFarBelowABlock() public {
        ReservationId[] memory ids = requestMany(64, false);
        submit(decisionsFor(ids, GrantOutcome.Granted), new Line[](0));
        record("report with 64 grants", 2_500_000);
        ids = requestMany(64, false);
        submit(decisionsFor(ids, GrantOutcome.PoolExhausted), new Line[](0));
        record("report with 64 refusals", 8_000_000);
        _next = 10_000;
        settle(grantMany(200, false), 990_000);
        record("settle 200 lines, first credits", 12_000_000);
    }

    /// @dev The first round gives every account its credit and usage; the second, a week later, is measured.
    function settleRounds(uint256 count, bool oneClient, uint256 limit) private {
        uint128 first = _next;
        settle(grantMany(count, oneClient), 990_000);
        vm.warp(block.timestamp + 100_000);
        // The same clients again, with other ids.
        _next = first + 1_000_000;
        settle(grantMany(count, oneClient), 990_000);
        string memory who = oneClient ? " of one client" : " of distinct clients";
        perLine(string.concat("settle per line, ", vm.toString(count), who), count, limit);
        _next += 1_000_000;
    }

    function perLine(string memory name, uint256 count, uint256 limit) private {
        uint256 gas = vm.snapshotGasLastCall("scratch", name);
        assertLe(gas / count, limit, name);
        vm.snapshotValue("gas", name, gas / count);
    }

    function record(string memory name, uint256 limit) private {
        assertLe(vm.snapshotGasLastCall("gas", name), limit, name);
    }

    function grantMany(uint256 count, bool oneClient) private returns (ReservationId[] memory ids) {
        ids = requestMany(count, oneClient);
        vm.prank(address(hub));
        allocation.decide(decisionsFor(ids, GrantOutcome.Granted));
    }

    function requestMany(uint256 count, bool oneClient) private returns (ReservationId[] memory ids) {
        Terms memory terms = someTerms();
        (terms.pool, terms.duration) = (OTHER_POOL, 600);
        ids = new ReservationId[](count);
        for (uint256 i = 0; i < count; ++i) {
            address sender = oneClient ? client : address(uint160(0xC0FFEE00 + (_next % 1_000_000)));
            vm.deal(sender, 1 ether);
            // As clients draw them: calldata of random bytes costs more than of zeros.
            ids[i] = ReservationId.wrap(uint128(uint256(keccak256(abi.encode(_next++)))));
            requestAs(sender, ids[i], terms, costOf(terms) + 1000);
        }
    }

    function settle(ReservationId[] memory ids, uint128 qualityPpm) private {
        if (uint256(allocation.statusOf(ids[0])) == 1) {
            vm.prank(address(hub));
            allocation.decide(decisionsFor(ids, GrantOutcome.Granted));
        }
        Line[] memory lines = new Line[](ids.length);
        for (uint256 i = 0; i < ids.length; ++i) lines[i] = Line(ids[i], 15 * 600 * qualityPpm);
        vm.warp(block.timestamp + 600);
        Report memory report = submit(new Decision[](0), lines);
        hub.settle(report, uint64(block.timestamp), lines);
    }

    function decisionsFor(
        ReservationId[] memory ids,
        GrantOutcome outcome
    ) private pure returns (Decision[] memory decisions) {
        decisions = new Decision[](ids.length);
        for (uint256 i = 0; i < ids.length; ++i) decisions[i] = decisionFor(ids[i], outcome);
    }

    function submit(Decision[] memory decisions, Line[] memory lines) private returns (Report memory report) {
        report = nextReport(decisions, lines);
        bytes32 digest = hub.attestationDigest(hub.reportHash(report), 0, 0);
        bytes[] memory signatures = new bytes[](3);
        uint256[] memory keys = sortedKeys();
        for (uint256 i = 0; i < 3; ++i) signatures[i] = signWith(keys[i], digest);
        hub.submit(report, decisions, signatures, 0, 0);
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

    function sortedSigners() private pure returns (address[] memory signers) {
        uint256[] memory keys = sortedKeys();
        signers = new address[](5);
        for (uint256 i = 0; i < 5; ++i) signers[i] = vm.addr(keys[i]);
    }
}
