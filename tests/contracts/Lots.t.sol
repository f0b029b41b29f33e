// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleInventory} from "../../contracts/interfaces/IParticleInventory.sol";
import {KindId, LotId, OrderId} from "../../contracts/types/Ids.sol";
import {Lot, LotStatus, LotTerms} from "../../contracts/types/Inventory.sol";
import {InventoryFixture} from "./InventoryFixture.sol";

/// @dev Specification: ParticleInventory.tree, lots. Every step of a life is tried, allowed or not.
contract LotsTest is InventoryFixture {
    function setUp() public {
        setUpInventory();
    }

    function test_RegisterLot_tells() public {
        vm.expectEmit(address(inventory));
        emit IParticleInventory.LotRegistered(LOT, provider, OrderId.wrap(0), lotTerms());
        vm.prank(provider);
        inventory.registerLot(LOT, lotTerms());
        Lot memory kept = inventory.lot(LOT);
        assertEq(uint256(kept.status), uint256(LotStatus.Produced), "status");
        assertEq(kept.provider, provider, "provider");
        assertEq(keccak256(abi.encode(kept.terms)), keccak256(abi.encode(lotTerms())), "terms");
    }

    function test_RegisterLot_WhenNoProvider_reverts() public {
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IParticleInventory.ParticleInventory_NotProvider.selector, stranger));
        inventory.registerLot(LOT, lotTerms());
    }

    function test_RegisterLot_WhenIdUsedOrZero_reverts() public {
        registerAs(LOT, lotTerms());
        LotTerms memory other = lotTerms();
        other.provenance = "other";
        refused(LOT, other, abi.encodeWithSelector(IParticleInventory.ParticleInventory_IdUsed.selector, 88));
        refused(LotId.wrap(0), other, abi.encodeWithSelector(IParticleInventory.ParticleInventory_IdUsed.selector, 0));
    }

    function test_RegisterLot_WhenProvenanceKnownOrZero_reverts() public {
        registerAs(LOT, lotTerms());
        LotTerms memory terms = lotTerms();
        bytes4 reason = IParticleInventory.ParticleInventory_BadProvenance.selector;
        refused(LotId.wrap(2), terms, abi.encodeWithSelector(reason, terms.provenance));
        terms.provenance = 0;
        refused(LotId.wrap(2), terms, abi.encodeWithSelector(reason, bytes32(0)));
    }

    function test_RegisterLot_WhenTermsBad_reverts() public {
        LotTerms memory terms = lotTerms();
        terms.count = 0;
        refused(LOT, terms, abi.encodeWithSelector(IParticleInventory.ParticleInventory_CountZero.selector));
        terms = lotTerms();
        terms.fidelityPpm = 1_000_001;
        refused(
            LOT,
            terms,
            abi.encodeWithSelector(
                IParticleInventory.ParticleInventory_FidelityOutOfRange.selector,
                1_000_001,
                0,
                1_000_000
            )
        );
        terms = lotTerms();
        terms.producedAt = now64() + 1;
        refused(
            LOT,
            terms,
            abi.encodeWithSelector(
                IParticleInventory.ParticleInventory_TimeOutOfRange.selector,
                now64() + 1,
                0,
                now64()
            )
        );
        terms = lotTerms();
        terms.kind = KindId.wrap(9);
        refused(LOT, terms, abi.encodeWithSelector(IParticleInventory.ParticleInventory_UnknownKind.selector, 9));
    }

    function test_MoveLot_tellsAndKeepsTheEvidence() public {
        registerAs(LOT, lotTerms());
        vm.expectEmit(address(inventory));
        emit IParticleInventory.LotMoved(LOT, LotStatus.Available, "seen");
        vm.prank(provider);
        inventory.moveLot(LOT, LotStatus.Available, "seen");
        assertEq(inventory.lot(LOT).evidence, "seen", "evidence");
    }

    function test_MoveLot_WhenNotOwner_reverts() public {
        registerAs(LOT, lotTerms());
        bytes memory reason = abi.encodeWithSelector(
            IParticleInventory.ParticleInventory_NotOwner.selector,
            LOT,
            stranger,
            provider
        );
        vm.startPrank(stranger);
        vm.expectRevert(reason);
        inventory.moveLot(LOT, LotStatus.Available, 0);
        vm.expectRevert(reason);
        inventory.retireLot(LOT, "gone");
    }

    function test_MoveLot_WhenUnknown_reverts() public {
        vm.startPrank(provider);
        vm.expectRevert(
            abi.encodeWithSelector(IParticleInventory.ParticleInventory_NotOwner.selector, LOT, provider, address(0))
        );
        inventory.moveLot(LOT, LotStatus.Produced, 0);
        vm.expectRevert(
            abi.encodeWithSelector(IParticleInventory.ParticleInventory_NotOwner.selector, LOT, provider, address(0))
        );
        inventory.retireLot(LOT, "gone");
    }

    function test_RetireLot_tellsAndKeepsTheEvidence() public {
        bring(LOT, LotStatus.Expired);
        vm.expectEmit(address(inventory));
        emit IParticleInventory.LotMoved(LOT, LotStatus.Retired, "record");
        vm.prank(provider);
        inventory.retireLot(LOT, "record");
        assertEq(inventory.lot(LOT).evidence, "record", "evidence");
    }

    /// @dev The table of the interface, and nothing beside it.
    function test_MoveLot_GivenEveryPair_allowsTheTableOnly() public {
        uint128 id = 1000;
        for (uint256 from = 1; from <= 7; ++from) {
            for (uint256 to = 0; to <= 7; ++to) {
                LotId lot = LotId.wrap(++id);
                bring(lot, LotStatus(from));
                vm.prank(provider);
                (bool moved, ) = address(inventory).call(
                    abi.encodeCall(IParticleInventory.moveLot, (lot, LotStatus(to), "e"))
                );
                assertTrue(moved == allowed(from, to), "step");
                assertEq(uint256(inventory.lot(lot).status), moved ? to : from, "status");
            }
        }
    }

    function test_MoveLot_WhenForbidden_namesTheStep() public {
        registerAs(LOT, lotTerms());
        vm.prank(provider);
        vm.expectRevert(
            abi.encodeWithSelector(
                IParticleInventory.ParticleInventory_WrongStep.selector,
                LOT,
                LotStatus.Produced,
                LotStatus.Active
            )
        );
        inventory.moveLot(LOT, LotStatus.Active, 0);
    }

    function test_RetireLot_onlyWhenConsumedOrExpired() public {
        for (uint256 from = 1; from <= 7; ++from) {
            LotId lot = LotId.wrap(uint128(from));
            bring(lot, LotStatus(from));
            vm.prank(provider);
            (bool retired, ) = address(inventory).call(abi.encodeCall(IParticleInventory.retireLot, (lot, "record")));
            assertTrue(retired == (from == 5 || from == 6), "retired");
        }
    }

    function test_RetireLot_WithoutEvidence_reverts() public {
        bring(LOT, LotStatus.Consumed);
        vm.prank(provider);
        vm.expectRevert(
            abi.encodeWithSelector(
                IParticleInventory.ParticleInventory_WrongStep.selector,
                LOT,
                LotStatus.Consumed,
                LotStatus.Retired
            )
        );
        inventory.retireLot(LOT, 0);
    }

    function allowed(uint256 from, uint256 to) private pure returns (bool) {
        uint8[2][8] memory table = [[1, 2], [1, 6], [2, 3], [2, 6], [3, 4], [3, 2], [4, 5], [4, 6]];
        for (uint256 i = 0; i < 8; ++i) {
            if (table[i][0] == from && table[i][1] == to) return true;
        }
        return false;
    }

    function bring(LotId lot, LotStatus status) private {
        LotTerms memory terms = lotTerms();
        terms.provenance = keccak256(abi.encode(lot));
        registerAs(lot, terms);
        uint256 wanted = uint256(status);
        vm.startPrank(provider);
        uint256 last = wanted < 5 ? wanted : 4;
        for (uint256 next = 2; next <= last; ++next) inventory.moveLot(lot, LotStatus(next), 0);
        if (wanted == 5 || wanted == 7) inventory.moveLot(lot, LotStatus.Consumed, 0);
        if (wanted == 6) inventory.moveLot(lot, LotStatus.Expired, 0);
        if (wanted == 7) inventory.retireLot(lot, "record");
        vm.stopPrank();
    }

    function registerAs(LotId lot, LotTerms memory terms) private {
        vm.prank(provider);
        inventory.registerLot(lot, terms);
    }

    function refused(LotId lot, LotTerms memory terms, bytes memory reason) private {
        vm.prank(provider);
        vm.expectRevert(reason);
        inventory.registerLot(lot, terms);
    }
}
