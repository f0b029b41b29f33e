using Pqms.Mesh.Faults;
using Pqms.Mesh.Links;
using Pqms.Mesh.Memories;
using Pqms.Physics.Channels;

namespace Pqms.Mesh.Engine;

/// <summary>What faults, attacks and passes do to one pool.</summary>
internal sealed partial class PoolEngine
{
    private bool[] _nodeUp = [];
    private double[] _decay = [];
    private double _drainPerSecond;

    private FaultPlan Faults => _settings.Faults;

    /// <summary>Sets the conditions of the present moment without the losses of a change.</summary>
    private void BeginConditions()
    {
        int nodes = ActiveChain is null ? 0 : Path.Nodes.Length;
        _nodeUp = new bool[nodes];
        _decay = new double[nodes];
        Array.Fill(_nodeUp, true);
        Array.Fill(_decay, 1.0);
        ChangeConditions();
    }

    private void ChangeConditions()
    {
        if (ActiveChain is not null)
        {
            ChangeNodes();
            for (int i = 0; i < ActiveChain.Shares.Length; i++)
            {
                ChangeSpan(i);
            }
        }

        double drain = Faults.Drain(Index).At(_now);
        if (drain != _drainPerSecond)
        {
            _drainPerSecond = drain;
            _timers.Set(DrainTimer, drain > 0.0 ? _now + DrainInterval : TimerHeap.Never);
        }

        _timers.Set(ConditionTimer, NextChange());
        Refill();
    }

    private long DrainInterval => SpanFigures.ToNanoseconds(1.0 / _drainPerSecond);

    private void ChangeSpan(int span)
    {
        SpanConditions conditions = ConditionsOf(span);
        LinkShare share = ActiveChain!.Shares[span];
        if (share.Conditions != conditions)
        {
            share.Change(_now, conditions);
            _log.Append(_now, MeshEventKind.ConditionsChanged, (ulong)span, conditions.Up ? 1UL : 0UL);
        }
    }

    private SpanConditions ConditionsOf(int span)
    {
        SpanConditions conditions = Faults.Span(Path.SpanIndices[span]).At(_now);
        return conditions with { Up = conditions.Up && _nodeUp[span] && _nodeUp[span + 1] };
    }

    private PauliRates[] TrueSides()
    {
        var sides = new PauliRates[_decay.Length];
        for (int node = 0; node < sides.Length; node++)
        {
            sides[node] = SideMemory.Faster(Path.Sides[node], _decay[node]);
        }

        return sides;
    }

    private void ChangeNodes()
    {
        bool decays = false;
        for (int node = 0; node < _nodeUp.Length; node++)
        {
            SiteConditions conditions = Faults.Site(Path.Nodes[node]).At(_now);
            bool isUp = conditions.Up && _settings.Power.IsOn(Path.Nodes[node]);
            if (_nodeUp[node] && !isUp)
            {
                Crash(node);
            }

            decays |= conditions.DecayFactor != _decay[node];
            _nodeUp[node] = isUp;
            _decay[node] = conditions.DecayFactor;
        }

        if (decays)
        {
            ChangeMemories();
        }
    }

    /// <summary>A node loses every half that it holds.</summary>
    private void Crash(int node)
    {
        _log.Append(_now, MeshEventKind.ConditionsChanged, (1UL << 32) + (ulong)node, 0);
        ActiveChain!.DropAt(node, _now);
        if (node == 0 || node == _nodeUp.Length - 1)
        {
            while (_stock.Count > 0)
            {
                Discard(RemoveFromStock(0), MeshEventKind.Dropped);
            }

            if (_hasStaged)
            {
                _hasStaged = false;
                Discard(_staged, MeshEventKind.Dropped);
            }
        }
    }

    /// <summary>Memories decay at another speed from now on: nature's, not what control believes.</summary>
    private void ChangeMemories()
    {
        PauliRates[] sides = TrueSides();
        ActiveChain!.Rebase(_now, sides);
        _stock.Rebase(_now, _probe.Memory);
        if (_hasStaged)
        {
            _staged = _staged with { Truth = _staged.Truth.Rebase(_now, _probe.Memory) };
        }

        _probe.Memory = PauliMemory.Create(sides[0], sides[^1]);
    }

    private void DrainOne()
    {
        _timers.Set(DrainTimer, _now + DrainInterval);
        if (_stock.Count > 0)
        {
            Burn(RemoveFromStock(BestForTake), 2);
            Refill();
        }
    }

    private long NextChange()
    {
        long next = Faults.Drain(Index).NextChange(_now);
        for (int i = 0; ActiveChain is not null && i < Path.SpanIndices.Length; i++)
        {
            next = Earlier(next, Faults.Span(Path.SpanIndices[i]).NextChange(_now));
        }

        foreach (int site in ActiveChain is null ? [] : Path.Nodes)
        {
            next = Earlier(next, Faults.Site(site).NextChange(_now));
        }

        return next == long.MaxValue ? TimerHeap.Never : next;
    }

    private static long Earlier(long left, long right) => left < right ? left : right;
}
