// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITreasury} from "../../../contracts/interfaces/ITreasury.sol";
import {RefusingReceiver} from "../../../contracts/mocks/RefusingReceiver.sol";
import {Settlement} from "../../../contracts/types/Money.sol";
import {TreasuryFixture} from "../TreasuryFixture.sol";

/// @dev Nobody is sent money but by an own call, so that one who refuses it stops nobody.
contract PushPaymentTest is TreasuryFixture {
    RefusingReceiver private refuser;

    function setUp() public override {
        super.setUp();
        refuser = new RefusingReceiver();
    }

    function test_Settle_WhenProviderRefusesMoney_goesOn() public {
        lockSent(CLIENT, 10, CAUSE);
        settleOne(address(refuser), CLIENT, 10, 7, CAUSE);
        checkAccount(address(refuser), 7, 0);
        checkAccount(CLIENT, 3, 0);
    }

    /// @dev One payer of a batch that refuses money leaves the others their refunds.
    function test_Settle_WhenOnePayerRefusesMoney_refundsAll() public {
        lockSent(address(refuser), 10, CAUSE);
        lockSent(CLIENT, 20, OTHER_CAUSE);
        Settlement[] memory items = new Settlement[](2);
        items[0] = Settlement(address(refuser), 10, 0, CAUSE);
        items[1] = Settlement(CLIENT, 20, 5, OTHER_CAUSE);
        treasury.settle(PROVIDER, items);
        checkAccount(address(refuser), 10, 0);
        checkAccount(CLIENT, 15, 0);
        checkAccount(PROVIDER, 5, 0);
    }

    function test_Slash_WhenVictimRefusesMoney_goesOn() public {
        bondAs(PROVIDER, 100);
        assertEq(treasury.slash(PROVIDER, address(refuser), 30, CAUSE), 30, "taken");
        treasury.lockBond(PROVIDER, 20, CAUSE);
        treasury.forfeitBond(PROVIDER, address(refuser), 20, CAUSE);
        checkAccount(address(refuser), 50, 0);
    }

    function test_Withdraw_WhenReceiverRefuses_revertsAndHurtsNobody() public {
        treasury.deposit{value: 10}(address(refuser));
        treasury.deposit{value: 3}(CLIENT);
        vm.expectRevert(
            abi.encodeWithSelector(ITreasury.Treasury_TransferFailed.selector, address(refuser), uint256(10))
        );
        refuser.withdraw(treasury);
        checkAccount(address(refuser), 10, 0);
        vm.prank(CLIENT);
        treasury.withdraw();
        assertEq(CLIENT.balance, 3, "others are paid");
    }

    function test_WithdrawTo_WhenSelfRefuses_paysElsewhere() public {
        treasury.deposit{value: 10}(address(refuser));
        refuser.withdrawTo(treasury, payable(STRANGER));
        assertEq(STRANGER.balance, 10, "elsewhere");
        checkAccount(address(refuser), 0, 0);
    }
}
