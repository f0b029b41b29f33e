// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleInventory} from "../../contracts/interfaces/IParticleInventory.sol";
import {PoolId} from "../../contracts/types/Ids.sol";
import {Reservoir} from "../../contracts/types/Inventory.sol";
import {Report} from "../../contracts/types/Reports.sol";
import {InventoryFixture} from "./InventoryFixture.sol";
import {Vm} from "./TestBase.sol";

/// @dev Specification: ParticleInventory.tree, reservoirs.
contract ReservoirsTest is InventoryFixture {
    function setUp() public {
        setUpInventory();
        vm.prank(admin);
        inventory.setReservoir(POOL, 10, 30);
    }

    function test_SetReservoir_tells() public {
        vm.expectEmit(address(inventory));
        emit IParticleInventory.ReservoirSet(POOL, 5, 6);
        vm.prank(admin);
        inventory.setReservoir(POOL, 5, 6);
        Reservoir memory kept = inventory.reservoir(POOL);
        assertEq(kept.threshold, 5, "threshold");
        assertEq(kept.target, 6, "target");
    }

    function test_SetReservoir_WhenRefused_reverts() public {
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IParticleInventory.ParticleInventory_MissingRole.selector, stranger, 4));
        inventory.setReservoir(POOL, 5, 6);
        vm.startPrank(admin);
        vm.expectRevert(abi.encodeWithSelector(IParticleInventory.ParticleInventory_BadReservoir.selector, 6, 5));
        inventory.setReservoir(POOL, 6, 5);
        vm.expectRevert(abi.encodeWithSelector(IParticleInventory.ParticleInventory_UnknownPool.selector, 99));
        inventory.setReservoir(PoolId.wrap(99), 5, 6);
    }

    function test_ReportStock_asksForMoreOnceAndTellsWhenItIsBack() public {
        bytes memory payload = counters(1, 7, 4);
        (Report memory report, uint64 time) = finalLeaf(payload);
        vm.expectEmit(address(inventory));
        emit IParticleInventory.StockReported(POOL, 4, 7, 1);
        vm.expectEmit(address(inventory));
        emit IParticleInventory.ReplenishmentNeeded(POOL, 4, 10, 26);
        inventory.reportStock(POOL, report, time, 0, payload, new bytes32[](0));
        assertTrue(inventory.reservoir(POOL).low, "low");
        vm.recordLogs();
        prove(8, 3);
        assertEq(countOf(IParticleInventory.ReplenishmentNeeded.selector), 0, "asked once");
        payload = counters(1, 9, 10);
        (report, time) = finalLeaf(payload);
        vm.expectEmit(address(inventory));
        emit IParticleInventory.ReservoirReplenished(POOL, 10);
        inventory.reportStock(POOL, report, time, 0, payload, new bytes32[](0));
        Reservoir memory kept = inventory.reservoir(POOL);
        assertTrue(!kept.low, "enough");
        assertEq(kept.stock, 10, "stock");
        assertEq(kept.poolSequence, 9, "sequence");
    }

    function test_ReportStock_WhenOld_reverts() public {
        prove(7, 4);
        bytes memory payload = counters(1, 7, 5);
        (Report memory report, uint64 time) = finalLeaf(payload);
        vm.expectRevert(abi.encodeWithSelector(IParticleInventory.ParticleInventory_OldStock.selector, POOL, 7, 7));
        inventory.reportStock(POOL, report, time, 0, payload, new bytes32[](0));
    }

    function test_ReportStock_inAnotherEra_countsAnew() public {
        prove(7, 4);
        vm.prank(admin);
        hub.startEra(2, 0, 0, 0);
        prove(1, 20);
        assertEq(inventory.reservoir(POOL).era, 2, "era");
        assertEq(inventory.reservoir(POOL).stock, 20, "stock");
    }

    /// @dev A report of an era that is over proves nothing new, however high its sequence.
    function test_ReportStock_WhenOfAnEarlierEra_reverts() public {
        bytes memory payload = counters(1, 1000, 4);
        (Report memory report, uint64 time) = finalLeaf(payload);
        vm.prank(admin);
        hub.startEra(2, 0, 0, 0);
        prove(1, 20);
        vm.expectRevert(abi.encodeWithSelector(IParticleInventory.ParticleInventory_OldStock.selector, POOL, 1000, 1));
        inventory.reportStock(POOL, report, time, 0, payload, new bytes32[](0));
        assertEq(inventory.reservoir(POOL).stock, 20, "stock");
    }

    function test_ReportStock_WhenAtTheThreshold_isNotLow() public {
        prove(1, 10);
        assertTrue(!inventory.reservoir(POOL).low, "at the threshold");
        prove(2, 9);
        assertTrue(inventory.reservoir(POOL).low, "below it");
    }

    function test_ReportStock_tellsOnceThatItIsBack() public {
        prove(1, 9);
        prove(2, 10);
        vm.recordLogs();
        prove(3, 11);
        assertEq(countOf(IParticleInventory.ReservoirReplenished.selector), 0, "told once");
    }

    /// @dev Without limits nothing is ever low; what is proven is kept all the same.
    function test_ReportStock_WhenSwitchedOff_asksForNothing() public {
        vm.prank(admin);
        inventory.setReservoir(POOL, 0, 0);
        vm.recordLogs();
        prove(1, 0);
        assertEq(countOf(IParticleInventory.ReplenishmentNeeded.selector), 0, "asked");
        assertEq(inventory.reservoir(POOL).poolSequence, 1, "kept");
    }

    function test_ReportStock_WhenAnotherKindOfLeaf_reverts() public {
        bytes memory payload = production(77, 1, 50, 970_000, block.timestamp);
        (Report memory report, uint64 time) = finalLeaf(payload);
        expectWrongLeaf(1);
        inventory.reportStock(POOL, report, time, 0, payload, new bytes32[](0));
    }

    function test_ReportStock_WhenOfAnotherPool_reverts() public {
        bytes memory payload = counters(2, 7, 4);
        (Report memory report, uint64 time) = finalLeaf(payload);
        expectWrongLeaf(1);
        inventory.reportStock(POOL, report, time, 0, payload, new bytes32[](0));
    }

    function test_ReportStock_WhenNotFinal_reverts() public {
        bytes memory payload = counters(1, 7, 4);
        uint64 time = now64();
        Report memory report = acceptLeaf(payload);
        vm.expectRevert(abi.encodeWithSelector(IParticleInventory.ParticleInventory_NotProven.selector, 1, 0));
        inventory.reportStock(POOL, report, time, 0, payload, new bytes32[](0));
    }

    function prove(uint64 sequence, uint32 stock) private {
        bytes memory payload = counters(1, sequence, stock);
        (Report memory report, uint64 time) = finalLeaf(payload);
        inventory.reportStock(POOL, report, time, 0, payload, new bytes32[](0));
    }

    function countOf(bytes32 topic) private returns (uint256 count) {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] == topic) ++count;
        }
    }
}
