// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITreasury} from "../../../contracts/interfaces/ITreasury.sol";
import {IParticleAllocation} from "../../../contracts/interfaces/IParticleAllocation.sol";
import {Fees} from "../../../contracts/libraries/Fees.sol";
import {TermsCheck} from "../../../contracts/libraries/TermsCheck.sol";
import {Bond} from "../../../contracts/types/Money.sol";
import {TreasuryFixture} from "../TreasuryFixture.sol";

/// @dev No amount is ever cut: what does not fit its field is refused. 2^96 wei is 79 billion ether, 2^88 309 million.
contract CastsTest is TreasuryFixture {
    function setUp() public override {
        super.setUp();
        vm.deal(address(this), type(uint128).max);
    }

    function test_Deposit_WhenAtTheBound_isExact() public {
        treasury.deposit{value: MAX}(CLIENT);
        checkAccount(CLIENT, MAX, 0);
    }

    function test_Deposit_WhenAboveTheBound_reverts() public {
        treasury.deposit{value: MAX}(CLIENT);
        expectTooLarge(uint256(MAX) + 1);
        treasury.deposit{value: 1}(CLIENT);
        expectTooLarge(uint256(MAX) + 1);
        treasury.deposit{value: uint256(MAX) + 1}(PAYER);
    }

    function test_Bond_WhenAboveTheBound_reverts() public {
        treasury.bond{value: MAX}();
        expectTooLarge(uint256(MAX) + 2);
        treasury.bond{value: 2}();
        assertEq(treasury.bondOf(address(this)).free, MAX, "kept");
    }

    function test_StartUnbonding_WhenAboveTheBound_reverts() public {
        treasury.bond{value: MAX}();
        treasury.startUnbonding(MAX);
        treasury.bond{value: 1}();
        expectTooLarge(uint256(MAX) + 1);
        treasury.startUnbonding(1);
    }

    /// @dev Credit would be too large; the provider withdraws, and finishes.
    function test_FinishUnbonding_WhenAboveTheBound_waitsForAWithdrawal() public {
        bondAs(PROVIDER, 5);
        startUnbondingAs(PROVIDER, 5);
        treasury.deposit{value: MAX}(PROVIDER);
        vm.warp(block.timestamp + treasury.unbondingSeconds());
        vm.startPrank(PROVIDER);
        expectTooLarge(uint256(MAX) + 5);
        treasury.finishUnbonding();
        treasury.withdraw();
        treasury.finishUnbonding();
        checkAccount(PROVIDER, 5, 0);
    }

    function test_Lock_WhenCreditAboveTheBound_reverts() public {
        treasury.deposit{value: MAX}(CLIENT);
        expectTooLarge(uint256(MAX) + 1);
        treasury.lock{value: 1}(CLIENT, CLIENT, CLIENT, 1, CAUSE);
    }

    function test_Lock_WhenEscrowAboveTheBound_reverts() public {
        lockSent(CLIENT, MAX, CAUSE);
        expectTooLarge(uint256(MAX) + 1);
        lockSent(CLIENT, 1, CAUSE);
    }

    /// @dev Full fields lie beside each other in a word and leave each other alone.
    function test_Lock_WhenBothAtTheBound_areExact() public {
        lockSent(CLIENT, MAX, CAUSE);
        treasury.deposit{value: MAX}(CLIENT);
        checkAccount(CLIENT, MAX, MAX);
        settleOne(PROVIDER, CLIENT, MAX, MAX, CAUSE);
        checkAccount(CLIENT, MAX, 0);
        checkAccount(PROVIDER, MAX, 0);
    }

    function test_Settle_WhenRefundAboveTheBound_reverts() public {
        lockSent(CLIENT, 10, CAUSE);
        treasury.deposit{value: MAX}(CLIENT);
        expectTooLarge(uint256(MAX) + 3);
        settleOne(PROVIDER, CLIENT, 10, 7, CAUSE);
    }

    function test_Settle_WhenEarningsAboveTheBound_reverts() public {
        lockSent(CLIENT, 10, CAUSE);
        treasury.deposit{value: MAX}(PROVIDER);
        expectTooLarge(uint256(MAX) + 7);
        settleOne(PROVIDER, CLIENT, 10, 7, CAUSE);
    }

    function test_Bond_WhenAllFieldsFull_areExact() public {
        treasury.bond{value: MAX}();
        treasury.lockBond(address(this), MAX, CAUSE);
        treasury.bond{value: MAX}();
        treasury.startUnbonding(MAX);
        treasury.bond{value: MAX}();
        Bond memory held = treasury.bondOf(address(this));
        assertEq(held.free, MAX, "free");
        assertEq(held.locked, MAX, "locked");
        assertEq(held.unbonding, MAX, "unbonding");
        expectTooLarge(2 * uint256(MAX));
        treasury.releaseBond(address(this), MAX, CAUSE);
    }

    /// @dev Free and unbonding together can pass 96 bits; a slash takes no more than was asked for.
    function test_Slash_WhenAllFieldsFull_isExact() public {
        treasury.bond{value: MAX}();
        treasury.startUnbonding(MAX);
        treasury.bond{value: 1}();
        assertEq(treasury.slash(address(this), CLIENT, MAX, CAUSE), MAX, "taken");
        assertEq(treasury.bondOf(address(this)).unbonding, 1, "rest");
        checkAccount(CLIENT, MAX, 0);
    }

    /// @dev A sum of two prices at the bound does not wrap.
    function test_CheckPrice_WhenAbove88Bits_reverts() public {
        uint88 most = type(uint88).max;
        assertEq(this.checkPrice(most, 0), most, "at the bound");
        assertEq(this.checkPrice(1, most - 1), most, "a sum at the bound");
        expectPriceTooLarge(uint256(most) + 1);
        this.checkPrice(uint256(most) + 1, 0);
        expectPriceTooLarge(uint256(most) + 1);
        this.checkPrice(1, most);
        expectPriceTooLarge(type(uint128).max);
        this.checkPrice(type(uint128).max, 0);
    }

    /// @dev Every fee is a part of the price, so that its cast back to 88 bits cuts nothing.
    function testFuzz_Fees_areWithinThePrice(
        uint88 price,
        uint128 delivered,
        uint128 promised,
        uint256 used
    ) public pure {
        price = price < 2 ? price : type(uint88).max - (price % 3);
        promised = uint128(bound(promised, 1, type(uint128).max));
        delivered = uint128(bound(delivered, 0, promised));
        uint256 length = bound(used >> 128, 1, 14_400);
        used = bound(uint128(used), 0, length);
        assertEq(Fees.paidDown(price, delivered, promised), (uint256(price) * delivered) / promised, "paid");
        assertEq(Fees.dueDown(price, used, length), (uint256(price) * used) / length, "due");
        assertLe(Fees.dueDown(price, used, length), price, "due within the price");
        assertLe(Fees.releaseFeeDown(price, length - used, length), price, "release fee within the price");
        assertLe(Fees.cancelFeeDown(price, bound(used, 0, 28 days)), price, "cancel fee within the price");
        assertLe(Fees.penaltyDown(price, delivered, promised), price, "penalty within the price");
    }

    function checkPrice(uint256 price, uint88 before) external pure returns (uint88) {
        return TermsCheck.checkPrice(price, before, type(uint128).max);
    }

    function expectTooLarge(uint256 amount) private {
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_AmountTooLarge.selector, amount, MAX));
    }

    function expectPriceTooLarge(uint256 price) private {
        bytes4 selector = IParticleAllocation.ParticleAllocation_PriceTooLarge.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, price, type(uint88).max));
    }
}
