using Pqms.Ethereum;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>The whole ledger rebuilt from logs alone, with every promise that a log breaks.</summary>
/// <remarks>Needs all logs from the deployment on, in chain order. Immutable, unless it came from
/// <see cref="GrowingHistory.Now"/>.</remarks>
public sealed class LedgerHistory
{
    private readonly Books _books;

    internal LedgerHistory(Books books, IReadOnlyList<AuditFault> faults)
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
        var history = new GrowingHistory();
        foreach (var timed in events)
        {
            history.Add(timed);
        }

        return history.Finish();
    }
}
