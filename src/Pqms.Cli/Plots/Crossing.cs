namespace Pqms.Cli.Plots;

/// <summary>Where one curve overtakes another.</summary>
internal static class Crossing
{
    /// <summary>The first x at which a rises above b, by interpolation; null when it never does.</summary>
    /// <remarks>
    /// Straight lines in log x, and in log y where all four ends are positive (else in y): the lines that the plot
    /// draws. Points without both values are passed over.
    /// </remarks>
    /// <param name="x">Positive, rising.</param>
    /// <param name="a">One value a point; null where there is none.</param>
    /// <param name="b">The same for the other curve.</param>
    public static double? Of(IReadOnlyList<double> x, IReadOnlyList<double?> a, IReadOnlyList<double?> b)
    {
        var before = -1;
        for (var i = 0; i < x.Count; i++)
        {
            if (a[i] is not { } up || b[i] is not { } down)
            {
                continue;
            }

            if (up > down && before >= 0)
            {
                return Between(
                    (x[before], x[i]), (a[before]!.Value, up), (b[before]!.Value, down));
            }

            before = up <= down ? i : -1;
        }

        return null;
    }

    private static double Between((double, double) x, (double, double) a, (double, double) b)
    {
        var isLog = a.Item1 > 0.0 && b.Item1 > 0.0 && a.Item2 > 0.0 && b.Item2 > 0.0;
        var first = isLog ? Math.Log(b.Item1 / a.Item1) : b.Item1 - a.Item1;
        var second = isLog ? Math.Log(a.Item2 / b.Item2) : a.Item2 - b.Item2;
        return x.Item1 * Math.Pow(x.Item2 / x.Item1, first / (first + second));
    }
}
