using Pqms.Mesh.Scenarios;
using Pqms.Mesh.Tests.Scenarios;
using Pqms.Mesh.Topology;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Tests.Topology;

public class MeshTopologyTests
{
    private static readonly Scenario Base = ScenarioFiles.Read("three-repeaters");

    [Theory]
    [InlineData(80_000, 1)]
    [InlineData(80_000.01, 2)]
    [InlineData(150_000, 2)]
    [InlineData(150_000.5, 3)]
    [InlineData(275_000, 4)]
    public void SpanCount_GivenLength_isTheLeastThatKeepsSpansShort(double meters, int spans) =>
        Assert.Equal(spans, MeshTopology.SpanCount(meters, 80_000, 75_000));

    [Fact]
    public void Build_GivenAnyShippedScenario_splitsIntoEqualSpans()
    {
        foreach (Scenario scenario in ScenarioFiles.Names.Select(name => ScenarioFiles.Read(name)))
        {
            MeshNetwork network = MeshTopology.Build(scenario);
            Assert.Equal(
                scenario.Sites.Select(s => s.Name), network.Sites.Where(s => !s.IsRepeater).Select(s => s.Name));
            Assert.Equal(network.Sites.Count, network.Sites.Select(s => s.Name).Distinct().Count());
            Assert.Equal(Enumerable.Range(0, network.Sites.Count), network.Sites.Select(s => s.Index));
            Assert.Equal(Enumerable.Range(0, network.Spans.Count), network.Spans.Select(s => s.Index));
            foreach (IGrouping<int, MeshSpan> link in network.Spans.GroupBy(s => s.LinkIndex))
            {
                Assert.Single(link.Select(s => s.Meters).Distinct());
                Assert.Equal(scenario.Links[link.Key].LengthMeters, link.Sum(s => s.Meters), 1e-6);
                bool isFibre = LinkKinds.IsFibre(scenario.Links[link.Key].Settings.Kind);
                double most = link.Count() == 1 ? scenario.SplitAboveMeters : scenario.RepeaterEveryMeters;
                Assert.True(isFibre ? link.All(s => s.Meters <= most) : link.Count() == 1);
            }
        }
    }

    [Fact]
    public void Route_GivenEveryPool_isAConnectedWayBetweenItsEnds()
    {
        Scenario scenario = ScenarioFiles.Read("german-backbone");
        MeshNetwork network = MeshTopology.Build(scenario);
        for (int i = 0; i < scenario.Pools.Count; i++)
        {
            MeshRoute route = network.Route(i)!;
            Assert.Equal(scenario.Pools[i].A, network.Sites[route.SiteIndices[0]].Name);
            Assert.Equal(scenario.Pools[i].B, network.Sites[route.SiteIndices[^1]].Name);
            Assert.Equal(route.Meters, route.Spans.Sum(s => s.Meters), 1e-6);
            Assert.Equal(route.SiteIndices.Count, route.SiteIndices.Distinct().Count());
            for (int k = 0; k < route.Spans.Count; k++)
            {
                Assert.Equal(
                    Pair(route.SiteIndices[k], route.SiteIndices[k + 1]), Pair(route.Spans[k].A, route.Spans[k].B));
            }
        }
    }

    [Fact]
    public void Route_GivenRandomGraphs_isTheBestOfAllSimpleWays()
    {
        for (ulong graph = 0; graph < 60; graph++)
        {
            Scenario scenario = RandomScenario(graph);
            MeshRoute? route = MeshTopology.Build(scenario).Route(0);
            List<List<ScenarioLink>> all = AllWays(scenario, "n0", "n5", []);
            if (all.Count == 0)
            {
                Assert.Null(route);
                continue;
            }

            (int, double) best = all.Min(way => (way.Sum(Spans), way.Sum(l => l.LengthMeters)));
            Assert.Equal(best.Item1, route!.Spans.Count);
            Assert.Equal(best.Item2, route.Meters, 1e-6);
        }
    }

    [Fact]
    public void Route_GivenEqualWays_takesTheFirstNamesWhateverTheOrderOfTheFile()
    {
        string[] middle = ["b", "c", "a", "d"];
        ScenarioLink[] links =
        [
            .. middle.Select(m => new ScenarioLink("start", m, 30_000)),
            .. middle.Select(m => new ScenarioLink(m, "end", 40_000)),
        ];
        foreach (ScenarioLink[] order in (ScenarioLink[][])[links, [.. links.Reverse()]])
        {
            Scenario scenario = Make([.. middle, "end", "start"], order, "start", "end");
            MeshNetwork network = MeshTopology.Build(scenario);
            Assert.Equal(["start", "a", "end"], network.Route(0)!.SiteIndices.Select(i => network.Sites[i].Name));
        }
    }

    [Fact]
    public void Route_GivenPerfectHardware_isTheShortestInMetres()
    {
        ScenarioLink[] links =
        [
            new("start", "end", 70_000), new("start", "a", 20_000), new("a", "b", 20_000), new("b", "end", 20_000),
        ];
        Scenario scenario = Make(["start", "a", "b", "end"], links, "start", "end");
        HardwareProfile perfect = Base.Profile with { LinkFidelity = 1, GateFidelity = 1, ReadoutFidelity = 1 };
        Assert.Single(MeshTopology.Build(scenario).Route(0)!.Spans);
        MeshRoute route = MeshTopology.Build(scenario with { Profile = perfect }).Route(0)!;
        Assert.Equal((3, 60_000.0, 0.0), (route.Spans.Count, route.Meters, route.NegativeLogWerner));
    }

    [Fact]
    public void Build_GivenUnknownSite_throws() => Assert.Throws<ArgumentException>(() =>
        MeshTopology.Build(Make(["a", "b"], [new ScenarioLink("a", "c", 1)], "a", "b")));

    private static int Spans(ScenarioLink link) => MeshTopology.SpanCount(link.LengthMeters, 80_000, 75_000);

    private static (int, int) Pair(int a, int b) => a < b ? (a, b) : (b, a);

    private static Scenario RandomScenario(ulong number)
    {
        var stream = new RandomStream(11, 3, number);
        var links = new List<ScenarioLink>();
        ulong counter = 0;
        for (int a = 0; a < 6; a++)
        {
            for (int b = a + 1; b < 6; b++)
            {
                double meters = 10_000 * (1 + Math.Floor(30 * stream.Uniform(counter++)));
                if (stream.Uniform(counter++) < 0.5)
                {
                    bool forward = stream.Uniform(counter++) < 0.5;
                    links.Add(new($"n{(forward ? a : b)}", $"n{(forward ? b : a)}", meters));
                }
            }
        }

        return Make([.. Enumerable.Range(0, 6).Select(i => $"n{i}")], [.. links], "n0", "n5");
    }

    private static Scenario Make(string[] sites, ScenarioLink[] links, string a, string b) => Base with
    {
        Sites = [.. sites.Select(name => new ScenarioSite(name, 0, 0))],
        Links = links,
        Pools = [Base.Pools[0] with { A = a, B = b }],
    };

    private static List<List<ScenarioLink>> AllWays(Scenario scenario, string from, string to, string[] seen)
    {
        if (from == to)
        {
            return [[]];
        }

        var ways = new List<List<ScenarioLink>>();
        foreach (ScenarioLink link in scenario.Links.Where(l => l.A == from || l.B == from))
        {
            string next = link.A == from ? link.B : link.A;
            if (!seen.Contains(next))
            {
                ways.AddRange(AllWays(scenario, next, to, [.. seen, from]).Select(w => w.Prepend(link).ToList()));
            }
        }

        return ways;
    }
}
