// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReservationId} from "../types/Types.sol";

/// @title ITreasury
/// @notice Holds all the money: escrow per reservation, credit per account. Amounts in wei.
/// @dev Pull payments only: nobody is ever sent money but by an own call of `withdraw` or `withdrawTo`, so a receiver
/// that refuses can stop nobody else. Sum of escrows + sum of credits = balance, less ether forced into the contract.
/// Nothing here can be paused.
interface ITreasury {
    /// @notice Emitted when money is locked for a reservation.
    event EscrowLocked(ReservationId indexed id, address indexed payer, uint128 amount);

    /// @notice Emitted when a reservation's escrow is shared out; `paid` + `refund` = the escrow.
    event EscrowSettled(
        ReservationId indexed id,
        address indexed provider,
        uint128 paid,
        address indexed client,
        uint128 refund
    );

    /// @notice Emitted when an account's credit grows.
    /// @param credit The whole new credit.
    /// @param causeId The reservation that caused it.
    event CreditChanged(address indexed account, uint256 credit, ReservationId indexed causeId);

    /// @notice Emitted when an account takes out all its credit; the credit is 0 afterwards.
    event Withdrawn(address indexed account, address indexed to, uint256 amount);

    /// @notice The caller is not the allocation contract.
    error Treasury_NotAllocation(address caller);

    /// @notice Money is already locked for this reservation.
    error Treasury_AlreadyLocked(ReservationId id, uint128 escrow);

    /// @notice Nothing is locked for this reservation.
    error Treasury_NothingLocked(ReservationId id);

    /// @notice More is to be paid than is locked.
    error Treasury_AboveEscrow(ReservationId id, uint128 paid, uint128 escrow);

    /// @notice The account has no credit.
    error Treasury_NothingToWithdraw(address account);

    /// @notice The zero address where an account is needed.
    error Treasury_ZeroAddress();

    /// @notice The receiver did not accept the money.
    error Treasury_TransferFailed(address to, uint256 amount);

    /// @notice Locks `msg.value` for a reservation.
    /// @dev Emits an {EscrowLocked} event.
    /// Requirements:
    /// - The caller must be the allocation contract.
    /// - Nothing must be locked for `id`; `msg.value` must fit 128 bits.
    function lock(ReservationId id, address payer) external payable;

    /// @notice Shares out a reservation's escrow: `paid` to the provider, the rest to the client, both as credit.
    /// @dev Emits an {EscrowSettled} event and a {CreditChanged} event for each credit that grows.
    /// Notes:
    /// - A full refund is a settlement that pays nothing; it may name no provider.
    /// Requirements:
    /// - The caller must be the allocation contract.
    /// - Something must be locked for `id`; `paid` must not be above it.
    /// @return refund What the client is credited.
    function settle(ReservationId id, address provider, uint128 paid, address client) external returns (uint128 refund);

    /// @notice Sends the caller its whole credit.
    /// @dev Emits a {Withdrawn} event.
    /// Requirements:
    /// - The caller must have credit, and accept the money.
    function withdraw() external;

    /// @notice Sends the caller's whole credit to `to`.
    /// @dev Emits a {Withdrawn} event.
    /// Requirements:
    /// - The caller must have credit; `to` must not be zero and must accept the money.
    function withdrawTo(address payable to) external;

    /// @notice Credit of an account.
    function creditOf(address account) external view returns (uint256);

    /// @notice Money locked for a reservation; 0 once shared out.
    function escrowOf(ReservationId id) external view returns (uint128);

    /// @notice Sum of all escrows.
    function totalEscrow() external view returns (uint256);

    /// @notice Balance less the sum of all escrows: the sum of all credits.
    /// Warning: ether forced into the contract (self-destruct, block reward) is counted in; it belongs to nobody.
    function totalCredits() external view returns (uint256);
}
