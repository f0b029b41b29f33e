// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ITreasury} from "./interfaces/ITreasury.sol";
import {ReservationId} from "./types/Types.sol";

/// @title Treasury
/// @notice See {ITreasury}.
contract Treasury is ITreasury, ReentrancyGuardTransient {
    using SafeCast for uint256;

    address private immutable _allocation;
    uint256 private _totalEscrow;
    mapping(ReservationId id => uint256 amount) private _escrows;
    mapping(address account => uint256 credit) private _credits;

    modifier onlyAllocation() {
        if (msg.sender != _allocation) revert Treasury_NotAllocation(msg.sender);
        _;
    }

    /// @notice Binds the treasury to its only client.
    /// @param allocation_ The allocation contract; it may be deployed later, at the predicted address.
    constructor(address allocation_) {
        if (allocation_ == address(0)) revert Treasury_ZeroAddress();
        _allocation = allocation_;
    }

    /// @inheritdoc ITreasury
    function lock(ReservationId id, address payer) external payable onlyAllocation {
        // Check:
        uint256 held = _escrows[id];
        if (held != 0) revert Treasury_AlreadyLocked(id, uint128(held));
        // Effect:
        uint128 amount = msg.value.toUint128();
        _escrows[id] = amount;
        _totalEscrow += amount;
        emit EscrowLocked(id, payer, amount);
    }

    /// @inheritdoc ITreasury
    function settle(
        ReservationId id,
        address provider,
        uint128 paid,
        address client
    ) external onlyAllocation returns (uint128 refund) {
        // Check:
        uint256 escrow = _escrows[id];
        if (escrow == 0) revert Treasury_NothingLocked(id);
        if (paid > escrow) revert Treasury_AboveEscrow(id, paid, uint128(escrow));
        // Effect:
        refund = uint128(escrow - paid);
        delete _escrows[id];
        _totalEscrow -= escrow;
        emit EscrowSettled(id, provider, paid, client, refund);
        if (paid != 0) _credit(provider, paid, id);
        if (refund != 0) _credit(client, refund, id);
    }

    /// @inheritdoc ITreasury
    function withdraw() external {
        _withdraw(msg.sender);
    }

    /// @inheritdoc ITreasury
    function withdrawTo(address payable to) external {
        if (to == address(0)) revert Treasury_ZeroAddress();
        _withdraw(to);
    }

    /// @inheritdoc ITreasury
    function creditOf(address account) external view returns (uint256) {
        return _credits[account];
    }

    /// @inheritdoc ITreasury
    function escrowOf(ReservationId id) external view returns (uint128) {
        return uint128(_escrows[id]);
    }

    /// @inheritdoc ITreasury
    function totalEscrow() external view returns (uint256) {
        return _totalEscrow;
    }

    /// @inheritdoc ITreasury
    function totalCredits() external view returns (uint256) {
        return address(this).balance - _totalEscrow;
    }

    function _credit(address account, uint256 amount, ReservationId causeId) private {
        uint256 credit = _credits[account] + amount;
        _credits[account] = credit;
        emit CreditChanged(account, credit, causeId);
    }

    function _withdraw(address to) private nonReentrant {
        // Check:
        uint256 amount = _credits[msg.sender];
        if (amount == 0) revert Treasury_NothingToWithdraw(msg.sender);
        // Effect:
        delete _credits[msg.sender];
        emit Withdrawn(msg.sender, to, amount);
        // Interaction:
        (bool accepted, ) = to.call{value: amount}("");
        if (!accepted) revert Treasury_TransferFailed(to, amount);
    }
}
