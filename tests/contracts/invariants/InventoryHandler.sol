// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../../../contracts/interfaces/IParticleAllocation.sol";
import {IParticleInventory} from "../../../contracts/interfaces/IParticleInventory.sol";
import {IReportHub} from "../../../contracts/interfaces/IReportHub.sol";
import {ITreasury} from "../../../contracts/interfaces/ITreasury.sol";
import {LotId, OrderId} from "../../../contracts/types/Ids.sol";
import {LotStatus, LotTerms, OrderStatus, OrderTerms, Reservoir} from "../../../contracts/types/Inventory.sol";
import {Bond} from "../../../contracts/types/Money.sol";
import {Report} from "../../../contracts/types/Reports.sol";
import {InventoryBook} from "./InventoryBook.sol";

/// @dev Does what buyers, providers, the operator and passers-by may do with lots, orders, bonds and reservoirs, and
/// tells beforehand from the plain book whether it must succeed. A call that reverts otherwise fails the run.
contract InventoryHandler is InventoryBook {
    constructor(
        IParticleInventory inventory_,
        ITreasury treasury_,
        IReportHub hub_,
        IParticleAllocation allocation_,
        uint256 paidIn_
    ) InventoryBook(inventory_, treasury_, hub_, allocation_, paidIn_) {}

    function open(uint256 seed) public {
        OrderTerms memory terms = OrderTerms({
            kind: PAIR_KIND,
            pool: POOL,
            count: uint32(bound(seed >> 8, 1, 40_000)),
            fidelityMinPpm: uint32(bound(seed >> 40, 500_001, 1_000_000)),
            deliverBy: now64() + uint64(bound(seed >> 72, 1, 28 days)),
            reward: uint96(bound(seed >> 104, 0, 5 ether)),
            bond: uint96(bound(seed >> 168, 0, 2 ether)),
            payer: address(0)
        });
        address from = buyerAt(seed);
        if (seed >> 255 == 1) terms.payer = sponsorFor(from, terms.reward);
        uint96 value = terms.payer == address(0) ? terms.reward : 0;
        OrderId id = nextOrder();
        vm.deal(from, value);
        vm.prank(from);
        inventory.orderProduction{value: value}(id, terms);
        paidIn += value;
        if (terms.payer == address(0)) terms.payer = from;
        book(id, terms, from);
    }

    function withdrawOrder(uint256 seed) external {
        OrderId id = orderIn(OrderStatus.Open, seed);
        if (OrderId.unwrap(id) == 0) return open(seed);
        withdraw(id);
    }

    /// @dev Without an open order it opens one; likewise below, so that few calls do nothing. Three times of four the
    /// provider is readied first, and an order that waited too long is withdrawn.
    function accept(uint256 seed) public {
        OrderId id = orderIn(OrderStatus.Open, seed);
        if (OrderId.unwrap(id) == 0) return open(seed);
        Booked storage booked = orders[id];
        address by = providerAt(seed >> 64);
        if ((seed >> 80) % 4 != 0) {
            if (now64() > booked.terms.deliverBy) return withdraw(id);
            ready(by, booked.terms.bond);
        }
        (, bool active) = inventory.provider(by);
        uint64 hour = now64() / 3600;
        bool covered = treasury.bondOf(by).free >= uint256(booked.terms.bond) + MIN_BOND;
        bool room = hourCounts[hour] + booked.terms.count <= MAX_PER_HOUR;
        bool may = active && covered && room && now64() <= booked.terms.deliverBy;
        vm.prank(by);
        try inventory.acceptOrder(id) {
            assertTrue(may, "accepted what it may not");
            (booked.provider, booked.status, booked.hour) = (by, OrderStatus.Accepted, hour);
            hourCounts[hour] += booked.terms.count;
            ++calls["accept"];
        } catch {
            assertTrue(!may, "refused what it may");
            ++calls["refusal"];
        }
    }

    /// @dev By a leaf that is good, or short of one thing.
    function deliver(uint256 seed) public {
        OrderId id = orderIn(OrderStatus.Accepted, seed);
        if (OrderId.unwrap(id) == 0) return accept(seed);
        Booked storage booked = orders[id];
        if (now64() > booked.terms.deliverBy && (seed >> 80) % 4 != 0) return failOrder(seed);
        uint32 count = booked.terms.count + uint32(bound(seed >> 8, 0, 5));
        uint32 fidelityPpm = uint32(bound(seed >> 40, booked.terms.fidelityMinPpm, 1_000_000));
        uint256 flaw = (seed >> 72) % 6;
        if (flaw == 0) count = booked.terms.count - 1;
        if (flaw == 1) fidelityPpm = booked.terms.fidelityMinPpm - 1;
        bool late = now64() > booked.terms.deliverBy;
        bytes memory payload = production(OrderId.unwrap(id), flaw == 2 ? 2 : 1, count, fidelityPpm, now64());
        (Report memory report, uint64 time) = finalLeaf(payload);
        bool may = flaw > 2 && !late;
        vm.prank(stranger);
        try inventory.deliverOrder(id, report, time, 0, payload, new bytes32[](0)) {
            assertTrue(may, "delivered what it may not");
            (booked.status, booked.delivered) = (OrderStatus.Delivered, count);
            addLot(LotId.wrap(OrderId.unwrap(id)), booked.provider);
            ++calls["deliver"];
        } catch {
            assertTrue(!may, "refused what it may");
            ++calls["refusal"];
        }
    }

    function failOrder(uint256 seed) public {
        OrderId id = orderIn(OrderStatus.Accepted, seed);
        if (OrderId.unwrap(id) == 0) return accept(seed);
        uint64 until = orders[id].terms.deliverBy + GRACE_SECONDS;
        if (now64() <= until) vm.warp(until + 1);
        inventory.failOrder(id);
        orders[id].status = OrderStatus.Failed;
        ++calls["fail"];
    }

    /// @dev Under a new id, or one that a lot or an order has; with an origin of its own, or one that a lot named.
    function registerLot(uint256 seed) public {
        address by = providerAt(seed);
        LotTerms memory terms = lotTerms();
        uint256 flaw = (seed >> 8) % 6;
        terms.provenance = keccak256(abi.encode("origin", flaw == 0 ? lots.length : lots.length + 1));
        LotId id =
            flaw == 1 && orderIds.length > 0
                ? LotId.wrap(OrderId.unwrap(orderIds[(seed >> 16) % orderIds.length]))
                : nextLot();
        bool known = named[terms.provenance] || LotId.unwrap(id) < FIRST_LOT;
        (, bool active) = inventory.provider(by);
        vm.prank(by);
        try inventory.registerLot(id, terms) {
            assertTrue(active && !known, "registered what it may not");
            named[terms.provenance] = true;
            addLot(id, by);
            ++calls["registerLot"];
        } catch {
            assertTrue(!active || known, "refused what it may");
            ++calls["refusal"];
        }
    }

    /// @dev Any step, by the lot's provider or another.
    function moveLot(uint256 seed) public {
        if (lots.length == 0) return registerLot(seed);
        LotId id = lots[seed % lots.length];
        LotStatus to = LotStatus(bound(seed >> 64, 1, 7));
        address by = (seed >> 128) % 8 == 0 ? providerAt(seed >> 136) : lotOwner[id];
        bool retires = to == LotStatus.Retired;
        bool may = by == lotOwner[id] && follows(lotStatus[id], to);
        vm.prank(by);
        (bool moved, ) = address(inventory).call(
            retires
                ? abi.encodeCall(inventory.retireLot, (id, "record"))
                : abi.encodeCall(inventory.moveLot, (id, to, "record"))
        );
        assertTrue(moved == may, "step");
        if (moved) lotStatus[id] = to;
        ++calls[moved ? bytes32("moveLot") : bytes32("refusal")];
    }

    function bond(uint256 seed) public {
        address by = providerAt(seed);
        uint96 amount = uint96(bound(seed >> 8, 0, 3 ether));
        vm.deal(by, amount);
        vm.prank(by);
        treasury.bond{value: amount}();
        paidIn += amount;
        ++calls["bond"];
    }

    function unbond(uint256 seed) public {
        address by = providerAt(seed);
        Bond memory held = treasury.bondOf(by);
        bool over = held.unbonding > 0 && (seed >> 8) % 2 == 0;
        if (!over && held.free == 0) return bond(seed);
        if (over && now64() < held.releasableAt) vm.warp(held.releasableAt);
        vm.prank(by);
        if (over) treasury.finishUnbonding();
        else treasury.startUnbonding(uint96(bound(seed >> 16, 1, held.free)));
        ++calls["unbond"];
    }

    /// @dev A penalty takes what is free or unbonding, never what is staked.
    function slash(uint256 seed) public {
        address by = providerAt(seed);
        Bond memory held = treasury.bondOf(by);
        vm.prank(address(allocation));
        treasury.slash(by, client, uint96(bound(seed >> 8, 0, 1 ether)), 1);
        assertEq(treasury.bondOf(by).locked, held.locked, "what is staked stays");
        ++calls["slash"];
    }

    function enlist(uint256 seed) public {
        address by = providerAt(seed);
        (, bool active) = inventory.provider(by);
        bool resigns = active && (seed >> 8) % 4 == 0;
        if (!resigns && treasury.bondOf(by).free < MIN_BOND) return bond(seed);
        vm.prank(by);
        if (resigns) inventory.resign();
        else inventory.registerProvider("one of them");
        ++calls["enlist"];
    }

    function setReservoir(uint256 seed) public {
        threshold = uint32(bound(seed, 0, 100));
        wanted = threshold + uint32(bound(seed >> 32, 0, 100));
        vm.prank(admin);
        inventory.setReservoir(POOL, threshold, wanted);
        ++calls["setReservoir"];
    }

    /// @dev A counter line that is newer than the last, or not.
    function reportStock(uint256 seed) public {
        Reservoir memory kept = inventory.reservoir(POOL);
        uint64 sequence = kept.poolSequence + uint64(bound(seed, 0, 2));
        uint32 counted = uint32(bound(seed >> 8, 0, 150));
        bytes memory payload = counters(1, sequence, counted);
        (Report memory report, uint64 time) = finalLeaf(payload);
        bool newer = kept.era == 0 || sequence > kept.poolSequence;
        try inventory.reportStock(POOL, report, time, 0, payload, new bytes32[](0)) {
            assertTrue(newer, "kept what is old");
            (stock, low) = (counted, counted < threshold);
            ++calls["reportStock"];
        } catch {
            assertTrue(!newer, "refused what is new");
            ++calls["refusal"];
        }
    }

    function withdraw(uint256 seed) public {
        address by = accounts()[seed % accounts().length];
        uint96 credit = treasury.creditOf(by);
        if (credit == 0) return bond(seed);
        vm.prank(by);
        treasury.withdraw();
        paidOut += credit;
        ++calls["withdraw"];
    }

    function pass(uint256 seed) public {
        vm.warp(now64() + bound(seed, 1, 1 days));
        ++calls["pass"];
    }

    function withdraw(OrderId id) private {
        vm.prank(orders[id].buyer);
        inventory.withdrawOrder(id);
        orders[id].status = OrderStatus.Withdrawn;
        ++calls["withdrawOrder"];
    }

    /// @dev A provider that may accept an order with this stake.
    function ready(address by, uint96 stake) private {
        uint96 missing = stake + MIN_BOND;
        uint96 free = treasury.bondOf(by).free;
        if (free < missing) {
            vm.deal(by, missing - free);
            vm.prank(by);
            treasury.bond{value: missing - free}();
            paidIn += missing - free;
        }
        (, bool active) = inventory.provider(by);
        if (active) return;
        vm.prank(by);
        inventory.registerProvider("one of them");
    }
}
