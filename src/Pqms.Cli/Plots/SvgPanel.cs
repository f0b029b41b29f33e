namespace Pqms.Cli.Plots;

/// <summary>Draws one coordinate system.</summary>
internal sealed class SvgPanel
{
    private const int MostXTicks = 10;
    private const double TickHeight = 34;
    private const double Cap = 3.5;
    private const string Grid = "stroke=\"#e4e4e4\" stroke-width=\"1\"";
    private const string Small = "font-size=\"12\" fill=\"#333\"";
    private const string Tiny = "font-size=\"11\" fill=\"#444\"";

    private readonly SvgText _svg;
    private readonly PlotPanel _panel;
    private readonly PanelBox _box;
    private readonly string _clip;
    private readonly Scale _x;
    private readonly Scale _y;

    public SvgPanel(SvgText svg, PlotPanel panel, int number, PanelBox box)
    {
        _svg = svg;
        _panel = panel;
        _box = box;
        _clip = $"panel{number}";
        var points = panel.Series.SelectMany(series => series.Points).ToList();
        var marks = panel.Marks.SelectMany(mark => Ends(mark.X, mark.Half));
        _x = Scale.Of(points.SelectMany(point => Ends(point.X, point.XHalf)).Concat(marks), panel.X.IsLog);
        _y = Scale.Of(points.SelectMany(point => Ends(point.Y, point.YHalf)), panel.Y.IsLog);
    }

    /// <summary>Draws it; only the lowest panel names the horizontal axis.</summary>
    public void Draw(bool withXLabel)
    {
        Axes(withXLabel);
        _svg.Raw($"<clipPath id=\"{_clip}\"><rect x=\"{SvgText.N(_box.Left)}\" y=\"{SvgText.N(_box.Top)}\" "
            + $"width=\"{SvgText.N(_box.Right - _box.Left)}\" height=\"{SvgText.N(_box.Bottom - _box.Top)}\"/>"
            + "</clipPath>");
        _svg.Raw($"<g clip-path=\"url(#{_clip})\">");
        foreach (var mark in _panel.Marks)
        {
            Mark(mark);
        }

        foreach (var series in _panel.Series)
        {
            Lines(series);
        }

        _svg.Raw("</g>");
        foreach (var series in _panel.Series.Where(series => !series.IsCurve))
        {
            Points(series);
        }
    }

    private static IEnumerable<double> Ends(double value, double? half) =>
        half is { } width ? [value - width, value, value + width] : [value];

    private void Axes(bool withXLabel)
    {
        foreach (var (value, label) in _x.Ticks(MostXTicks))
        {
            var x = X(value)!.Value;
            _svg.Line(x, _box.Top, x, _box.Bottom, Grid);
            _svg.Text(x, _box.Bottom + 17, label, $"text-anchor=\"middle\" {Small}");
        }

        foreach (var (value, label) in _y.Ticks(Math.Max(3, (int)((_box.Bottom - _box.Top) / TickHeight))))
        {
            var y = Y(value)!.Value;
            _svg.Line(_box.Left, y, _box.Right, y, Grid);
            _svg.Text(_box.Left - 8, y + 4, label, $"text-anchor=\"end\" {Small}");
        }

        _svg.Raw($"<rect x=\"{SvgText.N(_box.Left)}\" y=\"{SvgText.N(_box.Top)}\" "
            + $"width=\"{SvgText.N(_box.Right - _box.Left)}\" height=\"{SvgText.N(_box.Bottom - _box.Top)}\" "
            + "fill=\"none\" stroke=\"#555\" stroke-width=\"1\"/>");
        var middle = (_box.Top + _box.Bottom) / 2.0;
        _svg.Text(
            22, middle, _panel.Y.Label,
            $"text-anchor=\"middle\" transform=\"rotate(-90 22 {SvgText.N(middle)})\" font-size=\"13\" fill=\"#111\"");
        if (withXLabel)
        {
            _svg.Text(
                (_box.Left + _box.Right) / 2.0, _box.Bottom + 40, _panel.X.Label,
                "text-anchor=\"middle\" font-size=\"13\" fill=\"#111\"");
        }
    }

