// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../../contracts/interfaces/IEntanglementNetwork.sol";
import {IParticleAllocation} from "../../contracts/interfaces/IParticleAllocation.sol";
import {ITreasury} from "../../contracts/interfaces/ITreasury.sol";
import {PoolId} from "../../contracts/types/Ids.sol";
import {PoolTerms, PriceCurve} from "../../contracts/types/Network.sol";
import {GrantOutcome, Reservation, Status, Terms} from "../../contracts/types/Reservations.sol";
import {AllocationFixture} from "./AllocationFixture.sol";

/// @dev Specification: ParticleAllocation.tree, branch extend.
contract AllocationExtendTest is AllocationFixture {
    Terms private terms;
    uint64 private start;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        terms = someTerms();
        start = uint64(block.timestamp);
    }

    function test_Extend_booksLocksAndTells() public {
        requestGranted(terms);
        uint128 extra = UNIT_PRICE * 15 * 900;
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationExtended(ID, start + 1500, costOf(terms) + extra);
        extend(900, extra, extra + 1);
        Reservation memory kept = allocation.reservation(ID);
        assertEq(kept.end, start + 1500, "end");
        assertEq(kept.price, costOf(terms) + extra, "price");
        assertMoney(1, 0, costOf(terms) + extra);
        assertOpen(client, 15, 1);
        assertEq(bookedIn(POOL, start / 900 + 1), 15, "next bucket");
        assertEq(bookedIn(POOL, start / 900 + 2), 0, "not more");
        vm.warp(start + 1499);
        takeAs(client, 15);
        vm.warp(start + 1500);
        settleLine(ID, 15 * 1500 * 1_000_000);
        assertMoney(1, costOf(terms) + extra, 0);
    }

    /// @dev Within buckets that the window holds already, nothing more is booked, but the time is paid.
    function test_Extend_WhenWithinABucket_paysTheTime() public {
        requestGranted(terms);
        extend(300, 1 ether, UNIT_PRICE * 15 * 300);
        assertEq(bookedIn(POOL, start / 900), 15, "bucket");
        assertMoney(0, 0, costOf(terms) + UNIT_PRICE * 15 * 300);
    }

    function test_Extend_WhenBeforeStart_extends() public {
        terms.start = start + 1800;
        requestGranted(terms);
        extend(600, 1 ether, 1 ether);
        assertEq(allocation.reservation(ID).end, start + 3000, "end");
    }

    function test_Extend_WhenNotGranted_reverts() public {
        request(terms);
        expectWrongStatus(Status.Requested);
        extend(60, 1 ether, 0);
        decide(ID, GrantOutcome.Granted);
        vm.warp(start + 600);
        expectWrongStatus(Status.Ended);
        extend(60, 1 ether, 0);
    }

    function test_Extend_WhenPaused_reverts() public {
        requestGranted(terms);
        vm.prank(admin);
        registry.pause(1);
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_Paused.selector, 1));
        extend(60, 1 ether, 0);
    }

    function test_Extend_WhenLengthBad_reverts() public {
        requestGranted(terms);
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_DurationZero.selector));
        extend(0, 1 ether, 0);
        bytes4 selector = IParticleAllocation.ParticleAllocation_WindowTooLong.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, 14_401, 14_400));
        extend(13_801, 1 ether, 0);
        vm.expectRevert(abi.encodeWithSelector(selector, type(uint64).max, 14_400));
        extend(type(uint64).max, 1 ether, 0);
        extend(13_800, 1 ether, 1 ether);
        assertEq(allocation.reservation(ID).end, start + 14_400, "the longest window");
    }

    function test_Extend_WhenBeyondHorizon_reverts() public {
        terms.start = start + 28 days - 600;
        requestGranted(terms);
        bytes4 selector = IParticleAllocation.ParticleAllocation_BeyondHorizon.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, start + 28 days + 1, start + 28 days));
        extend(1, 1 ether, 0);
        vm.warp(start + 1);
        extend(1, 1 ether, 1 ether);
    }

    function test_Extend_WhenNoRoom_reverts() public {
        requestGranted(terms);
        vm.deal(stranger, 1 ether);
        terms.slots = 26;
        terms.start = start + 900;
        requestAs(stranger, ID2, terms, costOf(terms));
        vm.expectRevert(
            abi.encodeWithSelector(
                IEntanglementNetwork.EntanglementNetwork_CapacityExceeded.selector,
                POOL,
                start / 900 + 1,
                14,
                15
            )
        );
        extend(301, 1 ether, 1 ether);
        extend(300, 1 ether, 1 ether);
    }

    function test_Extend_WhenAboveMaxCost_reverts() public {
        requestGranted(terms);
        uint128 extra = UNIT_PRICE * 15 * 60;
        bytes4 selector = IParticleAllocation.ParticleAllocation_MaxCostExceeded.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, extra, extra - 1));
        extend(60, extra - 1, extra);
        extend(60, extra, extra);
    }

    function test_Extend_WhenCreditTooLow_reverts() public {
        requestGranted(terms);
        uint128 extra = UNIT_PRICE * 15 * 60;
        bytes4 selector = ITreasury.Treasury_CreditTooLow.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, client, extra - 1, extra));
        extend(60, extra, extra - 1);
    }

    /// @dev The whole price must still fit what is stored.
    function test_Extend_WhenPriceTooLarge_reverts() public {
        PoolTerms[] memory pools = new PoolTerms[](1);
        pools[0] = poolTerms(6, "dear", 1);
        pools[0].price = PriceCurve(1 << 82, 0, 0);
        vm.prank(admin);
        network.registerPools(pools);
        vm.deal(client, 1 << 90);
        (terms.pool, terms.slots, terms.duration, terms.maxCost) = (PoolId.wrap(6), 1, 60, type(uint128).max);
        requestAs(client, ID, terms, 60 << 82);
        decide(ID, GrantOutcome.Granted);
        bytes4 selector = IParticleAllocation.ParticleAllocation_PriceTooLarge.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, uint256(64) << 82, (1 << 88) - 1));
        extend(4, type(uint128).max, 4 << 82);
        extend(3, type(uint128).max, 3 << 82);
        assertEq(allocation.reservation(ID).price, 63 << 82, "price");
    }

    /// @dev A pool isolated meanwhile takes no more; what is booked stays.
    function test_Extend_WhenPoolIsolated_reverts() public {
        requestGranted(terms);
        vm.prank(admin);
        network.setPoolIsolated(POOL, true);
        vm.expectRevert(abi.encodeWithSelector(IEntanglementNetwork.EntanglementNetwork_PoolIsolated.selector, POOL));
        extend(60, 1 ether, 1 ether);
        takeAs(client, 1);
    }

    function extend(uint64 extraSeconds, uint128 maxCost, uint256 value) private {
        vm.prank(client);
        allocation.extend{value: value}(ID, extraSeconds, maxCost);
    }
}
