using System.Diagnostics;

namespace Pqms.Benchmarks.Harness;

/// <summary>A benchmark's figure after all repetitions.</summary>
/// <param name="Name">Of the benchmark.</param>
/// <param name="Unit">Of the figure.</param>
/// <param name="Median">The figure.</param>
/// <param name="Least">The least of all repetitions.</param>
/// <param name="Greatest">The greatest of all repetitions.</param>
/// <param name="Goal">The value to reach; null for none.</param>
/// <param name="Ratio">How many times better than the goal: 1 or more is reached; null without a goal.</param>
/// <param name="BytesPerOperation">Managed bytes for each operation, median.</param>
/// <param name="PeakMegabytes">Greatest working set of the benchmark's own process, in 10^6 bytes.</param>
/// <param name="CpuSeconds">Processor time of one repetition, median.</param>
/// <param name="WallSeconds">Time that one repetition took, median.</param>
/// <param name="Repetitions">How many counted.</param>
/// <param name="Note">What the figure means.</param>
internal sealed record Outcome(
    string Name,
    string Unit,
    double Median,
    double Least,
    double Greatest,
    double? Goal,
    double? Ratio,
    double BytesPerOperation,
    double PeakMegabytes,
    double CpuSeconds,
    double WallSeconds,
    int Repetitions,
    string Note)
{
    public static Outcome Of(Benchmark benchmark, Effort effort)
    {
        Func<Measurement> repeat = benchmark.Open(effort);
        repeat();
        Measurement[] taken = new Measurement[Math.Min(effort.Repetitions, benchmark.MostRepetitions)];
        for (int i = 0; i < taken.Length; i++)
        {
            GC.Collect();
            taken[i] = repeat();
        }

        double[] values = [.. taken.Select(benchmark.Value).Order()];
        double median = Middle(values);
        bool hasGoal = !double.IsNaN(benchmark.Goal);
        double ratio = benchmark.MoreIsBetter ? median / benchmark.Goal : benchmark.Goal / median;
        using Process self = Process.GetCurrentProcess();
        return new Outcome(
            benchmark.Name, benchmark.Unit, median, values[0], values[^1], hasGoal ? benchmark.Goal : null,
            hasGoal ? ratio : null, Middle(taken.Select(m => m.AllocatedBytes / m.Operations)),
            self.PeakWorkingSet64 / 1e6, Middle(taken.Select(m => m.CpuSeconds)),
            Middle(taken.Select(m => m.WallSeconds)), taken.Length, benchmark.Note);
    }

    private static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0;
    }
}
