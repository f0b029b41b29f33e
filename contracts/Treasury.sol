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

    struct Lock {
        uint128 escrow;
        uint128 price;
    }

    address private immutable _allocation;
    uint256 private _totalEscrow;
    mapping(ReservationId id => Lock) private _locks;
    mapping(address account => uint256 credit) private _credits;

    modifier onlyAllocation() {
        if (msg.sender != _allocation) revert Treasury_NotAllocation(msg.sender);
        _;
    }

    /// @param allocation_ The allocation contract; it may be deployed later, at the predicted address.
    constructor(address allocation_) {
        if (allocation_ == address(0)) revert Treasury_ZeroAddress();
        _allocation = allocation_;
    }

    /// @inheritdoc ITreasury
    function lock(ReservationId id, address payer, uint128 price) external payable onlyAllocation {
        // Check:
        Lock storage entry = _locks[id];
        if (entry.escrow != 0) revert Treasury_AlreadyLocked(id, entry.escrow);
        if (msg.value < price) revert Treasury_BelowPrice(id, msg.value, price);
        // Effect:
        uint128 escrow = msg.value.toUint128();
        (entry.escrow, entry.price) = (escrow, price);
        _totalEscrow += escrow;
        emit EscrowLocked(id, payer, escrow);
    }

    /// @inheritdoc ITreasury
    function settle(
        ReservationId id,
        address provider,
        uint128 paid,
        address client
    ) external onlyAllocation returns (uint128 refund) {
        // Check:
        Lock memory entry = _locks[id];
        if (entry.escrow == 0) revert Treasury_NothingLocked(id);
        if (paid > entry.price) revert Treasury_AbovePrice(id, paid, entry.price);
        // Effect:
        refund = entry.escrow - paid;
        delete _locks[id];
        _totalEscrow -= entry.escrow;
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
        return _locks[id].escrow;
    }

    /// @inheritdoc ITreasury
    function priceOf(ReservationId id) external view returns (uint128) {
        return _locks[id].price;
    }

    /// @inheritdoc ITreasury
    function totalEscrow() external view returns (uint256) {
        return _totalEscrow;
    }

    /// @inheritdoc ITreasury
    function totalCredits() external view returns (uint256) {
        return address(this).balance - _totalEscrow;
    }

    function _credit(address account, uint128 amount, ReservationId causeId) private {
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
