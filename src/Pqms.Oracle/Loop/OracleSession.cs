using System.Diagnostics;
using Pqms.Ethereum;
using Pqms.Ethereum.Abi;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Peers;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Leaves;

namespace Pqms.Oracle.Loop;

/// <summary>The oracle's memory between two rebuilds: machine, book and journal, moved on by runs of blocks.</summary>
/// <remarks>One thread applies blocks. What the book shows is in the journal already: nothing is sent that is not
/// durable.</remarks>
internal sealed partial class OracleSession
{
    private readonly LedgerMachine _machine;
    private readonly IJournal _journal;
    private readonly IOracleObserver _observer;
    private readonly JournalOptions _options;
    private readonly EventTrail? _trail;

    /// <summary>A session before its first block.</summary>
    /// <param name="machine">The machine, before its first block.</param>
    /// <param name="journal">What must last.</param>
    /// <param name="observer">Told what happens.</param>
    /// <param name="options">How often a snapshot is made, and what is kept; null for the defaults.</param>
    /// <param name="trail">Remembers what peers may ask about; null where there are none.</param>
    public OracleSession(
        LedgerMachine machine, IJournal journal, IOracleObserver observer, JournalOptions? options = null,
        EventTrail? trail = null)
    {
        _trail = trail;
        _machine = machine;
        _journal = journal;
        _observer = observer;
        _options = options ?? new JournalOptions();
    }

    /// <summary>The last report that stands in an era that is closed by now, as the hub tells it: later ones of that
    /// era are void. An open era has none.</summary>
    public (ulong Era, ulong Through) Stands { get; init; } = (0, ulong.MaxValue);

    /// <summary>What the chain still waits for.</summary>
    public ReportBook Book { get; } = new();

    /// <summary>The present era; null before it began.</summary>
    public EraStart? Era => _machine.Era;

    /// <summary>The last block applied; null before the first.</summary>
    public LedgerBlock? Followed { get; private set; }

    /// <summary>Why nothing is reported although an era began; empty when all is well.</summary>
    public string Alarm { get; private set; } = string.Empty;

    /// <summary>Number of the newest signers' configuration seen; 0 before the first.</summary>
    public ulong ConfigCount { get; private set; }

    /// <summary>The mesh as it stands; empty before the era began.</summary>
    public MeshPicture Picture() => _machine.Mesh?.Picture() ?? MeshPicture.Empty;

    /// <summary>Applies the next blocks and writes what they brought in one transaction.</summary>
    /// <param name="run">Consecutive blocks, at least one.</param>
    /// <exception cref="DivergenceException">The chain accepted another report than this one computes.</exception>
    public void Apply(IReadOnlyList<LedgerBlock> run)
    {
        using Activity? span = OracleTraces.Start(OracleTraces.Apply);
        span?.SetTag("pqms.block", run[^1].Number).SetTag("pqms.blocks", run.Count);
        var batch = new JournalBatch();
        var outcomes = new List<BlockOutcome>(run.Count);
        foreach (LedgerBlock block in run)
        {
            BlockOutcome outcome = _machine.Apply(block);
            outcomes.Add(outcome);
            if (_trail is not null && _machine.Mesh is { } mesh)
            {
                _trail.EndBlock(block, Bytes32.FromBytes(mesh.StateHash()));
            }

            Add(batch, block, outcome);
        }

        _journal.Append(batch);
        foreach (BlockOutcome outcome in outcomes)
        {
            Book.Enter(outcome, Compare);
        }

        for (int i = 0; i < outcomes.Count; i++)
        {
            Announce(run[i], outcomes[i]);
        }

        Followed = run[^1];
        Keep(run[0].Number);
    }

    private static void Add(JournalBatch batch, LedgerBlock block, BlockOutcome outcome)
    {
        batch.Cursor = new JournalCursor(block.Number, block.Hash);
        batch.Logs.AddRange(block.Logs);
        if (outcome.Sealed is { } report)
        {
            batch.Reports.Add(new JournaledReport(
                report.Report.Era,
                report.Report.Sequence,
                report.Hash,
                report.Report.ToBlock,
                report.Report.ToBlockHash,
                report.Report.DataHash,
                Encode(report.Report),
                ReportState.Computed,
                AcceptedAt: 0));
            batch.Batches.Add((report.Report.DataHash, report.Batch.Bytes.ToArray()));
        }

        foreach (LedgerEntry fact in outcome.Facts)
        {
            switch (fact)
            {
                case AcceptedEntry accepted:
                    batch.Accepted.Add(new AcceptanceMark(accepted.ReportHash, accepted.AcceptedAt));
                    break;
                case SettledEntry settled:
                    batch.Settled.Add(settled.Sequence);
                    break;
                default:
                    break;
            }
        }
    }

    private static byte[] Encode(Report report)
    {
        var encoder = new AbiEncoder();
        report.Encode(encoder);
        return encoder.ToArray();
    }

    // A false report that was made void since is the reason why the era is closed: it must not stop the oracle that
    // takes its grants back. Nothing is signed in a closed era.
    private void Compare(AcceptedEntry accepted, SealedReport? own)
    {
        bool isVoid = accepted.Report.Era == Stands.Era && accepted.Sequence > Stands.Through;
        if (own?.Hash != accepted.ReportHash && !isVoid)
        {
            throw new DivergenceException(
                accepted.Sequence,
                ReportComparison.Describe(accepted.Report, own, StoredBatch(accepted.Report.DataHash))
                + " The oracle stops: nothing more is signed.");
        }
    }

    private Batch? StoredBatch(Bytes32 dataHash)
    {
        byte[]? stored = _journal.Batch(dataHash);
        return stored is null ? null : Batch.Parse(stored);
    }

    private void Announce(LedgerBlock block, BlockOutcome outcome)
    {
        foreach (LedgerEntry fact in outcome.Facts)
        {
            switch (fact)
            {
                case EraClosedEntry closed:
                    Alarm = $"reports {closed.From} to {closed.Through} were made void in block {block.Number}: "
                        + "the era is closed; their grants are taken back, and nothing is reported until the admin "
                        + "starts a new era ('pqms era start')";
                    _observer.Note(Alarm);
                    break;
                case ConfigSetEntry config:
                    ConfigCount = config.ConfigCount;
                    break;
                default:
                    break;
            }
        }

        if (outcome.Opened is { } era)
        {
            Alarm = string.Empty;
            _observer.EraOpened(era.Era, era.ScenarioHash, era.Block);
        }

        if (outcome.Sealed is { } report)
        {
            _observer.ReportComputed(report.Report.Sequence, report.Report.Count, report.Report.ToBlock);
        }
    }
}
