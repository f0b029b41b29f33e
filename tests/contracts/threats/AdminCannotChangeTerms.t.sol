// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../../../contracts/interfaces/IParticleAllocation.sol";
import {Parameter} from "../../../contracts/interfaces/IRealmRegistry.sol";
import {Quotas} from "../../../contracts/types/Network.sol";
import {Cohort, Decision, Line, Status, Terms} from "../../../contracts/types/Reservations.sol";
import {AllocationFixture} from "../AllocationFixture.sol";

/// @dev Threat: whoever runs the realm changes what is booked. With every role, nothing that the admin can do touches a
/// reservation, its money or its settlement.
contract AdminCannotChangeTermsTest is AllocationFixture {
    uint128 private constant PROMISED = 15 * 600 * 1_000_000;

    Terms private terms;
    uint64 private start;
    bytes32 private before;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        terms = someTerms();
        start = uint64(block.timestamp) + 10 days;
        terms.start = start;
        requestGranted(terms);
        before = fingerprint();
    }

    function test_Admin_WithAllRoles_changesNoBooking() public {
        vm.startPrank(admin);
        registry.pause(3);
        network.setPoolIsolated(POOL, true);
        network.setQuotas(POOL, Quotas(10, 10, 10, 10));
        allocation.setCohort(client, Cohort.Commercial);
        registry.schedule(Parameter.ClientSlots, 1);
        registry.schedule(Parameter.MinSlotSeconds, 86_400);
        registry.setAddress(keccak256("pqms.Treasury"), stranger);
        vm.warp(block.timestamp + PARAMETER_DELAY_SECONDS);
        registry.applyParameter(Parameter.ClientSlots);
        registry.applyParameter(Parameter.MinSlotSeconds);
        vm.stopPrank();
        assertEq(fingerprint(), before, "as booked");
        // It is used, settled and paid as if nothing had happened.
        vm.warp(start);
        takeAs(client, 15);
        vm.warp(start + 600);
        settleLine(ID, PROMISED);
        assertMoney(0, costOf(terms), 0);
        vm.prank(provider);
        treasury.withdraw();
        assertEq(provider.balance, costOf(terms), "paid out");
    }

    /// @dev A client that is above a cap that was lowered keeps all it has, and can leave it.
    function test_Admin_WhenCapsAreLowered_trapsNothing() public {
        vm.prank(admin);
        registry.schedule(Parameter.ClientSlots, 1);
        vm.warp(block.timestamp + PARAMETER_DELAY_SECONDS);
        registry.applyParameter(Parameter.ClientSlots);
        cancel();
        assertOpen(client, 0, 0);
        assertStatus(ID, Status.Cancelled);
    }

    /// @dev No role stands in for the hub or the client.
    function test_Admin_ActsForNobody() public {
        vm.startPrank(admin);
        bytes memory notHub = abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_NotHub.selector, admin);
        vm.expectRevert(notHub);
        allocation.decide(new Decision[](0));
        vm.expectRevert(notHub);
        allocation.settleLines(new Line[](0));
        vm.expectRevert(notHub);
        allocation.reopen(new Decision[](0), 0);
        expectNotClient(ID, admin, client);
        allocation.cancel(ID);
        expectNotClient(ID, admin, client);
        allocation.release(ID);
    }

    function fingerprint() private view returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    allocation.reservation(ID),
                    allocation.statusOf(ID),
                    treasury.escrowOf(client),
                    treasury.creditOf(client),
                    bookedIn(POOL, start / 900)
                )
            );
    }
}
