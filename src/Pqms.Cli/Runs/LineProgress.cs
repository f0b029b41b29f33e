using System.Diagnostics;
using System.Globalization;

namespace Pqms.Cli.Runs;

/// <summary>Progress where there is no terminal: a line every few seconds. Safe for several threads.</summary>
/// <param name="what">What is going on.</param>
/// <param name="say">Writes one line.</param>
internal sealed class LineProgress(string what, Action<string> say)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Lock _lock = new();
    private long _said = Stopwatch.GetTimestamp();

    /// <summary>Tells the share that is done, from 0 to 1.</summary>
    public void Report(double share)
    {
        lock (_lock)
        {
            if (Stopwatch.GetElapsedTime(_said) > Silence)
            {
                _said = Stopwatch.GetTimestamp();
                say(Line(what, share, Stopwatch.GetElapsedTime(_started)));
            }
        }
    }

    /// <summary>One line: share, time so far, time left at the same pace.</summary>
    public static string Line(string what, double share, TimeSpan elapsed)
    {
        var left = share > 0.0 ? elapsed.TotalSeconds * (1.0 - share) / share : double.NaN;
        var remaining = double.IsNaN(left)
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", about {left:0} s left");
        return string.Create(
            CultureInfo.InvariantCulture, $"{what}: {100.0 * share:0} % after {elapsed.TotalSeconds:0} s{remaining}");
    }
}
