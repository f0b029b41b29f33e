using System.Numerics;
using Pqms.Ethereum;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>The whole ledger rebuilt from logs alone, with every promise that a log breaks.</summary>
/// <remarks>Needs all logs from the deployment on, in chain order. Immutable.</remarks>
public sealed class LedgerHistory
{
    private LedgerHistory(
        LifeBook lives, MoneyBook money, CalendarBook calendar, ReportChain reports, IReadOnlyList<AuditFault> faults)
    {
        Lives = lives.Lives;
        Pools = lives.Pools;
        Money = money.Totals;
        Credits = money.Credits;
        Booked = calendar.Booked;
        Reports = reports.Reports;
        Eras = reports.Eras;
        Head = reports.Head;
        Faults = faults;
    }

    /// <summary>Every reservation, by id.</summary>
    public IReadOnlyDictionary<UInt128, ReservationLife> Lives { get; }

    /// <summary>Every pool, by id.</summary>
    public IReadOnlyDictionary<uint, PoolRegistered> Pools { get; }

    /// <summary>Sums of money.</summary>
    public MoneyTotals Money { get; }

    /// <summary>Credit of every account that ever had some, in wei.</summary>
    public IReadOnlyDictionary<Address, BigInteger> Credits { get; }

    /// <summary>Slots booked in each bucket (900 s) of each pool that was ever touched.</summary>
    public IReadOnlyDictionary<(uint Pool, ulong Bucket), long> Booked { get; }

    /// <summary>Accepted reports, by sequence from 1.</summary>
    public IReadOnlyList<ReportAccepted> Reports { get; }

    /// <summary>Eras, by number from 1.</summary>
    public IReadOnlyList<EraStarted> Eras { get; }

    /// <summary>What the next report must name; zero before the first era.</summary>
    public Bytes32 Head { get; }

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

        var lives = new LifeBook(Fault);
        var money = new MoneyBook(lives.Lives, lives.Pools, Fault);
        var calendar = new CalendarBook(lives.Lives, lives.Pools, Fault);
        var reports = new ReportChain(Fault);
        TimedEvent? before = null;
        foreach (var timed in events)
        {
            if (before is { } earlier
                && (earlier.Event.Place.CompareTo(timed.Event.Place) >= 0 || earlier.TimeSeconds > timed.TimeSeconds))
            {
                Fault(AuditRule.Evidence, timed.Event, null, $"out of order after {earlier.Event.Place}");
            }

            Apply(timed);
            before = timed;
        }

        money.Finish(before?.Event);
        calendar.Finish();
        reports.Finish();
        CloseLives(lives.Lives.Values, faults);
        return new LedgerHistory(lives, money, calendar, reports, faults);

        void Apply(TimedEvent timed)
        {
            switch (timed.Event)
            {
                case PoolRegistered pool:
                    lives.Add(pool);
                    break;
                case ReservationEvent e:
                    lives.Add(e, timed.TimeSeconds);
                    break;
                default:
                    break;
            }

            money.Add(timed.Event);
            calendar.Add(timed.Event, timed.TimeSeconds);
            reports.Add(timed.Event);
        }
    }

    // What a life must have by its status: money locked from the request on, divided once it is final.
    private static void CloseLives(IEnumerable<ReservationLife> lives, List<AuditFault> faults)
    {
        foreach (var life in lives)
        {
            if (life.Status != ReservationStatus.None && life.Locked is null)
            {
                faults.Add(new AuditFault(AuditRule.Money, null, life.Id, "no log locks the escrow"));
            }

            var final = StatusRules.IsFinal(life.Status);
            if (final != life.Divided is not null)
            {
                var what = final ? "the escrow is not divided" : "the escrow is divided";
                faults.Add(new AuditFault(AuditRule.Money, null, life.Id, $"{life.Status}, but {what}"));
            }

            var paid = life.Settlement?.Data.Paid ?? 0;
            if (life.Divided is { } divided && divided.Data.Paid != paid)
            {
                var text = $"the treasury paid {divided.Data.Paid} wei, due were {paid}";
                faults.Add(new AuditFault(AuditRule.Money, divided.Place, life.Id, text));
            }
        }
    }
}
