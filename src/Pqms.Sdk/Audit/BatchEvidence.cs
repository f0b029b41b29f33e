using Pqms.Sdk.Contracts;
using Pqms.Sdk.Leaves;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>Where a leaf stands.</summary>
/// <param name="Report">The accepted report.</param>
/// <param name="Batch">Its batch, checked against the report.</param>
/// <param name="Index">0-based position.</param>
public sealed record LeafPlace(ReportAccepted Report, Batch Batch, int Index)
{
    /// <summary>The leaf.</summary>
    public Leaf Leaf => Batch.Leaves[Index];
}

/// <summary>Batches checked against the reports that name them, and their leaves by subject.</summary>
/// <remarks>A batch that is missing is no fault here: <see cref="Missing"/> tells how many reports have none.</remarks>
public sealed class BatchEvidence
{
    /// <summary>Most decisions of one report, the hub's constant.</summary>
    private const int MaxDecisions = 64;

    /// <summary>Most settlement lines of one report, the hub's constant.</summary>
    private const int MaxLines = 200;

    private readonly List<AuditFault> _faults = [];
    private readonly Dictionary<UInt128, LeafPlace> _decisions = [];
    private readonly Dictionary<UInt128, LeafPlace> _settlements = [];
    private readonly Dictionary<(UInt128 Id, ulong Number), LeafPlace> _takes = [];
    private readonly Dictionary<ulong, (Decision[] Decisions, Line[] Lines)> _lists = [];

    private BatchEvidence()
    {
    }

    /// <summary>What does not fit, in order of the reports.</summary>
    public IReadOnlyList<AuditFault> Faults => _faults;

    /// <summary>Reports without a batch.</summary>
    public int Missing { get; private set; }

    /// <summary>Checks batches against the reports of a history.</summary>
    /// <param name="history">The ledger, rebuilt.</param>
    /// <param name="find">Gives the batch file of a dataHash, or null; its bytes are not trusted.</param>
    /// <returns>The evidence.</returns>
    public static BatchEvidence Check(LedgerHistory history, Func<Ethereum.Bytes32, ReadOnlyMemory<byte>?> find)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(find);
        var evidence = new BatchEvidence();
        foreach (var era in history.Reports.GroupBy(static report => report.Data.Report.Era))
        {
            var decisions = new Queue<Decision>();
            var lines = new Queue<Line>();
            var complete = true;
            foreach (var accepted in era)
            {
                complete &= evidence.Take(accepted, find, decisions, lines, complete);
            }
        }

