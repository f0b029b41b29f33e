using Pqms.Mesh.Engine;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Energy;

/// <summary>Energy that every site has used, and the stores of those that have one.</summary>
/// <remarks>
/// Half of an attempt, and half of the upkeep of a stored pair, falls to either end; a site that is on draws its own
/// power besides. Sums are added by one writer in a fixed order (pools, routes, spans).
/// </remarks>
internal sealed class SiteBatteries
{
    private readonly Battery?[] _batteries;
    private readonly double[] _watts;
    private readonly double[] _onJoules;
    private readonly double[] _settled;
    private readonly bool _any;
    private long _last;

    public SiteBatteries(Scenario scenario, int sites, long start)
    {
        _batteries = new Battery?[sites];
        _watts = new double[sites];
        _onJoules = new double[sites];
        _settled = new double[sites];
        _last = start;
        for (int i = 0; i < sites; i++)
        {
            BatterySettings? battery = i < scenario.Sites.Count ? scenario.Sites[i].Battery : null;
            _batteries[i] = battery is null ? null : new Battery(battery);
            _watts[i] = scenario.ProfileOf(i).SiteWatts;
            _any |= battery is not null;
        }
    }

    /// <summary>Brings the stores up to a moment.</summary>
    /// <returns>Whether a site went off or came back.</returns>
    public bool Settle(long now, PoolEngine[] pools, SitePower power)
    {
        if (!_any)
        {
            return false;
        }

        double[] used = Used(now, pools, power);
        long passed = now - _last;
        AddOwn(now, power);
        bool changed = false;
        for (int i = 0; i < _batteries.Length; i++)
        {
            if (_batteries[i] is { } battery)
            {
                battery.Advance(passed, used[i] - _settled[i]);
                changed |= power.Set(i, battery.IsOn);
            }

            _settled[i] = used[i];
        }

        return changed;
    }

    /// <summary>Energy used up to a moment by every site, in J; reading it changes nothing.</summary>
    public double[] Used(long now, PoolEngine[] pools, SitePower power)
    {
        double[] used = new double[_watts.Length];
        for (int i = 0; i < used.Length; i++)
        {
            used[i] = OwnUntil(i, now, power);
        }

        foreach (PoolEngine pool in pools)
        {
            pool.AddAttempts((a, b, joules) =>
            {
                used[a] += 0.5 * joules;
                used[b] += 0.5 * joules;
            });
            if (pool.Plan.Reachable)
            {
                used[pool.Plan.Path!.Nodes[0]] += 0.5 * pool.StorageJoules;
                used[pool.Plan.Path!.Nodes[^1]] += 0.5 * pool.StorageJoules;
            }
        }

        return used;
    }

    /// <summary>Energy in the store of a site in J, or null when it has none.</summary>
    public double? Stored(int site) => _batteries[site]?.Joules;

    public void Exchange(StateExchange state)
    {
        foreach (Battery? battery in _batteries)
        {
            battery?.Exchange(state);
        }

        state.Items(_onJoules, static (StateExchange s, ref double item) => s.Value(ref item));
        state.Items(_settled, static (StateExchange s, ref double item) => s.Value(ref item));
        state.Value(ref _last);
    }

    private void AddOwn(long now, SitePower power)
    {
        for (int i = 0; i < _onJoules.Length; i++)
        {
            _onJoules[i] = OwnUntil(i, now, power);
        }

        _last = now;
    }

    // A site that is off draws nothing.
    private double OwnUntil(int site, long now, SitePower power) =>
        _onJoules[site] + (power.IsOn(site) ? _watts[site] * ((now - _last) * 1e-9) : 0.0);
}
