using Pqms.Mesh.Faults;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Engine;

/// <summary>What all pools of one run have in common.</summary>
/// <param name="Scenario">What is run.</param>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Start">Begin of the warm-up, ns.</param>
/// <param name="EraStart">End of the warm-up: times of the scenario count from here, ns.</param>
/// <param name="Observed">Whether somebody watches the log.</param>
/// <param name="PerAttempt">Whether every attempt is drawn.</param>
/// <param name="Faults">What breaks when.</param>
/// <param name="Power">Which sites have power.</param>
internal sealed record EngineSettings(
    Scenario Scenario,
    ulong Seed,
    long Start,
    long EraStart,
    bool Observed,
    bool PerAttempt,
    FaultPlan Faults,
    SitePower Power)
{
    public int WarmUpSeconds => Scenario.WarmUpSeconds;

    public HealthSettings Health => Scenario.Health;

    /// <summary>Reservations of the scenario's trace for one pool, by start.</summary>
    public List<ScenarioReservation> TraceOf(int pool)
    {
        string name = Scenario.Pools[pool].Name;
        List<ScenarioReservation> trace = [];
        foreach (ScenarioReservation reservation in Scenario.Reservations)
        {
            if (string.Equals(reservation.Pool, name, StringComparison.Ordinal))
            {
                trace.Add(reservation);
            }
        }

        // A stable order: equal starts keep the order of the file.
        return [.. trace.OrderBy(reservation => reservation.AtSeconds)];
    }
}

/// <summary>Which sites have power; changed between the steps of the pools only.</summary>
internal sealed class SitePower(int sites)
{
    private readonly bool[] _isOff = new bool[sites];

    public bool IsOn(int site) => !_isOff[site];

    /// <summary>Switches a site.</summary>
    /// <returns>Whether that changed anything.</returns>
    public bool Set(int site, bool isOn)
    {
        bool changed = _isOff[site] == isOn;
        _isOff[site] = !isOn;
        return changed;
    }

    public void Exchange(StateExchange state) =>
        state.Items(_isOff, static (StateExchange s, ref bool item) => s.Value(ref item));
}
