using System.Numerics;
using Pqms.Ethereum;
using Pqms.Sdk.Ledger;
using Money = Pqms.Sdk.Contracts.TreasuryContract;

namespace Pqms.Sdk.Audit;

/// <summary>Follows credit, escrow and bonds; what an account holds may change only by what the other logs of the
/// transaction explain.</summary>
internal sealed partial class MoneyBook(
    IReadOnlyDictionary<UInt128, ReservationLife> lives,
    IReadOnlyDictionary<uint, PoolRegistered> pools,
    InventoryBook inventory,
    Action<AuditRule, LedgerEvent, UInt128?, string> fault)
{
    private readonly SortedDictionary<Address, AccountState> _accounts = [];
    private readonly SortedDictionary<(Address Payer, Address Client), BigInteger> _allowances = [];
    private readonly Dictionary<Address, BigInteger> _owed = [];
    private readonly Dictionary<Address, BigInteger> _before = [];
    private readonly HashSet<Address> _touched = [];
    private readonly HashSet<Address> _reopened = [];
    private readonly Dictionary<UInt128, BigInteger> _held = [];
    private readonly Dictionary<Address, BigInteger> _open = [];
    private LedgerEvent? _last;
    private BigInteger _deposited;
    private BigInteger _withdrawn;

    public IReadOnlyDictionary<Address, AccountState> Accounts => _accounts;

    public IReadOnlyDictionary<(Address Payer, Address Client), BigInteger> Allowances => _allowances;

    public MoneyTotals Totals => new(
        _deposited,
        Sum(_accounts.Values.Select(static a => a.Credit)),
        Sum(_accounts.Values.Select(static a => a.Escrow)),
        Sum(_accounts.Values.Select(static a => a.BondTotal)),
        _withdrawn,
        Sum(_open.Values));

    /// <summary>Closes the transaction before, when this log belongs to another.</summary>
    public void Close(LedgerEvent next)
    {
        if (_last is not null && _last.Place.TransactionHash != next.Place.TransactionHash)
        {
            Finish();
        }
    }

    /// <summary>Takes a log that the other books know already.</summary>
    public void Add(LedgerEvent e)
    {
        _last = e;
        Reopen(e);
        switch (e)
        {
            case AccountChanged changed:
                Store(changed.Data);
                break;
            case AccountsChanged changed:
                Settle(changed);
                break;
            case BondChanged bond:
                Touch(bond.Data.Provider).Bond = bond.Data.Bond;
                break;
            case AllowanceChanged allowed:
                _allowances[(allowed.Data.Payer, allowed.Data.Client)] = (BigInteger)allowed.Data.Allowance;
                break;
            case Received received:
                _deposited += (BigInteger)received.Data.Amount;
                Owe(received.Data.Account, (BigInteger)received.Data.Amount);
                break;
            case Withdrawn withdrawn:
                Withdraw(withdrawn);
                break;
            default:
                Explain(e);
                break;
        }
    }

    /// <summary>Closes the transaction: every change must be explained, and escrow must be what is open.</summary>
    public void Finish()
    {
        if (_last is null)
        {
            return;
        }

        foreach (var account in _touched.Union(_owed.Keys).Union(_reopened).Order())
        {
            var held = _accounts.TryGetValue(account, out var state) ? state.Total : BigInteger.Zero;
            var rest = held - _before.GetValueOrDefault(account, held) - _owed.GetValueOrDefault(account);
            if (!rest.IsZero)
            {
                fault(AuditRule.Money, _last, null, $"{account} holds {held} wei, {rest} more than the logs explain");
            }

            var open = _open.GetValueOrDefault(account);
            var escrow = state?.Escrow ?? 0;
            if (escrow != open)
            {
                fault(AuditRule.Money, _last, null, $"{account} has {escrow} wei in escrow, open are {open}");
            }
        }

        _touched.Clear();
        _owed.Clear();
        _before.Clear();
        _reopened.Clear();
    }

    private void Store(Money.AccountChangedEvent data)
    {
        var account = Touch(data.Account);
        (account.Credit, account.Escrow) = ((BigInteger)data.Credit, (BigInteger)data.Escrow);
    }

    private void Withdraw(Withdrawn e)
    {
        var account = Touch(e.Data.Account);
        var amount = (BigInteger)e.Data.Amount;
        if (amount != account.Credit)
        {
            fault(AuditRule.Money, e, null, $"{e.Data.Account} withdrew {amount}, its credit was {account.Credit}");
        }

        account.Credit = 0;
        _withdrawn += amount;
        Owe(e.Data.Account, -amount);
    }

    // Who must have gained or lost by a log, escrow and bond counted in.
    private void Explain(LedgerEvent e)
    {
        switch (e)
        {
            case ReservationReleased released:
                Pay(released.Id, (BigInteger)released.Data.Fee);
                break;
            case ReservationCancelled cancelled:
                Pay(cancelled.Id, (BigInteger)cancelled.Data.Fee);
                break;
            case ReservationSettled settled:
                Pay(settled.Id, (BigInteger)settled.Data.Paid);
                break;
            case PenaltyTaken taken:
                Pay(taken.Id, -(BigInteger)taken.Data.Penalty);
                break;
            case OrderDelivered delivered when inventory.Orders.TryGetValue(delivered.Id, out var order):
                Move(order.Payer, order.Provider, (BigInteger)order.Terms.Reward);
                break;
            case OrderFailed failed when inventory.Orders.TryGetValue(failed.Id, out var order):
                Move(order.Provider, order.Payer, (BigInteger)order.Terms.Bond);
                break;
            default:
                break;
        }
    }

    private void Pay(UInt128 id, BigInteger amount)
    {
        if (lives.TryGetValue(id, out var life) && pools.TryGetValue(life.Terms.Pool, out var pool))
        {
            Move(life.Payer, pool.Data.Provider, amount);
        }
    }

    private void Move(Address from, Address to, BigInteger amount)
    {
        Owe(from, -amount);
        Owe(to, amount);
    }

    private void Owe(Address account, BigInteger amount) =>
        _owed[account] = _owed.GetValueOrDefault(account) + amount;

    private AccountState Touch(Address address)
    {
        if (!_accounts.TryGetValue(address, out var account))
        {
            account = new AccountState();
            _accounts.Add(address, account);
        }

        if (_touched.Add(address))
        {
            _before[address] = account.Total;
        }

        return account;
    }

    // What is open follows from the other contracts' logs, one reservation or order at a time.
    private void Reopen(LedgerEvent e)
    {
        if (e is ReservationEvent reservation && lives.TryGetValue(reservation.Id, out var life))
        {
            Hold(life.Id, life.Payer, (BigInteger)life.Held);
        }
        else if (e is OrderEvent order && inventory.Orders.TryGetValue(order.Id, out var state))
        {
            Hold(order.Id, state.Payer, (BigInteger)state.OpenReward);
        }
    }

    private void Hold(UInt128 id, Address payer, BigInteger amount)
    {
        _reopened.Add(payer);
        _open[payer] = _open.GetValueOrDefault(payer) + amount - _held.GetValueOrDefault(id);
        _held[id] = amount;
    }

    private static BigInteger Sum(IEnumerable<BigInteger> amounts) =>
        amounts.Aggregate(BigInteger.Zero, static (sum, amount) => sum + amount);
}
