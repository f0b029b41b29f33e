using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>A ledger's history that grows with its chain. Not safe across threads.</summary>
public sealed class GrowingHistory
{
    private readonly List<AuditFault> _faults = [];
    private readonly Books _books;
    private TimedEvent? _before;

    /// <summary>A ledger before its first log.</summary>
    public GrowingHistory() => _books = new Books(Fault);

    /// <summary>The ledger after the last log that was added: a view that the next one changes.</summary>
    public LedgerHistory Now => new(_books, _faults);

    /// <summary>Takes the next log.</summary>
    /// <param name="timed">The log, in chain order, with its block's time.</param>
    public void Add(TimedEvent timed)
    {
        if (_before is { } earlier
            && (earlier.Event.Place.CompareTo(timed.Event.Place) >= 0 || earlier.TimeSeconds > timed.TimeSeconds))
        {
            Fault(AuditRule.Evidence, timed.Event, null, $"out of order after {earlier.Event.Place}");
        }

        try
        {
            _books.Add(timed);
        }
        catch (OverflowException)
        {
            // No honest ledger comes near: its contracts compute in the same widths.
            Fault(AuditRule.Evidence, timed.Event, null, "its numbers are beyond what the ledger can hold");
        }

        _before = timed;
    }

    /// <summary>The ledger, when no log follows: also says what should have followed.</summary>
    internal LedgerHistory Finish()
    {
        _books.Finish();
        return new LedgerHistory(_books, _faults);
    }

    private void Fault(AuditRule rule, LedgerEvent at, UInt128? id, string text) =>
        _faults.Add(new AuditFault(rule, at.Place, id, text));
}
