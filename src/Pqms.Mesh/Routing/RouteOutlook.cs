using Pqms.Mesh.Topology;
using Pqms.Physics.States;

namespace Pqms.Mesh.Routing;

/// <summary>What the planner expects of every span and site when it weighs routes against each other.</summary>
/// <param name="FreshSpans">Pair of every span at its swap.</param>
/// <param name="SpanRates">Heralded pairs per second of every span.</param>
/// <param name="SiteNoise">Errors of a swap at every site, repeaters included.</param>
/// <param name="SwapSuccess">Probability that one swap succeeds, in (0, 1]; a failure loses the whole way.</param>
internal sealed record RouteOutlook(
    IReadOnlyList<BellDiagonal> FreshSpans,
    IReadOnlyList<double> SpanRates,
    IReadOnlyList<SwapNoise> SiteNoise,
    double SwapSuccess = 1.0)
{
    /// <summary>The pairs of a route's spans, in order.</summary>
    public BellDiagonal[] SpansOf(MeshRoute route)
    {
        var spans = new BellDiagonal[route.Spans.Count];
        for (int i = 0; i < spans.Length; i++)
        {
            spans[i] = FreshSpans[route.Spans[i].Index];
        }

        return spans;
    }

    /// <summary>The swaps between them.</summary>
    public SwapNoise[] SwapsOf(MeshRoute route)
    {
        var swaps = new SwapNoise[route.Spans.Count - 1];
        for (int i = 0; i < swaps.Length; i++)
        {
            swaps[i] = SiteNoise[route.SiteIndices[i + 1]];
        }

        return swaps;
    }
}
