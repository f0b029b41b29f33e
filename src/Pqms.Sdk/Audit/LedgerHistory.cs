using Pqms.Ethereum;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>The whole ledger rebuilt from logs alone, with every promise that a log breaks.</summary>
/// <remarks>Needs all logs from the deployment on, in chain order. Immutable.</remarks>
public sealed class LedgerHistory
{
    private readonly Books _books;

    private LedgerHistory(Books books, IReadOnlyList<AuditFault> faults)
    {
        _books = books;
        Money = books.Money.Totals;
        Faults = faults;
    }

    /// <summary>Every reservation, by id.</summary>
    public IReadOnlyDictionary<UInt128, ReservationLife> Lives => _books.Lives.Lives;

    /// <summary>Every pool, by id.</summary>
    public IReadOnlyDictionary<uint, PoolRegistered> Pools => _books.Lives.Pools;

    /// <summary>Sums of money.</summary>
    public MoneyTotals Money { get; }

    /// <summary>Credit, escrow and bond of every account that ever had some.</summary>
    public IReadOnlyDictionary<Address, AccountState> Accounts => _books.Money.Accounts;

    /// <summary>Every client.</summary>
    public IReadOnlyDictionary<Address, ClientState> Clients => _books.Clients.Clients;

    /// <summary>Every production order, by id.</summary>
    public IReadOnlyDictionary<UInt128, OrderState> Orders => _books.Inventory.Orders;

    /// <summary>Every lot, by id.</summary>
    public IReadOnlyDictionary<UInt128, LotState> Lots => _books.Inventory.Lots;

    /// <summary>Words of the pools' calendars, as last logged: 16 buckets of 900 s with 16 bits each. Cohort 0 is the
    /// whole calendar, 1 + cohort the part that counts against a quota.</summary>
    public IReadOnlyDictionary<(uint Pool, byte Cohort, ulong Word), UInt256> Calendar => _books.Calendar.Words;

    /// <summary>Reports that stand, by sequence from 1.</summary>
    public IReadOnlyList<ReportAccepted> Reports => _books.Reports.Reports;

    /// <summary>Eras, by number from 1.</summary>
    public IReadOnlyList<EraStarted> Eras => _books.Reports.Eras;

    /// <summary>What the next report must name; zero before the first era.</summary>
    public Bytes32 Head => _books.Reports.Head;

    internal Books Parts => _books;

    /// <summary>Broken promises in the order in which they show; empty for an honest ledger.</summary>
    public IReadOnlyList<AuditFault> Faults { get; }

    /// <summary>Rebuilds the ledger.</summary>
    /// <param name="events">Every log of the ledger from its deployment on, in chain order, with its block's
    /// time.</param>
    /// <returns>State and faults; a fault never stops the rebuilding.</returns>
    public static LedgerHistory Rebuild(IEnumerable<TimedEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var faults = new List<AuditFault>();
        void Fault(AuditRule rule, LedgerEvent at, UInt128? id, string text) =>
            faults.Add(new AuditFault(rule, at.Place, id, text));

        var books = new Books(Fault);
        TimedEvent? before = null;
        foreach (var timed in events)
        {
            if (before is { } earlier
                && (earlier.Event.Place.CompareTo(timed.Event.Place) >= 0 || earlier.TimeSeconds > timed.TimeSeconds))
            {
                Fault(AuditRule.Evidence, timed.Event, null, $"out of order after {earlier.Event.Place}");
            }

            try
            {
                books.Add(timed);
            }
            catch (OverflowException)
            {
                // No honest ledger comes near: its contracts compute in the same widths.
                Fault(AuditRule.Evidence, timed.Event, null, "its numbers are beyond what the ledger can hold");
            }

            before = timed;
        }

        books.Finish();
        return new LedgerHistory(books, faults);
    }
}
