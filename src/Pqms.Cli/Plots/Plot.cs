namespace Pqms.Cli.Plots;

/// <summary>A plot: what stands in it, not how it is drawn.</summary>
/// <param name="Title">One line.</param>
/// <param name="Subtitle">Scenario, seed, n and the kind of error bars: one line.</param>
/// <param name="Panels">One or two coordinate systems below each other.</param>
internal sealed record Plot(string Title, string Subtitle, IReadOnlyList<PlotPanel> Panels);

/// <summary>One coordinate system.</summary>
/// <param name="X">Horizontal axis.</param>
/// <param name="Y">Vertical axis.</param>
/// <param name="Series">At least one point in all.</param>
internal sealed record PlotPanel(PlotAxis X, PlotAxis Y, IReadOnlyList<PlotSeries> Series)
{
    /// <summary>Vertical lines.</summary>
    public IReadOnlyList<PlotMark> Marks { get; init; } = [];
}

/// <summary>An axis.</summary>
/// <param name="Label">Quantity with its unit.</param>
/// <param name="IsLog">Logarithmic; numbers that are not positive have no place on it and are left out.</param>
internal sealed record PlotAxis(string Label, bool IsLog = false);

/// <summary>Points that belong together.</summary>
/// <param name="Label">For the legend; series of the same label and style in two panels get one entry.</param>
/// <param name="Style">0-based number of its colour, marker and dashes.</param>
/// <param name="Points">In the order in which they are joined.</param>
/// <param name="IsCurve">Drawn as a line without markers: theory, not measurement.</param>
internal sealed record PlotSeries(
    string Label, int Style, IReadOnlyList<PlotPoint> Points, bool IsCurve = false);

/// <summary>A point with the halves of its intervals; null where there is none.</summary>
/// <param name="X">Where.</param>
/// <param name="Y">Where.</param>
/// <param name="XHalf">Half of the interval in x.</param>
/// <param name="YHalf">Half of the interval in y.</param>
/// <param name="Label">Written beside the point; empty for nothing.</param>
internal sealed record PlotPoint(double X, double Y, double? XHalf = null, double? YHalf = null, string Label = "");

/// <summary>A vertical line with its interval.</summary>
/// <param name="X">Where.</param>
/// <param name="Half">Half of its interval; null without one.</param>
/// <param name="Label">Written beside it.</param>
internal sealed record PlotMark(double X, double? Half, string Label);
