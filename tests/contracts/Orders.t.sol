// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleInventory} from "../../contracts/interfaces/IParticleInventory.sol";
import {ITreasury} from "../../contracts/interfaces/ITreasury.sol";
import {LotId, OrderId, PoolId} from "../../contracts/types/Ids.sol";
import {Lot, Order, OrderStatus, OrderTerms} from "../../contracts/types/Inventory.sol";
import {Report} from "../../contracts/types/Reports.sol";
import {InventoryFixture} from "./InventoryFixture.sol";

/// @dev Specification: ParticleInventory.tree, orders.
contract OrdersTest is InventoryFixture {
    function setUp() public {
        setUpInventory();
    }

    function test_OrderProduction_locksTheRewardAndTells() public {
        vm.expectEmit(address(inventory));
        emit IParticleInventory.OrderOpened(ORDER, buyer, buyer, orderTerms());
        openOrder();
        assertEq(treasury.escrowOf(buyer), REWARD, "escrow");
        Order memory kept = inventory.order(ORDER);
        assertEq(kept.terms.payer, buyer, "payer");
        assertOrder(OrderStatus.Open);
    }

    function test_OrderProduction_WhenSponsored_usesTheAllowance() public {
        treasury.deposit{value: REWARD}(client);
        vm.prank(client);
        treasury.sponsor(buyer, REWARD);
        OrderTerms memory terms = orderTerms();
        terms.payer = client;
        vm.prank(buyer);
        inventory.orderProduction(ORDER, terms);
        assertEq(treasury.escrowOf(client), REWARD, "the sponsor pays");
        vm.prank(buyer);
        inventory.withdrawOrder(ORDER);
        assertEq(treasury.creditOf(client), REWARD, "and gets it back");
    }

    function test_OrderProduction_WhenNotAllowedToSpend_reverts() public {
        treasury.deposit{value: REWARD}(client);
        vm.prank(client);
        treasury.sponsor(buyer, REWARD - 1);
        OrderTerms memory terms = orderTerms();
        terms.payer = client;
        vm.prank(buyer);
        vm.expectRevert(
            abi.encodeWithSelector(ITreasury.Treasury_AllowanceTooLow.selector, client, buyer, REWARD - 1, REWARD)
        );
        inventory.orderProduction(ORDER, terms);
    }

    function test_OrderProduction_WhenDueAtTheHorizon_opens() public {
        OrderTerms memory terms = orderTerms();
        terms.deliverBy = now64() + 28 days;
        vm.prank(buyer);
        inventory.orderProduction{value: REWARD}(ORDER, terms);
        assertOrder(OrderStatus.Open);
    }

    function test_OrderProduction_WhenTermsBad_reverts() public {
        OrderTerms memory terms = orderTerms();
        terms.count = 0;
        refused(terms, abi.encodeWithSelector(IParticleInventory.ParticleInventory_CountZero.selector));
        bytes4 fidelity = IParticleInventory.ParticleInventory_FidelityOutOfRange.selector;
        terms = orderTerms();
        terms.fidelityMinPpm = 500_000;
        refused(terms, abi.encodeWithSelector(fidelity, 500_000, 500_000, 1_000_000));
        terms.fidelityMinPpm = 1_000_001;
        refused(terms, abi.encodeWithSelector(fidelity, 1_000_001, 500_000, 1_000_000));
        bytes4 time = IParticleInventory.ParticleInventory_TimeOutOfRange.selector;
        terms = orderTerms();
        terms.deliverBy = now64();
        refused(terms, abi.encodeWithSelector(time, now64(), now64() + 1, now64() + 28 days));
        terms.deliverBy = now64() + 28 days + 1;
        refused(terms, abi.encodeWithSelector(time, now64() + 28 days + 1, now64() + 1, now64() + 28 days));
        bytes4 pool = IParticleInventory.ParticleInventory_WrongPool.selector;
        terms = orderTerms();
        terms.pool = QUBIT_POOL;
        refused(terms, abi.encodeWithSelector(pool, QUBIT_POOL, PAIR_KIND));
        terms.pool = PoolId.wrap(99);
        refused(terms, abi.encodeWithSelector(pool, 99, PAIR_KIND));
        terms = orderTerms();
        terms.reward = REWARD + 1;
        refused(terms, abi.encodeWithSelector(ITreasury.Treasury_CreditTooLow.selector, buyer, REWARD, REWARD + 1));
    }

    function test_OrderProduction_WhenIdUsedOrZero_reverts() public {
        openOrder();
        bytes4 reason = IParticleInventory.ParticleInventory_IdUsed.selector;
        vm.startPrank(buyer);
        vm.expectRevert(abi.encodeWithSelector(reason, 77));
        inventory.orderProduction{value: REWARD}(ORDER, orderTerms());
        vm.expectRevert(abi.encodeWithSelector(reason, 0));
        inventory.orderProduction{value: REWARD}(OrderId.wrap(0), orderTerms());
    }

    function test_OrderProduction_WhenPaused_reverts() public {
        vm.prank(admin);
        registry.pause(1);
        vm.prank(buyer);
        vm.expectRevert(abi.encodeWithSelector(IParticleInventory.ParticleInventory_Paused.selector, 1));
        inventory.orderProduction{value: REWARD}(ORDER, orderTerms());
    }

    function test_WithdrawOrder_givesTheRewardBack() public {
        openOrder();
        vm.prank(stranger);
        vm.expectRevert(
            abi.encodeWithSelector(IParticleInventory.ParticleInventory_NotBuyer.selector, ORDER, stranger, buyer)
        );
        inventory.withdrawOrder(ORDER);
        vm.prank(buyer);
        inventory.withdrawOrder(ORDER);
        assertEq(treasury.creditOf(buyer), REWARD, "credit");
        assertOrder(OrderStatus.Withdrawn);
        vm.prank(buyer);
        expectStatus(OrderStatus.Withdrawn);
        inventory.withdrawOrder(ORDER);
    }

    function test_AcceptOrder_stakesTheBondAndTells() public {
        openOrder();
        vm.expectEmit(address(inventory));
        emit IParticleInventory.OrderAccepted(ORDER, provider, now64(), 50);
        vm.prank(provider);
        inventory.acceptOrder(ORDER);
        assertEq(treasury.bondOf(provider).locked, STAKE, "staked");
        assertEq(treasury.bondOf(provider).free, 1 ether, "free");
        assertEq(inventory.hourCount(PAIR_KIND, now64() / 3600), 50, "asked this hour");
        vm.prank(provider);
        expectStatus(OrderStatus.Accepted);
        inventory.acceptOrder(ORDER);
    }

    function test_AcceptOrder_WhenNoProvider_reverts() public {
        openOrder();
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IParticleInventory.ParticleInventory_NotProvider.selector, stranger));
        inventory.acceptOrder(ORDER);
    }

    function test_AcceptOrder_WhenBondTooLow_reverts() public {
        vm.prank(provider);
        treasury.startUnbonding(1.5 ether);
        openOrder();
        vm.prank(provider);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_BondTooLow.selector, provider, 0.5 ether, STAKE));
        inventory.acceptOrder(ORDER);
    }

    function test_AcceptOrder_WhenLessThanTheLeastBondStaysFree_reverts() public {
        OrderTerms memory terms = orderTerms();
        terms.bond = STAKE + 1;
        vm.prank(buyer);
        inventory.orderProduction{value: REWARD}(ORDER, terms);
        vm.prank(provider);
        vm.expectRevert(
            abi.encodeWithSelector(
                IParticleInventory.ParticleInventory_BondTooLow.selector,
                provider,
                MIN_BOND - 1,
                MIN_BOND
            )
        );
        inventory.acceptOrder(ORDER);
    }

    function test_AcceptOrder_WhenTooLate_reverts() public {
        openOrder();
        uint64 last = orderTerms().deliverBy;
        vm.warp(last + 1);
        vm.prank(provider);
        vm.expectRevert(abi.encodeWithSelector(IParticleInventory.ParticleInventory_TooLate.selector, ORDER, last));
        inventory.acceptOrder(ORDER);
    }

    function test_AcceptOrder_WhenTheHourIsFull_reverts() public {
        OrderTerms memory terms = orderTerms();
        terms.count = 100_001;
        vm.prank(buyer);
        inventory.orderProduction{value: REWARD}(ORDER, terms);
        vm.prank(provider);
        vm.expectRevert(
            abi.encodeWithSelector(
                IParticleInventory.ParticleInventory_RateExceeded.selector,
                PAIR_KIND,
                100_001,
                100_000
            )
        );
        inventory.acceptOrder(ORDER);
    }

    function test_DeliverOrder_byAnyone_paysAndRegistersTheLot() public {
        acceptOrder();
        bytes memory payload = production(77, 1, 60, 970_000, block.timestamp);
        (Report memory report, uint64 time) = finalLeaf(payload);
        vm.expectEmit(address(inventory));
        emit IParticleInventory.OrderDelivered(ORDER, LotId.wrap(77), 60, 970_000);
        vm.prank(stranger);
        inventory.deliverOrder(ORDER, report, time, 0, payload, new bytes32[](0));
        assertEq(treasury.creditOf(provider), REWARD, "reward");
        assertEq(treasury.escrowOf(buyer), 0, "escrow");
        assertEq(treasury.bondOf(provider).free, 2 ether, "the bond is free");
        Lot memory lot = inventory.lot(LotId.wrap(77));
        assertEq(lot.terms.count, 60, "count");
        assertEq(lot.terms.provenance, leafOf(1, 0, payload), "provenance");
        assertEq(OrderId.unwrap(lot.order), 77, "order");
        assertEq(lot.terms.producedAt, time, "time");
        expectStatus(OrderStatus.Delivered);
        inventory.deliverOrder(ORDER, report, time, 0, payload, new bytes32[](0));
    }

    function test_DeliverOrder_atTheVeryLimits() public {
        acceptOrder();
        deliver(production(77, 1, 50, 960_000, orderTerms().deliverBy));
        assertOrder(OrderStatus.Delivered);
    }

    function refused(OrderTerms memory terms, bytes memory reason) private {
        vm.prank(buyer);
        vm.expectRevert(reason);
        inventory.orderProduction{value: REWARD}(ORDER, terms);
    }

    function assertOrder(OrderStatus expected) private view {
        assertEq(uint256(inventory.order(ORDER).status), uint256(expected), "status");
    }

    function expectStatus(OrderStatus status) private {
        vm.expectRevert(
            abi.encodeWithSelector(IParticleInventory.ParticleInventory_WrongStatus.selector, ORDER, status)
        );
    }
}
