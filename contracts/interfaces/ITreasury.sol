// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Bond, Settlement} from "../types/Money.sol";

/// @title ITreasury
/// @notice Holds all the money: credit and escrow per account, collateral per provider. Amounts in wei.
/// @dev Pull payments only: nobody is ever sent money but by an own call of `withdraw` or `withdrawTo`, so a receiver
/// that refuses can stop nobody else. Sum of credits + sum of escrows + sum of bonds = balance, less ether forced in.
/// Escrow is kept per payer: whatever happened in the calling contracts, nobody's escrow can pay for somebody else.
/// Nothing here can be paused. The ledger's contracts are the allocation and the inventory of the same deployment.
interface ITreasury {
    /// @notice Emitted for all money that comes in, whether it becomes credit, escrow or bond; nothing comes in
    /// without.
    event Received(address indexed account, uint256 amount);

    /// @notice Emitted with the absolute new values when an account's credit or escrow changes, but by a withdrawal.
    /// @param causeId The reservation or order that caused it; 0 for deposits and finished unbondings.
    event AccountChanged(address indexed account, uint96 credit, uint96 escrow, uint128 causeId);

    /// @notice Emitted for all accounts of a settlement together, with the absolute new values; what stands last of an
    /// account is what it has.
    /// @param changes Two words for each: the account, its credit from bit 160 on; its escrow, the reservation that
    /// caused it from bit 96 on.
    event AccountsChanged(bytes changes);

    /// @notice Emitted when an account takes out all its credit; the credit is 0 afterwards.
    event Withdrawn(address indexed account, address indexed to, uint256 amount);

    /// @notice Emitted with the absolute new value when a payer allows a client to use its credit.
    event AllowanceChanged(address indexed payer, address indexed client, uint96 allowance);

    /// @notice Emitted with the absolute new values when a provider's collateral changes.
    /// @param causeId The reservation or order that caused it; 0 for the provider's own acts.
    event BondChanged(address indexed provider, Bond bond, uint128 causeId);

    /// @notice The caller is not one of the ledger's contracts.
    error Treasury_NotLedger(address caller);

    /// @notice The zero address where an account is needed.
    error Treasury_ZeroAddress();

    /// @notice An amount above the largest that is stored, 2^96 - 1 wei.
    error Treasury_AmountTooLarge(uint256 amount, uint256 max);

    /// @notice The payer's credit, with what was sent, is below the amount.
    error Treasury_CreditTooLow(address payer, uint256 credit, uint256 wanted);

    /// @notice The payer has not allowed the client so much of its credit.
    error Treasury_AllowanceTooLow(address payer, address client, uint256 allowance, uint256 wanted);

    /// @notice More is released than the account has in escrow: a bug of the caller.
    error Treasury_EscrowTooLow(address payer, uint256 escrow, uint256 wanted);

    /// @notice More is paid than was in escrow: a bug of the caller.
    error Treasury_AboveEscrow(uint128 causeId, uint256 paid, uint256 escrow);

    /// @notice The free bond is below the amount.
    error Treasury_BondTooLow(address provider, uint256 free, uint256 wanted);

    /// @notice Nothing to withdraw, or an amount of zero.
    error Treasury_NothingToWithdraw(address account);

    /// @notice Unbonding is possible from `until` on; 0 when nothing is unbonding.
    error Treasury_StillBonded(address provider, uint256 until);

    /// @notice The receiver refused the money.
    error Treasury_TransferFailed(address to, uint256 amount);

    /// @notice Adds what is sent to an account's credit; open to anyone.
    /// @dev Emits {Received} and {AccountChanged}. Requirements: `account` must not be zero.
    function deposit(address account) external payable;

    /// @notice Allows a client to lock up to `allowance` of the caller's credit; refunds come back to the caller.
    /// @dev Emits {AllowanceChanged}. Notes: absolute value; 0 takes it back for future requests.
    function sponsor(address client, uint96 allowance) external;

