// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRealmRegistry} from "../../../contracts/interfaces/IRealmRegistry.sol";
import {RegistryFixture} from "../RegistryFixture.sol";

/// @dev The admin's office goes only to an account that took it, so that a slip of the pen does not lose it.
contract TwoStepAdminTest is RegistryFixture {
    address private constant NEXT = address(0xAE);

    function test_TransferAdmin_WhenStranger_reverts() public {
        expectNotAdmin();
        registry.transferAdmin(STRANGER);
    }

    function test_TransferAdmin_offersAndChangesNothing() public {
        vm.expectEmit(address(registry));
        emit IRealmRegistry.AdminTransferStarted(ADMIN, NEXT);
        offer(NEXT);
        assertEq(registry.admin(), ADMIN, "still the old admin");
        assertEq(registry.pendingAdmin(), NEXT, "pending");
        vm.prank(NEXT);
        vm.expectRevert(abi.encodeWithSelector(IRealmRegistry.RealmRegistry_NotAdmin.selector, NEXT));
        registry.setRoles(NEXT, 15);
        vm.prank(ADMIN);
        registry.setRoles(STRANGER, 1);
        assertEq(registry.rolesOf(STRANGER), 1, "the old admin still acts");
    }

    function test_AcceptAdmin_WhenNotOffered_reverts() public {
        expectNotPending(STRANGER, address(0));
        offer(NEXT);
        expectNotPending(STRANGER, NEXT);
        expectNotPending(ADMIN, NEXT);
    }

    function test_AcceptAdmin_takesOverOnce() public {
        offer(NEXT);
        vm.expectEmit(address(registry));
        emit IRealmRegistry.AdminTransferred(ADMIN, NEXT);
        vm.prank(NEXT);
        registry.acceptAdmin();
        assertEq(registry.admin(), NEXT, "new admin");
        assertEq(registry.pendingAdmin(), address(0), "offer used up");
        expectNotPending(NEXT, address(0));
        vm.prank(ADMIN);
        vm.expectRevert(abi.encodeWithSelector(IRealmRegistry.RealmRegistry_NotAdmin.selector, ADMIN));
        registry.transferAdmin(ADMIN);
        vm.prank(NEXT);
        registry.setRoles(STRANGER, 4);
        assertEq(registry.rolesOf(STRANGER), 4, "the new admin acts");
    }

    function test_TransferAdmin_WhenAgain_replacesTheOffer() public {
        offer(NEXT);
        offer(STRANGER);
        expectNotPending(NEXT, STRANGER);
    }

    function test_TransferAdmin_WhenZero_withdrawsTheOffer() public {
        offer(NEXT);
        vm.expectEmit(address(registry));
        emit IRealmRegistry.AdminTransferStarted(ADMIN, address(0));
        offer(address(0));
        expectNotPending(NEXT, address(0));
        assertEq(registry.admin(), ADMIN, "kept");
    }

    /// @dev The office is no role: it neither pauses nor unpauses, but it may give these roles away, to be seen by all.
    function test_Admin_hasNoRoles() public view {
        assertEq(registry.rolesOf(ADMIN), 0, "roles");
        assertTrue(!registry.hasRole(ADMIN, 15), "none of all");
    }

    function offer(address to) private {
        vm.prank(ADMIN);
        registry.transferAdmin(to);
    }

    function expectNotPending(address caller, address pending) private {
        vm.prank(caller);
        vm.expectRevert(abi.encodeWithSelector(IRealmRegistry.RealmRegistry_NotPendingAdmin.selector, caller, pending));
        registry.acceptAdmin();
    }
}
