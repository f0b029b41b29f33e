using Pqms.Mesh.Control;
using Pqms.Mesh.Pools;
using Pqms.Mesh.Routing;

namespace Pqms.Mesh.Engine;

/// <summary>The pool's part of a snapshot.</summary>
internal sealed partial class PoolEngine
{
    private const uint Mark = 0x504F4F4C;
    private const int MaxQueue = 10_000_000;

    /// <summary>Writes or reads everything that changes in this pool.</summary>
    /// <param name="state">The exchange.</param>
    /// <param name="reservations">The chain's reservations by id.</param>
    public void Exchange(StateExchange state, Dictionary<UInt128, Reservation> reservations)
    {
        state.Mark(Mark);
        state.Value(ref _now);
        state.Value(ref _route, 0, _chains.Count == 0 ? 0 : _chains.Count - 1);
        state.Value(ref _target);
        state.Value(ref _plannedPlaces);
        state.Value(ref _isolated);
        state.Value(ref _countAtDrain);
        _log.Exchange(state);
        _stock.Exchange(state);
        _tally.Exchange(state);
        _demand.Exchange(state);
        ExchangeTrace(state);
        _book.Exchange(state, id => Find(id, reservations));
        ExchangeArrival(state);
        _orders.Exchange(state);
        ExchangeConditions(state);
        ExchangeHealth(state);
        ExchangePaths(state);
        foreach (Links.Chain chain in _chains)
        {
            chain.Exchange(state);
        }

        _timers.Exchange(state);
        if (state.IsReading)
        {
            AfterReading();
        }
    }

    private Reservation Find(UInt128 id, Dictionary<UInt128, Reservation> reservations)
    {
        if (reservations.TryGetValue(id, out Reservation? reservation))
        {
            return reservation;
        }

        foreach (Reservation traced in _traced.Values)
        {
            if (traced.Id == id)
            {
                return traced;
            }
        }

        throw new StateFormatException($"Reservation {id} is open and nowhere else.");
    }

    private void ExchangeTrace(StateExchange state)
    {
        _trace.Exchange(state);
        state.Value(ref _traceTakes);
        List<int> numbers = [.. _traced.Keys];
        state.Items(numbers, MaxQueue, static (StateExchange s, ref int item) => s.Value(ref item));
        foreach (int number in numbers)
        {
            long asked = state.IsReading ? 0 : _traced[number].Start;
            state.Value(ref asked);
            if (state.IsReading)
            {
                _traced[number] = new Reservation(TraceId(number), TermsOf(_trace[number], number, asked));
            }

            _traced[number].Exchange(state);
        }
    }

    private void ExchangeArrival(StateExchange state)
    {
        state.Items(_occupied, MaxQueue, static (StateExchange s, ref long item) => s.Value(ref item));
        StoredPair.Exchange(state, ref _staged);
        state.Value(ref _hasStaged);
        state.Value(ref _stagedRounds);
        state.Value(ref _deaths);
    }

    private void ExchangeConditions(StateExchange state)
    {
        if (state.IsReading && ActiveChain is not null)
        {
            _nodeUp = new bool[Path.Nodes.Length];
            _decay = new double[Path.Nodes.Length];
        }

        state.Items(_nodeUp, static (StateExchange s, ref bool item) => s.Value(ref item));
        state.Items(_decay, static (StateExchange s, ref double item) => s.Value(ref item));
        state.Value(ref _drainPerSecond);
    }

    private void ExchangeHealth(StateExchange state)
    {
        _health?.Exchange(state);
        _attributions.ForEach(attribution => attribution.Exchange(state));
        state.Value(ref _spanTestCount);
    }

    private void ExchangePaths(StateExchange state)
    {
        state.Items(_signals, MaxQueue, static (StateExchange s, ref long item) => s.Value(ref item));
        state.Items(_paths, MaxQueue, (StateExchange s, ref PathRequest item) =>
            PathRequest.Exchange(s, ref item, _ => _plan.Routes[0].SpanIndices, PathState.Held));
    }

    /// <summary>What follows from the rest: conditions of the spans, and memories as they really are.</summary>
    private void AfterReading()
    {
        if (ActiveChain is null)
        {
            return;
        }

        for (int i = 0; i < ActiveChain.Shares.Length; i++)
        {
            ActiveChain.Shares[i].Restore(ConditionsOf(i));
        }

        ActiveChain.Restore(TrueSides());
        _probe.Memory = Physics.Channels.PauliMemory.Create(TrueSides()[0], TrueSides()[^1]);
    }
}
