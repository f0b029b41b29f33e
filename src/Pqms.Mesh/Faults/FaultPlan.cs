using Pqms.Mesh.Links;
using Pqms.Mesh.Scenarios;
using Pqms.Mesh.Topology;

namespace Pqms.Mesh.Faults;

/// <summary>All faults, attacks and passes of a scenario in mesh time.</summary>
/// <remarks>
/// Overlapping faults compose as independent causes: down wins, transmissions and decay factors multiply, probabilities
/// of noise and of interception join as 1 - (1 - a)(1 - b), drains add. A span whose end is off is down. Immutable.
/// </remarks>
internal sealed class FaultPlan
{
    private readonly SpanTimeline[] _spans;
    private readonly StepTimeline<SiteConditions>[] _sites;
    private readonly StepTimeline<double>[] _drains;
    private readonly StepTimeline<bool> _cutOff;

    private FaultPlan(Scenario scenario, MeshNetwork network, long eraStart)
    {
        _sites = new StepTimeline<SiteConditions>[network.Sites.Count];
        for (int i = 0; i < _sites.Length; i++)
        {
            string name = network.Sites[i].Name;
            _sites[i] = StepTimeline<SiteConditions>.Of(
                SiteConditions.Nominal,
                Intervals(scenario, eraStart, fault => IsOfSite(fault, name)),
                AtSite);
        }

        _spans = new SpanTimeline[network.Spans.Count];
        for (int i = 0; i < _spans.Length; i++)
        {
            MeshSpan span = network.Spans[i];
            ScenarioLink link = scenario.Links[span.LinkIndex];
            string a = network.Sites[span.A].Name;
            string b = network.Sites[span.B].Name;
            StepTimeline<SpanConditions> faults = StepTimeline<SpanConditions>.Of(
                SpanConditions.Nominal,
                Intervals(scenario, eraStart, fault => IsOfLink(fault, link) || IsCrash(fault, a) || IsCrash(fault, b)),
                OnSpan);
            _spans[i] = new SpanTimeline(faults, link.Settings.Pass, eraStart);
        }

        _drains = new StepTimeline<double>[scenario.Pools.Count];
        for (int i = 0; i < _drains.Length; i++)
        {
            string name = scenario.Pools[i].Name;
            _drains[i] = StepTimeline<double>.Of(
                0.0,
                Intervals(scenario, eraStart, fault => fault.Kind == FaultKind.Drain && IsNamed(fault, name)),
                (rate, fault) => rate + fault.Strength);
        }

        _cutOff = StepTimeline<bool>.Of(
            nominal: false,
            Intervals(scenario, eraStart, fault => fault.Kind == FaultKind.PlannerCutOff),
            (_, _) => true);
    }

    /// <summary>Compiles a scenario.</summary>
    /// <param name="scenario">A checked scenario.</param>
    /// <param name="network">Its network.</param>
    /// <param name="eraStart">Moment that the scenario's times count from, ns.</param>
    public static FaultPlan Of(Scenario scenario, MeshNetwork network, long eraStart) =>
        new(scenario, network, eraStart);

    /// <summary>Conditions of a span, by its index in the network.</summary>
    public SpanTimeline Span(int index) => _spans[index];

    /// <summary>Conditions of a site, by its index in the network.</summary>
    public StepTimeline<SiteConditions> Site(int index) => _sites[index];

    /// <summary>Standing pairs per second that are taken from a pool besides its demand.</summary>
    public StepTimeline<double> Drain(int pool) => _drains[pool];

    /// <summary>Whether the planner is cut off.</summary>
    public StepTimeline<bool> PlannerCutOff => _cutOff;

    /// <summary>The first moment after another at which anything may change, or <see cref="long.MaxValue"/>.</summary>
    public long NextChange(long afterNanoseconds)
    {
        long next = _cutOff.NextChange(afterNanoseconds);
        foreach (SpanTimeline span in _spans)
        {
            next = Earlier(next, span.IsConstant ? long.MaxValue : span.NextChange(afterNanoseconds));
        }

        foreach (StepTimeline<SiteConditions> site in _sites)
        {
            next = Earlier(next, site.IsConstant ? long.MaxValue : site.NextChange(afterNanoseconds));
        }

        foreach (StepTimeline<double> drain in _drains)
        {
            next = Earlier(next, drain.IsConstant ? long.MaxValue : drain.NextChange(afterNanoseconds));
        }

        return next;
    }

    private static long Earlier(long left, long right) => left < right ? left : right;

    private static SpanConditions OnSpan(SpanConditions now, ScenarioFault fault) => fault.Kind switch
    {
        FaultKind.NoiseBurst => now with { NoiseProbability = Either(now.NoiseProbability, fault.Strength) },
        FaultKind.SpaceWeather => now with { Transmission = now.Transmission * fault.Strength },
        FaultKind.InterceptResend => now with { InterceptedShare = Either(now.InterceptedShare, fault.Strength) },
        _ => now with { Up = false },
    };

    private static SiteConditions AtSite(SiteConditions now, ScenarioFault fault) =>
        fault.Kind == FaultKind.MemoryDecay
            ? now with { DecayFactor = now.DecayFactor * fault.Strength }
            : now with { Up = false };

    private static double Either(double a, double b) => 1.0 - ((1.0 - a) * (1.0 - b));

    private static bool IsOfSite(ScenarioFault fault, string site) =>
        IsCrash(fault, site) || (fault.Kind == FaultKind.MemoryDecay && IsNamed(fault, site));

    private static bool IsCrash(ScenarioFault fault, string site) =>
        fault.Kind == FaultKind.SiteCrash && IsNamed(fault, site);

    private static bool IsOfLink(ScenarioFault fault, ScenarioLink link) => fault.Kind switch
    {
        FaultKind.SpaceWeather => link.Settings.Kind == LinkKind.FreeSpace
            && (fault.Target.Length == 0 || IsLink(fault, link)),
        FaultKind.LinkDown or FaultKind.NoiseBurst or FaultKind.InterceptResend => IsLink(fault, link),
        _ => false,
    };

    private static bool IsLink(ScenarioFault fault, ScenarioLink link) =>
        IsNamed(fault, $"{link.A} - {link.B}") || IsNamed(fault, $"{link.B} - {link.A}");

    private static bool IsNamed(ScenarioFault fault, string name) =>
        string.Equals(fault.Target, name, StringComparison.Ordinal);

    private static List<FaultInterval> Intervals(Scenario scenario, long eraStart, Predicate<ScenarioFault> concerns)
    {
        List<FaultInterval> intervals = [];
        foreach (ScenarioFault fault in scenario.Faults)
        {
            if (concerns(fault))
            {
                long from = eraStart + SpanFigures.ToNanoseconds(fault.AtSeconds);
                long duration = SpanFigures.ToNanoseconds(fault.DurationSeconds);
                intervals.Add(new FaultInterval(from, from + (duration < 1 ? 1 : duration), fault));
            }
        }

        return intervals;
    }
}
