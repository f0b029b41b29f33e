using Pqms.Mesh.Scenarios;
using Pqms.Node;

namespace Pqms.Cli.Runs;

/// <summary>Variants of one scenario, each run with several seeds.</summary>
/// <remarks>
/// Every point runs with the same seeds, so that differences between points are not drowned by luck. Runs are single
/// threads next to each other; results are put together by their number, so the output does not depend on the threads.
/// </remarks>
/// <param name="Source">The scenario, with what does not vary already put in.</param>
/// <param name="Points">The variants, in the order of the output.</param>
/// <param name="FirstSeed">Seed of the first run of a point; the next ones count up.</param>
/// <param name="Seeds">Runs per point, at least 1.</param>
/// <param name="Until">Mesh time of a run after its warm-up.</param>
/// <param name="Batches">Batches of a run; they give the intervals when there is one seed only.</param>
internal sealed record Sweep(
    ScenarioSource Source, IReadOnlyList<SweepPoint> Points, ulong FirstSeed, int Seeds, TimeSpan Until, int Batches)
{
    /// <summary>Most runs of a sweep: of one second each, they take three hours on one thread.</summary>
    public const int MaxRuns = 10_000;

    /// <summary>Most pools times runs: their figures are kept until the end, about 3 KB each.</summary>
    public const int MaxPoolRuns = 100_000;

    /// <summary>Runs everything.</summary>
    /// <param name="threads">Runs at a time.</param>
    /// <param name="progress">Told the share of the runs' mesh time that is done; called from any thread.</param>
    /// <param name="cancel">Ends the sweep.</param>
    /// <exception cref="RefusedException">The grid is too large, or a point is no valid scenario.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public SweepResult Execute(int threads, Action<double>? progress, CancellationToken cancel)
    {
        CheckPoints(cancel);
        var runs = Points.Count * Seeds;
        var figures = new RunFigures[runs];
        var shares = new double[runs];
        try
        {
            Parallel.For(
                0, runs, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
                run =>
                {
                    var seed = unchecked(FirstSeed + (ulong)(run % Seeds));
                    var planned = new MeshRun(Scenario(run / Seeds), seed, Until, Batches);
                    figures[run] = new RunFigures(
                        planned.Execute(share => progress?.Invoke(Done(shares, run, share)), cancel).Report);
                });
        }
        catch (AggregateException several)
        {
            // The first one is as good as any: no run depends on another.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        return new SweepResult(this, figures);
    }

    private static double Done(double[] shares, int run, double share)
    {
        Volatile.Write(ref shares[run], share);
        return shares.Sum() / shares.Length;
    }

    private Scenario Scenario(int point) => Source.With(Points[point].Overrides).Scenario;

    // A bad value in the last corner of the grid is better found before the first run than after hours.
    private void CheckPoints(CancellationToken cancel)
    {
        SweepGrid.CheckRuns(Points.Count, Seeds);
        long pools = 0;
        for (var point = 0; point < Points.Count; point++)
        {
            cancel.ThrowIfCancellationRequested();
            pools += (long)Scenario(point).Pools.Count * Seeds;
        }

        if (pools > MaxPoolRuns)
        {
            throw new RefusedException(
                ExitCode.Usage, $"the runs have {pools} pools in all", $"at most {MaxPoolRuns} pools times runs",
                "give fewer values with --vary, fewer --seeds, or a scenario with fewer pools");
        }
    }
}

/// <summary>One variant.</summary>
/// <param name="Values">JSON values of what varies, for people.</param>
/// <param name="Overrides">What is put into the scenario.</param>
internal sealed record SweepPoint(IReadOnlyList<string> Values, IReadOnlyList<Override> Overrides);
