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
        if (_health.Observe(basis, error, EstimateOf(pair)))
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

        if (_hasStaged)
        {
            _hasStaged = false;
            Burn(_staged, 1);
        }
    }

    /// <inheritdoc/>
    public void Ready(int span)
    {
        // Nobody misses a pair of an isolated pool, so a pair is looked at before it is joined: afterwards a pool of
        // one span, or one that swaps as soon as possible, has none left to look at.
        if (_health is { Serves: false } && _attributions[_route].IsOpen(span) && ActiveChain!.Shares[span].Held > 0)
        {
            TestSpan(span);
        }
    }

    /// <summary>Sacrifices link pairs of a suspect pool, span by span, to find the one at fault.</summary>
    private void LookAtSpans()
    {
        int span = _health is { LooksAtSpans: true } ? _attributions[_route].NextOf(HoldsPairs) : -1;
        if (span >= 0)
        {
            TestSpan(span);
            Refill();
        }
    }

    private bool HoldsPairs(int span) => ActiveChain!.Shares[span].Held > 0;

    private void TestSpan(int span)
    {
        LinkShare share = ActiveChain!.Shares[span];
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
    }

    /// <summary>What tests say of the pool; null when the scenario makes none.</summary>
    public PoolHealth? Health() => _health?.Read(_tally.Tested);

    /// <summary>What control believes of a pair, with an interval.</summary>
    private Estimate BoundsOf(in StoredPair pair) =>
        Estimate.Of(EstimateOf(pair), Path.Spread, _health?.Tally, _plan.Profile.ReadoutFidelity);

    private GateOutcome GateFor(in StoredPair pair, double floor, int others) => PolicyGate.Decide(
        BoundsOf(pair).Lower, floor, others, ActiveChain is not null, isolated: false).Outcome;

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
                GateOutcome gate = GateFor(best, floor, _stock.Count - 1);
                if (gate == GateOutcome.ReSwap)
                {
                    Discard(RemoveFromStock(BestForTake), MeshEventKind.Dropped);
                    continue;
                }

                if (gate == GateOutcome.Hold)
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
