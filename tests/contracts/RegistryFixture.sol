// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRealmRegistry} from "../../contracts/interfaces/IRealmRegistry.sol";
import {TestBase} from "./TestBase.sol";

/// @dev A registry alone, with one holder of each pause role.
abstract contract RegistryFixture is TestBase {
    uint32 internal constant DELAY = 2 days;
    uint64 internal constant NOW = 1_800_000_000;
    address internal constant ADMIN = address(0xAD);
    address internal constant PAUSER = address(0x9A);
    address internal constant UNPAUSER = address(0x09);
    address internal constant STRANGER = address(0x57);

    IRealmRegistry internal registry;

    function setUp() public virtual {
        vm.warp(NOW);
        registry = IRealmRegistry(deploy("RealmRegistry", abi.encode(ADMIN, DELAY, uint32(10_000))));
        vm.startPrank(ADMIN);
        registry.setRoles(PAUSER, 1);
        registry.setRoles(UNPAUSER, 2);
        vm.stopPrank();
    }

    function pauseAs(uint256 bits) internal {
        vm.prank(PAUSER);
        registry.pause(bits);
    }

    function unpauseAs(uint256 bits) internal {
        vm.prank(UNPAUSER);
        registry.unpause(bits);
    }

    /// @dev The next call comes from the stranger and must be refused.
    function expectNotAdmin() internal {
        vm.expectRevert(abi.encodeWithSelector(IRealmRegistry.RealmRegistry_NotAdmin.selector, STRANGER));
        vm.prank(STRANGER);
    }
}
