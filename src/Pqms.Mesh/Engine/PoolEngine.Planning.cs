using Pqms.Mesh.Control;
using Pqms.Mesh.Faults;
using Pqms.Mesh.Links;

namespace Pqms.Mesh.Engine;

/// <summary>What the slow loop of control sees of a pool, and what it may change; called between steps only.</summary>
internal sealed partial class PoolEngine
{
    private int _plannedPlaces;

    public PoolPlan Plan => _plan;

    /// <summary>Position of the route that pairs take.</summary>
    public int Route => _route;

    /// <summary>Requests so far, those of reservations included.</summary>
    public ulong Requests => _tally.Requests;

    /// <summary>Sum of the priorities of the open reservations; 1 without any.</summary>
    public double Priority
    {
        get
        {
            double sum = 0.0;
            foreach (Reservation reservation in _book.Open)
            {
                sum += PriorityWeight.Of(reservation.Terms.Priority);
            }

            return sum > 0.0 ? sum : 1.0;
        }
    }

    /// <summary>Position on the route of the span that tests found at fault, or -1.</summary>
    public int NamedSpan => _attributions.Count == 0 ? -1 : _attributions[_route].Named;

    /// <summary>Energy of attempts on every span of the present route, and of keeping pairs, so far.</summary>
    public double Joules
    {
        get
        {
            double joules = StorageJoules;
            foreach (Chain chain in _chains)
            {
                foreach (LinkShare share in chain.Shares)
                {
                    joules += share.AttemptsUntil(_now) * _plan.Profile.JoulesPerAttempt;
                }
            }

            return joules;
        }
    }

    /// <summary>Energy of keeping pairs so far; half of it at either end.</summary>
    public double StorageJoules =>
        PairSeconds(_tally.StockNanoseconds(_now, _stock.Count)) * _plan.Profile.WattsPerStoredPair;

    /// <summary>Energy of the attempts so far, by the two sites of each span; half of it at either.</summary>
    public void AddAttempts(Action<int, int, double> add)
    {
        for (int route = 0; route < _chains.Count; route++)
        {
            PoolPath path = _plan.Routes[route];
            for (int i = 0; i < path.Spans.Length; i++)
            {
                double joules = _chains[route].Shares[i].AttemptsUntil(_now) * _plan.Profile.JoulesPerAttempt;
                add(path.Nodes[i], path.Nodes[i + 1], joules);
            }
        }
    }

    /// <summary>Adds this pool's spans to views of the scenario's links.</summary>
    public void AddTo(LinkView[] links)
    {
        for (int route = 0; route < _chains.Count; route++)
        {
            int[] indices = _plan.Routes[route].LinkIndices;
            for (int i = 0; i < indices.Length; i++)
            {
                LinkShare share = _chains[route].Shares[i];
                LinkView before = links[indices[i]];
                bool isUsed = route == _route;
                double fresh = share.FreshFidelity;
                links[indices[i]] = before with
                {
                    Pools = before.Pools + (isUsed && Array.IndexOf(indices, indices[i]) == i ? 1 : 0),
                    Generated = before.Generated + share.Generated,
                    Stored = before.Stored + (ulong)share.Stored,
                    IsUp = before.IsUp && share.Conditions.Up,
                    IsSuspected = before.IsSuspected || (isUsed && NamedSpan == i),
                    FreshFidelity = isUsed && !(before.FreshFidelity < fresh) ? fresh : before.FreshFidelity,
                };
            }
        }
    }

    /// <summary>Gives the pool other shares of the spans of its present route, and a number of places.</summary>
    public void Replan(int[] memories, int places)
    {
        bool changed = places != _plannedPlaces;
        _plannedPlaces = places;
        int sum = 0;
        for (int i = 0; i < memories.Length; i++)
        {
            LinkShare share = ActiveChain!.Shares[i];
            sum += memories[i];
            if (share.Memories != memories[i])
            {
                share.Resize(_now, memories[i]);
                changed = true;
            }
        }

        if (changed)
        {
            _log.Append(_now, MeshEventKind.Replanned, (ulong)sum, (ulong)places);
            Retarget();
        }
    }

    /// <summary>Sends the pool's pairs another way; what is not end to end yet is dropped.</summary>
    public void SwitchRoute(int route)
    {
        Chain before = ActiveChain!;
        before.DropAll(_now);
        foreach (LinkShare share in before.Shares)
        {
            share.Resize(_now, 0);
        }

        before.RegulateAll(_now);
        for (int timer = FirstChainTimer; timer < _afterChain; timer++)
        {
            _timers.Set(timer, TimerHeap.Never);
        }

        _route = route;
        BeginRoute();
        _attributions.ForEach(attribution => attribution.Reset());
        _log.Append(_now, MeshEventKind.RouteChanged, (ulong)route, (ulong)Path.Spans.Length);
        BeginConditions();
    }

    // A route that was left knows nothing of what changed meanwhile.
    private void BeginRoute()
    {
        ActiveChain!.Restore(Path.Sides);
        foreach (LinkShare share in ActiveChain.Shares)
        {
            share.Restore(SpanConditions.Nominal);
        }
    }

    /// <summary>Power came or went at some site.</summary>
    public void ChangePower() => ChangeConditions();

    // Two exact numbers of 64 bits; the library's way from 128 bits to a double is not promised to be the same
    // anywhere.
    private static double PairSeconds(UInt128 nanoseconds)
    {
        ulong whole = (ulong)(nanoseconds / (ulong)MeshTime.NanosecondsPerSecond);
        ulong rest = (ulong)(nanoseconds % (ulong)MeshTime.NanosecondsPerSecond);
        return whole + (rest * 1e-9);
    }

    private long LightNanoseconds => ActiveChain is null ? 0 : Path.LightNanoseconds;

    private int TargetFor(int slots)
    {
        int target = _plan.TargetFor(slots);
        int planned = _plannedPlaces < _plan.Storage ? _plannedPlaces : _plan.Storage;
        return target > planned ? target : planned;
    }
}
