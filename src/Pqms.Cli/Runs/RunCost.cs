using System.Diagnostics;

namespace Pqms.Cli.Runs;

/// <summary>What a run cost this machine; nothing of it is part of the result.</summary>
/// <param name="WallSeconds">Time on the clock.</param>
/// <param name="CpuSeconds">Processor time of all threads of this process.</param>
/// <param name="PeakBytes">Most memory that this process has held so far.</param>
internal sealed record RunCost(double WallSeconds, double CpuSeconds, long PeakBytes)
{
    /// <summary>Begins to measure.</summary>
    public static Meter Start() => new(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);

    /// <summary>A measurement under way.</summary>
    internal readonly record struct Meter(long Started, TimeSpan Cpu)
    {
        public RunCost Stop()
        {
            using var process = Process.GetCurrentProcess();
            return new RunCost(
                Stopwatch.GetElapsedTime(Started).TotalSeconds, (Environment.CpuUsage.TotalTime - Cpu).TotalSeconds,
                process.PeakWorkingSet64);
        }
    }
}
