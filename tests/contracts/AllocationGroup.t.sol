// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IEntanglementNetwork} from "../../contracts/interfaces/IEntanglementNetwork.sol";
import {IParticleAllocation} from "../../contracts/interfaces/IParticleAllocation.sol";
import {ITreasury} from "../../contracts/interfaces/ITreasury.sol";
import {ReservationId} from "../../contracts/types/Ids.sol";
import {GrantOutcome, Status, Terms} from "../../contracts/types/Reservations.sol";
import {AllocationFixture} from "./AllocationFixture.sol";

/// @dev Specification: ParticleAllocation.tree, branch requestGroup.
contract AllocationGroupTest is AllocationFixture {
    ReservationId[] private ids;
    Terms[] private terms;

    function setUp() public {
        setUpRealm(oneSigner(), 1, 0);
        add(ID, someTerms());
        Terms memory qubits = someTerms();
        (qubits.pool, qubits.slots) = (QUBIT_POOL, 20);
        add(ID2, qubits);
    }

    function test_RequestGroup_booksAllAndTells() public {
        uint128 total = costOf(terms[0]) + costOf(terms[1]);
        vm.expectEmit(address(allocation));
        emit IParticleAllocation.GroupRequested(ID, ids);
        vm.expectEmit(address(treasury));
        emit ITreasury.AccountChanged(client, 3, uint96(total), ReservationId.unwrap(ID));
        requestGroup(total + 3);
        assertStatus(ID, Status.Requested);
        assertStatus(ID2, Status.Requested);
        assertEq(allocation.reservation(ID).price, costOf(terms[0]), "price of pairs");
        assertEq(allocation.reservation(ID2).price, costOf(terms[1]), "price of qubits");
        assertMoney(3, 0, total);
        assertOpen(client, 35, 2);
    }

    /// @dev One that cannot be booked: none is.
    function test_RequestGroup_WhenOneIsRefused_booksNone() public {
        terms[1].slots = 101;
        uint64 bucket = uint64(block.timestamp / 900);
        bytes4 selector = IEntanglementNetwork.EntanglementNetwork_CapacityExceeded.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, QUBIT_POOL, bucket, 100, 101));
        requestGroup(1 ether);
        assertStatus(ID, Status.None);
        assertEq(bookedIn(POOL, bucket), 0, "calendar");
        assertOpen(client, 0, 0);
    }

    function test_RequestGroup_WhenIdTwice_reverts() public {
        ids[1] = ID;
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_IdUsed.selector, ID));
        requestGroup(1 ether);
    }

    function test_RequestGroup_WhenSizeBad_reverts() public {
        expectSize(2, 3);
        terms.push(terms[0]);
        requestGroup(1 ether);
        for (uint128 i = 3; i < 10; ++i) ids.push(ReservationId.wrap(i));
        while (terms.length < 9) terms.push(terms[0]);
        expectSize(9, 9);
        requestGroup(1 ether);
        while (ids.length > 1) ids.pop();
        while (terms.length > 1) terms.pop();
        expectSize(1, 1);
        requestGroup(1 ether);
        delete ids;
        delete terms;
        expectSize(0, 0);
        requestGroup(1 ether);
    }

    function test_RequestGroup_GivenEight_booksThem() public {
        for (uint128 i = 3; i < 9; ++i) add(ReservationId.wrap(i), someTerms());
        for (uint256 i = 0; i < 8; ++i) (terms[i].slots, terms[i].pool) = (1, OTHER_POOL);
        requestGroup(1 ether);
        assertOpen(client, 8, 8);
        assertMoney(1 ether - 8 * costOf(terms[0]), 0, 8 * costOf(terms[0]));
    }

    function test_RequestGroup_WhenMixed_reverts() public {
        terms[1].start = uint64(block.timestamp);
        expectMixed();
        requestGroup(1 ether);
        terms[1].start = 0;
        terms[1].duration = 601;
        expectMixed();
        requestGroup(1 ether);
        terms[1].duration = 600;
        terms[1].payer = client;
        expectMixed();
        requestGroup(1 ether);
        terms[0].payer = client;
        requestGroup(1 ether);
    }

    function test_RequestGroup_WhenCapsExceeded_reverts() public {
        (terms[0].pool, terms[0].slots, terms[0].maxCost) = (OTHER_POOL, CLIENT_CAP - 19, type(uint128).max);
        bytes4 selector = IParticleAllocation.ParticleAllocation_ClientCapExceeded.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, client, CLIENT_CAP - 19, 20, CLIENT_CAP));
        requestGroup(1 ether);
    }

    function test_RequestGroup_WhenCreditIsShortByOneWei_reverts() public {
        uint128 total = costOf(terms[0]) + costOf(terms[1]);
        bytes4 selector = ITreasury.Treasury_CreditTooLow.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, client, total - 1, total));
        requestGroup(total - 1);
    }

    function test_RequestGroup_WhenPaused_reverts() public {
        vm.prank(admin);
        registry.pause(1);
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_Paused.selector, 1));
        requestGroup(1 ether);
    }

    /// @dev The report refuses the whole group; each gives its own price back.
    function test_Group_WhenRefused_refundsEach() public {
        requestGroup(1 ether);
        decide(ID, GrantOutcome.GroupRefused);
        assertEq(treasury.escrowOf(client), costOf(terms[1]), "the other's escrow");
        decide(ID2, GrantOutcome.PoolExhausted);
        assertMoney(1 ether, 0, 0);
    }

    function add(ReservationId id, Terms memory more) private {
        ids.push(id);
        terms.push(more);
    }

    function requestGroup(uint256 value) private {
        vm.prank(client);
        allocation.requestGroup{value: value}(ids, terms);
    }

    function expectSize(uint256 idCount, uint256 termsCount) private {
        bytes4 selector = IParticleAllocation.ParticleAllocation_GroupSize.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, idCount, termsCount, 8));
    }

    function expectMixed() private {
        vm.expectRevert(abi.encodeWithSelector(IParticleAllocation.ParticleAllocation_GroupMixed.selector, 1));
    }
}
