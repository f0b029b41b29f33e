using Pqms.Node;

namespace Pqms.Cli.Runs;

/// <summary>All combinations of the values of some axes; the last axis varies fastest.</summary>
internal static class SweepGrid
{
    /// <summary>The points, in the order of the output.</summary>
    /// <param name="axes">At least one.</param>
    /// <param name="seeds">Runs per point.</param>
    /// <exception cref="RefusedException">More runs than <see cref="Sweep.MaxRuns"/>.</exception>
    public static IReadOnlyList<SweepPoint> Points(IReadOnlyList<SweepAxis> axes, int seeds)
    {
        var count = axes.Aggregate(1L, (points, axis) => Math.Min(Sweep.MaxRuns + 1L, points * axis.Values.Count));
        CheckRuns(count, seeds);
        return [.. Enumerable.Range(0, (int)count).Select(point => Point(axes, point))];
    }

    /// <summary>Refuses too many runs.</summary>
    /// <exception cref="RefusedException">More runs than <see cref="Sweep.MaxRuns"/>.</exception>
    public static void CheckRuns(long points, int seeds)
    {
        if (points * seeds > Sweep.MaxRuns)
        {
            var shown = points > Sweep.MaxRuns ? $"more than {Sweep.MaxRuns}" : $"{points}";
            throw new RefusedException(
                ExitCode.Usage, $"the grid has {shown} points with {seeds} seeds each",
                $"at most {Sweep.MaxRuns} runs in all", "give fewer values with --vary, or fewer --seeds");
        }
    }

    private static SweepPoint Point(IReadOnlyList<SweepAxis> axes, int point)
    {
        var values = new string[axes.Count];
        for (var axis = axes.Count - 1; axis >= 0; axis--)
        {
            values[axis] = axes[axis].Values[point % axes[axis].Values.Count];
            point /= axes[axis].Values.Count;
        }

        return new SweepPoint(values, [.. axes.Zip(values, (axis, value) => new Override(axis.Path, value))]);
    }
}
