using System.Globalization;
using Pqms.Mesh.Metrics;

namespace Pqms.Cli.Runs;

/// <summary>Figures as people read them, and as programs do.</summary>
internal static class FigureText
{
    private const int MostDecimals = 9;

    /// <summary>"0.9123 ±0.0021": as many decimals as give the half-width two digits; "-" without a figure.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="scale">Factor on it, such as 1000 for milliseconds.</param>
    public static string Of(Measured? figure, double scale = 1.0)
    {
        if (figure is null)
        {
            return "-";
        }

        var value = figure.Value * scale;
        if (figure.HalfWidth is not { } half || half <= Math.Abs(figure.Value) * 1e-12)
        {
            return Plain(value);
        }

        half *= scale;
        var decimals = 1 - (int)Math.Floor(Math.Log10(half));
        if (decimals > MostDecimals)
        {
            return $"{value.ToString("0.00e+0", CultureInfo.InvariantCulture)} ±{Short(half)}";
        }

        var format = "F" + Math.Max(0, decimals).ToString(CultureInfo.InvariantCulture);
        return value.ToString(format, CultureInfo.InvariantCulture) + " ±"
            + half.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>A number with five digits.</summary>
    public static string Plain(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    /// <summary>The figure for JSON; null without one.</summary>
    public static object? Document(Measured? figure) => figure is null ? null : new
    {
        value = figure.Value,
        standardError = figure.StandardError,
        low = figure.Low,
        high = figure.High,
        n = figure.Samples,
        correlated = figure.IsCorrelated,
    };

    /// <summary>Every figure of a pool for JSON, by key.</summary>
    public static IReadOnlyDictionary<string, object?> Documents(Func<PoolFigure, Measured?> figure) =>
        PoolFigures.All.ToDictionary(which => which.Key, which => Document(figure(which)));

    /// <summary>Two headings of a CSV file for each figure: the value, and half its 95 % interval.</summary>
    public static IEnumerable<string> CsvHeadings() => PoolFigures.All.SelectMany(
        figure => (string[])[$"{figure.Key} [{figure.Unit}]", $"{figure.Key} 95% half-width [{figure.Unit}]"]);

    /// <summary>The cells under <see cref="CsvHeadings"/>.</summary>
    public static IEnumerable<string> CsvCells(Func<PoolFigure, Measured?> figure) => PoolFigures.All.SelectMany(
        which => (string[])[Csv.Number(figure(which)?.Value), Csv.Number(figure(which)?.HalfWidth)]);

    private static string Short(double value) => value.ToString("0.0e+0", CultureInfo.InvariantCulture);
}
