using Pqms.Mesh.Scenarios;
using Pqms.Physics.Buffers;
using Pqms.Physics.Purification;
using Pqms.Physics.States;

namespace Pqms.Cli.Plots;

/// <summary>The curves that theory predicts, for scenarios of the forms that it treats.</summary>
internal static class BufferTheory
{
    private const int Steps = 50;

    /// <summary>A cut-off so many mean waits for a request long counts as none.</summary>
    private const double NoCutOff = 50.0;

    /// <summary>Dephasing so much slower than the decay of the theory counts as none.</summary>
    private const double NoDephasing = 1e4;

    /// <summary>Half a nanosecond: what is shorter counts as nothing in the mesh.</summary>
    private const double Tick = 0.5e-9;

    /// <summary>
    /// Availability and fidelity of one good and n bad memories as q goes from 0 to 1; null for other scenarios.
    /// </summary>
    /// <remarks>
    /// Inesta, Davies, Kar, Wehner, arXiv:2502.20240: one link in slots whose pairs are not kept at all (a cut-off
    /// under half a tick of the mesh's clock), one place that stays occupied for a moment after a take (so that the
    /// take ends the slot), at most one request a slot, which does not wait, depolarising memories, ideal BBPSSW or
    /// DEJMPS on arrival, no cut-off. The theory twirls the stored pair after every round, so with DEJMPS the mesh may
    /// lie above.
    /// </remarks>
    /// <param name="scenario">The scenario.</param>
    public static IReadOnlyList<PlotPoint>? Purified(Scenario scenario)
    {
        if (!IsIdealPlace(scenario) || !IsPurified(scenario, scenario.Pools[0].Settings))
        {
            return null;
        }

        var link = scenario.Links[0].Settings;
        var buffer = OneGoodManyBad.Create(
            Memories(scenario), link.Probability, scenario.Pools[0].Settings.Demand.Probability,
            2.0 * link.SlotSeconds / scenario.Profile.DepolarisingSeconds);
        var fresh = BellDiagonal.Werner(Fresh(scenario));
        return Curve(step =>
        {
            var figures = buffer.Figures(fresh, step);
            return (figures.Availability, figures.ConsumedFidelity);
        });
    }

    /// <summary>Availability and fidelity of one place as its hard cut-off grows; null for other scenarios.</summary>
    /// <remarks>
    /// <see cref="StandingPool.OnePlace"/>: one link whose pairs arrive as a Poisson process, one place with a hard
    /// cut-off, requests at random that do not wait, depolarising memories, no purification.
    /// </remarks>
    /// <param name="scenario">The scenario.</param>
    /// <param name="shortestSeconds">Least cut-off of the curve in s.</param>
    /// <param name="longestSeconds">Greatest one in s.</param>
    public static IReadOnlyList<PlotPoint>? CutOff(Scenario scenario, double shortestSeconds, double longestSeconds)
    {
        if (!IsIdealPlace(scenario) || !IsCutOff(scenario, scenario.Pools[0].Settings))
        {
            return null;
        }

        return Curve(step =>
        {
            var figures = StandingPool.OnePlace(
                Memories(scenario) * scenario.Links[0].Settings.RatePerSecond,
                scenario.Pools[0].Settings.Demand.RatePerSecond,
                shortestSeconds * Math.Pow(longestSeconds / shortestSeconds, step), Fresh(scenario),
                scenario.Profile.DepolarisingSeconds / 2.0);
            return (figures.Availability, figures.ConsumedFidelity);
        });
    }

    private static List<PlotPoint> Curve(Func<double, (double X, double Y)> at) =>
    [
        .. Enumerable.Range(0, Steps + 1).Select(step => at((double)step / Steps))
            .Select(point => new PlotPoint(point.X, point.Y)),
    ];

    private static int Memories(Scenario scenario) =>
        scenario.Links[0].Settings.Memories ?? scenario.Profile.CommunicationMemoriesPerLinkEnd;

    private static double Fresh(Scenario scenario) =>
        scenario.Links[0].Settings.Fidelity ?? scenario.Profile.LinkFidelity;

    // One link, one pool with one place, perfect gates, decay by white noise alone, nothing that goes wrong.
    private static bool IsIdealPlace(Scenario scenario) =>
        scenario is { Links.Count: 1, Pools.Count: 1, Faults.Count: 0, Reservations.Count: 0, Health.Share: 0.0 }
        && scenario.Links[0].Settings is { DutyCycle: 1.0, Pass: null, TransducerEfficiency: null }
        && scenario.Pools[0].Settings is { Mode: PoolMode.Standby, Places: 1, CutOff: CutOffKind.Hard }
        && scenario.Pools[0].Settings.Demand is { Waits: false, IsProbe: false }
        && scenario.Profile is { GateFidelity: 1.0, ReadoutFidelity: 1.0 }
        && double.IsPositiveInfinity(scenario.Profile.T1Seconds)
        && double.IsFinite(scenario.Profile.DepolarisingSeconds)
        && scenario.Profile.T2Seconds >= NoDephasing * scenario.Profile.DepolarisingSeconds;

    private static bool IsPurified(Scenario scenario, PoolSettings settings)
    {
        var link = scenario.Links[0].Settings;
        return link.Kind == LinkKind.Slotted && settings.Demand.Kind == DemandKind.Slotted
            && settings.Demand.SlotSeconds == link.SlotSeconds
            && settings.CutOffSeconds >= NoCutOff * link.SlotSeconds / settings.Demand.Probability
            && settings.TakeSeconds >= 2.0 * Tick && settings.TakeSeconds < link.SlotSeconds
            && scenario.Profile.LinkCutOffSeconds < Tick
            && settings.Purify is { PumpingRounds: 0, LinkRounds: 0 }
            && settings.Purify.Protocol is PurificationProtocol.Bbpssw or PurificationProtocol.Dejmps;
    }

    private static bool IsCutOff(Scenario scenario, PoolSettings settings) =>
        scenario.Links[0].Settings.Kind == LinkKind.Poisson && settings.Demand.Kind == DemandKind.Poisson
        && settings.TakeSeconds < Tick && settings.Purify.Protocol == PurificationProtocol.None;
}
