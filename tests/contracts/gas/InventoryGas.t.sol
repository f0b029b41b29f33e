// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LotId, OrderId} from "../../../contracts/types/Ids.sol";
import {LotStatus} from "../../../contracts/types/Inventory.sol";
import {Report} from "../../../contracts/types/Reports.sol";
import {Decision, Line} from "../../../contracts/types/Reservations.sol";
import {InventoryFixture} from "../InventoryFixture.sol";

/// @dev Gas of whole transactions on lots, orders and reservoirs. The design states a target for a proof alone; the
/// rows at one leaf and at 1M leaves tell what the proof adds to a delivery and to a stock.
contract InventoryGasTest is InventoryFixture {
    uint256 private constant PROOF_TARGET = 65_000;

    function setUp() public {
        setUpInventory();
    }

    function test_Lots() public {
        vm.startPrank(provider);
        inventory.registerLot(LotId.wrap(1), lotTerms());
        record("register a lot", 255_000);
        inventory.moveLot(LotId.wrap(1), LotStatus.Available, "seen");
        record("move a lot, first evidence", 65_000);
        inventory.moveLot(LotId.wrap(1), LotStatus.Expired, "gone");
        record("move a lot", 48_000);
        inventory.retireLot(LotId.wrap(1), "record");
        record("retire a lot", 48_000);
    }

    function test_Orders() public {
        openOrder();
        record("open an order", 300_000);
        vm.prank(provider);
        inventory.acceptOrder(ORDER);
        record("accept an order", 185_000);
    }

    function test_OrdersThatEndOtherwise() public {
        openOrder();
        vm.prank(buyer);
        inventory.withdrawOrder(ORDER);
        record("withdraw an order", 80_000);
        vm.prank(buyer);
        inventory.orderProduction{value: REWARD}(OrderId.wrap(78), orderTerms());
        vm.prank(provider);
        inventory.acceptOrder(OrderId.wrap(78));
        vm.warp(orderTerms().deliverBy + GRACE_SECONDS + 1);
        inventory.failOrder(OrderId.wrap(78));
        record("fail an order", 110_000);
    }

    /// @dev Each in a deployment of its own, so that they differ by the proof alone.
    function test_Deliver() public {
        uint256 alone = deliverAt(1, 0, "deliver an order, one leaf");
        setUpInventory();
        deliverAt(1000, 10, "deliver an order, 1k leaves");
        setUpInventory();
        uint256 deep = deliverAt(1_000_000, 20, "deliver an order, 1M leaves");
        assertLe(deep - alone, PROOF_TARGET, "the proof");
        vm.snapshotValue("gas", "deliver an order, what a proof at 1M leaves adds", deep - alone);
    }

    function test_Stock_OneLeaf() public {
        reportAt(1, 0, "prove a stock, one leaf");
    }

    function test_Stock_1kLeaves() public {
        reportAt(1000, 10, "prove a stock, 1k leaves");
    }

    function test_Stock_1MLeaves() public {
        reportAt(1_000_000, 20, "prove a stock, 1M leaves");
    }

    function deliverAt(uint64 count, uint256 depth, string memory name) private returns (uint256) {
        acceptOrder();
        bytes memory payload = production(OrderId.unwrap(ORDER), 1, 50, 970_000, block.timestamp);
        (Report memory report, uint64 time, bytes32[] memory proof) = finalTree(payload, count, depth);
        inventory.deliverOrder(ORDER, report, time, count - 1, payload, proof);
        return record(name, 420_000);
    }

    /// @dev The first stock of a pool; then a later one, which falls below the threshold.
    function reportAt(uint64 count, uint256 depth, string memory name) private {
        vm.prank(admin);
        inventory.setReservoir(POOL, 10, 20);
        for (uint64 i = 1; i <= 2; ++i) {
            bytes memory payload = counters(1, i, i == 1 ? 15 : 5);
            (Report memory report, uint64 time, bytes32[] memory proof) = finalTree(payload, count, depth);
            inventory.reportStock(POOL, report, time, count - 1, payload, proof);
            record(string.concat(name, i == 1 ? ", first" : ", asks for more"), 150_000);
        }
    }

    /// @dev A tree in which only the path of the last leaf is known: every sibling is the hash of its level.
    function finalTree(
        bytes memory payload,
        uint64 count,
        uint256 depth
    ) private returns (Report memory report, uint64 time, bytes32[] memory proof) {
        report = nextReport(new Decision[](0), new Line[](0));
        uint64 index = count - 1;
        bytes32 node = leafOf(report.sequence, index, payload);
        proof = new bytes32[](depth);
        for (uint256 level = 0; level < depth; ++level) {
            proof[level] = keccak256(abi.encode(level));
            bool isRight = (index >> level) & 1 == 1;
            node = keccak256(isRight ? bytes.concat(proof[level], node) : bytes.concat(node, proof[level]));
        }
        (report.count, report.eventsRoot, time) = (count, node, now64());
        accept(report, new Decision[](0));
        vm.roll(block.number + 1);
        vm.setBlockhash(block.number - 1, keccak256(abi.encode("block", block.number - 1)));
        vm.warp(time + CHALLENGE_SECONDS);
    }

    function record(string memory name, uint256 limit) private returns (uint256 gas) {
        gas = vm.snapshotGasLastCall("gas", name);
        assertLe(gas, limit, name);
    }
}
