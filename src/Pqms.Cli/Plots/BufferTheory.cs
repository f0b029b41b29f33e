using Pqms.Mesh.Scenarios;
using Pqms.Physics.Buffers;
using Pqms.Physics.Purification;
using Pqms.Physics.States;

namespace Pqms.Cli.Plots;

/// <summary>The curve that theory predicts, for scenarios of the form that it treats.</summary>
internal static class BufferTheory
{
    private const int Steps = 50;

    /// <summary>A cut-off so many mean lives of a pair long counts as none.</summary>
    private const double NoCutOff = 50.0;

    /// <summary>Half a nanosecond: what is shorter counts as nothing in the mesh.</summary>
    private const double Tick = 0.5e-9;

    /// <summary>
    /// Availability and fidelity of one good and n bad memories as q goes from 0 to 1; null for other scenarios.
    /// </summary>
    /// <remarks>
    /// Inesta, Davies, Kar, Wehner, arXiv:2502.20240: one link in slots whose pairs are not kept at all (a cut-off under
    /// half a tick of the mesh's clock), one place that stays occupied for a moment after a take (so that the take ends
    /// the slot), at most one request a slot, which does not wait, depolarising memories, ideal BBPSSW or DEJMPS on
    /// arrival, no cut-off. The theory twirls the stored pair after every round, so with DEJMPS the mesh may lie above.
    /// </remarks>
    /// <param name="scenario">The scenario.</param>
    /// <param name="pool">0-based.</param>
    public static IReadOnlyList<PlotPoint>? Curve(Scenario scenario, int pool)
    {
        if (scenario.Links.Count != 1 || scenario.Pools.Count != 1 || !IsBuffer(scenario, scenario.Pools[pool].Settings))
        {
            return null;
        }

        var link = scenario.Links[0].Settings;
        var profile = scenario.Profile;
        var fresh = BellDiagonal.Werner(link.Fidelity ?? profile.LinkFidelity);
        var buffer = OneGoodManyBad.Create(
            link.Memories ?? profile.CommunicationMemoriesPerLinkEnd, link.Probability,
            scenario.Pools[pool].Settings.Demand.Probability, 2.0 * link.SlotSeconds / profile.DepolarisingSeconds);
        var points = new List<PlotPoint>();
        for (var step = 0; step <= Steps; step++)
        {
            var figures = buffer.Figures(fresh, (double)step / Steps);
            points.Add(new PlotPoint(figures.Availability, figures.ConsumedFidelity));
        }

        return points;
    }

    private static bool IsBuffer(Scenario scenario, PoolSettings settings)
    {
        var link = scenario.Links[0].Settings;
        var profile = scenario.Profile;
        var demand = settings.Demand;
        return link.Kind == LinkKind.Slotted && link.DutyCycle == 1.0 && link.Pass is null
            && link.TransducerEfficiency is null && scenario.Faults.Count == 0 && scenario.Health.Share == 0.0
            && settings.Mode == PoolMode.Standby && settings.Places == 1
            && demand.Kind == DemandKind.Slotted && !demand.Waits && !demand.IsProbe
            && demand.SlotSeconds == link.SlotSeconds
            && settings.CutOff == CutOffKind.Hard
            && settings.CutOffSeconds >= NoCutOff * demand.SlotSeconds / demand.Probability
            && settings.TakeSeconds >= 2.0 * Tick && settings.TakeSeconds < link.SlotSeconds
            && profile.LinkCutOffSeconds < Tick
            && settings.Purify is { PumpingRounds: 0, LinkRounds: 0 }
            && settings.Purify.Protocol is PurificationProtocol.Bbpssw or PurificationProtocol.Dejmps
            && profile.GateFidelity == 1.0 && profile.ReadoutFidelity == 1.0
            && double.IsPositiveInfinity(profile.T1Seconds)
            && profile.T2Seconds >= 1e4 * profile.DepolarisingSeconds
            && double.IsFinite(profile.DepolarisingSeconds);
    }
}
