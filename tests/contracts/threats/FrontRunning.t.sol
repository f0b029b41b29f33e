// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParticleAllocation} from "../../../contracts/interfaces/IParticleAllocation.sol";
import {GrantOutcome, Terms} from "../../../contracts/types/Reservations.sol";
import {AllocationFixture} from "../AllocationFixture.sol";

/// @dev Threat: somebody sees a pending transaction and acts first. The price is bounded, so is the time; an id that
/// was taken costs a retry and no money.
contract FrontRunningTest is AllocationFixture {
    Terms private terms;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        terms = someTerms();
        terms.pool = CURVE_POOL;
        terms.start = uint64(block.timestamp) + 4000;
        terms.maxCost = type(uint128).max;
        vm.deal(stranger, 1000 ether);
    }

    /// @dev An order put in first drives the price up; the victim pays no more than it said.
    function test_Price_WhenDrivenUp_isBoundedByMaxCost() public {
        uint256 quoted = allocation.quote(terms, client);
        Terms memory first = terms;
        first.slots = 100;
        first.duration = 14_400;
        requestAs(stranger, ID2, first, 900 ether);
        uint256 dearer = allocation.quote(terms, client);
        assertTrue(dearer > quoted, "the price rose");
        terms.maxCost = uint128(quoted);
        bytes4 selector = IParticleAllocation.ParticleAllocation_MaxCostExceeded.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, dearer, quoted));
        requestAs(client, ID, terms, 1 ether);
        terms.maxCost = uint128(dearer);
        requestAs(client, ID, terms, 1 ether);
        assertEq(allocation.reservation(ID).price, dearer, "the charge is the quote");
    }

    /// @dev The same for an extension.
    function test_Extension_WhenDrivenUp_isBoundedByMaxCost() public {
        terms.slots = 10;
        terms.start = 0;
        terms.duration = 14_000;
        requestAs(client, ID, terms, 1 ether);
        decide(ID, GrantOutcome.Granted);
        Terms memory first = terms;
        first.slots = 150;
        first.start = uint64(block.timestamp) + 7200;
        requestAs(stranger, ID2, first, 900 ether);
        uint128 floorCost = UNIT_PRICE * 10 * 400;
        vm.prank(client);
        try allocation.extend(ID, 400, floorCost) {
            assertTrue(false, "dearer than the floor");
        } catch (bytes memory reason) {
            assertEq(
                bytes32(bytes4(reason)),
                bytes32(IParticleAllocation.ParticleAllocation_MaxCostExceeded.selector),
                "bounded"
            );
        }
    }

    function test_Transaction_WhenHeldBack_endsWithTheDeadline() public {
        terms.deadline = uint64(block.timestamp) + 30;
        vm.warp(terms.deadline + 1);
        bytes4 selector = IParticleAllocation.ParticleAllocation_DeadlinePassed.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, terms.deadline, block.timestamp));
        requestAs(client, ID, terms, 1 ether);
    }

    /// @dev Who takes the id first has its own reservation; the victim keeps its money and draws another id.
    function test_Id_WhenTakenByAnother_costsOnlyARetry() public {
        requestAs(stranger, ID, terms, 1 ether);
        uint256 before = client.balance;
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_IdUsed.selector, ID));
        requestAs(client, ID, terms, 1 ether);
        assertEq(client.balance, before, "money stays");
        assertEq(allocation.reservation(ID).client, stranger, "the other's");
        requestAs(client, ID2, terms, 1 ether);
        assertEq(allocation.reservation(ID2).client, client, "own");
    }

    /// @dev Taking the id of a signed request burns neither its nonce nor its money.
    function test_Id_WhenASignedRequestIsPending_leavesItsNonce() public {
        uint256 key = 0x5160;
        address signer = vm.addr(key);
        terms.deadline = uint64(block.timestamp) + 30;
        treasury.deposit{value: 1 ether}(signer);
        bytes memory signature = signWith(key, allocation.requestDigest(ID, terms, signer, 0));
        requestAs(stranger, ID, terms, 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_IdUsed.selector, ID));
        allocation.requestSigned(ID, terms, signer, 0, signature);
        assertEq(allocation.clientOf(signer).nonce, 0, "nonce");
        signature = signWith(key, allocation.requestDigest(ID2, terms, signer, 0));
        allocation.requestSigned(ID2, terms, signer, 0, signature);
    }
}
