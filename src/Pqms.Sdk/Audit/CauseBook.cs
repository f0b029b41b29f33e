using Pqms.Ethereum;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>Follows why money moved: each change names what caused it, each booking was paid, alone or with its
/// group.</summary>
internal sealed class CauseBook(Action<AuditRule, LedgerEvent, UInt128?, string> fault)
{
    private readonly List<LedgerEvent> _transaction = [];

    /// <summary>Closes the transaction before, when this log belongs to another.</summary>
    public void Close(LedgerEvent next)
    {
        if (_transaction.Count > 0 && _transaction[^1].Place.TransactionHash != next.Place.TransactionHash)
        {
            Finish();
        }
    }

    public void Add(LedgerEvent e) => _transaction.Add(e);

    /// <summary>Closes the transaction.</summary>
    public void Finish()
    {
        CheckCauses();
        var grouped = new HashSet<UInt128>();
        foreach (var group in _transaction.OfType<GroupRequested>())
        {
            CheckGroup(group, grouped);
        }

        foreach (var booking in _transaction.OfType<ReservationRequested>().Where(e => !grouped.Contains(e.Id)))
        {
            CheckLock(booking, booking.Id);
        }

        _transaction.Clear();
    }

    private void CheckCauses()
    {
        var causes = _transaction.Select(static e => (e as ReservationEvent)?.Id ?? (e as OrderEvent)?.Id).ToHashSet();
        foreach (var e in _transaction)
        {
            var (what, account, cause) = e switch
            {
                AccountChanged { Data: var data } => ("credit", data.Account, data.CauseId),
                BondChanged { Data: var data } => ("bond", data.Provider, data.CauseId),
                _ => (null, default, default),
            };
            if (what is not null && cause != 0 && !causes.Contains(cause))
            {
                fault(AuditRule.Money, e, cause, $"{what} of {account} changed for it, but nothing happened to it");
            }
            else if (what == "credit" && cause == 0 && !IsOwnAct(account))
            {
                fault(AuditRule.Money, e, null, $"credit of {account} changed without a cause");
            }
        }
    }

    // A deposit, or bond that is taken back.
    private bool IsOwnAct(Address account) => _transaction.Exists(e =>
        (e is Received received && received.Data.Account == account)
        || (e is BondChanged bond && bond.Data.Provider == account && bond.Data.CauseId == 0));

    private void CheckGroup(GroupRequested group, HashSet<UInt128> grouped)
    {
        var (ids, at) = (group.Data.Ids, _transaction.IndexOf(group));
        var bookings = _transaction.Skip(at).OfType<ReservationRequested>().Take(ids.Length).ToArray();
        if (!bookings.Select(static e => e.Id).SequenceEqual(ids) || ids.FirstOrDefault() != group.Data.First)
        {
            fault(AuditRule.Transition, group, group.Data.First,
                $"booked together are {Text(bookings.Select(static e => e.Id))}, not {Text(ids)}");
        }

        foreach (var booking in bookings)
        {
            if (!grouped.Add(booking.Id))
            {
                fault(AuditRule.Transition, booking, booking.Id, "it is booked with two groups");
            }

            var (own, first) = (booking.Data, bookings[0].Data);
            if ((own.Client, own.Payer, own.Start, own.End) != (first.Client, first.Payer, first.Start, first.End))
            {
                fault(AuditRule.Transition, booking, booking.Id,
                    $"{own.Client}, {own.Payer}, {own.Start}..{own.End} are not client, payer and window of its group: "
                    + $"{first.Client}, {first.Payer}, {first.Start}..{first.End}");
            }
        }

        if (bookings.Length > 0)
        {
            CheckLock(bookings[0], group.Data.First);
        }
    }

    private void CheckLock(ReservationRequested booking, UInt128 cause)
    {
        var payer = booking.Data.Payer;
        if (!_transaction.Exists(e => e is AccountChanged { Data: var data } && data.Account == payer
            && data.CauseId == cause))
        {
            fault(AuditRule.Money, booking, booking.Id, $"its price was never locked from the credit of {payer}");
        }
    }

    private static string Text(IEnumerable<UInt128> ids) =>
        string.Join(", ", ids.Select(ReservationIds.ToText).DefaultIfEmpty("none"));
}
