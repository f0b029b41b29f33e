// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleInventory} from "../../../contracts/interfaces/IParticleInventory.sol";
import {LotId, OrderId} from "../../../contracts/types/Ids.sol";
import {LotTerms, OrderStatus} from "../../../contracts/types/Inventory.sol";
import {Report} from "../../../contracts/types/Reports.sol";
import {InventoryFixture} from "../InventoryFixture.sol";

/// @dev Threat: a buyer who is a provider too makes deliveries of its order impossible, by a lot that takes the id or
/// the provenance that the delivery needs, and collects the bond of whom it hinders.
contract LotSquattingTest is InventoryFixture {
    function setUp() public {
        setUpInventory();
        vm.startPrank(buyer);
        treasury.bond{value: MIN_BOND}();
        inventory.registerProvider("buyer and provider");
        vm.stopPrank();
    }

    function test_LotWithAnOrdersId() public {
        acceptOrder();
        vm.prank(buyer);
        vm.expectRevert(used(77));
        inventory.registerLot(LotId.wrap(77), lotTerms());
        deliver(production(77, 1, 50, 970_000, block.timestamp));
        assertDelivered();
    }

    function test_LotWithTheIdOfAnOrderThatIsOver() public {
        openOrder();
        vm.startPrank(buyer);
        inventory.withdrawOrder(ORDER);
        vm.expectRevert(used(77));
        inventory.registerLot(LotId.wrap(77), lotTerms());
    }

    function test_OrderWithALotsId() public {
        vm.startPrank(buyer);
        inventory.registerLot(LotId.wrap(77), lotTerms());
        vm.expectRevert(used(77));
        inventory.orderProduction{value: REWARD}(ORDER, orderTerms());
    }

    function test_LotWithTheProvenanceOfADelivery() public {
        acceptOrder();
        bytes memory payload = production(77, 1, 50, 970_000, block.timestamp);
        (Report memory report, uint64 time) = finalLeaf(payload);
        LotTerms memory terms = lotTerms();
        terms.provenance = leafOf(report.sequence, 0, payload);
        vm.prank(buyer);
        inventory.registerLot(LOT, terms);
        inventory.deliverOrder(ORDER, report, time, 0, payload, new bytes32[](0));
        assertDelivered();
    }

    /// @dev The other way round, the lot that comes later is refused.
    function test_LotWithTheProvenanceOfADeliveryBeforeIt() public {
        acceptOrder();
        bytes memory payload = production(77, 1, 50, 970_000, block.timestamp);
        deliver(payload);
        LotTerms memory terms = lotTerms();
        terms.provenance = inventory.lot(LotId.wrap(77)).terms.provenance;
        vm.prank(buyer);
        vm.expectRevert(
            abi.encodeWithSelector(IParticleInventory.ParticleInventory_BadProvenance.selector, terms.provenance)
        );
        inventory.registerLot(LOT, terms);
    }

    function assertDelivered() private view {
        assertEq(uint256(inventory.order(ORDER).status), uint256(OrderStatus.Delivered), "status");
        assertEq(treasury.creditOf(provider), REWARD, "the provider is paid");
        assertEq(treasury.bondOf(provider).free, 2 ether, "and has its bond");
        assertEq(OrderId.unwrap(inventory.lot(LotId.wrap(77)).order), 77, "the lot is the order's");
    }

    function used(uint128 id) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IParticleInventory.ParticleInventory_IdUsed.selector, id);
    }
}
