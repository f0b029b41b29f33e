using System.Diagnostics;
using Pqms.Ethereum;
using Pqms.Mesh;
using Pqms.Mesh.Metrics;
using Pqms.Mesh.Scenarios;

namespace Pqms.Cli.Runs;

/// <summary>One run to make.</summary>
/// <param name="Scenario">What runs.</param>
/// <param name="Seed">Key of the draws.</param>
/// <param name="Until">Mesh time after the warm-up.</param>
/// <param name="Batches">Equal parts of that time for the intervals; their ends differ by under 1 ns.</param>
/// <param name="Threads">Threads of the engine; the result does not depend on them.</param>
internal sealed record MeshRun(Scenario Scenario, ulong Seed, TimeSpan Until, int Batches, int Threads = 1)
{
    /// <summary>Wall time after which mesh time advances in smaller steps: cancelling and progress take that
    /// long.</summary>
    private static readonly TimeSpan LongStep = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs it.</summary>
    /// <param name="progress">Told the share of mesh time that is done, from 0 to 1.</param>
    /// <param name="cancel">Ends the run; nothing is left behind.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public MeshRunResult Execute(Action<double>? progress, CancellationToken cancel)
    {
        var mesh = new MeshEmulator(Scenario, Seed, MeshTime.FromSeconds(0), new MeshOptions(Threads));
        var recorder = new RunRecorder(
            [.. Scenario.Pools.Select(pool => pool.Name)], mesh.Statistics, mesh.SiteStatistics);
        var first = mesh.Now.Nanoseconds;
        var last = Until.Ticks * TimeSpan.NanosecondsPerTick;
        var step = new StepSize(Math.Max(1, last / Batches));

        void AdvanceTo(long target)
        {
            for (var at = mesh.Now.Nanoseconds; at < target;)
            {
                cancel.ThrowIfCancellationRequested();
                at += Math.Min(step.Nanoseconds, target - at);
                var started = Stopwatch.GetTimestamp();
                mesh.AdvanceTo(new MeshTime(at));
                step.Adapt(Stopwatch.GetElapsedTime(started));
                progress?.Invoke((at - first) / (double)(last - first));
            }
        }

        AdvanceTo(0);
        recorder.Read();
        for (var batch = 1; batch <= Batches; batch++)
        {
            AdvanceTo((long)((Int128)last * batch / Batches));
            recorder.Read();
        }

        return new MeshRunResult(
            recorder.Report(Scenario.Name, Seed), mesh.Totals, Hex.Encode(mesh.StateHash()),
            [.. Enumerable.Range(0, Scenario.Pools.Count).Select(mesh.View)]);
    }

    /// <summary>Mesh time advanced at once; the events do not depend on it.</summary>
    private sealed class StepSize(long longest)
    {
        public long Nanoseconds { get; private set; } = Math.Min(longest, MeshTime.NanosecondsPerSecond);

        public void Adapt(TimeSpan took)
        {
            if (took > LongStep)
            {
                Nanoseconds = Math.Max(1, Nanoseconds / 2);
            }
            else if (took < LongStep / 4)
            {
                Nanoseconds = Math.Min(longest, Nanoseconds * 2);
            }
        }
    }
}

/// <summary>What a run gave.</summary>
/// <param name="Report">The figures.</param>
/// <param name="Totals">Counters of the whole mesh, warm-up included.</param>
/// <param name="LogHash">Digest of every event, in hex.</param>
/// <param name="Views">The pools at the end.</param>
internal sealed record MeshRunResult(
    RunReport Report, MeshTotals Totals, string LogHash, IReadOnlyList<PoolView> Views);
