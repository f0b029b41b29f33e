using Pqms.Mesh.Pools;
using Pqms.Mesh.Scenarios;
using Pqms.Physics.States;

namespace Pqms.Mesh.Engine;

/// <summary>Requests of the scenario itself.</summary>
internal sealed partial class PoolEngine
{
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
        if (_stock.Count > 0 && !_isolated)
        {
            Deliver(RemoveFromStock(BestForTake), _now);
            Occupy();
            Refill();
        }
        else if (_demand.TryWait(_now))
        {
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
        _tally.Serve(EstimateOf(pair), truth, _now - since, _plan.LightNanoseconds);
        ulong bits = BitConverter.DoubleToUInt64Bits(truth.PhiPlus);
        _log.Append(_now, MeshEventKind.PairTaken, pair.Counter, bits);
    }

    private double EstimateOf(in StoredPair pair) => pair.Estimate.FidelityAt(_now, _plan.Path!.Memory);
}
