// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ITreasury} from "../../../contracts/interfaces/ITreasury.sol";
import {ReentrantReceiver} from "../../../contracts/mocks/ReentrantReceiver.sol";
import {ScriptedReceiver} from "../../../contracts/mocks/ScriptedReceiver.sol";
import {Settlement} from "../../../contracts/types/Money.sol";
import {TreasuryFixture} from "../TreasuryFixture.sol";

/// @dev A receiver that calls back while it is being paid gains nothing, and sees nothing that is not so.
contract ReentrancyTest is TreasuryFixture {
    ScriptedReceiver private attacker;

    function setUp() public override {
        super.setUp();
        attacker = new ScriptedReceiver(treasury);
        treasury.lock{value: 90}(CLIENT, CLIENT, CLIENT, 50, CAUSE);
        treasury.deposit{value: 10}(address(attacker));
    }

    function test_Withdraw_WhenReceiverWithdraws_paysOnce() public {
        ReentrantReceiver receiver = new ReentrantReceiver(treasury);
        treasury.lock{value: 30}(address(receiver), address(receiver), address(receiver), 20, OTHER_CAUSE);
        receiver.attack();
        assertEq(address(receiver).balance, 10, "paid once");
        assertEq(receiver.payments(), 1, "payments");
        assertTrue(!receiver.reentered(), "nested call refused");
        assertEq(bytes32(receiver.refusal()), guardError(), "by the guard");
        assertEq(receiver.creditSeen(), 0, "credit is gone before the payment");
        assertEq(receiver.escrowSeen(), 20, "escrow stays");
    }

    function test_Withdraw_WhenReceiverWithdrawsElsewhere_paysOnce() public {
        playWhilePaid(abi.encodeCall(ITreasury.withdrawTo, (payable(STRANGER))));
        assertTrue(!attacker.accepted(), "nested call refused");
        assertEq(bytes32(attacker.answer()), guardError(), "by the guard");
        assertEq(STRANGER.balance, 0, "nothing elsewhere");
    }

    function test_Withdraw_WhenReceiverFinishesUnbonding_getsItOnce() public {
        attacker.call{value: 7}(abi.encodeCall(ITreasury.bond, ()));
        attacker.call(abi.encodeCall(ITreasury.startUnbonding, (7)));
        vm.warp(block.timestamp + treasury.unbondingSeconds());
        playWhilePaid(abi.encodeCall(ITreasury.finishUnbonding, ()));
        assertTrue(attacker.accepted(), "nested call is harmless");
        checkAccount(address(attacker), 7, 0);
        assertEq(address(treasury).balance, 97, "still there");
    }

    function test_Withdraw_WhenReceiverActsAsTheLedger_isRefused() public {
        bytes memory refusal = abi.encodeWithSelector(ITreasury.Treasury_NotLedger.selector, address(attacker));
        Settlement[] memory items = new Settlement[](1);
        items[0] = Settlement(CLIENT, 50, 50, CAUSE);
        playWhilePaid(abi.encodeCall(ITreasury.settle, (address(attacker), items)));
        assertEq(keccak256(attacker.answer()), keccak256(refusal), "refused");
        checkAccount(CLIENT, 40, 50);
    }

    /// @dev Whoever asks in the middle of a payment finds what is owed and the balance in step.
    function test_Views_WhileBeingPaid_areConsistent() public {
        playWhilePaid(abi.encodeCall(ITreasury.creditOf, (address(attacker))));
        assertEq(abi.decode(attacker.answer(), (uint256)), 0, "own credit");
        assertEq(attacker.owedSeen(), 90, "owed");
        assertEq(attacker.balanceSeen(), attacker.owedSeen(), "balance");
    }

    /// @dev The guard lives in transient storage; it must be open again in the same transaction.
    function test_Withdraw_WhenTwiceInOneTransaction_paysTwice() public {
        playWhilePaid("");
        treasury.deposit{value: 3}(address(attacker));
        attacker.call(abi.encodeCall(ITreasury.withdraw, ()));
        assertEq(address(attacker).balance, 13, "both");
        assertEq(attacker.payments(), 2, "payments");
    }

    function playWhilePaid(bytes memory script) private {
        address[] memory watched = new address[](2);
        (watched[0], watched[1]) = (address(attacker), CLIENT);
        attacker.prepare(script, watched);
        attacker.call(abi.encodeCall(ITreasury.withdraw, ()));
        assertEq(attacker.payments(), 1, "paid once");
        assertEq(address(attacker).balance, 10, "paid its credit");
    }

    function guardError() private pure returns (bytes32) {
        return bytes32(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
    }
}