    /// @notice Adds what is sent to the caller's free bond.
    /// @dev Emits {Received} and {BondChanged}.
    function bond() external payable;

    /// @notice Begins to take back free bond; it stays liable for `unbondingSeconds`.
    /// @dev Emits {BondChanged}. Notes: adds to what is unbonding, and the time starts anew for all of it.
    /// Requirements: `amount` must not be zero and within the free bond.
    function startUnbonding(uint96 amount) external;

    /// @notice Turns what is unbonding into credit.
    /// @dev Emits {BondChanged} and {AccountChanged}. Requirements: the time must be over.
    function finishUnbonding() external;

    /// @notice Sends the caller all its credit.
    /// @dev Emits {Withdrawn}. Requirements: there must be credit, and the caller must accept it.
    function withdraw() external;

    /// @notice Sends all of the caller's credit to `to`.
    /// @dev Emits {Withdrawn}. Requirements: there must be credit, `to` must not be zero and must accept it.
    function withdrawTo(address payable to) external;

    /// @notice Adds what is sent to the payer's credit, then moves `amount` of its credit into escrow.
    /// @dev Emits {AccountChanged}; {Received} when something was sent; {AllowanceChanged} when the allowance is used,
    /// which it is unless the payer is the
    /// client or `sender`, who sent the transaction.
    /// Requirements: the caller must be the ledger's; credit and allowance must suffice.
    function lock(address payer, address client, address sender, uint96 amount, uint128 causeId) external payable;

    /// @notice Shares out escrows: what is paid goes to one provider's credit, the rest back to each payer's.
    /// @dev Emits {AccountChanged} for each payer, and once for the provider when anything was paid.
    /// Requirements: the caller must be the ledger's; escrows must suffice.
    function settle(address provider, Settlement[] calldata items) external;

    /// @notice The same for many escrows, which cost less together.
    /// @dev Emits {AccountsChanged}: each payer, then the provider when anything was paid.
    /// Requirements: as for {settle}.
    /// @param items Two words for each: the payer, its escrow from bit 160 on; the reservation, what is paid from bit
    /// 128 on.
    function settleMany(address provider, bytes calldata items) external;

    /// @notice Stakes free bond on an order.
    /// @dev Emits {BondChanged}. Requirements: the caller must be the ledger's; the free bond must suffice.
    /// Warning: what is staked answers for its order alone. A provider that accepts an order of an accomplice takes
    /// bond out of a slash's reach, and out of the treasury when the order fails, without the time of unbonding.
    function lockBond(address provider, uint96 amount, uint128 causeId) external;

    /// @notice Frees bond that was staked on an order.
    /// @dev Emits {BondChanged}. Requirements: the caller must be the ledger's.
    function releaseBond(address provider, uint96 amount, uint128 causeId) external;

    /// @notice Takes staked bond and credits it to `to`.
    /// @dev Emits {BondChanged} and {AccountChanged}. Requirements: the caller must be the ledger's.
    function forfeitBond(address provider, address to, uint96 amount, uint128 causeId) external;

    /// @notice Takes a penalty from free bond, then from what is unbonding, and credits it to `to`.
    /// @dev Emits {BondChanged} and {AccountChanged} when anything was taken. Requirements: the caller must be the
    /// ledger's.
    /// @return taken What there was, at most `amount`.
    function slash(address provider, address to, uint96 amount, uint128 causeId) external returns (uint96 taken);

    /// @notice Credit of an account.
    function creditOf(address account) external view returns (uint96);

    /// @notice Escrow of an account, over all its reservations and orders.
    function escrowOf(address account) external view returns (uint96);

    /// @notice How much of a payer's credit a client may still lock.
    function allowanceOf(address payer, address client) external view returns (uint96);

    /// @notice A provider's collateral.
    function bondOf(address provider) external view returns (Bond memory);

    /// @notice Seconds for which bond stays liable after `startUnbonding`: longer than any reservation can last.
    function unbondingSeconds() external view returns (uint32);
}
