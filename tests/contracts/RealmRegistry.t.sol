// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRealmRegistry} from "../../contracts/interfaces/IRealmRegistry.sol";
import {RegistryFixture} from "./RegistryFixture.sol";

/// @dev Directory, roles and pauses; see RealmRegistry.tree. The admin's office is in threats/TwoStepAdmin.t.sol.
contract RealmRegistryTest is RegistryFixture {
    bytes32 private constant TREASURY_ID = keccak256("pqms.Treasury");
    bytes32 private constant HUB_ID = keccak256("pqms.ReportHub");

    function test_Constructor_WhenAdminZero_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(IRealmRegistry.RealmRegistry_ZeroAddress.selector));
        this.deployWithoutAdmin();
    }

    function test_SetAddress_countsVersionsOfEachEntry() public {
        vm.startPrank(ADMIN);
        registry.setAddress(TREASURY_ID, address(1));
        registry.setAddress(HUB_ID, address(3));
        vm.expectEmit(address(registry));
        emit IRealmRegistry.AddressSet(TREASURY_ID, address(2), 2);
        registry.setAddress(TREASURY_ID, address(2));
        assertEq(registry.addressOf(TREASURY_ID), address(2), "address");
        assertEq(registry.versionOf(TREASURY_ID), 2, "version");
        assertEq(registry.addressOf(HUB_ID), address(3), "other address");
        assertEq(registry.versionOf(HUB_ID), 1, "other version");
    }

    function test_AddressOf_WhenNeverSet_isZero() public view {
        assertEq(registry.addressOf(TREASURY_ID), address(0), "address");
        assertEq(registry.versionOf(TREASURY_ID), 0, "version");
    }

    function test_SetAddress_WhenZero_reverts() public {
        vm.prank(ADMIN);
        vm.expectRevert(abi.encodeWithSelector(IRealmRegistry.RealmRegistry_ZeroAddress.selector));
        registry.setAddress(TREASURY_ID, address(0));
    }

    function test_SetAddress_WhenStranger_reverts() public {
        expectNotAdmin();
        registry.setAddress(TREASURY_ID, address(1));
    }

    function test_SetRoles_setsTheWholeSetAndTells() public {
        vm.startPrank(ADMIN);
        registry.setRoles(STRANGER, 12);
        vm.expectEmit(address(registry));
        emit IRealmRegistry.RolesSet(STRANGER, 3);
        registry.setRoles(STRANGER, 3);
        assertEq(registry.rolesOf(STRANGER), 3, "replaced, not added");
        registry.setRoles(STRANGER, 0);
        assertEq(registry.rolesOf(STRANGER), 0, "all taken");
    }

    function test_SetRoles_WhenStranger_reverts() public {
        expectNotAdmin();
        registry.setRoles(STRANGER, 15);
    }

    function test_SetRoles_WhenUnknownBit_reverts() public {
        vm.startPrank(ADMIN);
        vm.expectRevert(abi.encodeWithSelector(IRealmRegistry.RealmRegistry_UnknownRoles.selector, 16, 15));
        registry.setRoles(STRANGER, 16);
        vm.expectRevert(
            abi.encodeWithSelector(IRealmRegistry.RealmRegistry_UnknownRoles.selector, type(uint256).max, 15)
        );
        registry.setRoles(STRANGER, type(uint256).max);
    }

    function test_SetRoles_WhenAccountZero_reverts() public {
        vm.prank(ADMIN);
        vm.expectRevert(abi.encodeWithSelector(IRealmRegistry.RealmRegistry_ZeroAddress.selector));
        registry.setRoles(address(0), 1);
    }

    function test_HasRole_needsOneOfTheMask() public view {
        assertTrue(registry.hasRole(PAUSER, 3), "one of two");
        assertTrue(!registry.hasRole(PAUSER, 14), "others");
        assertTrue(!registry.hasRole(PAUSER, 0), "empty mask");
        assertEq(registry.rolesOf(PAUSER), 1, "roles");
    }

    function test_Pause_addsBitsAndTells() public {
        pauseAs(1);
        vm.expectEmit(address(registry));
        emit IRealmRegistry.PausedSet(3, PAUSER);
        pauseAs(2);
        assertEq(registry.paused(), 3, "bits");
    }

    function test_Unpause_takesBitsAndTells() public {
        pauseAs(3);
        vm.expectEmit(address(registry));
        emit IRealmRegistry.PausedSet(2, UNPAUSER);
        unpauseAs(1);
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
        pauseAs(1);
        address[3] memory others = [STRANGER, ADMIN, PAUSER];
        for (uint256 i = 0; i < 3; ++i) {
            vm.prank(others[i]);
            vm.expectRevert(abi.encodeWithSelector(IRealmRegistry.RealmRegistry_MissingRole.selector, others[i], 2));
            registry.unpause(1);
        }
    }

    /// @dev 257 would be 1 if the bits were cut to eight before they are checked.
    function test_Pause_WhenUnknownBits_reverts() public {
        uint256[4] memory wrong = [uint256(0), 4, 7, 257];
        for (uint256 i = 0; i < 4; ++i) {
            bytes memory refusal = abi.encodeWithSelector(
                IRealmRegistry.RealmRegistry_UnknownPauseBits.selector,
                wrong[i],
                3
            );
            vm.prank(PAUSER);
            vm.expectRevert(refusal);
            registry.pause(wrong[i]);
            vm.prank(UNPAUSER);
            vm.expectRevert(refusal);
            registry.unpause(wrong[i]);
        }
    }

    function test_PauseState_addsUpReportPauses() public {
        pauseFor(100, 2);
        pauseFor(50, 1);
        pauseAs(3);
        vm.warp(block.timestamp + 7);
        pauseAs(2);
        vm.warp(block.timestamp + 3);
        checkPaused(3, 110, "the running pause included, not started anew by pausing twice");
        unpauseAs(1);
        vm.warp(block.timestamp + 5);
        checkPaused(2, 115, "clearing the other bit stops no clock");
        unpauseAs(2);
        vm.warp(block.timestamp + 1000);
        checkPaused(0, 115, "stands still");
    }

    function test_Unpause_WhenNotPaused_addsNothing() public {
        unpauseAs(2);
        vm.warp(block.timestamp + 9);
        checkPaused(0, 0, "never paused");
    }

    function test_BookingRules_tellsAllAtOnce() public {
        pauseAs(3);
        vm.warp(block.timestamp + 9);
        (uint256 bits, uint64 paused, uint32 slots, uint32 reservations, uint32 slotSeconds) = registry.bookingRules();
        assertEq(bits, 3, "bits");
        assertEq(paused, 9, "seconds");
        assertEq(slots, 10_000, "slots");
        assertEq(reservations, 1000, "reservations");
        assertEq(slotSeconds, 60, "slot seconds");
    }

    /// @dev Against a plain account of the same pauses.
    function testFuzz_PauseState_isExact(uint256 seed) public {
        uint256 bits = 0;
        uint256 expected = 0;
        for (uint256 i = 0; i < 12; ++i) {
            uint256 step = seed >> (20 * i);
            uint256 change = 1 + ((step >> 1) % 3);
            if (step & 1 == 0) {
                pauseAs(change);
                bits |= change;
            } else {
                unpauseAs(change);
                bits &= ~change;
            }
            uint256 gone = (step >> 4) & 0xffff;
            vm.warp(block.timestamp + gone);
            if (bits & 2 != 0) expected += gone;
            checkPaused(bits, expected, "seconds");
        }
    }

    function pauseFor(uint256 duration, uint256 bits) private {
        pauseAs(bits);
        vm.warp(block.timestamp + duration);
        unpauseAs(bits);
    }

    function checkPaused(uint256 expectedBits, uint256 expectedSeconds, string memory what) private view {
        (uint256 bits, uint64 paused) = registry.pauseState();
        assertEq(bits, expectedBits, "bits");
        assertEq(paused, expectedSeconds, what);
    }

    function deployWithoutAdmin() external {
        deploy("RealmRegistry", abi.encode(address(0), DELAY, uint32(10_000)));
    }
}
