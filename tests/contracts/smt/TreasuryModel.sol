// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title TreasuryModel
/// @notice The treasury's arithmetic for solc's model checker (npm run contracts:prove).
/// @dev Proven of every function, for all states, amounts and accounts, equal ones included: what is owed to all
/// accounts together grows by what is paid in, falls by what is paid out, and stays else; paid + refund = escrow; what
/// a settlement takes from escrows and does not refund is what the provider gets; a penalty is at most what was asked.
/// Left out, because they move no money: events, allowances, times, who may call. Fields of a word are mappings of
/// their own here, which the solver handles better than structs. `_owed` is the sum over all accounts, kept in step by
/// the functions that write. A sum is never below its parts, so its subtractions cannot fail where the treasury goes
/// on; that is plain, and not proven here. That this arithmetic is the treasury's is for the reader to compare.
contract TreasuryModel {
    mapping(address account => uint96 credit) private _credits;
    mapping(address account => uint96 escrow) private _escrows;
    mapping(address provider => uint96 free) private _free;
    mapping(address provider => uint96 locked) private _locked;
    mapping(address provider => uint96 unbonding) private _unbonding;
    uint256 private _owed;
    uint96 private _earned;

    /// @notice As `deposit`.
    function deposit(address account, uint96 amount) external {
        uint256 owed = _owed;
        _setCredit(account, _credits[account] + amount);
        assert(_owed == owed + amount);
    }

    /// @notice As `bond`.
    function bond(address provider, uint96 amount) external {
        uint256 owed = _owed;
        _setFree(provider, _free[provider] + amount);
        assert(_owed == owed + amount);
    }

    /// @notice As `startUnbonding`.
    function startUnbonding(address provider, uint96 amount) external {
        uint256 owed = _owed;
        _setFree(provider, _free[provider] - amount);
        _setUnbonding(provider, _unbonding[provider] + amount);
        assert(_owed == owed);
    }

    /// @notice As `finishUnbonding`.
    function finishUnbonding(address provider) external {
        uint256 owed = _owed;
        uint96 amount = _unbonding[provider];
        _setUnbonding(provider, 0);
        _setCredit(provider, _credits[provider] + amount);
        assert(_owed == owed);
    }

    /// @notice As `withdraw`.
    function withdraw(address account) external {
        uint256 owed = _owed;
        uint96 amount = _credits[account];
        _setCredit(account, 0);
        assert(_owed + amount == owed);
    }

    /// @notice As `lock`.
    function lock(address payer, uint96 sent, uint96 amount) external {
        uint256 owed = _owed;
        uint96 credit = _credits[payer] + sent;
        _setCredit(payer, credit - amount);
        _setEscrow(payer, _escrows[payer] + amount);
        assert(_owed == owed + sent);
    }

    /// @notice As one item of `settle`: what is paid waits until `settleEnd`.
    function settleItem(address payer, uint96 escrow, uint96 paid) external {
        uint256 owed = _owed;
        require(paid <= escrow && escrow <= _escrows[payer]);
        uint96 refund = escrow - paid;
        assert(paid + refund == escrow);
        _setEscrow(payer, _escrows[payer] - escrow);
        _setCredit(payer, _credits[payer] + refund);
        _earned += paid;
        assert(_owed + paid == owed);
    }

    /// @notice As the end of `settle`, after any number of items: the provider may be one of the payers.
    function settleEnd(address provider) external {
        uint256 owed = _owed;
        uint96 earned = _earned;
        _earned = 0;
        _setCredit(provider, _credits[provider] + earned);
        assert(_owed == owed + earned);
    }

    /// @notice As `lockBond`.
    function lockBond(address provider, uint96 amount) external {
        uint256 owed = _owed;
        _setFree(provider, _free[provider] - amount);
        _setLocked(provider, _locked[provider] + amount);
        assert(_owed == owed);
    }

    /// @notice As `releaseBond`.
    function releaseBond(address provider, uint96 amount) external {
        uint256 owed = _owed;
        _setLocked(provider, _locked[provider] - amount);
        _setFree(provider, _free[provider] + amount);
        assert(_owed == owed);
    }

    /// @notice As `forfeitBond`.
    function forfeitBond(address provider, address to, uint96 amount) external {
        uint256 owed = _owed;
        _setLocked(provider, _locked[provider] - amount);
        _setCredit(to, _credits[to] + amount);
        assert(_owed == owed);
    }

    /// @notice As `slash`.
    function slash(address provider, address to, uint96 amount) external {
        uint256 owed = _owed;
        uint96 free = _free[provider];
        uint96 unbonding = _unbonding[provider];
        uint96 fromFree = amount < free ? amount : free;
        uint96 rest = amount - fromFree;
        uint96 fromUnbonding = rest < unbonding ? rest : unbonding;
        uint96 taken = fromFree + fromUnbonding;
        assert(taken <= amount);
        _setFree(provider, free - fromFree);
        _setUnbonding(provider, unbonding - fromUnbonding);
        _setCredit(to, _credits[to] + taken);
        assert(_owed == owed);
    }

    function _setCredit(address account, uint96 credit) private {
        _owed = _owed - _credits[account] + credit;
        _credits[account] = credit;
    }

    function _setEscrow(address account, uint96 escrow) private {
        _owed = _owed - _escrows[account] + escrow;
        _escrows[account] = escrow;
    }

    function _setFree(address provider, uint96 free) private {
        _owed = _owed - _free[provider] + free;
        _free[provider] = free;
    }

    function _setLocked(address provider, uint96 locked) private {
        _owed = _owed - _locked[provider] + locked;
        _locked[provider] = locked;
    }

    function _setUnbonding(address provider, uint96 unbonding) private {
        _owed = _owed - _unbonding[provider] + unbonding;
        _unbonding[provider] = unbonding;
    }
}
