namespace Pqms.Benchmarks.Harness;

/// <summary>What one repetition took.</summary>
/// <param name="Operations">How often the thing was done.</param>
/// <param name="CpuSeconds">Processor time of the whole process, all threads.</param>
/// <param name="WallSeconds">Time that passed.</param>
/// <param name="AllocatedBytes">Managed memory that the measuring thread asked for.</param>
internal readonly record struct Measurement(
    double Operations, double CpuSeconds, double WallSeconds, double AllocatedBytes);

/// <summary>How long to measure.</summary>
/// <param name="Repetitions">Repetitions that count; one more goes before them to warm up.</param>
/// <param name="IsQuick">Whether the run is to end within a minute.</param>
internal sealed record Effort(int Repetitions, bool IsQuick)
{
    public static Effort Quick { get; } = new(3, IsQuick: true);

    public static Effort Full { get; } = new(11, IsQuick: false);
}

/// <summary>One figure with its goal.</summary>
/// <param name="Name">Short and unique; <c>--only</c> looks for a part of it.</param>
/// <param name="Unit">Unit of the figure.</param>
/// <param name="Goal">The value to reach; NaN for none.</param>
/// <param name="Open">Prepares, unmeasured; what it returns is called once for each repetition.</param>
/// <param name="Value">The figure of one repetition.</param>
internal sealed record Benchmark(
    string Name, string Unit, double Goal, Func<Effort, Func<Measurement>> Open, Func<Measurement, double> Value)
{
    /// <summary>Whether a greater figure is better.</summary>
    public bool MoreIsBetter { get; init; }

    /// <summary>What the figure means, in a few words.</summary>
    public string Note { get; init; } = "";

    /// <summary>Most repetitions, for what takes seconds.</summary>
    public int MostRepetitions { get; init; } = int.MaxValue;

    public static double CpuNanoseconds(Measurement m) => m.CpuSeconds / m.Operations * 1e9;

    public static double CpuMilliseconds(Measurement m) => m.CpuSeconds / m.Operations * 1e3;

    public static double CpuSeconds(Measurement m) => m.CpuSeconds / m.Operations;

    public static double PerCpuSecond(Measurement m) => m.Operations / m.CpuSeconds;
}
