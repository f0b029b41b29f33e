using Pqms.Mesh.Links;
using Pqms.Mesh.Routing;
using Pqms.Mesh.Scenarios;
using Pqms.Physics.States;

namespace Pqms.Mesh.Topology;

/// <summary>The routes of a scenario's pools: best by -ln w, or fastest above the floor, with a disjoint
/// back-up.</summary>
/// <remarks>
/// Every span counts with the nominal pair of its own link and ends, every swap with its site's noise. Links of other
/// virtual quantum networks and links between platforms without a transducer are closed.
/// </remarks>
internal sealed class RoutePlanner
{
    // Candidates of the choice by rate: more routes than a pool has good ones in the networks looked at.
    private const int Candidates = 4;

    private readonly Scenario _scenario;
    private readonly RouteGraph _graph;
    private readonly RouteFinder _finder;
    private readonly RouteOutlook _outlook;
    private readonly Dictionary<string, int> _siteOf = new(StringComparer.Ordinal);
    private readonly List<string> _vqns = [""];

    public RoutePlanner(Scenario scenario, List<MeshSite> sites, List<MeshSpan> meshSpans, RouteLink[] links)
    {
        _scenario = scenario;
        for (int i = 0; i < scenario.Sites.Count; i++)
        {
            _siteOf.Add(scenario.Sites[i].Name, i);
        }

        var spans = new BellDiagonal[meshSpans.Count];
        double[] spanWerner = new double[spans.Length];
        double[] rates = new double[spans.Length];
        for (int i = 0; i < spans.Length; i++)
        {
            MeshSpan span = meshSpans[i];
            HardwareProfile a = scenario.ProfileOf(span.A);
            HardwareProfile b = scenario.ProfileOf(span.B);
            LinkSettings link = scenario.Links[span.LinkIndex].Settings;
            SpanFigures figures = SpanFigures.Of(span.Meters, link, a, b);
            spans[i] = figures.Nominal;
            spanWerner[i] = IsUsable(a, b, link) ? NotNegative(figures.Nominal.WernerParameter) : 0.0;
            rates[i] = figures.SuccessRate(MemoriesOf(scenario, span));
        }

        var noise = new SwapNoise[sites.Count];
        double[] swapWerner = new double[noise.Length];
        for (int i = 0; i < noise.Length; i++)
        {
            noise[i] = RouteFidelity.Noise(scenario.ProfileOf(i));
            swapWerner[i] = NotNegative(noise[i].WernerFactor);
        }

        _outlook = new RouteOutlook(spans, rates, noise, scenario.Profile.SwapSuccess);
        var weights = new RouteWeights(spanWerner, swapWerner);
        _graph = new RouteGraph(sites, meshSpans, links, weights, Vqns());
        _finder = new RouteFinder(_graph);
    }

    /// <summary>Memories of a span's link at each of its ends.</summary>
    public static int MemoriesOf(Scenario scenario, MeshSpan span)
    {
        int a = scenario.ProfileOf(span.A).CommunicationMemoriesPerLinkEnd;
        int b = scenario.ProfileOf(span.B).CommunicationMemoriesPerLinkEnd;
        return scenario.Links[span.LinkIndex].Settings.Memories ?? (a < b ? a : b);
    }

    /// <summary>The route of a pool, and its back-up if the pool wants one and there is one.</summary>
    public List<MeshRoute> Routes(int poolIndex)
    {
        ScenarioPool pool = _scenario.Pools[poolIndex];
        int vqn = VqnOf(pool.Settings.Vqn);
        int a = Find(pool.A);
        int b = Find(pool.B);
        List<MeshRoute> routes = [];
        if (pool.Settings.BackupRoutes > 0
            && new DisjointRoutes(_finder).Find(a, b, Disjointness.Links, vqn: vqn) is { } both)
        {
            routes.Add(_graph.Expand(poolIndex, both.First));
            routes.Add(_graph.Expand(poolIndex, both.Second));
        }
        else if (First(poolIndex, a, b, vqn) is { } first)
        {
            routes.Add(first);
        }

        return routes;
    }

    private MeshRoute? First(int poolIndex, int a, int b, int vqn)
    {
        ScenarioPool pool = _scenario.Pools[poolIndex];
        if (pool.Settings.RouteBy == RouteBy.Rate)
        {
            List<MeshRoute> candidates = [];
            foreach (LinkPath path in _finder.KShortest(a, b, Candidates, vqn: vqn))
            {
                candidates.Add(_graph.Expand(poolIndex, path));
            }

            if (RouteChoice.Best(candidates, _outlook, pool.FidelityFloor, maxRounds: 0) is { } offer)
            {
                return offer.Route;
            }
        }

        return _finder.Best(a, b, vqn: vqn) is { } best ? _graph.Expand(poolIndex, best) : null;
    }

    private VqnMap Vqns()
    {
        int[] links = new int[_scenario.Links.Count];
        int[] sites = new int[_scenario.Sites.Count];
        bool[] gateways = new bool[sites.Length];
        for (int i = 0; i < links.Length; i++)
        {
            links[i] = VqnOf(_scenario.Links[i].Settings.Vqn);
        }

        for (int i = 0; i < sites.Length; i++)
        {
            sites[i] = VqnOf(_scenario.Sites[i].Vqn);
            gateways[i] = _scenario.Sites[i].IsGateway;
        }

        return new VqnMap(links, sites, gateways);
    }

    private int VqnOf(string name)
    {
        int index = _vqns.IndexOf(name);
        if (index < 0)
        {
            index = _vqns.Count;
            _vqns.Add(name);
        }

        return index;
    }

    private int Find(string name) => _siteOf.TryGetValue(name, out int index)
        ? index
        : throw new ArgumentException($"The scenario has no site named '{name}'.");

    private static bool IsUsable(HardwareProfile a, HardwareProfile b, LinkSettings link)
    {
        Transducer? transducer = link.TransducerEfficiency is { } efficiency
            ? new Transducer(efficiency, link.TransducerWerner)
            : null;
        return Compatibility.Check(a.Platform, b.Platform, transducer).IsUsable;
    }

    private static double NotNegative(double value) => value > 0.0 ? value : 0.0;
}