    private void Mark(PlotMark mark)
    {
        if (X(mark.X) is not { } x)
        {
            return;
        }

        if (mark.Half is { } half)
        {
            var low = X(mark.X - half) ?? _box.Left;
            var width = (X(mark.X + half) ?? _box.Right) - low;
            _svg.Raw($"<rect x=\"{SvgText.N(low)}\" y=\"{SvgText.N(_box.Top)}\" width=\"{SvgText.N(width)}\" "
                + $"height=\"{SvgText.N(_box.Bottom - _box.Top)}\" fill=\"#000\" fill-opacity=\"0.08\"/>");
        }

        _svg.Line(x, _box.Top, x, _box.Bottom, "stroke=\"#000\" stroke-width=\"1.2\" stroke-dasharray=\"5,4\"");
        var isLeft = x > (_box.Left + _box.Right) / 2.0;
        _svg.Text(
            isLeft ? x - 6 : x + 6, _box.Top + 16, mark.Label, $"text-anchor=\"{(isLeft ? "end" : "start")}\" {Small}");
    }

    private void Lines(PlotSeries series)
    {
        var joined = new List<(double X, double Y)>();
        foreach (var point in series.Points)
        {
            if (X(point.X) is { } x && Y(point.Y) is { } y)
            {
                joined.Add((x, y));
            }
            else
            {
                _svg.Path(joined, PlotStyle.Stroke(series.Style, series.IsCurve));
                joined.Clear();
            }
        }

        _svg.Path(joined, PlotStyle.Stroke(series.Style, series.IsCurve));
    }

    private void Points(PlotSeries series)
    {
        foreach (var point in series.Points)
        {
            if (X(point.X) is { } x && Y(point.Y) is { } y)
            {
                Bars(series.Style, point, x, y);
                _svg.Raw(PlotStyle.Marker(series.Style, x, y));
                if (point.Label.Length > 0)
                {
                    _svg.Text(x + 7, y - 7, point.Label, Tiny);
                }
            }
            else if (X(point.X) is { } below && point.Y == 0.0)
            {
                // Infinitely far down on a log axis: a hollow marker on the edge.
                _svg.Raw(PlotStyle.HollowMarker(series.Style, below, _box.Bottom));
                _svg.Text(below, _box.Bottom - 9, "0", $"text-anchor=\"middle\" {Tiny}");
            }
        }
    }

    // An end below 0 on a log axis lies infinitely far down: the bar goes to the edge.
    private void Bars(int style, PlotPoint point, double x, double y)
    {
        var stroke = $"stroke=\"{PlotStyle.Colour(style)}\" stroke-width=\"1.3\"";
        if (point.YHalf is { } half && half > 0.0)
        {
            var low = Y(point.Y - half) ?? _box.Bottom;
            var high = Y(point.Y + half) ?? y;
            _svg.Line(x, low, x, high, stroke);
            _svg.Line(x - Cap, low, x + Cap, low, stroke);
            _svg.Line(x - Cap, high, x + Cap, high, stroke);
        }

        if (point.XHalf is { } wide && wide > 0.0)
        {
            var low = X(point.X - wide) ?? _box.Left;
            var high = X(point.X + wide) ?? x;
            _svg.Line(low, y, high, y, stroke);
            _svg.Line(low, y - Cap, low, y + Cap, stroke);
            _svg.Line(high, y - Cap, high, y + Cap, stroke);
        }
    }

    private double? X(double value) => _x.At(value) is { } at ? _box.Left + (at * (_box.Right - _box.Left)) : null;

    private double? Y(double value) => _y.At(value) is { } at ? _box.Bottom - (at * (_box.Bottom - _box.Top)) : null;
}
