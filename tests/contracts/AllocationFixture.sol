// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../../contracts/interfaces/IParticleAllocation.sol";
import {ReservationId} from "../../contracts/types/Ids.sol";
import {Status} from "../../contracts/types/Reservations.sol";
import {RealmFixture} from "./RealmFixture.sol";

/// @dev What the allocation's tests do and expect over and over.
abstract contract AllocationFixture is RealmFixture {
    ReservationId internal constant ID2 = ReservationId.wrap(2);
    ReservationId internal constant ID3 = ReservationId.wrap(3);

    function takeAs(address taker, uint32 count) internal {
        vm.prank(taker);
        allocation.take(ID, count);
    }

    function cancel() internal {
        vm.prank(client);
        allocation.cancel(ID);
    }

    function release() internal {
        vm.prank(client);
        allocation.release(ID);
    }

    /// @dev What the treasury holds for the three: credit of client and provider, escrow of the client.
    function assertMoney(uint256 clientCredit, uint256 providerCredit, uint256 escrow) internal view {
        assertEq(treasury.creditOf(client), clientCredit, "client's credit");
        assertEq(treasury.creditOf(provider), providerCredit, "provider's credit");
        assertEq(treasury.escrowOf(client), escrow, "escrow");
    }

    function assertOpen(address account, uint32 slots, uint32 reservations) internal view {
        assertEq(allocation.clientOf(account).openSlots, slots, "open slots");
        assertEq(allocation.clientOf(account).openReservations, reservations, "open reservations");
    }

    function expectWrongStatus(Status status) internal {
        expectWrongStatusOf(ID, status);
    }

    function expectWrongStatusOf(ReservationId id, Status status) internal {
        vm.expectRevert(
            abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_WrongStatus.selector, id, status)
        );
    }

    function expectNotClient(ReservationId id, address caller, address owner) internal {
        vm.expectRevert(
            abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_NotClient.selector, id, caller, owner)
        );
    }

    function expectNotYet(uint256 until) internal {
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_NotYet.selector, ID, until));
    }

    function expectDecisionSkip(ReservationId id, Status status) internal {
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.DecisionSkipped(id, status);
    }

    function expectLineSkip(ReservationId id, Status status) internal {
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.LineSkipped(id, status);
    }

    function expectTakeRate(uint32 wanted, uint32 available) internal {
        vm.expectRevert(
            abi.encodeWithSelector(
                IParticleAllocation.ParticleAllocation_TakeRateExceeded.selector,
                ID,
                wanted,
                available
            )
        );
    }
}
