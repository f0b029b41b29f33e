namespace Pqms.Mesh.Scenarios;

/// <summary>What breaks, or who attacks.</summary>
public enum FaultKind
{
    /// <summary>A link makes no pairs. Target: link. Strength is not used.</summary>
    LinkDown = 0,

    /// <summary>Pairs of a link become white noise with a probability. Target: link; strength in (0, 1].</summary>
    NoiseBurst = 1,

    /// <summary>Transmission of free-space links falls by a factor. Target: link, or empty for all; strength: the
    /// factor, in (0, 1].</summary>
    SpaceWeather = 2,

    /// <summary>A site loses all its pairs and is off. Target: site. Strength is not used.</summary>
    SiteCrash = 3,

    /// <summary>Memories of a site dephase faster. Target: site; strength: factor on the rates, in [1, 1e6].</summary>
    MemoryDecay = 4,

    /// <summary>Somebody measures a share of a link's photons and sends new ones. Target: link; strength in (0,
    /// 1].</summary>
    InterceptResend = 5,

    /// <summary>Somebody takes standing pairs. Target: pool; strength: pairs per second, in (0, 1e6].</summary>
    Drain = 6,

    /// <summary>The planner neither hears nor is heard. No target. Strength is not used.</summary>
    PlannerCutOff = 7,
}

/// <summary>One fault or attack.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="AtSeconds">When, after the era's start in s, 0 to 1e9.</param>
/// <param name="DurationSeconds">How long in s, in [1e-9, 1e9].</param>
/// <param name="Target">Link as "A - B" with the names of its sites in the link's own order, a site, a pool, or
/// empty.</param>
/// <param name="Strength">How hard; meaning and range by kind. 1 unless given; space weather and memory decay, which 1
/// would leave without effect, must give it.</param>
public sealed record ScenarioFault(
    FaultKind Kind, double AtSeconds, double DurationSeconds, string Target, double Strength);

/// <summary>Sacrificial Bell tests and what follows from them.</summary>
/// <param name="Share">Share of the pairs born that may be used up by tests while the pool serves, in [0, 0.5]; while
/// tests hold it isolated nobody else can use its pairs, and all of them may be tested.</param>
/// <param name="GoodMargin">A pool is healthy when its fidelity is the estimate; tests accept down to this far below,
/// in [0, 0.1].</param>
/// <param name="BadMargin">Distance below the estimate at which a pool counts as bad, above the good margin, at most
/// 0.5.</param>
/// <param name="FalseAlarm">alpha: probability of isolating a healthy pool, in [1e-9, 0.1].</param>
/// <param name="MissedAlarm">beta: probability of passing a bad pool, in [1e-9, 0.1].</param>
public sealed record HealthSettings(
    double Share, double GoodMargin, double BadMargin, double FalseAlarm, double MissedAlarm)
{
    /// <summary>No tests.</summary>
    public static HealthSettings None { get; } = new(0.0, 0.0, 0.02, 1e-4, 1e-4);
}

/// <summary>How often and by which rules the slow loop of control plans anew.</summary>
/// <param name="PeriodSeconds">Time between two plans in s, in [1e-3, 86400]; or 0 for one plan at the start.</param>
/// <param name="Site">Site of the planner, from which link states come late by the light's way; empty for the
/// first.</param>
/// <param name="ForecastSeconds">Time constant of the moving average of takes in s, in [1e-3, 86400].</param>
/// <param name="MissCost">Cost of a request that finds no pair, in cost of one pair's upkeep per second, in [1e-6,
/// 1e6].</param>
public sealed record PlannerSettings(double PeriodSeconds, string Site, double ForecastSeconds, double MissCost)
{
    /// <summary>One plan at the start.</summary>
    public static PlannerSettings Fixed { get; } = new(0.0, "", 60.0, 10.0);
}

/// <summary>Energy store of a site.</summary>
/// <param name="CapacityJoules">Capacity in J, in [1e-6, 1e15].</param>
/// <param name="ChargeWatts">Power that arrives at the site in W, in [0, 1e9].</param>
/// <param name="Efficiency">Share of what is charged that can be used, in (0, 1].</param>
public sealed record BatterySettings(double CapacityJoules, double ChargeWatts, double Efficiency);
