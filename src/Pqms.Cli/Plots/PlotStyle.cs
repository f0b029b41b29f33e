namespace Pqms.Cli.Plots;

/// <summary>Colours and markers that stay apart for colour-blind eyes and in grey print.</summary>
internal static class PlotStyle
{
    // Okabe and Ito, Color Universal Design (2008), the darker ones first: all read well on white.
    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#E69F00"];

    private static readonly string[] Dashes = ["", "7,4", "2,3", "9,3,2,3", "", "7,4"];

    /// <summary>Colour of a style.</summary>
    public static string Colour(int style) => Colours[style % Colours.Length];

    /// <summary>Stroke of a style's line.</summary>
    public static string Stroke(int style, bool isCurve)
    {
        var dash = Dashes[style % Dashes.Length];
        var dashes = dash.Length == 0 ? "" : $" stroke-dasharray=\"{dash}\"";
        return $"stroke=\"{Colour(style)}\" stroke-width=\"{(isCurve ? "2" : "1.5")}\"{dashes}";
    }

    /// <summary>A marker of a style: circle, square, triangle, diamond, in turn.</summary>
    public static string Marker(int style, double x, double y) => Marker(style, x, y, $"fill=\"{Colour(style)}\"");

    /// <summary>The same marker, only its outline.</summary>
    public static string HollowMarker(int style, double x, double y) =>
        Marker(style, x, y, $"fill=\"#fff\" stroke=\"{Colour(style)}\" stroke-width=\"1.5\"");

    private static string Marker(int style, double x, double y, string fill)
    {
        const double r = 4.0;
        return (style % 4) switch
        {
            0 => $"<circle cx=\"{SvgText.N(x)}\" cy=\"{SvgText.N(y)}\" r=\"{SvgText.N(r)}\" {fill}/>",
            1 => Polygon([(x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)], fill),
            2 => Polygon([(x, y - (1.3 * r)), (x + (1.2 * r), y + r), (x - (1.2 * r), y + r)], fill),
            _ => Polygon([(x, y - (1.4 * r)), (x + (1.4 * r), y), (x, y + (1.4 * r)), (x - (1.4 * r), y)], fill),
        };
    }

    private static string Polygon((double X, double Y)[] corners, string fill) =>
        $"<polygon points=\"{string.Join(' ', corners.Select(c => $"{SvgText.N(c.X)},{SvgText.N(c.Y)}"))}\" {fill}/>";
}
