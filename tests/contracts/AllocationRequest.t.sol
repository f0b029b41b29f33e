// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../../contracts/interfaces/IEntanglementNetwork.sol";
import {IParticleAllocation} from "../../contracts/interfaces/IParticleAllocation.sol";
import {ITreasury} from "../../contracts/interfaces/ITreasury.sol";
import {Parameter} from "../../contracts/interfaces/IRealmRegistry.sol";
import {PoolId, ReservationId} from "../../contracts/types/Ids.sol";
import {PoolTerms, PriceCurve} from "../../contracts/types/Network.sol";
import {Client, Cohort, Reservation, Status, Terms} from "../../contracts/types/Reservations.sol";
import {AllocationFixture} from "./AllocationFixture.sol";

/// @dev Specification: ParticleAllocation.tree, branch request.
contract AllocationRequestTest is AllocationFixture {
    Terms private terms;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        terms = someTerms();
    }

    function test_Request_booksLocksAndTells() public {
        uint64 nowSeconds = uint64(block.timestamp);
        uint64 word = nowSeconds / 14_400;
        uint128 cost = costOf(terms);
        vm.expectEmit(address(network));
        emit IEntanglementNetwork.CalendarChanged(POOL, 0, word, uint256(15) << (16 * ((nowSeconds / 900) % 16)));
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationRequested(
            ID,
            client,
            POOL,
            terms,
            nowSeconds,
            nowSeconds + 600,
            cost,
            client,
            Cohort.Open,
            false,
            15,
            1
        );
        vm.expectEmit(address(treasury));
        emit ITreasury.AccountChanged(client, 5, uint96(cost), ReservationId.unwrap(ID));
        requestAs(client, ID, terms, cost + 5);
        assertMoney(5, 0, cost);
        assertOpen(client, 15, 1);
        assertEq(bookedIn(POOL, nowSeconds / 900), 15, "bucket");
    }

    function test_Request_isReadAsStored() public {
        request(terms);
        Reservation memory kept = Reservation({
            client: client,
            status: Status.Requested,
            pool: POOL,
            slots: 15,
            start: uint64(block.timestamp),
            end: uint64(block.timestamp) + 600,
            requestedAt: uint64(block.timestamp),
            takesPerMinute: 30,
            takes: 0,
            price: costOf(terms),
            payer: client,
            sharedPpm: 0,
            inQuota: false,
            hasPath: false
        });
        assertEq(keccak256(abi.encode(allocation.reservation(ID))), keccak256(abi.encode(kept)), "reservation");
        Reservation memory none;
        assertEq(keccak256(abi.encode(allocation.reservation(ID2))), keccak256(abi.encode(none)), "never used");
        Client memory account = allocation.clientOf(client);
        assertEq(account.nonce, 0, "nonce");
        assertEq(account.usage, 0, "usage");
    }

    /// @dev Credit from before pays; nothing need be sent.
    function test_Request_GivenCredit_paysFromIt() public {
        uint128 cost = costOf(terms);
        treasury.deposit{value: cost + 9}(client);
        requestAs(client, ID, terms, 0);
        assertMoney(9, 0, cost);
    }

    function test_Request_WhenCreditTooLow_reverts() public {
        uint128 cost = costOf(terms);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_CreditTooLow.selector, client, cost - 1, cost));
        requestAs(client, ID, terms, cost - 1);
        assertStatus(ID, Status.None);
    }

    function test_Request_GivenLaterStart_keepsRequestTime() public {
        terms.start = uint64(block.timestamp) + 20 days;
        request(terms);
        Reservation memory kept = allocation.reservation(ID);
        assertEq(kept.start, terms.start, "start");
        assertEq(kept.requestedAt, block.timestamp, "requested");
    }

    function test_Request_WhenPaused_reverts() public {
        vm.prank(admin);
        registry.pause(3);
        refused(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_Paused.selector, 3));
    }

    function test_Request_WhenOnlyReportsPaused_books() public {
        vm.prank(admin);
        registry.pause(2);
        request(terms);
        assertStatus(ID, Status.Requested);
    }

    function test_Request_WhenIdUsed_reverts() public {
        request(terms);
        bytes memory reason = abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_IdUsed.selector, ID);
        refused(reason);
        terms.slots = 1;
        refused(reason);
        cancel();
        refused(reason);
    }

    function test_Request_WhenIdZero_reverts() public {
        refusedAs(
            ReservationId.wrap(0),
            abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_IdZero.selector)
        );
    }

    function test_Request_WhenPoolUnknown_reverts() public {
        uint32[3] memory pools = [uint32(0), 6, type(uint32).max];
        for (uint256 i = 0; i < 3; ++i) {
            terms.pool = PoolId.wrap(pools[i]);
            bytes4 selector = IEntanglementNetwork.EntanglementNetwork_UnknownPool.selector;
            refused(abi.encodeWithSelector(selector, pools[i]));
            vm.expectRevert(abi.encodeWithSelector(selector, pools[i]));
            allocation.quote(terms, client);
        }
    }

    function test_Request_WhenPoolIsolated_reverts() public {
        vm.prank(admin);
        network.setPoolIsolated(POOL, true);
        bytes4 selector = IEntanglementNetwork.EntanglementNetwork_PoolIsolated.selector;
        refused(abi.encodeWithSelector(selector, POOL));
        vm.expectRevert(abi.encodeWithSelector(selector, POOL));
        allocation.quote(terms, client);
    }

    function test_Request_WhenFidelityOutOfRange_reverts() public {
        uint32[4] memory values = [uint32(0), 500_000, FLOOR_PPM + 1, type(uint32).max];
        bytes4 selector = IParticleAllocation.ParticleAllocation_FidelityOutOfRange.selector;
        for (uint256 i = 0; i < 4; ++i) {
            terms.fidelityMinPpm = values[i];
            refused(abi.encodeWithSelector(selector, values[i], 500_000, FLOOR_PPM));
        }
        terms.fidelityMinPpm = 500_001;
        request(terms);
    }

    function test_Request_WhenSlotsOutOfRange_reverts() public {
        uint32[3] memory values = [uint32(0), 32_768, type(uint32).max];
        bytes4 selector = IParticleAllocation.ParticleAllocation_SlotsOutOfRange.selector;
        for (uint256 i = 0; i < 3; ++i) {
            terms.slots = values[i];
            refused(abi.encodeWithSelector(selector, values[i], 1, 32_767));
            vm.expectRevert(abi.encodeWithSelector(selector, values[i], 1, 32_767));
            allocation.quote(terms, client);
        }
    }

    function test_Request_WhenOtherTermsOutOfRange_reverts() public {
        terms.priority = 4;
        refused(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_PriorityOutOfRange.selector, 4, 3));
        terms.priority = 3;
        terms.takesPerMinute = 1_000_001;
        bytes4 takeRate = IParticleAllocation.ParticleAllocation_TakeRateOutOfRange.selector;
        refused(abi.encodeWithSelector(takeRate, 1_000_001, 1_000_000));
        terms.takesPerMinute = 0;
        terms.coherenceMinMicroseconds = 1 << 48;
        refused(
            abi.encodeWithSelector(
                IParticleAllocation.ParticleAllocation_CoherenceOutOfRange.selector,
                uint256(1 << 48),
                uint256((1 << 48) - 1)
            )
        );
        terms.coherenceMinMicroseconds = (1 << 48) - 1;
        request(terms);
    }

    function test_Request_WhenWindowBad_reverts() public {
        terms.duration = 0;
        refused(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_DurationZero.selector));
        uint64[2] memory durations = [uint64(14_401), type(uint64).max];
        bytes4 selector = IParticleAllocation.ParticleAllocation_WindowTooLong.selector;
        for (uint256 i = 0; i < 2; ++i) {
            terms.duration = durations[i];
            refused(abi.encodeWithSelector(selector, durations[i], 14_400));
        }
        terms.duration = 14_400;
        terms.start = uint64(block.timestamp) - 1;
        selector = IParticleAllocation.ParticleAllocation_WindowInPast.selector;
        refused(abi.encodeWithSelector(selector, terms.start, block.timestamp));
        uint256 latest = block.timestamp + 28 days;
        uint64[2] memory starts = [uint64(latest - 14_399), type(uint64).max];
        selector = IParticleAllocation.ParticleAllocation_BeyondHorizon.selector;
        for (uint256 i = 0; i < 2; ++i) {
            terms.start = starts[i];
            refused(abi.encodeWithSelector(selector, uint256(starts[i]) + 14_400, latest));
        }
        terms.start = uint64(latest) - 14_400;
        request(terms);
    }

    function test_Request_WhenPriceAboveMaxCost_reverts() public {
        uint128 cost = costOf(terms);
        terms.maxCost = cost - 1;
        bytes4 selector = IParticleAllocation.ParticleAllocation_MaxCostExceeded.selector;
        refused(abi.encodeWithSelector(selector, cost, cost - 1));
        terms.maxCost = cost;
        request(terms);
    }

    function test_Request_WhenPriceTooLarge_reverts() public {
        PoolTerms[] memory pools = new PoolTerms[](1);
        pools[0] = poolTerms(6, "dear", 2);
        pools[0].price = PriceCurve((1 << 88) - 1, 0, 0);
        vm.prank(admin);
        network.registerPools(pools);
        (terms.pool, terms.slots, terms.duration, terms.maxCost) = (PoolId.wrap(6), 2, 30, type(uint128).max);
        uint256 price = 60 * uint256((1 << 88) - 1);
        bytes4 selector = IParticleAllocation.ParticleAllocation_PriceTooLarge.selector;
        refused(abi.encodeWithSelector(selector, price, (1 << 88) - 1));
    }

    function test_Request_WhenDeadlinePassed_reverts() public {
        terms.deadline = uint64(block.timestamp) - 1;
        bytes4 selector = IParticleAllocation.ParticleAllocation_DeadlinePassed.selector;
        refused(abi.encodeWithSelector(selector, terms.deadline, block.timestamp));
        terms.deadline = uint64(block.timestamp);
        request(terms);
    }

    function test_Request_WhenTooSmall_reverts() public {
        (terms.slots, terms.duration) = (1, 59);
        refused(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_TooSmall.selector, 59, 60));
        terms.duration = 60;
        request(terms);
    }

    function test_Request_WhenCapacityExceeded_reverts() public {
        request(terms);
        terms.slots = CAPACITY - 14;
        uint64 bucket = uint64(block.timestamp / 900);
        bytes memory reason = abi.encodeWithSelector(
            IEntanglementNetwork.EntanglementNetwork_CapacityExceeded.selector,
            POOL,
            bucket,
            25,
            terms.slots
        );
        refusedAs(ID2, reason);
        vm.expectRevert(reason);
        allocation.quote(terms, client);
        terms.slots = CAPACITY - 15;
        requestAs(client, ID2, terms, costOf(terms));
        assertEq(bookedIn(POOL, bucket), CAPACITY, "full");
    }

    function test_Request_WhenClientCapExceeded_reverts() public {
        terms.pool = OTHER_POOL;
        terms.slots = CLIENT_CAP - 10;
        terms.maxCost = type(uint128).max;
        request(terms);
        terms.slots = 11;
        bytes4 selector = IParticleAllocation.ParticleAllocation_ClientCapExceeded.selector;
        refusedAs(ID2, abi.encodeWithSelector(selector, client, CLIENT_CAP - 10, 11, CLIENT_CAP));
        vm.deal(stranger, 1 ether);
        requestAs(stranger, ID2, terms, costOf(terms));
        terms.slots = 10;
        requestAs(client, ID3, terms, costOf(terms));
        assertOpen(client, CLIENT_CAP, 2);
    }

    function test_Request_WhenTooManyReservations_reverts() public {
        vm.prank(admin);
        registry.schedule(Parameter.ClientReservations, 1);
        vm.warp(block.timestamp + PARAMETER_DELAY_SECONDS);
        registry.applyParameter(Parameter.ClientReservations);
        request(terms);
        terms.slots = 1;
        bytes4 selector = IParticleAllocation.ParticleAllocation_TooManyReservations.selector;
        refusedAs(ID2, abi.encodeWithSelector(selector, client, 1, 1, 1));
        cancel();
        requestAs(client, ID2, terms, costOf(terms));
    }

    /// @dev What is quoted is what is charged in the same block, on every kind of pool.
    function testFuzz_Quote_equalsTheCharge(uint256 seed) public {
        for (uint32 pool = 1; pool <= 5; ++pool) {
            terms.pool = PoolId.wrap(pool);
            terms.slots = uint32(bound(seed >> 8, 1, 12));
            terms.start = uint64(block.timestamp + ((seed >> 32) % 30_000));
            terms.duration = uint64(bound(seed >> 64, 60, 14_400));
            terms.maxCost = type(uint128).max;
            ReservationId id = ReservationId.wrap(pool);
            uint256 price = allocation.quote(terms, client);
            requestAs(client, id, terms, price);
            assertEq(allocation.reservation(id).price, price, "price");
            seed = uint256(keccak256(abi.encode(seed)));
        }
        assertEq(treasury.creditOf(client), 0, "all is locked");
    }

    function refused(bytes memory reason) private {
        refusedAs(ID, reason);
    }

    /// @dev Nothing changes when a request is refused.
    function refusedAs(ReservationId id, bytes memory reason) private {
        uint256 before = client.balance;
        vm.prank(client);
        vm.expectRevert(reason);
        allocation.request{value: 1 ether}(id, terms);
        assertEq(client.balance, before, "money stays");
    }
}
