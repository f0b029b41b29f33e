using Pqms.Mesh.Routing;
using Pqms.Mesh.Scenarios;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Topology;

/// <summary>
/// Turns a scenario into the graph the mesh runs on: long links split by repeaters, one route per pool.
/// </summary>
/// <remarks>Pure: the same scenario always gives the same network, in the same order.</remarks>
public static class MeshTopology
{
    /// <summary>Splits long links and finds the routes.</summary>
    /// <remarks>
    /// A fibre longer than <see cref="Scenario.SplitAboveMeters"/> becomes the least number of equal spans that are not
    /// longer than <see cref="Scenario.RepeaterEveryMeters"/>; its repeaters are named "A~B#1", "A~B#2" ... from its A
    /// to its B. Free-space and abstract links stay whole.
    /// </remarks>
    /// <param name="scenario">A scenario from <see cref="ScenarioReader"/>.</param>
    /// <exception cref="ArgumentException">A link or pool names a site that the scenario does not have.</exception>
    public static MeshNetwork Build(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var indexOf = new Dictionary<string, int>(scenario.Sites.Count, StringComparer.Ordinal);
        var sites = new List<MeshSite>(scenario.Sites.Count);
        foreach (ScenarioSite site in scenario.Sites)
        {
            indexOf.Add(site.Name, sites.Count);
            sites.Add(new MeshSite(sites.Count, site.Name, IsRepeater: false));
        }

        var spans = new List<MeshSpan>(scenario.Links.Count);
        var links = new RouteLink[scenario.Links.Count];
        for (int i = 0; i < links.Length; i++)
        {
            ScenarioLink link = scenario.Links[i];
            int a = Find(indexOf, link.A);
            int b = Find(indexOf, link.B);
            int count = SpanCount(link, scenario.SplitAboveMeters, scenario.RepeaterEveryMeters);
            links[i] = new RouteLink(a, b, spans.Count, count, link.LengthMeters);
            AddSpans(sites, spans, link, i, (a, b, count));
        }

        var planner = new RoutePlanner(scenario, sites, spans, links);
        var routes = new List<MeshRoute>[scenario.Pools.Count];
        for (int i = 0; i < routes.Length; i++)
        {
            routes[i] = planner.Routes(i);
        }

        return new MeshNetwork(sites, spans, links, routes);
    }

    /// <summary>Number of equal spans that a link is split into.</summary>
    /// <param name="lengthMeters">Length of the link in m.</param>
    /// <param name="splitAboveMeters">Links up to this length stay whole, in m.</param>
    /// <param name="repeaterEveryMeters">Longest span of a split link, in m.</param>
    /// <returns>At least 1.</returns>
    public static int SpanCount(double lengthMeters, double splitAboveMeters, double repeaterEveryMeters) =>
        lengthMeters > splitAboveMeters ? (int)PortableMath.Ceiling(lengthMeters / repeaterEveryMeters) : 1;

    /// <summary>Number of equal spans that a link is split into; 1 for a link that is no fibre.</summary>
    /// <param name="link">The link, with its length and kind.</param>
    /// <param name="splitAboveMeters">Fibres up to this length stay whole, in m.</param>
    /// <param name="repeaterEveryMeters">Longest span of a split fibre, in m.</param>
    /// <returns>At least 1.</returns>
    internal static int SpanCount(ScenarioLink link, double splitAboveMeters, double repeaterEveryMeters) =>
        LinkKinds.IsFibre(link.Settings.Kind)
            ? SpanCount(link.LengthMeters, splitAboveMeters, repeaterEveryMeters)
            : 1;

    private static void AddSpans(
        List<MeshSite> sites, List<MeshSpan> spans, ScenarioLink link, int linkIndex, (int A, int B, int Count) way)
    {
        double meters = link.LengthMeters / way.Count;
        int from = way.A;
        for (int k = 1; k < way.Count; k++)
        {
            var repeater = new MeshSite(sites.Count, $"{link.A}~{link.B}#{k}", IsRepeater: true);
            sites.Add(repeater);
            spans.Add(new MeshSpan(spans.Count, from, repeater.Index, meters, linkIndex));
            from = repeater.Index;
        }

        spans.Add(new MeshSpan(spans.Count, from, way.B, meters, linkIndex));
    }

    private static int Find(Dictionary<string, int> indexOf, string name) => indexOf.TryGetValue(name, out int index)
        ? index
        : throw new ArgumentException($"The scenario has no site named '{name}'.");
}
