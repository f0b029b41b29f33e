// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRealmRegistry} from "../../contracts/interfaces/IRealmRegistry.sol";
import {TestBase} from "./TestBase.sol";

contract RealmRegistryTest is TestBase {
    address private constant ADMIN = address(0xAD);
    address private constant PAUSER = address(0x9A);
    address private constant UNPAUSER = address(0x09);
    address private constant STRANGER = address(0x57);
    bytes32 private constant TREASURY_ID = keccak256("pqms.Treasury");

    IRealmRegistry private registry;

    function setUp() public {
        vm.warp(1_800_000_000);
        registry = IRealmRegistry(deploy("RealmRegistry", abi.encode(ADMIN)));
        vm.startPrank(ADMIN);
        registry.setRoles(PAUSER, 1);
        registry.setRoles(UNPAUSER, 2);
        vm.stopPrank();
    }

    function test_Constructor_WhenAdminZero_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(IRealmRegistry.RealmRegistry_ZeroAddress.selector));
        this.deployWithoutAdmin();
    }

    function test_SetAddress_countsVersions() public {
        vm.startPrank(ADMIN);
        registry.setAddress(TREASURY_ID, address(1));
        vm.expectEmit(address(registry));
        emit IRealmRegistry.AddressSet(TREASURY_ID, address(2), 2);
        registry.setAddress(TREASURY_ID, address(2));
        assertEq(registry.addressOf(TREASURY_ID), address(2), "address");
        assertEq(registry.versionOf(TREASURY_ID), 2, "version");
        vm.expectRevert(abi.encodeWithSelector(IRealmRegistry.RealmRegistry_ZeroAddress.selector));
        registry.setAddress(TREASURY_ID, address(0));
    }

    function test_SetAddress_WhenStranger_reverts() public {
        expectNotAdmin();
        registry.setAddress(TREASURY_ID, address(1));
    }

    function test_SetRoles_WhenStranger_reverts() public {
        expectNotAdmin();
        registry.setRoles(STRANGER, 15);
    }

    function test_SetRoles_WhenUnknownBit_reverts() public {
        vm.startPrank(ADMIN);
        vm.expectRevert(abi.encodeWithSelector(IRealmRegistry.RealmRegistry_UnknownRoles.selector, 16, 15));
        registry.setRoles(STRANGER, 16);
        vm.expectRevert(abi.encodeWithSelector(IRealmRegistry.RealmRegistry_ZeroAddress.selector));
        registry.setRoles(address(0), 1);
    }

    function test_HasRole_needsOneOfTheMask() public view {
        assertTrue(registry.hasRole(PAUSER, 3), "one of two");
        assertTrue(!registry.hasRole(PAUSER, 14), "others");
        assertTrue(!registry.hasRole(PAUSER, 0), "empty mask");
        assertEq(registry.rolesOf(PAUSER), 1, "roles");
    }

    function test_Pause_addsBits_andUnpauseTakesThem() public {
        vm.startPrank(PAUSER);
        registry.pause(1);
        vm.expectEmit(address(registry));
        emit IRealmRegistry.PausedSet(3, PAUSER);
        registry.pause(2);
        vm.stopPrank();
        vm.prank(UNPAUSER);
        registry.unpause(1);
        assertEq(registry.paused(), 2, "bits");
    }

    function test_Pause_WhenNotPauser_reverts() public {
        address[3] memory others = [STRANGER, ADMIN, UNPAUSER];
        for (uint256 i = 0; i < 3; ++i) {
            vm.prank(others[i]);
            vm.expectRevert(abi.encodeWithSelector(IRealmRegistry.RealmRegistry_MissingRole.selector, others[i], 1));
            registry.pause(1);
        }
    }

    function test_Unpause_WhenNotUnpauser_reverts() public {
        address[3] memory others = [STRANGER, ADMIN, PAUSER];
        for (uint256 i = 0; i < 3; ++i) {
            vm.prank(others[i]);
            vm.expectRevert(abi.encodeWithSelector(IRealmRegistry.RealmRegistry_MissingRole.selector, others[i], 2));
            registry.unpause(1);
        }
    }

    function test_Pause_WhenUnknownBits_reverts() public {
        vm.startPrank(PAUSER);
        vm.expectRevert(abi.encodeWithSelector(IRealmRegistry.RealmRegistry_UnknownPauseBits.selector, 0, 3));
        registry.pause(0);
        vm.expectRevert(abi.encodeWithSelector(IRealmRegistry.RealmRegistry_UnknownPauseBits.selector, 4, 3));
        registry.pause(4);
        vm.stopPrank();
        vm.prank(UNPAUSER);
        vm.expectRevert(abi.encodeWithSelector(IRealmRegistry.RealmRegistry_UnknownPauseBits.selector, 8, 3));
        registry.unpause(8);
    }

    function test_PauseState_addsUpReportPauses() public {
        pauseFor(100, 2);
        pauseFor(50, 1);
        vm.prank(PAUSER);
        registry.pause(3);
        vm.warp(block.timestamp + 7);
        vm.prank(PAUSER);
        registry.pause(2);
        vm.warp(block.timestamp + 3);
        (uint256 bits, uint64 paused) = registry.pauseState();
        assertEq(bits, 3, "bits");
        assertEq(paused, 110, "seconds, the running pause included, not restarted by pausing twice");
    }

    function test_Unpause_WhenNotPaused_addsNothing() public {
        vm.prank(UNPAUSER);
        registry.unpause(2);
        (, uint64 paused) = registry.pauseState();
        assertEq(paused, 0, "seconds");
    }

    function test_TransferAdmin_takesTwoSteps() public {
        vm.prank(ADMIN);
        registry.transferAdmin(STRANGER);
        assertEq(registry.admin(), ADMIN, "still the old admin");
        assertEq(registry.pendingAdmin(), STRANGER, "pending");
        vm.prank(PAUSER);
        vm.expectRevert(
            abi.encodeWithSelector(IRealmRegistry.RealmRegistry_NotPendingAdmin.selector, PAUSER, STRANGER)
        );
        registry.acceptAdmin();
        vm.expectEmit(address(registry));
        emit IRealmRegistry.AdminTransferred(ADMIN, STRANGER);
        vm.prank(STRANGER);
        registry.acceptAdmin();
        assertEq(registry.admin(), STRANGER, "new admin");
        assertEq(registry.pendingAdmin(), address(0), "offer used up");
    }

    function test_TransferAdmin_WhenStranger_reverts() public {
        expectNotAdmin();
        registry.transferAdmin(STRANGER);
    }

    function pauseFor(uint256 duration, uint256 bits) private {
        vm.prank(PAUSER);
        registry.pause(bits);
        vm.warp(block.timestamp + duration);
        vm.prank(UNPAUSER);
        registry.unpause(bits);
    }

    function expectNotAdmin() private {
        vm.expectRevert(abi.encodeWithSelector(IRealmRegistry.RealmRegistry_NotAdmin.selector, STRANGER));
        vm.prank(STRANGER);
    }

    function deployWithoutAdmin() external {
        deploy("RealmRegistry", abi.encode(address(0)));
    }
}
