// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleInventory} from "../../contracts/interfaces/IParticleInventory.sol";
import {OrderId} from "../../contracts/types/Ids.sol";
import {OrderStatus, OrderTerms} from "../../contracts/types/Inventory.sol";
import {Report} from "../../contracts/types/Reports.sol";
import {InventoryFixture} from "./InventoryFixture.sol";

/// @dev Specification: ParticleInventory.tree, orders: how they fail, and what no status allows.
contract OrderEndsTest is InventoryFixture {
    function setUp() public {
        setUpInventory();
    }

    function test_FailOrder_afterTheGrace_paysTheBuyer() public {
        acceptOrder();
        uint64 until = orderTerms().deliverBy + GRACE_SECONDS;
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(IParticleInventory.ParticleInventory_NotYet.selector, ORDER, until + 1));
        inventory.failOrder(ORDER);
        vm.warp(until + 1);
        vm.expectEmit(address(inventory));
        emit IParticleInventory.OrderFailed(ORDER);
        vm.prank(stranger);
        inventory.failOrder(ORDER);
        assertEq(treasury.creditOf(buyer), REWARD + STAKE, "reward and bond");
        assertEq(treasury.bondOf(provider).locked, 0, "forfeited");
        expectStatusOf(ORDER, OrderStatus.Failed);
        inventory.failOrder(ORDER);
    }

    function test_FailOrder_WhenReportsWerePaused_waitsLonger() public {
        acceptOrder();
        uint64 until = orderTerms().deliverBy + GRACE_SECONDS;
        vm.startPrank(admin);
        registry.pause(2);
        vm.warp(now64() + 1000);
        registry.unpause(2);
        vm.stopPrank();
        vm.warp(until + 1000);
        vm.expectRevert(
            abi.encodeWithSelector(IParticleInventory.ParticleInventory_NotYet.selector, ORDER, until + 1001)
        );
        inventory.failOrder(ORDER);
        vm.warp(until + 1001);
        inventory.failOrder(ORDER);
        assertFailed();
    }

    function test_FailOrder_WhenPausedForever_waitsSevenDaysAtMost() public {
        acceptOrder();
        uint64 until = orderTerms().deliverBy + GRACE_SECONDS + 7 days;
        vm.prank(admin);
        registry.pause(2);
        vm.warp(until + 1);
        inventory.failOrder(ORDER);
        assertFailed();
    }

    /// @dev A sponsor that paid gets the reward back, and the bond: it bore the loss.
    function test_FailOrder_WhenSponsored_paysTheSponsor() public {
        treasury.deposit{value: REWARD}(client);
        vm.prank(client);
        treasury.sponsor(buyer, REWARD);
        OrderTerms memory terms = orderTerms();
        terms.payer = client;
        vm.prank(buyer);
        inventory.orderProduction(ORDER, terms);
        vm.prank(provider);
        inventory.acceptOrder(ORDER);
        vm.warp(terms.deliverBy + GRACE_SECONDS + 1);
        inventory.failOrder(ORDER);
        assertEq(treasury.creditOf(client), REWARD + STAKE, "the sponsor");
        assertEq(treasury.creditOf(buyer), 0, "the buyer");
    }

    /// @dev Only what was paused since the acceptance counts.
    function test_FailOrder_WhenReportsWerePausedBefore_waitsNoLonger() public {
        vm.startPrank(admin);
        registry.pause(2);
        vm.warp(now64() + 1000);
        registry.unpause(2);
        vm.stopPrank();
        acceptOrder();
        vm.warp(orderTerms().deliverBy + GRACE_SECONDS + 1);
        inventory.failOrder(ORDER);
        assertFailed();
    }

    /// @dev Every operation in every status but the ones that allow it.
    function test_Operations_GivenAnyOtherStatus_revert() public {
        for (uint256 i = 0; i <= 5; ++i) {
            OrderStatus status = OrderStatus(i);
            OrderId id = OrderId.wrap(uint128(100 + i));
            bring(id, status);
            address owner = inventory.order(id).buyer;
            if (status != OrderStatus.Open) {
                vm.prank(owner);
                expectStatusOf(id, status);
                inventory.withdrawOrder(id);
                vm.prank(provider);
                expectStatusOf(id, status);
                inventory.acceptOrder(id);
            }
            if (status == OrderStatus.Accepted) continue;
            expectStatusOf(id, status);
            inventory.failOrder(id);
            Report memory none;
            expectStatusOf(id, status);
            inventory.deliverOrder(id, none, 0, 0, "", new bytes32[](0));
        }
    }

    function bring(OrderId id, OrderStatus status) private {
        if (status == OrderStatus.None) return;
        OrderTerms memory terms = orderTerms();
        vm.deal(buyer, REWARD);
        vm.prank(buyer);
        inventory.orderProduction{value: REWARD}(id, terms);
        if (status == OrderStatus.Withdrawn) {
            vm.prank(buyer);
            inventory.withdrawOrder(id);
        }
        if (status == OrderStatus.Open || status == OrderStatus.Withdrawn) return;
        vm.deal(provider, STAKE);
        vm.startPrank(provider);
        treasury.bond{value: STAKE}();
        inventory.acceptOrder(id);
        vm.stopPrank();
        if (status == OrderStatus.Delivered) {
            bytes memory payload = production(OrderId.unwrap(id), 1, 50, 970_000, now64());
            (Report memory report, uint64 time) = finalLeaf(payload);
            inventory.deliverOrder(id, report, time, 0, payload, new bytes32[](0));
        }
        if (status != OrderStatus.Failed) return;
        vm.warp(terms.deliverBy + GRACE_SECONDS + 1);
        inventory.failOrder(id);
    }

    function expectStatusOf(OrderId id, OrderStatus status) private {
        vm.expectRevert(abi.encodeWithSelector(IParticleInventory.ParticleInventory_WrongStatus.selector, id, status));
    }

    function assertFailed() private view {
        assertEq(uint256(inventory.order(ORDER).status), uint256(OrderStatus.Failed), "status");
    }
}
