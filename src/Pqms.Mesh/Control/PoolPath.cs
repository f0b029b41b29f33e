using Pqms.Mesh.Links;
using Pqms.Mesh.Memories;
using Pqms.Mesh.Routing;
using Pqms.Mesh.Scenarios;
using Pqms.Mesh.Topology;
using Pqms.Physics.Channels;
using Pqms.Physics.Purification;
using Pqms.Physics.States;

namespace Pqms.Mesh.Control;

/// <summary>The fixed facts of one route of a pool. Nodes count from 0 at the A side.</summary>
internal sealed class PoolPath
{
    private PoolPath(MeshRoute route, Scenario scenario)
    {
        int spans = route.Spans.Count;
        Spans = new SpanFigures[spans];
        SpanIndices = new int[spans];
        LinkIndices = new int[spans];
        Nodes = [.. route.SiteIndices];
        Profiles = new HardwareProfile[spans + 1];
        Sides = new PauliRates[spans + 1];
        Noise = new SwapNoise[spans + 1];
        SwapSuccess = new double[spans + 1];
        InfidelitySpread = new double[spans];
        Meters = route.Meters;
        for (int node = 0; node <= spans; node++)
        {
            HardwareProfile profile = scenario.ProfileOf(Nodes[node]);
            Profiles[node] = profile;
            Sides[node] = SideMemory.Of(profile);
            Noise[node] = RouteFidelity.Noise(profile);
            SwapSuccess[node] = profile.SwapSuccess;
        }

        for (int i = 0; i < spans; i++)
        {
            MeshSpan span = route.Spans[i];
            LinkSettings link = scenario.Links[span.LinkIndex].Settings;
            Spans[i] = SpanFigures.Of(span.Meters, link, Profiles[i], Profiles[i + 1]);
            SpanIndices[i] = span.Index;
            LinkIndices[i] = span.LinkIndex;
            LightNanoseconds += Spans[i].LightNanoseconds;
            double a = Profiles[i].InfidelitySpread;
            double b = Profiles[i + 1].InfidelitySpread;
            InfidelitySpread[i] = a > b ? a : b;
        }

        Spread = Estimate.NominalSpread(Spans, InfidelitySpread);
    }

    public SpanFigures[] Spans { get; }

    /// <summary>Positions of the spans in the network.</summary>
    public int[] SpanIndices { get; }

    /// <summary>Position in the scenario of the link that each span is a part of.</summary>
    public int[] LinkIndices { get; }

    /// <summary>Positions of the nodes in the network, one more than spans.</summary>
    public int[] Nodes { get; }

    public HardwareProfile[] Profiles { get; }

    /// <summary>Nominal memory of one half of a pair at each node.</summary>
    public PauliRates[] Sides { get; }

    public SwapNoise[] Noise { get; }

    public double[] SwapSuccess { get; }

    public double[] InfidelitySpread { get; }

    /// <summary>Standard deviation of a fresh pair's fidelity about the nominal one.</summary>
    public double Spread { get; }

    /// <summary>Length of the route.</summary>
    public double Meters { get; }

    /// <summary>Light time along the route.</summary>
    public long LightNanoseconds { get; }

    /// <summary>Nominal memories of an end-to-end pair.</summary>
    public PauliMemory Memory => PauliMemory.Create(Sides[0], Sides[^1]);

    public static PoolPath Of(MeshRoute route, Scenario scenario) => new(route, scenario);

    /// <summary>The nominal end-to-end pair of age 0, and what link purification costs.</summary>
    /// <returns>
    /// The state, and per span the heralded pairs that one ready pair needs on average, 2/p per round.
    /// </returns>
    public (BellDiagonal Fresh, double[] RawPairs) Predict(int linkRounds, PurificationRule rule)
    {
        double[] raw = new double[Spans.Length];
        BellDiagonal fresh = default;
        for (int i = 0; i < Spans.Length; i++)
        {
            BellDiagonal link = Spans[i].Nominal;
            raw[i] = 1.0;
            for (int round = 0; round < linkRounds; round++)
            {
                PurificationRound made = Purifier.Round(rule.Protocol, link, link, rule.Noise);
                raw[i] *= 2.0 / made.SuccessProbability;
                link = made.State;
            }

            fresh = i == 0 ? link : Noise[i].Swap(fresh, link);
        }

        return (fresh, raw);
    }
}
