// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITreasury} from "../../contracts/interfaces/ITreasury.sol";
import {Settlement} from "../../contracts/types/Money.sol";
import {TreasuryFixture} from "./TreasuryFixture.sol";

/// @dev Many escrows in one call. Specification: Treasury.tree, branch settleMany.
contract TreasuryManyTest is TreasuryFixture {
    function test_SettleMany_tellsEveryAccountInOrder() public {
        lockSent(CLIENT, 10, CAUSE);
        lockSent(PAYER, 20, OTHER_CAUSE);
        vm.expectEmit(address(treasury));
        emit ITreasury.AccountsChanged(
            bytes.concat(
                words(CLIENT, 3, CAUSE, 0),
                words(PAYER, 0, OTHER_CAUSE, 0),
                words(PROVIDER, 27, OTHER_CAUSE, 0)
            )
        );
        treasury.settleMany(PROVIDER, bytes.concat(item(CLIENT, 10, 7, CAUSE), item(PAYER, 20, 20, OTHER_CAUSE)));
        checkAccount(CLIENT, 3, 0);
        checkAccount(PAYER, 0, 0);
        checkAccount(PROVIDER, 27, 0);
    }

    function test_SettleMany_GivenAPayerThatIsTheProvider_countsBoth() public {
        lockSent(PROVIDER, 10, CAUSE);
        lockSent(PROVIDER, 5, OTHER_CAUSE);
        treasury.settleMany(PROVIDER, bytes.concat(item(PROVIDER, 10, 7, CAUSE), item(PROVIDER, 4, 0, OTHER_CAUSE)));
        checkAccount(PROVIDER, 14, 1);
    }

    function test_SettleMany_WhenNothingIsPaid_leavesTheProviderAlone() public {
        lockSent(CLIENT, 10, CAUSE);
        vm.expectEmit(address(treasury));
        emit ITreasury.AccountsChanged(words(CLIENT, 10, CAUSE, 0));
        treasury.settleMany(PROVIDER, item(CLIENT, 10, 0, CAUSE));
    }

    function test_SettleMany_WhenTooMuch_reverts() public {
        lockSent(CLIENT, 10, CAUSE);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_EscrowTooLow.selector, CLIENT, 10, 11));
        treasury.settleMany(PROVIDER, item(CLIENT, 11, 7, CAUSE));
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_EscrowTooLow.selector, CLIENT, 4, 5));
        treasury.settleMany(PROVIDER, bytes.concat(item(CLIENT, 6, 6, CAUSE), item(CLIENT, 5, 5, CAUSE)));
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_AboveEscrow.selector, CAUSE, 8, 7));
        treasury.settleMany(PROVIDER, item(CLIENT, 7, 8, CAUSE));
        vm.deal(address(this), uint256(MAX) + 100);
        treasury.deposit{value: MAX}(STRANGER);
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_AmountTooLarge.selector, uint256(MAX) + 7, MAX));
        treasury.settleMany(STRANGER, item(CLIENT, 10, 7, CAUSE));
        checkAccount(CLIENT, 0, 10);
    }

    function test_SettleMany_WhenByAStranger_reverts() public {
        expectNotLedger(STRANGER);
        treasury.settleMany(PROVIDER, "");
    }

    /// @dev Many together do to every account what one after the other does.
    function testFuzz_SettleMany_isAsOneByOne(uint96[4] memory escrows, uint96[4] memory shares, uint8 who) public {
        bytes memory many;
        Settlement[] memory single = new Settlement[](1);
        for (uint256 i = 0; i < 4; ++i) {
            uint96 escrow = uint96(bound(escrows[i], 0, 1 ether));
            uint96 paid = uint96(bound(shares[i], 0, escrow));
            bool first = (who >> i) & 1 == 0;
            lockSent(first ? CLIENT : PAYER, escrow, CAUSE);
            lockSent(first ? STRANGER : INVENTORY, escrow, CAUSE);
            many = bytes.concat(many, item(first ? CLIENT : PAYER, escrow, paid, CAUSE));
            single[0] = Settlement(first ? STRANGER : INVENTORY, escrow, paid, CAUSE);
            treasury.settle(address(0x91), single);
        }
        treasury.settleMany(PROVIDER, many);
        assertEq(treasury.creditOf(PROVIDER), treasury.creditOf(address(0x91)), "provider");
        assertEq(treasury.creditOf(CLIENT), treasury.creditOf(STRANGER), "one payer");
        assertEq(treasury.creditOf(PAYER), treasury.creditOf(INVENTORY), "the other");
        assertEq(treasury.escrowOf(CLIENT) + treasury.escrowOf(PAYER), 0, "escrow");
    }

    function item(address payer, uint256 escrow, uint256 paid, uint128 causeId) private pure returns (bytes memory) {
        return abi.encode(uint160(payer) + escrow * 2 ** 160, causeId + paid * 2 ** 128);
    }

    /// @dev An account as {ITreasury-AccountsChanged} tells it.
    function words(address account, uint256 credit, uint128 cause, uint256 escrow) private pure returns (bytes memory) {
        return abi.encode(uint160(account) + credit * 2 ** 160, escrow + uint256(cause) * 2 ** 96);
    }
}
