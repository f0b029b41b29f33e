using Pqms.Mesh.Control;
using Pqms.Mesh.Pools;
using Pqms.Mesh.Scenarios;
using Pqms.Physics.States;

namespace Pqms.Mesh.Engine;

/// <summary>Requests of the scenario itself.</summary>
internal sealed partial class PoolEngine
{
    private readonly PoolTrace _trace;
    private readonly SortedDictionary<int, Reservation> _traced = [];
    private ulong _traceTakes;

    private int BestForTake => _plan.Settings.Order == TakeOrder.YoungestFirst ? _stock.Count - 1 : 0;

    private void RequestArrives()
    {
        _demand.Arrive();
        _timers.Set(DemandTimer, _demand.Next);
        if (_demand.IsProbe)
        {
            Look();
            return;
        }

        _log.Append(_now, MeshEventKind.RequestArrived, ++_tally.Requests, (ulong)_stock.Count);
        if (TryUse(_plan.Settings.Gate ? _plan.Pool.FidelityFloor : 0.0, out StoredPair pair))
        {
            Deliver(pair, _now);
            Occupy();
            Refill();
        }
        else if (_demand.TryWait(_now, IsOnDemand))
        {
            if (IsOnDemand)
            {
                Signal();
            }

            Refill();
        }
        else
        {
            _tally.Lost++;
        }
    }

    private void Look()
    {
        if (_stock.Count == 0)
        {
            _tally.ProbeMiss();
            return;
        }

        StoredPair pair = _stock[_demand.Choose(_stock.Count)];
        _tally.ProbeHit(EstimateOf(pair), _probe.Fidelity(pair.Truth, _now));
    }

    /// <summary>Hands a pair to a request.</summary>
    /// <param name="pair">The pair; it has left the stock.</param>
    /// <param name="since">When the request arrived.</param>
    private void Deliver(in StoredPair pair, long since)
    {
        BellDiagonal truth = _probe.State(pair.Truth, _now);
        _tally.Delivered++;
        _tally.Serve(EstimateOf(pair), truth, _now - since, LightNanoseconds);
        ulong bits = BitConverter.DoubleToUInt64Bits(truth.PhiPlus);
        _log.Append(_now, MeshEventKind.PairTaken, pair.Counter, bits);
    }

    /// <summary>Asks for the trace's reservations and takes for them, as the chain's clients would.</summary>
    private void FollowTrace()
    {
        while (_trace.Ask(_now, out int number) is { } wanted)
        {
            Reservation reservation = new(TraceId(number), TermsOf(wanted, number, _now));
            Request(TermsOf(wanted, number, _now), reservation, _settings.Scenario.BlockSeconds);
            if (reservation.Open)
            {
                _traced.Add(number, reservation);
                _trace.Granted(number);
            }
        }

        for (int number = _trace.Take(_now); number >= 0; number = _trace.Take(_now))
        {
            TakeOne(_traced[number], ++_traceTakes);
        }

        _timers.Set(TraceTimer, _trace.Next);
    }

    // Ids of the chain are drawn at random from 128 bits; the top half of these is one that no ledger gives.
    private UInt128 TraceId(int number) => new(ulong.MaxValue, ((ulong)Index << 32) | (uint)number);

    private RequestCommand TermsOf(ScenarioReservation wanted, int number, long start) => new(
        TraceId(number),
        Index,
        wanted.Slots,
        new MeshTime(start),
        new MeshTime(start + (wanted.DurationSeconds * MeshTime.NanosecondsPerSecond)),
        _plan.Pool.FidelityFloor,
        0.0,
        wanted.TakesPerMinute,
        1);

    private double EstimateOf(in StoredPair pair) => pair.Estimate.FidelityAt(_now, Path.Memory);
}
