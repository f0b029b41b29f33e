using System.Runtime.CompilerServices;
using Pqms.Ethereum;
using Pqms.Mesh;
using Pqms.Oracle.Intake;
using Pqms.Oracle.Loop;
using Pqms.Sdk.Leaves;

namespace Pqms.Oracle.Replay;

/// <summary>Recomputes every report of a history from its commands, with the same machine that the oracle runs
/// on.</summary>
public static class ReplayRunner
{
    // Often enough for a bar that moves, seldom enough to cost nothing.
    private const ulong BlocksPerProgress = 64;

    /// <summary>Replays a history from its first era to its last block, or to the first difference.</summary>
    /// <param name="source">The history.</param>
    /// <param name="scenarios">A scenario's bytes for a keccak256 hash, or null if they are not at hand.</param>
    /// <param name="progress">Told now and then; null for nobody.</param>
    /// <param name="cancellation">Ends the replay.</param>
    /// <exception cref="FormatException">A ledger contract emitted what this program does not know.</exception>
    public static Task<ReplayResult> RunAsync(
        IReplaySource source,
        Func<Bytes32, ReadOnlyMemory<byte>?> scenarios,
        IProgress<ReplayProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var run = new ReplayRun(EmulatedMesh.Factory(scenarios, null), source.Batch);
        return RunAsync(
            run,
            TranslateAsync(source, cancellation),
            source.Addresses.DeployedAtBlock,
            source.LastBlock,
            progress,
            cancellation);
    }

    internal static async Task<ReplayResult> RunAsync(
        ReplayRun run,
        IAsyncEnumerable<LedgerBlock> blocks,
        ulong firstBlock,
        ulong lastBlock,
        IProgress<ReplayProgress>? progress,
        CancellationToken cancellation)
    {
        await foreach (LedgerBlock block in blocks.WithCancellation(cancellation))
        {
            bool goesOn = run.Apply(block);
            if (!goesOn || block.Number % BlocksPerProgress == 0 || block.Number == lastBlock)
            {
                progress?.Report(new ReplayProgress(block.Number, firstBlock, lastBlock, run.Reports));
            }

            if (!goesOn)
            {
                break;
            }
        }

        return run.Finish();
    }

    private static async IAsyncEnumerable<LedgerBlock> TranslateAsync(
        IReplaySource source, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var translator = new BlockTranslator(source.Addresses);
        await foreach (ReplayBlock block in source.ReadAsync(cancellation))
        {
            yield return translator.Translate(block.Header, block.Logs);
        }
    }
}

/// <summary>One replay: machine, book, and what was found.</summary>
internal sealed class ReplayRun
{
    private readonly LedgerMachine _machine;
    private readonly ReportBook _book = new();
    private readonly Func<Bytes32, byte[]?> _batches;
    private readonly List<UnreplayedEra> _unreplayed = [];
    private ReplayDifference? _first;
    private ulong _blocks;
    private ulong _eras;

    /// <summary>A replay before its first block.</summary>
    public ReplayRun(MeshFactory meshes, Func<Bytes32, byte[]?> batches)
    {
        _machine = new LedgerMachine(Opens, meshes);
        _batches = batches;
    }

    /// <summary>Reports compared.</summary>
    public ulong Reports { get; private set; }

    /// <summary>Applies a block.</summary>
    /// <returns>False once a difference was found: all that follows differs too.</returns>
    public bool Apply(LedgerBlock block)
    {
        BlockOutcome outcome = _machine.Apply(block);
        _blocks++;
        _eras += outcome.Opened is null ? 0ul : 1ul;
        _book.Enter(outcome, Compare);
        return _first is null;
    }

    /// <summary>What was found.</summary>
    public ReplayResult Finish() => new(_blocks, _eras, Reports, _book.CountOwed().Reports, _first, _unreplayed);

    private bool Opens(EraStartedEntry started)
    {
        string? reason = started.MeshVersion != MeshVersion.Current
            ? $"needs mesh version {started.MeshVersion}; this program has version {MeshVersion.Current}"
            : started.SnapshotHash != Bytes32.Zero ? $"starts from snapshot {started.SnapshotHash}" : null;
        if (reason is not null)
        {
            _unreplayed.Add(new UnreplayedEra(started.Era, reason));
        }

        return reason is null;
    }

    private void Compare(AcceptedEntry accepted, SealedReport? own)
    {
        bool replayed = _machine.Era?.Era == accepted.Report.Era;
        if (_first is not null || !replayed)
        {
            return;
        }

        Reports++;
        if (own?.Hash != accepted.ReportHash)
        {
            byte[]? stored = _batches(accepted.Report.DataHash);
            _first = new ReplayDifference(
                accepted.Sequence,
                accepted.Report.ToBlock,
                ReportComparison.Describe(accepted.Report, own, stored is null ? null : Batch.Parse(stored)));
        }
    }
}
