using Pqms.Mesh.Control;
using Pqms.Mesh.Health;
using Pqms.Mesh.Links;
using Pqms.Mesh.Memories;
using Pqms.Mesh.Pools;
using Pqms.Physics.Channels;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Engine;

/// <summary>Bell tests of one pool, what follows from them, and the gate before a use.</summary>
internal sealed partial class PoolEngine
{
    private readonly HealthMonitor? _health;
    private readonly List<HopAttribution> _attributions = [];
    private readonly RandomStream _testBases;
    private readonly RandomStream _testOutcomes;
    private readonly RandomStream _spanTests;
    private ulong _spanTestCount;

    /// <summary>Whether tests or a command took the pool out of service.</summary>
    private bool IsIsolated => _isolated || _health is { Serves: false };

    /// <summary>Uses a newborn pair up in a parity test, if the monitor wants it.</summary>
    private bool TryTest(in StoredPair pair)
    {
        if (_health is null || !_health.Born())
        {
            return false;
        }

        double readout = _plan.Profile.ReadoutFidelity;
        TestBasis basis = BellTest.Basis(_testBases.Uniform(pair.Counter));
        bool error = BellTest.Errs(
            _probe.State(pair.Truth, _now), basis, readout, _testOutcomes.Uniform(pair.Counter));
        _tally.Tested++;
        _log.Append(_now, MeshEventKind.PairTested, pair.Counter, ((ulong)basis * 2) + (error ? 1UL : 0UL));
        if (_health.Observe(error, EstimateOf(pair)))
        {
            ChangeHealth();
        }

        Refill();
        return true;
    }

    private void ChangeHealth()
    {
        _log.Append(_now, MeshEventKind.HealthChanged, (ulong)_health!.State, _tally.Tested);
        if (!_health.Serves)
        {
            BurnStock();
        }
        else if (!_health.LooksAtSpans)
        {
            _attributions[_route].Reset();
        }
    }

    private void BurnStock()
    {
        while (_stock.Count > 0)
        {
            Burn(RemoveFromStock(0), 1);
        }
    }

    /// <summary>Sacrifices link pairs of a suspect pool, span by span, to find the one at fault.</summary>
    private void LookAtSpans()
    {
        int span = _health is { LooksAtSpans: true } ? _attributions[_route].NextSpan : -1;
        if (span < 0 || ActiveChain!.Shares[span].Held == 0)
        {
            return;
        }

        LinkShare share = ActiveChain.Shares[span];
        LinkPair pair = share.TakeForTest();
        PauliMemory nominal = PauliMemory.Create(Path.Sides[span], Path.Sides[span + 1]);
        double estimate = pair.Estimate.FidelityAt(_now, nominal);
        ulong draw = 2 * ++_spanTestCount;
        TestBasis basis = BellTest.Basis(_spanTests.Uniform(draw));
        bool error = BellTest.Errs(
            TruthProbe.State(pair.Truth, _now, share.TruthMemory),
            basis,
            _plan.Profile.ReadoutFidelity,
            _spanTests.Uniform(draw + 1));
        _log.Append(_now, MeshEventKind.SpanTested, (ulong)span, ((ulong)basis * 2) + (error ? 1UL : 0UL));
        if (_attributions[_route].Observe(span, error, estimate))
        {
            _log.Append(_now, MeshEventKind.SpanNamed, (ulong)(_attributions[_route].Named + 1), _spanTestCount);
        }

        Refill();
    }

    /// <summary>What control believes of a pair, with an interval.</summary>
    private Estimate BoundsOf(in StoredPair pair)
    {
        double spread = Estimate.NominalSpread(_plan.Profile.LinkFidelity, _plan.Profile.InfidelitySpread, _plan.Links);
        return Estimate.Of(EstimateOf(pair), spread, _health?.Tally, _plan.Profile.ReadoutFidelity);
    }

    /// <summary>The pair that a use gets: the best that stands, or the best that the gate lets pass.</summary>
    /// <param name="floor">Least fidelity wanted.</param>
    /// <param name="pair">The pair; it has left the stock.</param>
    private bool TryUse(double floor, out StoredPair pair)
    {
        pair = default;
        while (_stock.Count > 0 && !IsIsolated)
        {
            StoredPair best = _stock[BestForTake];
            if (_plan.Settings.Gate)
            {
                GateDecision gate = PolicyGate.Decide(
                    BoundsOf(best).Lower, floor, _stock.Count - 1, ActiveChain is not null, isolated: false);
                if (gate.Outcome == GateOutcome.ReSwap)
                {
                    Discard(RemoveFromStock(BestForTake), MeshEventKind.Dropped);
                    continue;
                }

                if (gate.Outcome == GateOutcome.Hold)
                {
                    return false;
                }
            }
            else if (EstimateOf(best) < floor)
            {
                return false;
            }

            pair = RemoveFromStock(BestForTake);
            return true;
        }

        return false;
    }
}
