using Pqms.EndToEnd.Tests.Ring;
using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Sdk;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Leaves;
using Pqms.Sdk.Ledger;

namespace Pqms.EndToEnd.Tests.Rebuilding.Operations;

/// <summary>Eras and reports: decided, settled, made void, taken back.</summary>
internal sealed class ReportOperations(LedgerUse use)
{
    public const ulong ChallengeSeconds = 120;
    private const int MostOfAReport = 6;
    private const long Nanoseconds = 1_000_000_000;

    private readonly HandReporter _reporter = new(use.Realm);
    private readonly Dictionary<uint, ulong> _poolSequences = [];
    private ulong _reportedAt;

    public IEnumerable<Operation> All =>
    [
        new Operation("report decisions", 18, () => ReportAsync(Decisions(), [])),
        new Operation("report lines", 8, () => ReportAsync([], Lines())) with { Follow = "ReportHub_ChallengeOpen" },
        new Operation("report leaves", 5, () => ReportAsync([], [])) with { Follow = "ParticleInventory_NotProven" },
        Operation.Of("settle", 14, Settle),
        Operation.Of("disable", 5, Disable) with { Follow = "ReportHub_NotReopened" },
        Operation.Of("reopen", 16, Reopen) with { Follow = "ReportHub_EraClosed" },
        Operation.Of("start an era", 8, StartEra),
    ];

    private ReportHubContract Hub => use.Contracts.Hub;

    public static bool IsFinal(LedgerUse use, KnownReport report) =>
        use.Now >= report.Accepted.Data.AcceptedAt + ChallengeSeconds;

    /// <summary>Signatures by as many signers as are needed.</summary>
    public static EthereumKey[] Keys(LedgerUse use) =>
        [.. use.Known.Signers.Take(use.Known.Threshold).Select(signer => use.Realm.Key(use.AccountOf(signer)))];

    private Decision[] Decisions()
    {
        var asked = use.Known.Bookings.Where(b => b.Status == ReservationStatus.Requested).TakeLast(12).ToArray();
        use.Seed.Shuffle(asked.AsSpan());

        // Sometimes one that nobody waits for.
        var late = use.Seed.Chance(6) ? use.Seed.Pick(use.Known.Bookings) : null;
        return
        [
            .. asked.Take(MostOfAReport).Append(late).OfType<KnownBooking>().Select(booking => new Decision(
                booking.Id,
                (byte)(use.Seed.Chance(7) ? DecisionOutcome.PoolExhausted : DecisionOutcome.Granted),
                (uint)use.Seed.Next(900_000, 1_000_000), 30_000, 5_000_000, 990_000)),
        ];
    }

    // Among the lines are some that no longer apply, and some that claim more than was promised.
    private Line[] Lines()
    {
        var ended = use.Known.Bookings.Where(b => b.IsEnded(use.Now)).TakeLast(8).ToArray();
        var early = use.Seed.Chance(6) ? use.Seed.Pick(use.Known.Bookings) : null;
        return
        [
            .. ended.Append(early).OfType<KnownBooking>().Select(booking =>
            {
                var promised = (UInt128)booking.Terms.Slots * (booking.End - booking.Start) * Ppm.One;
                return new Line(booking.Id, promised * (UInt128)(ulong)use.Seed.Next(0, 106) / 100);
            }),
        ];
    }

    private async Task<Sending?> ReportAsync(Decision[] decisions, Line[] lines)
    {
        // Of two reports of a block one would come too late.
        if (use.Known.EraClosed || (use.Known.PauseBits & 2) != 0 || _reportedAt == use.Now)
        {
            return null;
        }

        _reportedAt = use.Now;
        var draft = await _reporter.DraftAsync(decisions, lines);
        var batch = new Batch(draft.Report.Era, draft.Report.Sequence, Leaves());
        draft = draft with
        {
            Report = draft.Report with
            {
                Count = (ulong)batch.Leaves.Count,
                EventsRoot = batch.Leaves.Count == 0 ? Bytes32.Zero : batch.Tree.Root,
                DataHash = batch.DataHash,
            },
        };
        var signatures = await _reporter.SignAsync(draft, Keys(use));
        return new Sending(Cast.Reporter, Hub.Submit(draft.Report, decisions, signatures, 0, Bytes32.Zero))
        {
            Then = receipt => use.Known.Reports.Add(
                new KnownReport(receipt.Events.OfType<ReportAccepted>().Single(), draft, batch)),
        };
    }

    private Leaf[] Leaves()
    {
        var leaves = new List<Leaf>();
        foreach (var order in use.Known.Orders.Where(o => o.Status == KnownOrder.Accepted
            && use.Now < o.Terms.DeliverBy).Take(MostOfAReport))
        {
            var (terms, extra) = (order.Terms, (uint)use.Seed.Next(3));
            leaves.Add(new ProductionLeaf(
                order.Id, terms.Pool, terms.Count + extra, 990_000, (long)use.Now * Nanoseconds));
        }

        foreach (var pool in use.Known.Reservoirs.Keys.Where(_ => use.Seed.Chance(2)))
        {
            var sequence = _poolSequences[pool] = _poolSequences.GetValueOrDefault(pool) + 1;
            var stock = (uint)use.Seed.Next(0, 20);
            leaves.Add(new PoolCountersLeaf(pool, sequence, stock, 0, 0, stock, 970_000, 970_000));
        }

        return [.. leaves];
    }

    private Sending? Settle()
    {
        var due = use.Known.Reports.Where(report => IsFinal(use, report) && !report.IsSettled);
        return use.Seed.Pick(due) is not { } report ? null : new Sending(
            use.Seed.One(Cast.All),
            Hub.Settle(report.Draft.Report, report.Accepted.Data.AcceptedAt, report.Draft.Lines));
    }

    private Sending? Disable() =>
        use.Seed.Pick(use.Known.Reports.Where(report => !IsFinal(use, report))) is not { } report ? null
            : new Sending(Cast.Admin, Hub.Disable(report.Draft.Report, report.Accepted.Data.AcceptedAt));

    private Sending? Reopen() => use.Known.Void.LastOrDefault() is not { } report ? null : new Sending(
        use.Seed.One(Cast.All),
        Hub.Reopen(report.Draft.Report, report.Accepted.Data.AcceptedAt, report.Draft.Decisions));

    // When the old one is closed; sometimes for another reason.
    private Sending? StartEra() => use.Known.Void.Count > 0 || (!use.Known.EraClosed && !use.Seed.Chance(8)) ? null
        : new Sending(
            use.AccountOf(use.Known.Admin),
            Hub.StartEra(1, Bytes32.FromBytes(use.Seed.Bytes(32)), (ulong)use.Seed.Next(1_000), Bytes32.Zero));
}
