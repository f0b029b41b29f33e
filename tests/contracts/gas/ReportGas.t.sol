// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Report} from "../../../contracts/types/Reports.sol";
import {Decision, Line} from "../../../contracts/types/Reservations.sol";
import {ReportFixture} from "../ReportFixture.sol";

/// @dev Gas of whole transactions of oracles against the design's targets, and of a proof as a transaction.
contract ReportGasTest is ReportFixture {
    function setUp() public {
        setUpRealm(addressesOf(sortedKeys(5)), 3, 0);
    }

    function test_Report_FirstRingSlot() public {
        submit(0, 0);
        submit(0, 0);
        record("report 3 of 5, first ring slot", 98_000);
    }

    function test_Report_ReusedRingSlot() public {
        submit(0, 0);
        fillRingSlot(2);
        submit(0, 0);
        record("report 3 of 5, re-used ring slot", 80_000);
    }

    function test_Report_costsTheSameAtAnyCount() public {
        submit(0, 0);
        fillRingSlot(2);
        submit(1000, keccak256("root"));
        record("report 3 of 5, 1k leaves", 80_000);
        fillRingSlot(3);
        submit(1_000_000, keccak256("root"));
        record("report 3 of 5, 1M leaves", 80_000);
    }

    function test_Proof_at1kAnd1MLeaves() public {
        prove(1000, 10, "verifyEvent, 1k leaves");
        prove(1_000_000, 20, "verifyEvent, 1M leaves");
    }

    /// @dev A tree in which only the path of leaf 0 is known: every sibling is the hash of its level.
    function prove(uint64 count, uint256 depth, string memory name) private {
        bytes memory payload = new bytes(94);
        uint64 sequence = hub.sequence() + 1;
        bytes32 node = keccak256(bytes.concat(keccak256(abi.encode(sequence, uint64(0), payload))));
        bytes32[] memory siblings = new bytes32[](depth);
        for (uint256 i = 0; i < depth; ++i) {
            siblings[i] = keccak256(abi.encode(i));
            node = keccak256(bytes.concat(node, siblings[i]));
        }
        Report memory report = submit(count, node);
        assertTrue(hub.verifyEvent(report, uint64(block.timestamp), 0, payload, siblings), "proven");
        record(name, 65_000);
    }

    function submit(uint64 count, bytes32 root) private returns (Report memory report) {
        Decision[] memory none = new Decision[](0);
        report = nextReport(none, new Line[](0));
        (report.count, report.eventsRoot) = (count, root);
        hub.submit(report, none, signaturesOver(attestation(report), threeOfFive()), 0, 0);
    }

    /// @dev Writes the ring slot of a sequence as if a report 65,536 before had used it.
    function fillRingSlot(uint64 sequence) private {
        bytes32 known = hub.digestOf(1);
        uint256 slot = 0;
        while (vm.load(address(hub), bytes32(slot)) != known) ++slot;
        vm.store(address(hub), bytes32(slot + sequence - 1), keccak256("older"));
    }

    function threeOfFive() private pure returns (uint256[] memory keys) {
        uint256[] memory all = sortedKeys(5);
        keys = new uint256[](3);
        for (uint256 i = 0; i < 3; ++i) keys[i] = all[i];
    }

    function record(string memory name, uint256 limit) private {
        assertLe(vm.snapshotGasLastCall("gas", name), limit, name);
    }
}
