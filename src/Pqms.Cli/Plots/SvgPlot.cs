namespace Pqms.Cli.Plots;

/// <summary>Draws a plot as an SVG file of 900 x 600, light, with text as text.</summary>
internal static class SvgPlot
{
    private const double Width = 900;
    private const double Height = 600;
    private const double Left = 92;
    private const double Right = 876;
    private const double Top = 104;
    private const double Bottom = 548;
    private const double Gap = 28;

    /// <summary>Mean width of a letter of the legend; browsers differ a little.</summary>
    private const double LetterWidth = 6.9;

    private const string Small = "font-size=\"12\" fill=\"#333\"";

    /// <summary>The file.</summary>
    public static string Draw(Plot plot)
    {
        var svg = new SvgText();
        svg.Raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        svg.Raw($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{Height}\" "
            + $"viewBox=\"0 0 {Width} {Height}\" role=\"img\" "
            + "font-family=\"'DejaVu Sans', Verdana, Arial, sans-serif\">");
        svg.Raw($"<title>{SvgText.Escape(plot.Title)}</title>");
        svg.Raw($"<desc>{SvgText.Escape(plot.Subtitle)}</desc>");
        svg.Raw($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>");
        svg.Text(Left, 30, plot.Title, "font-size=\"18\" font-weight=\"bold\" fill=\"#111\"");
        svg.Text(Left, 52, plot.Subtitle, Small);
        Legend(svg, plot);

        var height = (Bottom - Top - (Gap * (plot.Panels.Count - 1))) / plot.Panels.Count;
        for (var i = 0; i < plot.Panels.Count; i++)
        {
            var top = Top + (i * (height + Gap));
            var isLast = i == plot.Panels.Count - 1;
            new SvgPanel(svg, plot.Panels[i], i, new PanelBox(Left, top, Right, top + height)).Draw(isLast);
        }

        svg.Raw("</svg>");
        return svg.ToString();
    }

    private static void Legend(SvgText svg, Plot plot)
    {
        var entries = plot.Panels.SelectMany(panel => panel.Series)
            .DistinctBy(series => (series.Label, series.Style, series.IsCurve));
        double x = Left;
        double y = 74;
        foreach (var series in entries)
        {
            var width = 38 + (LetterWidth * series.Label.Length) + 22;
            if (x > Left && x + width > Right)
            {
                (x, y) = (Left, y + 18);
            }

            svg.Line(x, y, x + 30, y, PlotStyle.Stroke(series.Style, series.IsCurve));
            if (!series.IsCurve)
            {
                svg.Raw(PlotStyle.Marker(series.Style, x + 15, y));
            }

            svg.Text(x + 38, y + 4, series.Label, Small);
            x += width;
        }
    }
}

/// <summary>Where a panel stands, in units of the drawing.</summary>
internal readonly record struct PanelBox(double Left, double Top, double Right, double Bottom);
