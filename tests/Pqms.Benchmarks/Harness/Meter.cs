using System.Diagnostics;

namespace Pqms.Benchmarks.Harness;

/// <summary>Takes time and memory of one repetition.</summary>
internal static class Meter
{
    /// <summary>Keeps results alive, so that the compiler cannot leave work out.</summary>
    public static double Sink { get; set; }

    /// <summary>Measures a body once.</summary>
    /// <param name="operations">How often the body does the thing.</param>
    /// <param name="body">Does it; its result goes to <see cref="Sink"/>.</param>
    public static Measurement Time(double operations, Func<double> body)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        double result = body();
        double cpuSeconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        double wallSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Sink += result;
        return new Measurement(operations, cpuSeconds, wallSeconds, bytes);
    }
}
