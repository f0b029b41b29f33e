// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Settlement} from "../../../contracts/types/Money.sol";
import {TreasuryFixture} from "../TreasuryFixture.sol";

/// @dev Gas of the treasury's own transactions, and its part of a settlement.
contract TreasuryGasTest is TreasuryFixture {
    function setUp() public override {
        super.setUp();
        vm.deal(CLIENT, 1 ether);
        vm.deal(PROVIDER, 1 ether);
    }

    function test_Account() public {
        treasury.deposit{value: 10}(CLIENT);
        record("deposit, first", 49_000);
        treasury.deposit{value: 10}(CLIENT);
        record("deposit", 32_000);
        vm.prank(CLIENT);
        treasury.withdraw();
        record("withdraw", 33_000);
        treasury.deposit{value: 10}(CLIENT);
        lockSent(CLIENT, 5, CAUSE);
        vm.prank(CLIENT);
        treasury.withdraw();
        record("withdraw, escrow stays", 41_000);
        vm.prank(CLIENT);
        treasury.sponsor(PAYER, 10);
        record("sponsor, first", 49_000);
    }

    function test_Bond() public {
        vm.prank(PROVIDER);
        treasury.bond{value: 100}();
        record("bond, first", 52_000);
        vm.prank(PROVIDER);
        treasury.startUnbonding(60);
        record("start unbonding", 54_000);
        vm.warp(block.timestamp + treasury.unbondingSeconds());
        vm.prank(PROVIDER);
        treasury.finishUnbonding();
        record("finish unbonding, first credit", 60_000);
    }

    /// @dev Payers and provider have credit already, as they do after their first settlement.
    function test_Settle() public {
        treasury.deposit{value: 1}(PROVIDER);
        Settlement[] memory items = new Settlement[](50);
        for (uint256 i = 0; i < 50; ++i) {
            address payer = address(uint160(0xC0FFEE00 + i));
            treasury.lock{value: 11}(payer, payer, payer, 10, CAUSE);
            items[i] = Settlement(payer, 10, 7, CAUSE);
        }
        treasury.settle(PROVIDER, items);
        uint256 gas = vm.snapshotGasLastCall("scratch", "treasury settle");
        assertLe(gas / 50, 10_500, "treasury's part per item, 50 payers");
        vm.snapshotValue("gas", "treasury's part per item, 50 payers", gas / 50);
    }

    function record(string memory name, uint256 limit) private {
        assertLe(vm.snapshotGasLastCall("gas", name), limit, name);
    }
}
