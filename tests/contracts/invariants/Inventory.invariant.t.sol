// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LotId, OrderId} from "../../../contracts/types/Ids.sol";
import {Lot, LotStatus, Order, OrderStatus, OrderTerms, Reservoir} from "../../../contracts/types/Inventory.sol";
import {Bond} from "../../../contracts/types/Money.sol";
import {InventoryFixture} from "../InventoryFixture.sol";
import {CountedCalls} from "./CountedCalls.sol";
import {InventoryHandler} from "./InventoryHandler.sol";

/// @dev What holds of lots, orders, stakes and reservoirs after any sequence of calls.
contract InventoryInvariantTest is InventoryFixture, CountedCalls {
    /// @dev A run makes 64 calls, and hardly one finds nothing to do.
    uint256 private constant MIN_CALLS = 60;
    uint64 private constant MAX_PER_HOUR = 100_000;

    InventoryHandler private handler;

    function setUp() public {
        setUpInventory();
        handler = new InventoryHandler(inventory, treasury, hub, allocation, address(treasury).balance);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev sum of credits + escrows + bonds = balance = paid in - paid out.
    function invariant_MoneyIsConserved() public view {
        uint256 sum = 0;
        address[] memory accounts = handler.accounts();
        for (uint256 i = 0; i < accounts.length; ++i) {
            Bond memory bond = treasury.bondOf(accounts[i]);
            sum += uint256(treasury.creditOf(accounts[i])) + treasury.escrowOf(accounts[i]);
            sum += uint256(bond.free) + bond.locked + bond.unbonding;
        }
        assertEq(sum, address(treasury).balance, "credits + escrows + bonds = balance");
        assertEq(handler.paidIn() - handler.paidOut(), sum, "in - out");
    }

    /// @dev escrow(payer) = sum of rewards of its orders that are Open or Accepted;
    /// locked(provider) = sum of bonds of its orders that are Accepted.
    function invariant_EscrowAndStakesAreThoseOfOpenOrders() public view {
        address[] memory accounts = handler.accounts();
        uint256[] memory escrows = new uint256[](accounts.length);
        uint256[] memory locked = new uint256[](accounts.length);
        for (uint256 i = 0; i < handler.orderCount(); ++i) {
            Order memory kept = inventory.order(handler.orderIds(i));
            bool accepted = kept.status == OrderStatus.Accepted;
            bool paid = accepted || kept.status == OrderStatus.Open;
            for (uint256 a = 0; a < accounts.length; ++a) {
                if (paid && kept.terms.payer == accounts[a]) escrows[a] += kept.terms.reward;
                if (accepted && kept.provider == accounts[a]) locked[a] += kept.terms.bond;
            }
        }
        for (uint256 a = 0; a < accounts.length; ++a) {
            assertEq(treasury.escrowOf(accounts[a]), escrows[a], "escrow");
            assertEq(treasury.bondOf(accounts[a]).locked, locked[a], "locked");
        }
    }

    /// @dev order(id) = what the book says; asked(hour) = sum of counts accepted in it <= most per hour.
    function invariant_OrdersAreAsBooked() public view {
        for (uint256 i = 0; i < handler.orderCount(); ++i) {
            OrderId id = handler.orderIds(i);
            Order memory kept = inventory.order(id);
            (OrderTerms memory terms, address buyer, address by, OrderStatus status, uint64 hour, ) = handler.orders(
                id
            );
            assertEq(keccak256(abi.encode(kept.terms)), keccak256(abi.encode(terms)), "terms");
            assertEq(kept.buyer, buyer, "buyer");
            assertEq(kept.provider, by, "provider");
            assertEq(uint256(kept.status), uint256(status), "status");
            assertEq(inventory.hourCount(PAIR_KIND, hour), handler.hourCounts(hour), "asked");
            assertLe(handler.hourCounts(hour), MAX_PER_HOUR, "most per hour");
        }
    }

    /// @dev An order has a lot exactly when it is Delivered, of its provider and of what was proven.
    function invariant_DeliveredOrdersHaveOneLot() public view {
        for (uint256 i = 0; i < handler.orderCount(); ++i) {
            OrderId id = handler.orderIds(i);
            Lot memory kept = inventory.lot(LotId.wrap(OrderId.unwrap(id)));
            (, , address by, OrderStatus status, , uint32 delivered) = handler.orders(id);
            assertTrue((kept.status != LotStatus.None) == (status == OrderStatus.Delivered), "a lot when delivered");
            if (status != OrderStatus.Delivered) continue;
            assertEq(kept.provider, by, "the provider's");
            assertEq(kept.terms.count, delivered, "count");
            assertEq(OrderId.unwrap(kept.order), OrderId.unwrap(id), "of the order");
        }
    }

    /// @dev lot(id) = what the book says; provenance(a) = provenance(b) only when a = b.
    function invariant_LotsAreAsBooked() public view {
        uint256 count = handler.lotCount();
        bytes32[] memory provenances = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) {
            LotId id = handler.lots(i);
            Lot memory kept = inventory.lot(id);
            assertEq(uint256(kept.status), uint256(handler.lotStatus(id)), "status");
            assertEq(kept.provider, handler.lotOwner(id), "provider");
            provenances[i] = kept.terms.provenance;
            for (uint256 j = 0; j < i; ++j) assertTrue(provenances[j] != provenances[i], "an origin of its own");
        }
    }

    /// @dev stock, limits and low = the book's; low only when the proven stock was below the threshold of then.
    function invariant_ReservoirIsAsReported() public view {
        Reservoir memory kept = inventory.reservoir(POOL);
        assertEq(kept.stock, handler.stock(), "stock");
        assertEq(kept.threshold, handler.threshold(), "threshold");
        assertEq(kept.target, handler.wanted(), "target");
        assertTrue(kept.low == handler.low(), "low");
    }

    /// @dev Each operation really happens within a fixed course of calls; one that never did would prove nothing.
    function test_EachOperation_happens() public {
        for (uint256 i = 0; i < 12; ++i) {
            uint256 seed = uint256(keccak256(abi.encode("course", i)));
            handler.bond(seed);
            handler.enlist(seed);
            handler.registerLot(seed >> 1);
            for (uint256 j = 0; j < 4; ++j) handler.moveLot(seed >> j);
            handler.open(seed);
            handler.accept(seed);
            handler.deliver(seed);
            handler.open(seed >> 3);
            handler.accept(seed >> 4);
            if (i % 3 == 0) handler.failOrder(seed);
            if (i % 4 == 0) handler.withdrawOrder(seed);
            handler.setReservoir(seed);
            handler.reportStock(seed);
            handler.slash(seed);
            handler.unbond(seed);
            handler.withdraw(seed);
            handler.pass(seed);
        }
        checkEach(address(handler), operations());
    }

    function afterInvariant() public {
        checkRun("Inventory", address(handler), operations(), MIN_CALLS);
    }

    function operations() private pure returns (bytes32[] memory) {
        return
            listOf(
                abi.encode(
                    [
                        bytes32("open"),
                        "withdrawOrder",
                        "accept",
                        "deliver",
                        "fail",
                        "registerLot",
                        "moveLot",
                        "bond",
                        "unbond",
                        "slash",
                        "enlist",
                        "setReservoir",
                        "reportStock",
                        "withdraw",
                        "pass",
                        "refusal"
                    ]
                )
            );
    }
}
