// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleInventory} from "../../contracts/interfaces/IParticleInventory.sol";
import {KindId} from "../../contracts/types/Ids.sol";
import {Category, Kind} from "../../contracts/types/Inventory.sol";
import {InventoryFixture} from "./InventoryFixture.sol";

/// @dev Specification: ParticleInventory.tree, kinds. The others have files of their own.
contract ParticleInventoryTest is InventoryFixture {
    function setUp() public {
        setUpInventory();
    }

    function test_RegisterKinds_tells() public {
        Kind memory kind = magic();
        vm.expectEmit(address(inventory));
        emit IParticleInventory.KindRegistered(kind.id, kind);
        register(kind);
        assertEq(inventory.kindCount(), 3, "count");
        assertEq(keccak256(abi.encode(inventory.kind(kind.id))), keccak256(abi.encode(kind)), "kept");
        assertEq(uint256(inventory.categoryOf(kind.id)), uint256(Category.Magic), "category");
    }

    function test_RegisterKinds_WhenStranger_reverts() public {
        Kind[] memory kinds = new Kind[](1);
        kinds[0] = magic();
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IParticleInventory.ParticleInventory_MissingRole.selector, stranger, 4));
        inventory.registerKinds(kinds);
    }

    function test_RegisterKinds_WhenIdNotNext_reverts() public {
        Kind memory kind = magic();
        kind.id = KindId.wrap(4);
        refused(kind, abi.encodeWithSelector(IParticleInventory.ParticleInventory_IdNotNext.selector, 4, 3));
    }

    /// @dev One that is refused takes the others with it.
    function test_RegisterKinds_WhenOneIsRefused_keepsNone() public {
        Kind[] memory kinds = new Kind[](2);
        (kinds[0], kinds[1]) = (magic(), magic());
        vm.prank(admin);
        vm.expectRevert(abi.encodeWithSelector(IParticleInventory.ParticleInventory_IdNotNext.selector, 3, 4));
        inventory.registerKinds(kinds);
        assertEq(inventory.kindCount(), 2, "count");
    }

    function test_RegisterKinds_WhenBadDimension_reverts() public {
        Kind memory kind = magic();
        kind.dimension = 3;
        refused(kind, badKind(Category.Magic, 3));
        kind.dimension = 1;
        refused(kind, badKind(Category.Magic, 1));
        (kind.category, kind.dimension) = (Category.Ghz, 1025);
        refused(kind, badKind(Category.Ghz, 1025));
        (kind.category, kind.dimension) = (Category.None, 2);
        refused(kind, badKind(Category.None, 2));
        (kind.category, kind.dimension) = (Category.Ghz, 1024);
        register(kind);
    }

    function test_RegisterKinds_WhenGradeAboveThree_reverts() public {
        Kind memory kind = magic();
        kind.isolationGrade = 4;
        refused(kind, abi.encodeWithSelector(IParticleInventory.ParticleInventory_GradeOutOfRange.selector, 4, 3));
    }

    function test_RegisterKinds_WhenLabelsTooLong_reverts() public {
        Kind memory kind = magic();
        kind.platform = "";
        refused(kind, badLength(0, 1, 31));
        kind.platform = "0123456789012345678901234567890x";
        refused(kind, badLength(32, 1, 31));
        kind.platform = "p";
        kind.specialisation = "0123456789012345678901234567890x";
        refused(kind, badLength(32, 0, 31));
    }

    function test_Kind_WhenUnknown_reverts() public {
        for (uint32 id = 0; id <= 3; id += 3) {
            vm.expectRevert(
                abi.encodeWithSelector(IParticleInventory.ParticleInventory_UnknownKind.selector, KindId.wrap(id))
            );
            inventory.kind(KindId.wrap(id));
            assertEq(uint256(inventory.categoryOf(KindId.wrap(id))), 0, "none");
        }
    }

    function magic() private pure returns (Kind memory) {
        return Kind(KindId.wrap(3), Category.Magic, 2, 3, "surface-code", "T-state 15-to-1", 0, 0, 10);
    }

    function register(Kind memory kind) private {
        Kind[] memory kinds = new Kind[](1);
        kinds[0] = kind;
        vm.prank(admin);
        inventory.registerKinds(kinds);
    }

    function refused(Kind memory kind, bytes memory reason) private {
        Kind[] memory kinds = new Kind[](1);
        kinds[0] = kind;
        vm.prank(admin);
        vm.expectRevert(reason);
        inventory.registerKinds(kinds);
    }

    function badKind(Category category, uint16 dimension) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IParticleInventory.ParticleInventory_BadKind.selector, category, dimension);
    }

    function badLength(uint256 length, uint256 min, uint256 max) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IParticleInventory.ParticleInventory_NameLength.selector, length, min, max);
    }
}
