using System.Globalization;
using System.Text;

namespace Pqms.Cli.Plots;

/// <summary>Writes the elements of an SVG file; text is escaped, numbers have two decimals.</summary>
internal sealed class SvgText
{
    private readonly StringBuilder _text = new();

    /// <summary>A coordinate.</summary>
    public static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Text for an element or an attribute; what XML does not allow becomes a question mark.</summary>
    public static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            safe.Append(rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                < 0x20 or 0xFFFE or 0xFFFF => rune.Value is '\t' or '\n' or '\r' ? " " : "?",
                _ => rune.ToString(),
            });
        }

        return safe.ToString();
    }

    /// <summary>A line of markup as it is.</summary>
    public void Raw(string markup) => _text.Append(markup).Append('\n');

    /// <summary>A straight line.</summary>
    public void Line(double x1, double y1, double x2, double y2, string style) =>
        Raw($"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\" {style}/>");

    /// <summary>A line of text.</summary>
    public void Text(double x, double y, string text, string style) =>
        Raw($"<text x=\"{N(x)}\" y=\"{N(y)}\" {style}>{Escape(text)}</text>");

    /// <summary>Points joined by straight lines.</summary>
    public void Path(IReadOnlyList<(double X, double Y)> points, string style)
    {
        if (points.Count > 1)
        {
            var d = string.Join(" L", points.Select(point => $"{N(point.X)},{N(point.Y)}"));
            Raw($"<path d=\"M{d}\" fill=\"none\" {style}/>");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