        evidence.CheckDecisions(history);
        evidence.CheckLives(history);
        evidence.CheckTakes(history);
        return evidence;
    }

    /// <summary>Where the decision of a reservation stands.</summary>
    /// <param name="id">The reservation.</param>
    /// <returns>The place, or null.</returns>
    public LeafPlace? Decision(UInt128 id) => _decisions.GetValueOrDefault(id);

    /// <summary>Where the score of a reservation stands.</summary>
    /// <param name="id">The reservation.</param>
    /// <returns>The place, or null.</returns>
    public LeafPlace? Settlement(UInt128 id) => _settlements.GetValueOrDefault(id);

    /// <summary>Where the answer to a take stands.</summary>
    /// <param name="id">The reservation.</param>
    /// <param name="number">The ledger's number of the take.</param>
    /// <returns>The place, or null.</returns>
    public LeafPlace? Take(UInt128 id, ulong number) => _takes.GetValueOrDefault((id, number));

    /// <summary>The settlement lines that a report binds, derived from the batches of its era.</summary>
    /// <param name="sequence">The report.</param>
    /// <returns>The lines, or null when a batch before is missing.</returns>
    public IReadOnlyList<Line>? Lines(ulong sequence) =>
        _lists.TryGetValue(sequence, out var lists) ? lists.Lines : null;

    private bool Take(
        ReportAccepted accepted,
        Func<Ethereum.Bytes32, ReadOnlyMemory<byte>?> find,
        Queue<Decision> decisions,
        Queue<Line> lines,
        bool complete)
    {
        if (Open(accepted, find) is not { } batch)
        {
            Missing++;
            return false;
        }

        for (var index = 0; index < batch.Leaves.Count; index++)
        {
            Index(new LeafPlace(accepted, batch, index), decisions, lines);
        }

        if (!complete)
        {
            return false;
        }

        var report = accepted.Data.Report;
        var bound = (Dequeue(decisions, MaxDecisions), Dequeue(lines, MaxLines));
        Expect(accepted, "decisionsHash", report.DecisionsHash, ReportHashes.OfDecisions(bound.Item1));
        Expect(accepted, "linesHash", report.LinesHash, ReportHashes.OfLines(bound.Item2));
        _lists[report.Sequence] = bound;
        return true;
    }

    private Batch? Open(ReportAccepted accepted, Func<Ethereum.Bytes32, ReadOnlyMemory<byte>?> find)
    {
        var report = accepted.Data.Report;
        if (find(report.DataHash) is not { } file)
        {
            return null;
        }

        try
        {
            var batch = Batch.Parse(file.Span);
            Expect(accepted, "dataHash", report.DataHash, batch.DataHash);
            Expect(accepted, "eventsRoot", report.EventsRoot, batch.Tree.Root);
            Expect(accepted, "count", report.Count, (ulong)batch.Leaves.Count);
            Expect(accepted, "sequence", report.Sequence, batch.Sequence);
            Expect(accepted, "era", report.Era, batch.Era);
            return batch;
        }
        catch (FormatException broken)
        {
            Fault(accepted, null, $"the batch of report {report.Sequence} is malformed: {broken.Message}");
            return null;
        }
    }

    private void Index(LeafPlace place, Queue<Decision> decisions, Queue<Line> lines)
    {
        switch (place.Leaf)
        {
            case DecisionLeaf d:
                _decisions.TryAdd(d.ReservationId, place);
                decisions.Enqueue(ToLedger(d));
                break;
            case SettlementLeaf s:
                _settlements.TryAdd(s.ReservationId, place);
                lines.Enqueue(new Line(s.ReservationId, s.Delivered));
                break;
            case TakeLeaf t:
                if (!_takes.TryAdd((t.ReservationId, t.TakeNumber), place))
                {
                    Fault(place.Report, t.ReservationId, $"take {t.TakeNumber} is answered twice");
                }

                break;
            default:
                break;
        }
    }

    // Each decision that a report binds was applied or skipped with it, and no other: also beside skipped ones, of
    // which the logs tell the id alone.
    private void CheckDecisions(LedgerHistory history)
    {
        foreach (var accepted in history.Reports)
        {
            var sequence = accepted.Data.Sequence;
            if (_lists.TryGetValue(sequence, out var lists)
                && history.Parts.ReportRules.Decided.GetValueOrDefault(sequence, []) is var told
                && !told.SequenceEqual(lists.Decisions.Select(static one => one.Id)))
            {
                Fault(accepted, null,
                    $"report {sequence} decides {Text(lists.Decisions.Select(static one => one.Id))}, "
                    + $"logged with it are {Text(told)}");
            }
        }
    }

    // What the ledger logged must be what the mesh's leaves say.
    private void CheckLives(LedgerHistory history)
    {
        foreach (var life in history.Lives.Values)
        {
            if (life.Decision is { } told && Decision(life.Id) is { Leaf: DecisionLeaf d } place && told != ToLedger(d))
            {
                Fault(place.Report, life.Id, $"the ledger logged {told}, the leaf says {d}");
            }

            if (life.Settlement is { } settled && Settlement(life.Id) is { Leaf: SettlementLeaf s } score
                && (settled.Data.Delivered != s.Delivered || life.Promised != s.Promised))
            {
                Fault(
                    score.Report, life.Id, $"the ledger settled {settled.Data.Delivered}, the leaf says {s.Delivered}");
            }
        }
    }

    // Each answer needs a question; once a reservation is settled, each question needs an answer.
    private void CheckTakes(LedgerHistory history)
    {
        var answers = new Dictionary<UInt128, ulong>();
        foreach (var ((id, number), place) in _takes)
        {
            answers[id] = answers.GetValueOrDefault(id) + 1;
            if (!history.Lives.TryGetValue(id, out var life) || number == 0 || number > life.Takes)
            {
                Fault(place.Report, id, $"take {number} is answered, but was never asked for");
            }
        }

        foreach (var life in history.Lives.Values)
        {
            var answered = answers.GetValueOrDefault(life.Id);
            if (Missing == 0 && Settlement(life.Id) is { } settled && answered < life.Takes)
            {
                Fault(settled.Report, life.Id, $"settled with {answered} of {life.Takes} takes answered");
            }
        }
    }

    private static Decision ToLedger(DecisionLeaf d) =>
        new(d.ReservationId, (byte)d.Outcome, d.FidelityPpm, d.LifetimeMilliseconds, d.RateMicroHz, d.StandingPpm);

    private void Expect<T>(ReportAccepted at, string what, T told, T found)
        where T : IEquatable<T>
    {
        if (!told.Equals(found))
        {
            Fault(at, null, $"{what} of report {at.Data.Sequence} is {told}, its batch gives {found}");
        }
    }

    private void Fault(ReportAccepted at, UInt128? id, string text) =>
        _faults.Add(new AuditFault(AuditRule.Reports, at.Place, id, text));

    private static string Text(IEnumerable<UInt128> ids) =>
        string.Join(", ", ids.Select(ReservationIds.ToText).DefaultIfEmpty("nothing"));

    private static T[] Dequeue<T>(Queue<T> queue, int most)
    {
        var items = new T[Math.Min(queue.Count, most)];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = queue.Dequeue();
        }

        return items;
    }
}
