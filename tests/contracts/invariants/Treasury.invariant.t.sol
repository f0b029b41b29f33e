// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITreasury} from "../../../contracts/interfaces/ITreasury.sol";
import {Bond} from "../../../contracts/types/Money.sol";
import {CountedCalls} from "./CountedCalls.sol";
import {TreasuryHandler} from "./TreasuryHandler.sol";

/// @dev What holds of the treasury alone after any sequence of calls. A call that reverts fails the run (failOnRevert).
contract TreasuryInvariantTest is CountedCalls {
    /// @dev A run makes 64 calls, nearly all of which do something, and some of which make others first.
    uint256 private constant MIN_CALLS = 60;

    ITreasury private treasury;
    TreasuryHandler private handler;

    function setUp() public {
        vm.warp(1_800_000_000);
        uint64 nonce = vm.getNonce(address(this));
        ITreasury at_ = ITreasury(vm.computeCreateAddress(address(this), nonce + 1));
        handler = new TreasuryHandler(at_);
        treasury = ITreasury(deploy("Treasury", abi.encode(address(handler), address(0x1F))));
        assertEq(address(treasury), address(at_), "predicted address");
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev sum of credits + escrows + bonds = balance = paid in - paid out.
    function invariant_MoneyIsConserved() public view {
        uint256 owed = 0;
        for (uint256 i = 0; i < handler.ACCOUNTS(); ++i) {
            address account = handler.accountAt(i);
            Bond memory held = treasury.bondOf(account);
            owed += treasury.creditOf(account);
            owed += treasury.escrowOf(account);
            owed += held.free;
            owed += held.locked;
            owed += held.unbonding;
        }
        assertEq(owed, address(treasury).balance, "credits + escrows + bonds = balance");
        assertEq(owed, handler.paidIn() - handler.paidOut(), "= in - out");
    }

    /// @dev Every account has what a plain account of all calls says, to the wei and in the right place.
    function invariant_EveryAccountIsExact() public view {
        for (uint256 i = 0; i < handler.ACCOUNTS(); ++i) {
            address account = handler.accountAt(i);
            TreasuryHandler.Book memory book = handler.bookOf(account);
            Bond memory held = treasury.bondOf(account);
            assertEq(treasury.creditOf(account), book.credit, "credit");
            assertEq(treasury.escrowOf(account), book.escrow, "escrow");
            assertEq(held.free, book.free, "free");
            assertEq(held.locked, book.locked, "locked");
            assertEq(held.unbonding, book.unbonding, "unbonding");
            assertTrue(held.unbonding == 0 || held.releasableAt != 0, "unbonding has an end");
        }
    }

    /// @dev Allowances go down by what was locked, and only so.
    function invariant_AllowancesAreExact() public view {
        for (uint256 i = 0; i < handler.ACCOUNTS(); ++i) {
            for (uint256 j = 0; j < handler.ACCOUNTS(); ++j) {
                (address payer, address client) = (handler.accountAt(i), handler.accountAt(j));
                assertEq(treasury.allowanceOf(payer, client), handler.allowanceOf(payer, client), "allowance");
            }
        }
    }

    /// @dev Each operation really happens within a fixed course of calls; one that never did would prove nothing.
    function test_EachOperation_happens() public {
        for (uint256 i = 0; i < 8; ++i) {
            uint256 seed = uint256(keccak256(abi.encode("course", i)));
            handler.deposit(seed);
            handler.sponsor(seed);
            handler.bond(seed);
            handler.startUnbonding(seed);
            handler.finishUnbonding(seed);
            handler.lock(seed);
            handler.settle(seed);
            handler.lockBond(seed);
            handler.releaseBond(seed);
            handler.forfeitBond(seed);
            handler.bond(seed >> 1);
            handler.slash(seed >> 1);
            handler.withdraw(seed);
        }
        checkEach(address(handler), operations());
    }

    function afterInvariant() public {
        checkRun("Treasury", address(handler), operations(), MIN_CALLS);
    }

    function operations() private pure returns (bytes32[] memory) {
        return
            listOf(
                abi.encode(
                    [
                        bytes32("deposit"),
                        "sponsor",
                        "bond",
                        "startUnbonding",
                        "finishUnbonding",
                        "lock",
                        "lockSponsored",
                        "settle",
                        "lockBond",
                        "releaseBond",
                        "forfeitBond",
                        "slash",
                        "withdraw"
                    ]
                )
            );
    }
}
