// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITreasury} from "../../contracts/interfaces/ITreasury.sol";
import {Bond, Settlement} from "../../contracts/types/Money.sol";
import {TestBase} from "./TestBase.sol";

/// @dev A treasury alone. The test itself stands in for the allocation contract, INVENTORY for the other one.
abstract contract TreasuryFixture is TestBase {
    uint128 internal constant CAUSE = 77;
    uint128 internal constant OTHER_CAUSE = 78;
    uint96 internal constant MAX = type(uint96).max;
    address internal constant INVENTORY = address(0x1F);
    address internal constant CLIENT = address(0xC1);
    address internal constant PAYER = address(0xA1);
    address internal constant PROVIDER = address(0x90);
    address internal constant STRANGER = address(0x57);

    ITreasury internal treasury;

    function setUp() public virtual {
        vm.warp(1_800_000_000);
        treasury = ITreasury(deploy("Treasury", abi.encode(address(this), INVENTORY)));
        vm.deal(address(this), 100 ether);
    }

    /// @dev Locks money that is sent along, on the payer's own behalf.
    function lockSent(address payer, uint96 amount, uint128 causeId) internal {
        treasury.lock{value: amount}(payer, payer, payer, amount, causeId);
    }

    function settleOne(address provider, address payer, uint96 escrow, uint96 paid, uint128 causeId) internal {
        Settlement[] memory items = new Settlement[](1);
        items[0] = Settlement(payer, escrow, paid, causeId);
        treasury.settle(provider, items);
    }

    function bondAs(address provider, uint96 amount) internal {
        vm.deal(provider, amount);
        vm.prank(provider);
        treasury.bond{value: amount}();
    }

    function startUnbondingAs(address provider, uint96 amount) internal {
        vm.prank(provider);
        treasury.startUnbonding(amount);
    }

    function checkAccount(address account, uint256 credit, uint256 escrow) internal view {
        assertEq(treasury.creditOf(account), credit, "credit");
        assertEq(treasury.escrowOf(account), escrow, "escrow");
    }

    function checkBond(uint96 free, uint96 locked, uint96 unbonding, uint64 releasableAt) internal view {
        Bond memory held = treasury.bondOf(PROVIDER);
        assertEq(held.free, free, "free");
        assertEq(held.locked, locked, "locked");
        assertEq(held.unbonding, unbonding, "unbonding");
        assertEq(held.releasableAt, releasableAt, "releasable at");
    }

    function expectNotLedger(address caller) internal {
        vm.expectRevert(abi.encodeWithSelector(ITreasury.Treasury_NotLedger.selector, caller));
        vm.prank(caller);
    }

    /// @dev What checked arithmetic reverts with: the answer to a bug of a contract of the ledger.
    function expectUnderflow() internal {
        vm.expectRevert(abi.encodeWithSignature("Panic(uint256)", uint256(0x11)));
    }
}
