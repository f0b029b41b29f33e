// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../../contracts/interfaces/IParticleAllocation.sol";
import {PoolId, Reservation, ReservationId, Status, Terms} from "../../contracts/types/Types.sol";
import {RealmFixture} from "./RealmFixture.sol";

/// @dev Specification: ParticleAllocation.tree, branch request.
contract AllocationRequestTest is RealmFixture {
    Terms private terms;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        terms = someTerms();
    }

    function test_Constructor_WhenCapOutOfRange_reverts() public {
        bytes4 selector = IParticleAllocation.ParticleAllocation_BadClientCap.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, 0, 100_000));
        this.deployWithCap(0);
        vm.expectRevert(abi.encodeWithSelector(selector, 100_001, 100_000));
        this.deployWithCap(100_001);
    }

    function test_Request_booksPaysAndTells() public {
        uint64 nowSeconds = uint64(block.timestamp);
        uint128 cost = costOf(terms);
        uint64 first = nowSeconds / 900;
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.BucketsBooked(POOL, first, (nowSeconds + 599) / 900, 15);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.ReservationRequested(
            ID,
            client,
            POOL,
            terms,
            nowSeconds,
            nowSeconds + 600,
            cost,
            cost + 5
        );
        requestAs(client, ID, terms, cost + 5);
        Reservation memory kept = allocation.reservation(ID);
        assertEq(
            keccak256(abi.encode(kept)),
            keccak256(
                abi.encode(
                    Reservation({
                        client: client,
                        status: Status.Requested,
                        pool: POOL,
                        slots: 15,
                        start: nowSeconds,
                        end: nowSeconds + 600,
                        requestedAt: nowSeconds,
                        fidelityMinPpm: FLOOR_PPM,
                        coherenceMinMicroseconds: 1_000_000,
                        takesPerMinute: 30,
                        purpose: 1,
                        priority: 2,
                        price: cost,
                        escrow: cost + 5,
                        bookedEnd: nowSeconds + 600,
                        takes: 0
                    })
                )
            ),
            "reservation"
        );
        assertEq(allocation.booked(POOL, first), 15, "bucket");
        assertEq(allocation.slotsOf(client), 15, "open slots");
        assertEq(allocation.price(terms), cost, "price");
        assertEq(treasury.totalEscrow(), cost + 5, "escrow");
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
        registry.pause(1);
        refused(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_Paused.selector, 1));
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
        vm.prank(client);
        allocation.cancel(ID);
        refused(reason);
    }

    function test_Request_WhenIdZero_reverts() public {
        vm.prank(client);
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_IdZero.selector));
        allocation.request{value: 1 ether}(ReservationId.wrap(0), terms);
    }

    function test_Request_WhenPoolUnknown_reverts() public {
        uint32[3] memory pools = [uint32(0), 3, type(uint32).max];
        for (uint256 i = 0; i < 3; ++i) {
            terms.pool = PoolId.wrap(pools[i]);
            bytes4 selector = IParticleAllocation.ParticleAllocation_UnknownPool.selector;
            refused(abi.encodeWithSelector(selector, pools[i]));
            vm.expectRevert(abi.encodeWithSelector(selector, pools[i]));
            allocation.price(terms);
        }
    }

    function test_Request_WhenPoolIsolated_reverts() public {
        vm.prank(admin);
        network.setPoolIsolated(POOL, true);
        refused(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_PoolIsolated.selector, POOL));
    }

    function test_Request_WhenFidelityOutOfRange_reverts() public {
        uint32[4] memory values = [uint32(0), 500_000, FLOOR_PPM + 1, type(uint32).max];
        for (uint256 i = 0; i < 4; ++i) {
            terms.fidelityMinPpm = values[i];
            refused(
                abi.encodeWithSelector(
                    IParticleAllocation.ParticleAllocation_FidelityOutOfRange.selector,
                    values[i],
                    500_000,
                    FLOOR_PPM
                )
            );
        }
        terms.fidelityMinPpm = 500_001;
        request(terms);
    }

    function test_Request_WhenSlotsOutOfRange_reverts() public {
        uint32[3] memory values = [uint32(0), CLIENT_CAP + 1, type(uint32).max];
        for (uint256 i = 0; i < 3; ++i) {
            terms.slots = values[i];
            bytes4 selector = IParticleAllocation.ParticleAllocation_SlotsOutOfRange.selector;
            refused(abi.encodeWithSelector(selector, values[i], 1, CLIENT_CAP));
        }
    }

    function test_Request_WhenOtherTermsOutOfRange_reverts() public {
        terms.priority = 4;
        refused(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_PriorityOutOfRange.selector, 4, 3));
        terms.priority = 3;
        terms.takesPerMinute = 1_000_001;
        refused(
            abi.encodeWithSelector(
                IParticleAllocation.ParticleAllocation_TakeRateOutOfRange.selector,
                1_000_001,
                1_000_000
            )
        );
        terms.takesPerMinute = 0;
        terms.coherenceMinMicroseconds = 1 << 48;
        refused(
            abi.encodeWithSelector(
                IParticleAllocation.ParticleAllocation_CoherenceOutOfRange.selector,
                uint256(1 << 48),
                uint256((1 << 48) - 1)
            )
        );
    }

    function test_Request_WhenWindowBad_reverts() public {
        terms.duration = 0;
        refused(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_DurationZero.selector));
        uint64[2] memory durations = [uint64(14_401), type(uint64).max];
        for (uint256 i = 0; i < 2; ++i) {
            terms.duration = durations[i];
            bytes4 selector = IParticleAllocation.ParticleAllocation_WindowTooLong.selector;
            refused(abi.encodeWithSelector(selector, durations[i], 14_400));
        }
        terms.duration = 14_400;
        terms.start = uint64(block.timestamp) - 1;
        refused(
            abi.encodeWithSelector(
                IParticleAllocation.ParticleAllocation_WindowInPast.selector,
                terms.start,
                block.timestamp
            )
        );
        uint256 latest = block.timestamp + 28 days;
        uint64[2] memory starts = [uint64(latest - 14_399), type(uint64).max];
        for (uint256 i = 0; i < 2; ++i) {
            terms.start = starts[i];
            bytes4 selector = IParticleAllocation.ParticleAllocation_BeyondHorizon.selector;
            refused(abi.encodeWithSelector(selector, uint256(starts[i]) + 14_400, latest));
        }
        terms.start = uint64(latest) - 14_400;
        request(terms);
    }

    function test_Request_WhenTooCheap_reverts() public {
        uint128 cost = costOf(terms);
        terms.maxCost = cost - 1;
        refused(
            abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_MaxCostExceeded.selector, cost, cost - 1)
        );
        terms.maxCost = cost;
        vm.expectRevert(
            abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_EscrowTooLow.selector, cost - 1, cost)
        );
        requestAs(client, ID, terms, cost - 1);
        requestAs(client, ID, terms, cost);
    }

    function test_Request_WhenDeadlinePassed_reverts() public {
        terms.deadline = uint64(block.timestamp) - 1;
        refused(
            abi.encodeWithSelector(
                IParticleAllocation.ParticleAllocation_DeadlinePassed.selector,
                terms.deadline,
                block.timestamp
            )
        );
        terms.deadline = uint64(block.timestamp);
        request(terms);
    }

    function test_Request_WhenCapacityExceeded_reverts() public {
        request(terms);
        terms.slots = CAPACITY - 14;
        uint64 bucket = uint64(block.timestamp / 900);
        bytes4 selector = IParticleAllocation.ParticleAllocation_CapacityExceeded.selector;
        refusedAs(ReservationId.wrap(2), abi.encodeWithSelector(selector, POOL, bucket, 25, terms.slots));
        terms.slots = CAPACITY + 1;
        refusedAs(ReservationId.wrap(2), abi.encodeWithSelector(selector, POOL, bucket, 25, CAPACITY + 1));
        terms.slots = CAPACITY - 15;
        requestAs(client, ReservationId.wrap(2), terms, costOf(terms));
        uint64 start = uint64(block.timestamp);
        assertEq(allocation.freeSlots(POOL, start, start + 600), 0, "nothing left");
        assertEq(allocation.freeSlots(POOL, start + 900, start + 1500), CAPACITY, "later");
    }

    function test_Request_WhenClientCapExceeded_reverts() public {
        terms.pool = OTHER_POOL;
        terms.slots = CLIENT_CAP - 10;
        terms.maxCost = type(uint128).max;
        request(terms);
        terms.slots = 11;
        refusedAs(
            ReservationId.wrap(2),
            abi.encodeWithSelector(
                IParticleAllocation.ParticleAllocation_ClientCapExceeded.selector,
                client,
                CLIENT_CAP - 10,
                11,
                CLIENT_CAP
            )
        );
        vm.deal(stranger, 1 ether);
        requestAs(stranger, ReservationId.wrap(2), terms, costOf(terms));
    }

    function test_FreeSlots_WhenWindowBad_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_DurationZero.selector));
        allocation.freeSlots(POOL, 10, 10);
        vm.expectRevert(
            abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_WindowTooLong.selector, 14_401, 14_400)
        );
        allocation.freeSlots(POOL, 0, 14_401);
    }

    function deployWithCap(uint32 cap) external {
        deploy("ParticleAllocation", abi.encode(address(1), address(2), address(3), address(4), 1, 1, cap));
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
