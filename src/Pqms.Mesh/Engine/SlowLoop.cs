using Pqms.Mesh.Control;
using Pqms.Mesh.Energy;
using Pqms.Mesh.Faults;
using Pqms.Mesh.Links;
using Pqms.Mesh.Routing;
using Pqms.Mesh.Scenarios;
using Pqms.Mesh.Topology;

namespace Pqms.Mesh.Engine;

/// <summary>The planner at work: every period it looks, forecasts, and sets routes, shares and stock targets.</summary>
/// <remarks>
/// It acts between the steps of the pools, at moments that the scenario fixes, so it needs no lock and cannot see how
/// time is cut into steps. Link states reach it late by the light's way to its site. While it is cut off it neither
/// hears nor acts, and pools go on with what they have; afterwards it learns what it missed, demand as its mean over
/// the gap. Batteries are settled at the same moments, cut off or not.
/// </remarks>
internal sealed class SlowLoop
{
    private readonly MeshPlan _plan;
    private readonly PoolEngine[] _pools;
    private readonly EngineSettings _settings;
    private readonly LinkStateView _view;
    private readonly DemandForecast[] _forecasts;
    private readonly ulong[] _requestsSeen;
    private readonly bool[] _leftForGood;
    private readonly SiteBatteries _batteries;
    private readonly long _period;
    private long _last;
    private long _next;
    private bool _powerChanged;

    public SlowLoop(MeshPlan plan, PoolEngine[] pools, EngineSettings settings)
    {
        _plan = plan;
        _pools = pools;
        _settings = settings;
        PlannerSettings planner = plan.Scenario.Planner;
        _period = SpanFigures.ToNanoseconds(planner.PeriodSeconds);
        _last = settings.Start;
        _next = _period > 0 ? settings.Start + _period : long.MaxValue;
        int site = SiteOf(plan.Scenario, planner.Site);
        MeshNetwork network = plan.Network;
        _view = new LinkStateView(ClassicalDelays.ToSite(network.Sites.Count, network.Spans, site));
        _forecasts = new DemandForecast[pools.Length];
        _requestsSeen = new ulong[pools.Length];
        _leftForGood = new bool[pools.Length];
        for (int i = 0; i < pools.Length; i++)
        {
            _forecasts[i] = new DemandForecast(planner.ForecastSeconds, withTrend: false);
        }

        for (int span = 0; span < network.Spans.Count; span++)
        {
            Advertise(span, settings.Start);
        }

        _batteries = new SiteBatteries(plan.Scenario, network.Sites.Count, settings.Start);
    }

    /// <summary>When the loop acts next; it must be called when all pools stand there.</summary>
    public long Next => _next;

    public SiteBatteries Batteries => _batteries;

    public string NameOf(int site) => _plan.Network.Sites[site].Name;

    /// <summary>Acts.</summary>
    public void Act()
    {
        long now = _next;
        _next += _period;
        if (_batteries.Settle(now, _pools, _settings.Power))
        {
            _powerChanged = true;
            foreach (PoolEngine pool in _pools)
            {
                pool.ChangePower();
            }
        }

        if (_settings.Faults.PlannerCutOff.At(now))
        {
            return;
        }

        Hear(now, _powerChanged);
        _powerChanged = false;
        for (int i = 0; i < _pools.Length; i++)
        {
            ulong requests = _pools[i].Requests;
            _forecasts[i].Observe(now - _last, requests - _requestsSeen[i]);
            _requestsSeen[i] = requests;
        }

        _last = now;
        ChooseRoutes(now);
        Divide();
    }

    public void Exchange(StateExchange state)
    {
        state.Value(ref _last);
        state.Value(ref _next);
        state.Value(ref _powerChanged);
        _view.Exchange(state);
        _batteries.Exchange(state);
        foreach (DemandForecast forecast in _forecasts)
        {
            forecast.Exchange(state);
        }

        state.Items(_requestsSeen, static (StateExchange s, ref ulong item) => s.Value(ref item));
        state.Items(_leftForGood, static (StateExchange s, ref bool item) => s.Value(ref item));
    }

