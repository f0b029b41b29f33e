// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {ITreasury} from "./interfaces/ITreasury.sol";
import {WordList} from "./libraries/WordList.sol";
import {Bond, Settlement} from "./types/Money.sol";

/// @title Treasury
/// @notice See {ITreasury}.
contract Treasury is ITreasury, ReentrancyGuardTransient {
    using WordList for bytes;

    /// @dev Horizon 28 days + 4 h of window + grace + 7 days for which a pause may hold settlement up, and a rest.
    uint32 private constant UNBONDING_SECONDS = 40 days;
    uint256 private constant MAX_AMOUNT = type(uint96).max;
    uint256 private constant ESCROW_SHIFT = 96;

    /// @dev Credit in the low 96 bits, escrow in the next: packed by hand, because fields are written one by one, and
    /// every line of a settlement reads and writes such a word. The struct lets its place be computed once for both.
    struct Account {
        uint256 word;
    }

    address private immutable _allocation;
    address private immutable _inventory;
    mapping(address account => Account) private _accounts;
    mapping(address payer => mapping(address client => uint96 allowance)) private _allowances;
    mapping(address provider => Bond) private _bonds;

    modifier onlyLedger() {
        if (msg.sender != _allocation && msg.sender != _inventory) revert Treasury_NotLedger(msg.sender);
        _;
    }

    /// @notice Binds the treasury to the contracts of its ledger; they may be deployed later, at predicted addresses.
    /// @param allocation_ The allocation contract.
    /// @param inventory_ The inventory.
    constructor(address allocation_, address inventory_) {
        if (allocation_ == address(0) || inventory_ == address(0)) revert Treasury_ZeroAddress();
        _allocation = allocation_;
        _inventory = inventory_;
    }

    /// @inheritdoc ITreasury
    function deposit(address account) external payable {
        if (account == address(0)) revert Treasury_ZeroAddress();
        emit Received(account, msg.value);
        _credit(account, msg.value, 0);
    }

    /// @inheritdoc ITreasury
    function sponsor(address client, uint96 allowance) external {
        if (client == address(0)) revert Treasury_ZeroAddress();
        _allowances[msg.sender][client] = allowance;
        emit AllowanceChanged(msg.sender, client, allowance);
    }

    /// @inheritdoc ITreasury
    function bond() external payable {
        Bond memory held = _bonds[msg.sender];
        held.free = _sumUp(held.free, msg.value);
        emit Received(msg.sender, msg.value);
        _setBond(msg.sender, held, 0);
    }

    /// @inheritdoc ITreasury
    function startUnbonding(uint96 amount) external {
        // Check:
        if (amount == 0) revert Treasury_NothingToWithdraw(msg.sender);
        Bond memory held = _bonds[msg.sender];
        if (amount > held.free) revert Treasury_BondTooLow(msg.sender, held.free, amount);
        // Effect:
        held.free -= amount;
        held.unbonding = _sumUp(held.unbonding, amount);
        held.releasableAt = uint64(block.timestamp) + UNBONDING_SECONDS;
        _setBond(msg.sender, held, 0);
    }

    /// @inheritdoc ITreasury
    function finishUnbonding() external {
        // Check:
        Bond memory held = _bonds[msg.sender];
        uint96 amount = held.unbonding;
        if (held.releasableAt == 0 || block.timestamp < held.releasableAt) {
            revert Treasury_StillBonded(msg.sender, held.releasableAt);
        }
        // Effect:
        (held.unbonding, held.releasableAt) = (0, 0);
        _setBond(msg.sender, held, 0);
        _credit(msg.sender, amount, 0);
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
    function lock(
        address payer,
        address client,
        address sender,
        uint96 amount,
        uint128 causeId
    ) external payable onlyLedger {
        // Check:
        (uint96 credit, uint96 escrow) = _accountOf(payer);
        credit = _sumUp(credit, msg.value);
        if (amount > credit) revert Treasury_CreditTooLow(payer, credit, amount);
        // Effect:
        if (msg.value != 0) emit Received(payer, msg.value);
        if (payer != client && payer != sender) _useAllowance(payer, client, amount);
        _setAccount(payer, credit - amount, _sumUp(escrow, amount), causeId);
    }

    /// @inheritdoc ITreasury
    function settle(address provider, Settlement[] calldata items) external onlyLedger {
        uint256 earned = 0;
        uint128 causeId = 0;
        for (uint256 i = 0; i < items.length; ++i) {
            // Check:
            (address payer, uint96 locked, uint96 paid) = (items[i].payer, items[i].escrow, items[i].paid);
            causeId = items[i].causeId;
            if (paid > locked) revert Treasury_AboveEscrow(causeId, paid, locked);
            (uint96 credit, uint96 escrow) = _accountOf(payer);
            if (locked > escrow) revert Treasury_EscrowTooLow(payer, escrow, locked);
            // Effect:
            _setAccount(payer, _sumUp(credit, locked - paid), escrow - locked, causeId);
            earned += paid;
        }
        if (earned != 0) _credit(provider, earned, causeId);
    }

    /// @inheritdoc ITreasury
    function settleMany(address provider, bytes calldata items) external onlyLedger {
        uint256 count = items.length / 32;
        // Room for the provider's two words.
        bytes memory changes = bytes.concat(items, WordList.create(2));
        (uint256 earned, uint128 causeId) = (0, 0);
        unchecked {
            // Sums of amounts below 2^128, as many as calldata holds.
            for (uint256 i = 0; i < count; i += 2) {
                uint256 paid;
                (paid, causeId) = _settle(changes, i);
                earned += paid;
            }
        }
        if (earned != 0) {
            Account storage account = _accounts[provider];
            uint256 word = account.word;
            _change(changes, count, account, provider, _sumUp(uint96(word), earned), word >> ESCROW_SHIFT, causeId);
            count += 2;
        }
        changes.resize(count);
        emit AccountsChanged(changes);
    }

    /// @inheritdoc ITreasury
    function lockBond(address provider, uint96 amount, uint128 causeId) external onlyLedger {
        // Check:
        Bond memory held = _bonds[provider];
        if (amount > held.free) revert Treasury_BondTooLow(provider, held.free, amount);
        // Effect:
        held.free -= amount;
        held.locked = _sumUp(held.locked, amount);
        _setBond(provider, held, causeId);
    }

    /// @inheritdoc ITreasury
    function releaseBond(address provider, uint96 amount, uint128 causeId) external onlyLedger {
        Bond memory held = _unstaked(provider, amount);
        held.free = _sumUp(held.free, amount);
        _setBond(provider, held, causeId);
    }

    /// @inheritdoc ITreasury
    function forfeitBond(address provider, address to, uint96 amount, uint128 causeId) external onlyLedger {
        Bond memory held = _unstaked(provider, amount);
        _setBond(provider, held, causeId);
        if (amount != 0) _credit(to, amount, causeId);
    }

    /// @inheritdoc ITreasury
    function slash(
        address provider,
        address to,
        uint96 amount,
        uint128 causeId
    ) external onlyLedger returns (uint96 taken) {
        Bond memory held = _bonds[provider];
        uint96 fromFree = amount < held.free ? amount : held.free;
        uint96 rest = amount - fromFree;
        uint96 fromUnbonding = rest < held.unbonding ? rest : held.unbonding;
        taken = fromFree + fromUnbonding;
        if (taken == 0) return 0;
        held.free -= fromFree;
        held.unbonding -= fromUnbonding;
        if (held.unbonding == 0) held.releasableAt = 0;
        _setBond(provider, held, causeId);
        _credit(to, taken, causeId);
    }

    /// @inheritdoc ITreasury
    function creditOf(address account) external view returns (uint96) {
        (uint96 credit, ) = _accountOf(account);
        return credit;
    }

    /// @inheritdoc ITreasury
    function escrowOf(address account) external view returns (uint96) {
        (, uint96 escrow) = _accountOf(account);
        return escrow;
    }

    /// @inheritdoc ITreasury
    function allowanceOf(address payer, address client) external view returns (uint96) {
        return _allowances[payer][client];
    }

    /// @inheritdoc ITreasury
    function bondOf(address provider) external view returns (Bond memory) {
        return _bonds[provider];
    }

    /// @inheritdoc ITreasury
    function unbondingSeconds() external pure returns (uint32) {
        return UNBONDING_SECONDS;
    }

    function _useAllowance(address payer, address client, uint96 amount) private {
        uint96 allowance = _allowances[payer][client];
        if (amount > allowance) revert Treasury_AllowanceTooLow(payer, client, allowance, amount);
        _allowances[payer][client] = allowance - amount;
        emit AllowanceChanged(payer, client, allowance - amount);
    }

    function _credit(address account, uint256 amount, uint128 causeId) private {
        (uint96 credit, uint96 escrow) = _accountOf(account);
        _setAccount(account, _sumUp(credit, amount), escrow, causeId);
    }

    /// @dev Shares out the escrow at a place of the list, and puts the payer's new values there.
    function _settle(bytes memory changes, uint256 at) private returns (uint256 paid, uint128 causeId) {
        // Check:
        (uint256 first, uint256 second) = changes.pair(at);
        (address payer, uint256 locked) = (address(uint160(first)), first >> 160);
        (paid, causeId) = (second >> 128, uint128(second));
        if (paid > locked) revert Treasury_AboveEscrow(causeId, paid, locked);
        Account storage account = _accounts[payer];
        uint256 word = account.word;
        uint256 escrow = word >> ESCROW_SHIFT;
        if (locked > escrow) revert Treasury_EscrowTooLow(payer, escrow, locked);
        // Effect:
        unchecked {
            // Both differences were checked.
            _change(changes, at, account, payer, _sumUp(uint96(word), locked - paid), escrow - locked, causeId);
        }
    }

    /// @dev Writes an account, and its two words of {AccountsChanged}.
    function _change(
        bytes memory changes,
        uint256 at,
        Account storage account,
        address owner,
        uint256 credit,
        uint256 escrow,
        uint128 causeId
    ) private {
        account.word = credit | (escrow << ESCROW_SHIFT);
        changes.setPair(at, uint160(owner) | (credit << 160), escrow | (uint256(causeId) << ESCROW_SHIFT));
    }

    function _setAccount(address account, uint96 credit, uint96 escrow, uint128 causeId) private {
        _accounts[account].word = credit | (uint256(escrow) << ESCROW_SHIFT);
        emit AccountChanged(account, credit, escrow, causeId);
    }

    function _setBond(address provider, Bond memory held, uint128 causeId) private {
        _bonds[provider] = held;
        emit BondChanged(provider, held, causeId);
    }

    function _withdraw(address to) private nonReentrant {
        // Check:
        (uint96 amount, uint96 escrow) = _accountOf(msg.sender);
        if (amount == 0) revert Treasury_NothingToWithdraw(msg.sender);
        // Effect:
        _accounts[msg.sender].word = uint256(escrow) << ESCROW_SHIFT;
        emit Withdrawn(msg.sender, to, amount);
        // Interaction:
        (bool accepted, ) = to.call{value: amount}("");
        if (!accepted) revert Treasury_TransferFailed(to, amount);
    }

    function _accountOf(address account) private view returns (uint96 credit, uint96 escrow) {
        uint256 word = _accounts[account].word;
        return (uint96(word), uint96(word >> ESCROW_SHIFT));
    }

    /// @dev The bond with `amount` less locked; more than is locked is a bug of the caller and reverts.
    function _unstaked(address provider, uint96 amount) private view returns (Bond memory held) {
        held = _bonds[provider];
        held.locked -= amount;
    }

    function _sumUp(uint96 held, uint256 amount) private pure returns (uint96) {
        uint256 sum = amount + held;
        if (sum > MAX_AMOUNT) revert Treasury_AmountTooLarge(sum, MAX_AMOUNT);
        return uint96(sum);
    }
}
