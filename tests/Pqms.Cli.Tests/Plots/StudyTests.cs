using Pqms.Cli.Plots;
using Pqms.Cli.Runs;
using Pqms.Cli.Tests.Support;
using Pqms.Mesh.Scenarios;
using Pqms.Node;

namespace Pqms.Cli.Tests.Plots;

public sealed class StudyTests
{
    [Fact]
    public void AvailabilityFidelity_GivenTheBufferOfTheory_liesOnItsCurve()
    {
        // 3 runs of 4,000 slots a point; every point within 3 half-widths (6.5 standard errors at n = 3 are usual).
        var study = new PlotStudy(Scenarios.Buffer(), 5, 3, TimeSpan.FromSeconds(4000), 30);
        var plot = AvailabilityFidelityStudy.Make(study, 0, 1e9, 2, _ => { }, default);

        var panel = Assert.Single(plot.Plot.Panels);
        var theory = Assert.Single(panel.Series, series => series.IsCurve);
        var measured = panel.Series.Single(series => series.Style == 0);
        Assert.Equal(11, measured.Points.Count);
        Assert.Equal("0", measured.Points[0].Label);
        for (var step = 0; step <= 10; step++)
        {
            var (expected, found) = (theory.Points[5 * step], measured.Points[step]);
            Assert.Equal(expected.X, found.X, 3.0 * found.XHalf!.Value);
            Assert.Equal(expected.Y, found.Y, 3.0 * found.YHalf!.Value);
            Assert.InRange(found.YHalf.Value, 1e-5, 0.02);
        }

        Assert.Contains("seeds from 5, n = 3 runs a point of 4000 s; bars: 95 % confidence", plot.Plot.Subtitle);
    }

    [Fact]
    public void Curve_GivenTheBufferAtItsPaper_endsAtTheKnownFigures()
    {
        // q = 1: A = 0.672164823, F = 0.898468942, as the tests of the theory have it.
        var curve = BufferTheory.Curve(Scenarios.Buffer().File.Scenario, 0)!;

        Assert.Equal(0.672164823, curve[^1].X, 1e-8);
        Assert.Equal(0.898468942, curve[^1].Y, 1e-8);
    }

    [Fact]
    public void Curve_GivenAnotherScenario_isNull()
    {
        Assert.Null(BufferTheory.Curve(ScenarioOf("three-repeaters"), 0));
        Assert.Null(BufferTheory.Curve(
            Scenarios.Buffer().With([new Override("$.pools[0].places", "2")]).Scenario, 0));
    }

    [Fact]
    public void AvailabilityFidelity_GivenNoDemand_saysSoBeforeAnyRun()
    {
        var source = new ScenarioSource(Scenarios.PathOf("three-repeaters"), []);
        var study = new PlotStudy(source, 1, 2, TimeSpan.FromDays(1000), 30);

        var refused = Assert.Throws<RefusedException>(
            () => AvailabilityFidelityStudy.Make(study, 0, 30.0, 1, _ => { }, default));
        Assert.Contains("nobody asks for its pairs", refused.Refusal.What);
        Assert.Throws<RefusedException>(() => LoadStudy.Make(study, 1, _ => { }, default));
    }

    [Fact]
    public void Points_GivenAFloor_varyTheHardCutOffUpToTheLifetime()
    {
        var (purify, cutOff) = AvailabilityFidelityStudy.Points(3, PoolSettings.Default, 64.0, 600.0);

        Assert.Equal(new Override("$.pools[3].cutOff", "{\"kind\":\"hard\",\"seconds\":1}"), cutOff[0].Overrides[0]);
        Assert.Equal(new Override("$.pools[3].cutOff", "{\"kind\":\"hard\",\"seconds\":64}"), cutOff[^1].Overrides[0]);
        Assert.Contains("dejmps", purify[0].Overrides[0].JsonValue);
    }

    [Fact]
    public void Points_GivenAnExponentialCutOff_keepItsKind()
    {
        var settings = PoolSettings.Default with { CutOff = CutOffKind.Exponential, CutOffSeconds = 4.0 };
        var (_, cutOff) = AvailabilityFidelityStudy.Points(0, settings, 64.0, 600.0);

        Assert.Contains("\"exponential\",\"seconds\":0.5", cutOff[0].Overrides[0].JsonValue);
        Assert.Contains("\"exponential\",\"seconds\":32", cutOff[^1].Overrides[0].JsonValue);
    }

    [Fact]
    public void Load_GivenPoolsThatShareATrunk_crossesWhereTheBusyPoolOutgrowsItsShare()
    {
        // 1907.11630: standing pairs win at low load, paths per request at high load.
        var source = new ScenarioSource(
            Scenarios.PathOf("standby-or-ondemand"), [new Override("$.warmUpSeconds", "10")]);
        var study = new PlotStudy(source, 1, 3, TimeSpan.FromSeconds(10), 30);
        var plot = LoadStudy.Make(study, 2, _ => { }, default);

        var mark = Assert.Single(plot.Plot.Panels[0].Marks);
        Assert.InRange(mark.X, 1.0, 1.5);
        Assert.InRange(mark.Half!.Value, 0.01, 1.0);
        Assert.Contains("on-demand is faster above load", plot.Finding);
        var share = plot.Plot.Panels[1].Series;
        Assert.True(share[0].Points[^1].Y < 0.9 && share[1].Points[^1].Y > 0.95);
        Assert.Contains("standby", plot.Csv());
    }

    private static Scenario ScenarioOf(string name) =>
        new ScenarioSource(Scenarios.PathOf(name), []).File.Scenario;
}
