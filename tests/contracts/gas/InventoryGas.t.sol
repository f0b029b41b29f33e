// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LotId, OrderId} from "../../../contracts/types/Ids.sol";
import {Report} from "../../../contracts/types/Reports.sol";
import {InventoryFixture} from "../InventoryFixture.sol";

/// @dev Gas of whole transactions on lots, orders and reservoirs; the design states no target for them.
contract InventoryGasTest is InventoryFixture {
    function setUp() public {
        setUpInventory();
    }

    function test_Lots() public {
        vm.prank(provider);
        inventory.registerLot(LotId.wrap(1), lotTerms());
        record("register a lot", 250_000);
    }

    function test_Orders() public {
        openOrder();
        record("open an order", 300_000);
        vm.prank(provider);
        inventory.acceptOrder(ORDER);
        record("accept an order", 180_000);
        bytes memory payload = production(OrderId.unwrap(ORDER), 1, 50, 970_000, block.timestamp);
        (Report memory report, uint64 time) = finalLeaf(payload);
        inventory.deliverOrder(ORDER, report, time, 0, payload, new bytes32[](0));
        record("deliver an order", 400_000);
    }

    function test_Reservoirs() public {
        bytes memory payload = counters(1, 1, 5);
        (Report memory report, uint64 time) = finalLeaf(payload);
        inventory.reportStock(POOL, report, time, 0, payload, new bytes32[](0));
        record("prove a stock", 130_000);
    }

    function record(string memory name, uint256 limit) private {
        assertLe(vm.snapshotGasLastCall("gas", name), limit, name);
    }
}
