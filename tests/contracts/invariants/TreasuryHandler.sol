// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ITreasury} from "../../../contracts/interfaces/ITreasury.sol";
import {Settlement} from "../../../contracts/types/Money.sol";
import {TestBase} from "../TestBase.sol";

/// @dev Does what accounts and the ledger's contracts may do, only when it must succeed, and keeps a plain account of
/// it. It is the treasury's allocation contract itself. The few accounts play every part, so that payer, provider and
/// victim are often the same.
contract TreasuryHandler is TestBase {
    /// @dev What one account has, as whoever adds up by hand would have it.
    struct Book {
        uint256 credit;
        uint256 escrow;
        uint256 free;
        uint256 locked;
        uint256 unbonding;
    }

    uint256 public constant ACCOUNTS = 4;
    uint256 private constant MAX_AMOUNT = 1000 ether;
    uint256 private constant MAX_ITEMS = 4;

    ITreasury private immutable _treasury;
    uint256 public paidIn;
    uint256 public paidOut;
    mapping(bytes32 action => uint256) public calls;
    mapping(address account => Book) private _books;
    mapping(address payer => mapping(address client => uint256)) private _allowances;
    uint128 private _cause;

    constructor(ITreasury treasury) {
        _treasury = treasury;
    }

    function deposit(uint256 seed) public {
        (address account, uint256 amount) = (accountAt(seed), amountOf(seed));
        vm.deal(address(this), amount);
        _treasury.deposit{value: amount}(account);
        _books[account].credit += amount;
        paidIn += amount;
        ++calls["deposit"];
    }

    function sponsor(uint256 seed) public {
        (address payer, address client) = (accountAt(seed), accountAt(seed >> 2));
        uint96 allowance = uint96(amountOf(seed));
        vm.prank(payer);
        _treasury.sponsor(client, allowance);
        _allowances[payer][client] = allowance;
        ++calls["sponsor"];
    }

    function bond(uint256 seed) public {
        (address provider, uint256 amount) = (accountAt(seed), amountOf(seed));
        vm.deal(provider, amount);
        vm.prank(provider);
        _treasury.bond{value: amount}();
        _books[provider].free += amount;
        paidIn += amount;
        ++calls["bond"];
    }

    function startUnbonding(uint256 seed) public {
        address provider = accountAt(seed);
        Book storage book = _books[provider];
        if (book.free == 0) bond(notNothing(seed));
        uint256 amount = bound(seed >> 16, 1, book.free);
        vm.prank(provider);
        _treasury.startUnbonding(uint96(amount));
        book.free -= amount;
        book.unbonding += amount;
        ++calls["startUnbonding"];
    }

    function finishUnbonding(uint256 seed) external {
        address provider = accountAt(seed);
        Book storage book = _books[provider];
        if (book.unbonding == 0) startUnbonding(seed);
        vm.warp(_treasury.bondOf(provider).releasableAt);
        vm.prank(provider);
        _treasury.finishUnbonding();
        book.credit += book.unbonding;
        book.unbonding = 0;
        ++calls["finishUnbonding"];
    }

    /// @dev In turn with the client's own money and with an allowance, with more and with less sent than is locked.
    function lock(uint256 seed) public {
        (address payer, address client) = (accountAt(seed), accountAt(seed >> 2));
        Book storage book = _books[payer];
        uint256 sent = (seed >> 4) % 2 == 0 ? 0 : amountOf(seed);
        uint256 most = book.credit + sent;
        if (payer != client && _allowances[payer][client] < most) most = _allowances[payer][client];
        uint256 amount = bound(seed >> 16, 0, most);
        vm.deal(address(this), sent);
        _treasury.lock{value: sent}(payer, client, client, uint96(amount), ++_cause);
        book.credit = book.credit + sent - amount;
        book.escrow += amount;
        if (payer != client) _allowances[payer][client] -= amount;
        paidIn += sent;
        ++calls[payer == client ? bytes32("lock") : bytes32("lockSponsored")];
    }

    function settle(uint256 seed) external {
        if (_books[accountAt(seed)].escrow == 0) {
            lock((seed & ~uint256(0xf)) | ((seed & 3) * 5) | (1 << 4));
        }
        address provider = accountAt(seed >> 2);
        Settlement[] memory items = new Settlement[](1 + ((seed >> 4) % MAX_ITEMS));
        uint256 earned = 0;
        for (uint256 i = 0; i < items.length; ++i) {
            // The first payer has escrow; the same payer may come twice.
            address payer = accountAt(seed >> (i == 0 ? 0 : 6 * i));
            Book storage book = _books[payer];
            uint256 escrow = bound(seed >> (16 + i), 0, book.escrow);
            uint256 paid = bound(seed >> (32 + i), 0, escrow);
            items[i] = Settlement(payer, uint96(escrow), uint96(paid), ++_cause);
            book.escrow -= escrow;
            book.credit += escrow - paid;
            earned += paid;
        }
        _books[provider].credit += earned;
        _treasury.settle(provider, items);
        ++calls["settle"];
    }

    function lockBond(uint256 seed) public {
        address provider = accountAt(seed);
        Book storage book = _books[provider];
        if (book.free == 0) bond(notNothing(seed));
        uint256 amount = bound(seed >> 16, 0, book.free);
        _treasury.lockBond(provider, uint96(amount), ++_cause);
        book.free -= amount;
        book.locked += amount;
        ++calls["lockBond"];
    }

    function releaseBond(uint256 seed) external {
        address provider = accountAt(seed);
        Book storage book = _books[provider];
        if (book.locked == 0) lockBond(seed);
        uint256 amount = bound(seed >> 24, 0, book.locked);
        _treasury.releaseBond(provider, uint96(amount), ++_cause);
        book.locked -= amount;
        book.free += amount;
        ++calls["releaseBond"];
    }

    function forfeitBond(uint256 seed) external {
        (address provider, address to) = (accountAt(seed), accountAt(seed >> 2));
        Book storage book = _books[provider];
        if (book.locked == 0) lockBond(seed);
        uint256 amount = bound(seed >> 24, 0, book.locked);
        _treasury.forfeitBond(provider, to, uint96(amount), ++_cause);
        book.locked -= amount;
        _books[to].credit += amount;
        ++calls["forfeitBond"];
    }

    function slash(uint256 seed) external {
        (address provider, address to) = (accountAt(seed), accountAt(seed >> 2));
        Book storage book = _books[provider];
        uint256 amount = amountOf(seed);
        uint256 there = book.free + book.unbonding;
        uint256 expected = amount < there ? amount : there;
        assertEq(_treasury.slash(provider, to, uint96(amount), ++_cause), expected, "taken");
        uint256 fromFree = expected < book.free ? expected : book.free;
        book.free -= fromFree;
        book.unbonding -= expected - fromFree;
        _books[to].credit += expected;
        ++calls[expected == 0 ? bytes32("slashNothing") : bytes32("slash")];
    }

    function withdraw(uint256 seed) external {
        address account = accountAt(seed);
        Book storage book = _books[account];
        if (book.credit == 0) deposit(notNothing(seed));
        uint256 before = account.balance;
        vm.prank(account);
        _treasury.withdraw();
        assertEq(account.balance - before, book.credit, "paid out");
        paidOut += book.credit;
        book.credit = 0;
        ++calls["withdraw"];
    }

    function bookOf(address account) external view returns (Book memory) {
        return _books[account];
    }

    function allowanceOf(address payer, address client) external view returns (uint256) {
        return _allowances[payer][client];
    }

    function accountAt(uint256 seed) public pure returns (address) {
        return address(uint160(0xACC0 + (seed % ACCOUNTS)));
    }

    /// @dev The same seed, for another amount than nothing.
    function notNothing(uint256 seed) private pure returns (uint256) {
        return seed | (1 << 8);
    }

    /// @dev Now and then nothing, or a single wei: there the roundings and the cases are.
    function amountOf(uint256 seed) private pure returns (uint256) {
        uint256 sort = (seed >> 8) % 8;
        return sort < 2 ? sort : bound(seed >> 16, 2, MAX_AMOUNT);
    }
}
