using System.Numerics;
using Pqms.Ethereum;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>Sums of all money that the logs tell of, in wei.</summary>
/// <param name="Locked">Came in as escrow.</param>
/// <param name="Paid">Went to providers' credit.</param>
/// <param name="Refunded">Went to clients' credit.</param>
/// <param name="OpenEscrow">Still locked.</param>
/// <param name="Credits">Credit that is not withdrawn.</param>
/// <param name="Withdrawn">Left the ledger.</param>
public sealed record MoneyTotals(
    BigInteger Locked,
    BigInteger Paid,
    BigInteger Refunded,
    BigInteger OpenEscrow,
    BigInteger Credits,
    BigInteger Withdrawn)
{
    /// <summary>Escrow in = paid + refunded + open, and paid + refunded = credits + withdrawn: to the wei.</summary>
    public bool Balanced => Locked == Paid + Refunded + OpenEscrow && Paid + Refunded == Credits + Withdrawn;
}

/// <summary>Follows escrow and credit; every absolute value in a log must follow from the values before.</summary>
internal sealed class MoneyBook(
    IReadOnlyDictionary<UInt128, ReservationLife> lives,
    IReadOnlyDictionary<uint, PoolRegistered> pools,
    Action<AuditRule, LedgerEvent, UInt128?, string> fault)
{
    private readonly SortedDictionary<Address, BigInteger> _credits = [];
    private readonly Queue<(Address Account, BigInteger Amount, UInt128 Cause)> _due = new();
    private BigInteger _locked;
    private BigInteger _paid;
    private BigInteger _refunded;
    private BigInteger _open;
    private BigInteger _withdrawn;

    public IReadOnlyDictionary<Address, BigInteger> Credits => _credits;

    public MoneyTotals Totals => new(
        _locked, _paid, _refunded, _open, _credits.Values.Aggregate(BigInteger.Zero, (a, b) => a + b), _withdrawn);

    public void Add(LedgerEvent e)
    {
        // The treasury writes a division and its credits in a row; anything between them means a log is missing.
        if (_due.Count > 0 && e is EscrowLocked or EscrowSettled or Withdrawn)
        {
            MissingCredits(e);
        }

        switch (e)
        {
            case EscrowLocked locked: Lock(locked); break;
            case EscrowSettled settled: Divide(settled); break;
            case CreditChanged changed: Credit(changed); break;
            case Withdrawn withdrawn: Withdraw(withdrawn); break;
            default: break;
        }
    }

    public void Finish(LedgerEvent? last)
    {
        if (last is not null && _due.Count > 0)
        {
            MissingCredits(last);
        }
    }

    private void MissingCredits(LedgerEvent at)
    {
        foreach (var (account, amount, cause) in _due)
        {
            fault(AuditRule.Money, at, cause, $"no log credits {account} with {amount} wei");
        }

        _due.Clear();
    }

    private void Lock(EscrowLocked e)
    {
        _locked += (BigInteger)e.Data.Amount;
        _open += (BigInteger)e.Data.Amount;
        if (!lives.TryGetValue(e.Id, out var life) || life.Status == ReservationStatus.None)
        {
            fault(AuditRule.Money, e, e.Id, "money was locked for a reservation that nobody requested");
        }
        else if (life.Locked is not null || e.Data.Amount != life.Escrow || e.Data.Payer != life.Client)
        {
            fault(
                AuditRule.Money,
                e,
                e.Id,
                $"{e.Data.Amount} wei locked by {e.Data.Payer}, should be {life.Escrow} by {life.Client}, once");
        }
        else
        {
            life.Locked = e;
        }
    }

    private void Divide(EscrowSettled e)
    {
        var data = e.Data;
        BigInteger paid = data.Paid, refund = data.Refund;
        _paid += paid;
        _refunded += refund;
        _open -= paid + refund;
        Due(data.Provider, paid, e.Id);
        Due(data.Client, refund, e.Id);
        if (!lives.TryGetValue(e.Id, out var life) || life.Locked is null || life.Divided is not null)
        {
            fault(AuditRule.Money, e, e.Id, "money was divided that was not locked, or twice");
            return;
        }

        life.Divided = e;
        life.Paid = data.Paid;
        life.Refund = data.Refund;
        if (paid + refund != life.Escrow || data.Client != life.Client || paid > life.Price)
        {
            fault(
                AuditRule.Money,
                e,
                e.Id,
                $"{paid} paid + {refund} refunded to {data.Client}: escrow was {life.Escrow} of {life.Client}");
        }

        if (pools.TryGetValue(life.Terms.Pool, out var pool) && paid > 0 && data.Provider != pool.Data.Provider)
        {
            fault(AuditRule.Money, e, e.Id, $"paid to {data.Provider}, the pool's provider is {pool.Data.Provider}");
        }
    }

    private void Due(Address account, BigInteger amount, UInt128 cause)
    {
        if (amount > 0)
        {
            _due.Enqueue((account, amount, cause));
        }
    }

    private void Credit(CreditChanged e)
    {
        var credit = (BigInteger)e.Data.Credit;
        var before = _credits.GetValueOrDefault(e.Data.Account);
        _credits[e.Data.Account] = credit;
        if (!_due.TryDequeue(out var due) || due.Account != e.Data.Account || due.Cause != e.Data.CauseId)
        {
            fault(AuditRule.Money, e, e.Data.CauseId, $"{e.Data.Account} was credited without a division");
        }
        else if (credit != before + due.Amount)
        {
            fault(
                AuditRule.Money,
                e,
                e.Data.CauseId,
                $"credit of {e.Data.Account} is {credit}, should be {before} + {due.Amount}");
        }
    }

    private void Withdraw(Withdrawn e)
    {
        var credit = _credits.GetValueOrDefault(e.Data.Account);
        var amount = (BigInteger)e.Data.Amount;
        _withdrawn += amount;
        _credits[e.Data.Account] = 0;
        if (amount != credit)
        {
            fault(AuditRule.Money, e, null, $"{e.Data.Account} withdrew {amount}, its credit was {credit}");
        }
    }
}
