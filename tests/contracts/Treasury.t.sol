// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ITreasury} from "../../contracts/interfaces/ITreasury.sol";
import {EtherForcer} from "../../contracts/mocks/EtherForcer.sol";
import {ReentrantReceiver} from "../../contracts/mocks/ReentrantReceiver.sol";
import {RefusingReceiver} from "../../contracts/mocks/RefusingReceiver.sol";
import {ReservationId} from "../../contracts/types/Types.sol";
import {TestBase} from "./TestBase.sol";

/// @dev Stands in for the allocation contract itself.
contract TreasuryTest is TestBase {
    ReservationId private constant ID = ReservationId.wrap(77);
    ReservationId private constant OTHER = ReservationId.wrap(78);
    address private constant CLIENT = address(0xC1);
    address private constant PROVIDER = address(0x90);
    address private constant STRANGER = address(0x57);

    ITreasury private treasury;

    function setUp() public {
        treasury = ITreasury(deploy("Treasury", abi.encode(address(this))));
        vm.deal(address(this), 100 ether);
    }

    function test_Constructor_WhenAllocationZero_reverts() public {
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_ZeroAddress.selector));
        this.deployWithoutAllocation();
    }

    function test_Lock_WhenStranger_reverts() public {
        vm.deal(STRANGER, 1 ether);
        vm.prank(STRANGER);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_NotAllocation.selector, STRANGER));
        treasury.lock{value: 1}(ID, STRANGER);
    }

    function test_Settle_WhenStranger_reverts() public {
        treasury.lock{value: 10}(ID, CLIENT);
        vm.prank(STRANGER);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_NotAllocation.selector, STRANGER));
        treasury.settle(ID, STRANGER, 10, STRANGER);
    }

    function test_Lock_holdsAndTells() public {
        vm.expectEmit(address(treasury));
        emit ITreasury.EscrowLocked(ID, CLIENT, 10);
        treasury.lock{value: 10}(ID, CLIENT);
        assertEq(treasury.escrowOf(ID), 10, "escrow");
        assertEq(treasury.totalEscrow(), 10, "total");
        assertEq(treasury.totalCredits(), 0, "credits");
    }

    function test_Lock_WhenLocked_reverts() public {
        treasury.lock{value: 10}(ID, CLIENT);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_AlreadyLocked.selector, ID, uint128(10)));
        treasury.lock{value: 5}(ID, CLIENT);
    }

    function test_Settle_sharesOutAndTells() public {
        treasury.lock{value: 10}(ID, CLIENT);
        vm.expectEmit(address(treasury));
        emit ITreasury.EscrowSettled(ID, PROVIDER, 7, CLIENT, 3);
        vm.expectEmit(address(treasury));
        emit ITreasury.CreditChanged(PROVIDER, 7, ID);
        vm.expectEmit(address(treasury));
        emit ITreasury.CreditChanged(CLIENT, 3, ID);
        assertEq(treasury.settle(ID, PROVIDER, 7, CLIENT), 3, "refund");
        assertEq(treasury.escrowOf(ID), 0, "escrow");
        assertEq(treasury.totalCredits(), 10, "credits");
    }

    /// @dev A credit grows; it is never overwritten.
    function test_Settle_WhenCreditThere_adds() public {
        treasury.lock{value: 10}(ID, CLIENT);
        treasury.lock{value: 20}(OTHER, CLIENT);
        treasury.settle(ID, PROVIDER, 7, CLIENT);
        treasury.settle(OTHER, PROVIDER, 5, CLIENT);
        assertEq(treasury.creditOf(PROVIDER), 12, "provider");
        assertEq(treasury.creditOf(CLIENT), 18, "client");
    }

    function test_Settle_WhenTwice_reverts() public {
        treasury.lock{value: 10}(ID, CLIENT);
        treasury.settle(ID, PROVIDER, 7, CLIENT);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_NothingLocked.selector, ID));
        treasury.settle(ID, PROVIDER, 7, CLIENT);
    }

    function test_Settle_WhenAboveEscrow_reverts() public {
        treasury.lock{value: 10}(ID, CLIENT);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_AboveEscrow.selector, ID, uint128(11), uint128(10)));
        treasury.settle(ID, PROVIDER, 11, CLIENT);
    }

    function test_Withdraw_WhenNoCredit_reverts() public {
        vm.prank(STRANGER);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_NothingToWithdraw.selector, STRANGER));
        treasury.withdraw();
    }

    function test_Withdraw_paysAllOnce() public {
        credit(CLIENT, 10);
        vm.startPrank(CLIENT);
        vm.expectEmit(address(treasury));
        emit ITreasury.Withdrawn(CLIENT, CLIENT, 10);
        treasury.withdraw();
        assertEq(CLIENT.balance, 10, "paid");
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_NothingToWithdraw.selector, CLIENT));
        treasury.withdraw();
    }

    function test_WithdrawTo_WhenZero_reverts() public {
        credit(CLIENT, 10);
        vm.prank(CLIENT);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_ZeroAddress.selector));
        treasury.withdrawTo(payable(address(0)));
    }

    function test_Withdraw_WhenReceiverReenters_paysOnce() public {
        ReentrantReceiver attacker = new ReentrantReceiver(treasury);
        credit(address(attacker), 10);
        treasury.lock{value: 90}(OTHER, CLIENT);
        attacker.attack();
        assertEq(address(attacker).balance, 10, "paid once");
        assertEq(attacker.payments(), 1, "payments");
        assertTrue(!attacker.reentered(), "nested call refused");
        assertEq(
            bytes32(attacker.refusal()),
            bytes32(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector),
            "by the guard"
        );
        assertEq(attacker.creditSeen(), 0, "credit is gone before the payment");
        assertEq(attacker.totalSeen(), 0, "total is right during the payment");
    }

    function test_Withdraw_WhenReceiverRefuses_revertsAndHurtsNobody() public {
        RefusingReceiver refuser = new RefusingReceiver();
        credit(address(refuser), 10);
        treasury.lock{value: 4}(OTHER, CLIENT);
        treasury.settle(OTHER, PROVIDER, 1, CLIENT);
        vm.expectRevert(
            abi.encodeWithSelector(ITreasury.Treasury_TransferFailed.selector, address(refuser), uint256(10))
        );
        refuser.withdraw(treasury);
        vm.prank(CLIENT);
        treasury.withdraw();
        assertEq(CLIENT.balance, 3, "others are paid");
        refuser.withdrawTo(treasury, payable(STRANGER));
        assertEq(STRANGER.balance, 10, "and so is the refuser, elsewhere");
    }

    function test_ForcedEther_belongsToNobody() public {
        credit(CLIENT, 10);
        new EtherForcer{value: 1 ether}(payable(address(treasury)));
        assertEq(treasury.creditOf(CLIENT), 10, "credit");
        assertEq(treasury.totalCredits(), 10 + 1 ether, "counted in, as documented");
        vm.prank(CLIENT);
        treasury.withdraw();
        assertEq(address(treasury).balance, 1 ether, "nobody gets it");
    }

    function credit(address account, uint128 amount) private {
        treasury.lock{value: amount}(ID, account);
        treasury.settle(ID, address(0), 0, account);
    }

    function deployWithoutAllocation() external {
        deploy("Treasury", abi.encode(address(0)));
    }
}
