using System.Xml.Linq;
using Pqms.Cli.Plots;

namespace Pqms.Cli.Tests.Plots;

public sealed class SvgPlotTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Draw_GivenHostileLabels_isWellFormedAndKeepsThemAsText()
    {
        const string hostile = "<script>alert(\"x\")</script> & 'y' \u0001 ü";
        var root = Draw(new Plot(hostile, hostile, [Panel(hostile, [new PlotPoint(1, 2, Label: hostile)])]));

        const string shown = "<script>alert(\"x\")</script> & 'y' ? ü";
        Assert.Empty(root.Descendants(Svg + "script"));
        Assert.Equal(4, root.Descendants(Svg + "text").Count(text => text.Value == shown));
    }

    [Fact]
    public void Draw_GivenPointsWithIntervals_drawsMarkersBarsAndALine()
    {
        var root = Draw(new Plot("t", "s", [Panel("a", [new(1, 2, 0.1, 0.2), new(2, 3, 0.1, 0.2), new(3, 1)])]));

        // One circle more in the legend; three strokes a bar and direction.
        Assert.Equal(4, root.Descendants(Svg + "circle").Count());
        Assert.Single(root.Descendants(Svg + "path"));
        Assert.Equal(12, root.Descendants(Svg + "line").Count(line => Attribute(line, "stroke-width") == "1.3"));
    }

    [Fact]
    public void Draw_GivenALogAxisWithZeros_putsThemOnTheEdgeAndBreaksTheLine()
    {
        var panel = Panel("a", [new(1, 0), new(2, 3, YHalf: 5), new(3, 1), new(4, 0), new(5, 2), new(6, 4)]) with
        {
            Y = new PlotAxis("y", IsLog: true),
        };
        var root = Draw(new Plot("t", "s", [panel]));

        var circles = root.Descendants(Svg + "circle").ToList();
        Assert.Equal(7, circles.Count);
        Assert.Equal(2, circles.Count(circle => Attribute(circle, "fill") == "#fff"));
        Assert.Equal(2, root.Descendants(Svg + "text").Count(text => text.Value == "0"));
        Assert.Equal(2, root.Descendants(Svg + "path").Count());
        Assert.All(root.Descendants(Svg + "line"), line => Assert.DoesNotContain("NaN", line.ToString()));
    }

    [Fact]
    public void Draw_GivenTwoPanels_namesTheHorizontalAxisOnceAndEachSeriesOnce()
    {
        var root = Draw(new Plot(
            "t", "s", [Panel("same", [new(1, 2), new(2, 3)]), Panel("same", [new(1, 5), new(2, 6)])]));

        Assert.Single(root.Descendants(Svg + "text"), text => text.Value == "same");
        Assert.Single(root.Descendants(Svg + "text"), text => text.Value == "x");
        Assert.Equal(2, root.Descendants(Svg + "clipPath").Select(clip => Attribute(clip, "id")).Distinct().Count());
    }

    [Fact]
    public void Draw_GivenAMark_writesItsLabelInsideTheFrame()
    {
        var panel = Panel("a", [new(1, 2), new(2, 3)]) with { Marks = [new PlotMark(1.9, 0.05, "here")] };
        var root = Draw(new Plot("t", "s", [panel]));

        var label = Assert.Single(root.Descendants(Svg + "text"), text => text.Value == "here");
        Assert.Equal("end", Attribute(label, "text-anchor"));
    }

    [Fact]
    public void Draw_GivenAnyPlot_hasTitleAndDescriptionForReadersOfText()
    {
        var root = Draw(new Plot("What", "seed 7", [Panel("a", [new(1, 2)])]));

        Assert.Equal("What", root.Element(Svg + "title")!.Value);
        Assert.Equal("seed 7", root.Element(Svg + "desc")!.Value);
        Assert.Equal("900", Attribute(root, "width"));
        Assert.Equal("600", Attribute(root, "height"));
    }

    private static XElement Draw(Plot plot) => XDocument.Parse(SvgPlot.Draw(plot)).Root!;

    private static string? Attribute(XElement element, string name) => (string?)element.Attribute(name);

    private static PlotPanel Panel(string label, PlotPoint[] points) =>
        new(new PlotAxis("x"), new PlotAxis("y"), [new PlotSeries(label, 0, points)]);
}