    private static int SiteOf(Scenario scenario, string name)
    {
        for (int i = 0; i < scenario.Sites.Count; i++)
        {
            if (string.Equals(scenario.Sites[i].Name, name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return 0;
    }

    /// <summary>Spans told of every change when it happened, and of ends without power; the news is on its
    /// way.</summary>
    private void Hear(long now, bool powerChanged)
    {
        for (int span = 0; span < _plan.Network.Spans.Count; span++)
        {
            SpanTimeline timeline = _settings.Faults.Span(span);
            long change = timeline.IsConstant ? long.MaxValue : timeline.NextChange(_last);
            while (change <= now)
            {
                Advertise(span, change);
                change = timeline.NextChange(change);
            }

            if (powerChanged)
            {
                Advertise(span, now);
            }
        }
    }

    private void Advertise(int span, long at)
    {
        MeshSpan ends = _plan.Network.Spans[span];
        bool isUp = _settings.Faults.Span(span).At(at).Up
            && _settings.Power.IsOn(ends.A) && _settings.Power.IsOn(ends.B);
        _view.Advertise(span, new LinkState(isUp, 0.0, 0.0), at);
    }

    private void ChooseRoutes(long now)
    {
        foreach (PoolEngine pool in _pools)
        {
            IReadOnlyList<PoolPath> routes = pool.Plan.Routes;
            if (routes.Count < 2 || !IsDivided(pool))
            {
                continue;
            }

            bool firstIsGood = IsGood(routes[0], now) && !(pool.Route == 0 && pool.NamedSpan >= 0);
            bool secondIsGood = IsGood(routes[1], now) && !(pool.Route == 1 && pool.NamedSpan >= 0);
            int wanted = firstIsGood || !secondIsGood ? 0 : 1;

            // A route that tests found bad is left for good: nothing would tell that it is well again.
            bool mayReturn = wanted == 1 || !_leftForGood[pool.Index];
            if (pool.Route != wanted && mayReturn)
            {
                _leftForGood[pool.Index] |= pool.NamedSpan >= 0;
                pool.SwitchRoute(wanted);
            }
        }
    }

    private bool IsGood(PoolPath path, long now)
    {
        foreach (int span in path.SpanIndices)
        {
            if (_view.TryRead(span, now, out LinkReading reading) && !reading.State.IsUp)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Divides every virtual quantum network's slice among its standby pools: weighted max-min.</summary>
    private void Divide()
    {
        List<string> networks = [];
        foreach (PoolEngine pool in _pools)
        {
            if (IsDivided(pool) && !networks.Contains(pool.Plan.Settings.Vqn))
            {
                networks.Add(pool.Plan.Settings.Vqn);
            }
        }

        foreach (string vqn in networks)
        {
            DivideSlice(vqn);
        }
    }

    private static bool IsDivided(PoolEngine pool) =>
        pool.Plan.Reachable && pool.Plan.Settings.Mode == PoolMode.Standby;

    private void DivideSlice(string vqn)
    {
        List<PoolEngine> members = [];
        List<MaxMinClaim> claims = [];
        foreach (PoolEngine pool in _pools)
        {
            if (IsDivided(pool) && string.Equals(pool.Plan.Settings.Vqn, vqn, StringComparison.Ordinal))
            {
                members.Add(pool);
                claims.Add(ClaimOf(pool));
            }
        }

        int[] memories = _plan.Slices[vqn];
        double[] rates = new double[memories.Length];
        Array.Fill(rates, 1.0);
        foreach (PoolEngine pool in members)
        {
            PoolPath path = pool.Plan.Routes[pool.Route];
            for (int i = 0; i < path.Spans.Length; i++)
            {
                rates[path.SpanIndices[i]] = path.Spans[i].SuccessRate(1);
            }
        }

        int[][] shares = MaxMin.Divide(memories, rates, claims);
        for (int i = 0; i < members.Count; i++)
        {
            Spread(shares, i, claims, memories);
            members[i].Replan(shares[i], PlacesOf(members[i]));
        }
    }

    /// <summary>What nobody needs more goes to whoever is looked at first: idle memories help no one.</summary>
    private static void Spread(int[][] shares, int pool, List<MaxMinClaim> claims, int[] memories)
    {
        for (int i = 0; i < shares[pool].Length; i++)
        {
            int span = claims[pool].Spans[i];
            int used = 0;
            int sharing = 0;
            for (int other = 0; other < shares.Length; other++)
            {
                int at = PositionOf(claims[other].Spans, span);
                used += at < 0 ? 0 : shares[other][at];
                sharing += at < 0 || other < pool ? 0 : 1;
            }

            shares[pool][i] += (memories[span] - used) / sharing;
        }
    }

    private static int PositionOf(IReadOnlyList<int> values, int value)
    {
        for (int i = 0; i < values.Count; i++)
        {
            if (values[i] == value)
            {
                return i;
            }
        }

        return -1;
    }

    private MaxMinClaim ClaimOf(PoolEngine pool)
    {
        double demand = pool.Plan.StandingUpkeep + _forecasts[pool.Index].RatePerSecond;

        // Twice the mean, so that a place is refilled well before the next one empties.
        return new MaxMinClaim(
            pool.Plan.Settings.Weight * pool.Priority, 2.0 * demand, pool.Plan.Routes[pool.Route].SpanIndices);
    }

    private int PlacesOf(PoolEngine pool)
    {
        double rate = pool.Plan.Refill.PairsPerSecond;
        double lead = rate > 0.0 ? 1.0 / rate : 0.0;
        return StockTarget.Of(
            _forecasts[pool.Index].RatePerSecond,
            lead,
            _plan.Scenario.Planner.MissCost,
            pool.Plan.TargetFor(0),
            pool.Plan.Storage);
    }
}
