// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IReportHub} from "../../contracts/interfaces/IReportHub.sol";
import {PoolId, ReservationId} from "../../contracts/types/Ids.sol";
import {Report} from "../../contracts/types/Reports.sol";
import {Decision, GrantOutcome, Line, Terms} from "../../contracts/types/Reservations.sol";
import {RealmFixture} from "./RealmFixture.sol";

/// @dev tests/vectors against the contracts; the C# tests read the same files.
contract VectorsTest is RealmFixture {
    address private constant DEPLOYER = 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266;

    string private json;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
    }

    function test_Report_GivenVector_hashesAndDigestsAgree() public {
        json = vm.readFile("tests/vectors/report.json");
        Report memory report = readReport();
        bytes32 hash = hub.reportHash(report);
        assertEq(hash, hashAt(".reportHash"), "report hash");
        assertEq(keccak256(abi.encode(hash, uint64(numberAt(".acceptedAt")))), hashAt(".ringDigest"), "ring digest");
        address[] memory signers = vm.parseJsonAddressArray(json, ".signers");
        bytes memory arguments = abi.encode(
            registry,
            address(allocation),
            signers,
            uint8(numberAt(".threshold")),
            uint32(0),
            uint32(0)
        );
        vm.prank(DEPLOYER);
        IReportHub vectorHub = IReportHub(deploy("ReportHub", arguments));
        assertEq(address(vectorHub), vm.parseJsonAddress(json, ".hub"), "address");
        assertEq(block.chainid, numberAt(".chainId"), "chain");
        assertEq(vectorHub.configDigest(), hashAt(".configDigest"), "config digest");
        bytes32 digest = vectorHub.attestationDigest(hash, uint64(numberAt(".anchorBlock")), hashAt(".anchorHash"));
        assertEq(digest, hashAt(".digest"), "digest");
        uint256 key = numberAt(".privateKey");
        assertEq(vm.addr(key), vm.parseJsonAddress(json, ".signer"), "signer");
        assertEq(
            keccak256(signWith(key, digest)),
            keccak256(vm.parseJsonBytes(json, ".signature")),
            "signature (RFC 6979)"
        );
    }

    function test_EraHead_GivenVector_agrees() public {
        json = vm.readFile("tests/vectors/report.json");
        bytes32 expected = keccak256(
            abi.encode(
                hashAt(".eraStart.previousHead"),
                uint64(numberAt(".eraStart.era")),
                uint32(numberAt(".eraStart.meshVersion")),
                hashAt(".eraStart.scenarioHash"),
                uint64(numberAt(".eraStart.seed")),
                hashAt(".eraStart.snapshotHash")
            )
        );
        assertEq(hashAt(".eraHead"), expected, "head");
    }

    function test_Lists_GivenVector_hashesAgree() public {
        json = vm.readFile("tests/vectors/lists.json");
        Decision[] memory decisions = new Decision[](2);
        Line[] memory lines = new Line[](2);
        for (uint256 i = 0; i < 2; ++i) {
            string memory row = string.concat("[", vm.toString(i), "].");
            decisions[i] = readDecision(string.concat(".decisions", row));
            lines[i] = readLine(string.concat(".lines", row));
        }
        assertEq(keccak256(abi.encode(decisions)), hashAt(".decisionsHash"), "decisions");
        assertEq(keccak256(abi.encode(lines)), hashAt(".linesHash"), "lines");
        assertEq(keccak256(abi.encode(new Line[](0))), hashAt(".emptyHash"), "empty");
        assertEq(keccak256(abi.encode(readTerms())), hashAt(".termsHash"), "terms");
    }

    function readDecision(string memory row) private view returns (Decision memory decision) {
        decision.id = ReservationId.wrap(uint128(numberAt(string.concat(row, "id"))));
        decision.outcome = GrantOutcome(numberAt(string.concat(row, "outcome")));
        decision.fidelityPpm = uint32(numberAt(string.concat(row, "fidelityPpm")));
        decision.lifetimeMs = uint64(numberAt(string.concat(row, "lifetimeMs")));
        decision.rateMicroHz = uint64(numberAt(string.concat(row, "rateMicroHz")));
        decision.standingPpm = uint32(numberAt(string.concat(row, "standingPpm")));
    }

    function readLine(string memory row) private view returns (Line memory line) {
        line.id = ReservationId.wrap(uint128(numberAt(string.concat(row, "id"))));
        line.delivered = uint128(numberAt(string.concat(row, "delivered")));
    }

    function readReport() private view returns (Report memory report) {
        report.era = uint64(numberAt(".report.era"));
        report.sequence = uint64(numberAt(".report.sequence"));
        report.toBlock = uint64(numberAt(".report.toBlock"));
        report.toBlockHash = hashAt(".report.toBlockHash");
        report.toTime = uint64(numberAt(".report.toTime"));
        report.count = uint64(numberAt(".report.count"));
        report.previousHead = hashAt(".report.previousHead");
        report.eventsRoot = hashAt(".report.eventsRoot");
        report.stateHash = hashAt(".report.stateHash");
        report.dataHash = hashAt(".report.dataHash");
        report.decisionsHash = hashAt(".report.decisionsHash");
        report.linesHash = hashAt(".report.linesHash");
    }

    function readTerms() private view returns (Terms memory terms) {
        terms.pool = PoolId.wrap(uint32(numberAt(".terms.pool")));
        terms.slots = uint32(numberAt(".terms.slots"));
        terms.start = uint64(numberAt(".terms.start"));
        terms.duration = uint64(numberAt(".terms.duration"));
        terms.fidelityMinPpm = uint32(numberAt(".terms.fidelityMinPpm"));
        terms.coherenceMinMicroseconds = uint64(numberAt(".terms.coherenceMinMicroseconds"));
        terms.takesPerMinute = uint32(numberAt(".terms.takesPerMinute"));
        terms.purpose = uint8(numberAt(".terms.purpose"));
        terms.priority = uint8(numberAt(".terms.priority"));
        terms.maxCost = uint128(numberAt(".terms.maxCost"));
        terms.deadline = uint64(numberAt(".terms.deadline"));
        terms.payer = vm.parseJsonAddress(json, ".terms.payer");
    }

    function numberAt(string memory path) private view returns (uint256) {
        return vm.parseJsonUint(json, path);
    }

    function hashAt(string memory path) private view returns (bytes32) {
        return vm.parseJsonBytes32(json, path);
    }
}
