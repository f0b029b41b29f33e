using Pqms.Mesh.Engine;
using Pqms.Mesh.Links;
using Pqms.Mesh.Memories;
using Pqms.Mesh.Scenarios;
using Pqms.Physics.Channels;
using Pqms.Physics.Purification;
using Pqms.Physics.States;

namespace Pqms.Mesh.Tests.Links;

/// <summary>One chain by itself: its pairs are used at birth, its rules are checked after every event.</summary>
internal sealed class ChainBench : IChainOwner
{
    private readonly TimerHeap _timers;
    private readonly int _places;
    private long _now;

    public ChainBench(ChainPlan plan, int places = 1)
    {
        _places = places;
        _timers = new TimerHeap(Chain.TimersFor(plan.Spans.Count));
        Chain = plan.Build(this);
        Chain.Refill(0);
    }

    public Chain Chain { get; }

    public List<(long At, NewPair Pair)> Births { get; } = [];

    /// <summary>When pairs on their way were lost.</summary>
    public List<long> Losses { get; } = [];

    public EventLog Log { get; } = new(0, observed: true);

    public int Deficit => _places - Chain?.InFlight ?? 0;

    /// <summary>Spans that never fail, in rounds of 1,000 ns, whose pairs are as old as their light time.</summary>
    public static ChainPlan Plan(SwapOrder order, params long[] lights) => new()
    {
        Seed = 1,
        Entity = 1UL << 32,
        Spans = [.. lights.Select(light => Span(1.0, light))],
        Memories = [.. lights.Select(_ => 1)],
        Noise = [.. Enumerable.Repeat(SwapNoise.FromFidelities(1.0, 1.0), lights.Length + 1)],
        SwapSuccess = [.. Enumerable.Repeat(1.0, lights.Length + 1)],
        Sides = [.. Enumerable.Repeat(PauliRates.Dephasing(1.0), lights.Length + 1)],
        InfidelitySpread = [.. lights.Select(_ => 0.0)],
        LightNanoseconds = lights.Sum(),
        CutOffNanoseconds = 1_000_000_000,
        SwapOrder = order,
        LinkRounds = 0,
        Rule = new PurificationRule(PurificationProtocol.Dejmps, PurificationNoise.None),
        PerAttempt = false,
    };

    public static SpanFigures Span(double p, long light) =>
        TestSpans.Attempts(p, 1000) with { LightNanoseconds = light, HeraldNanoseconds = light };

    /// <summary>Nobody tests single spans here.</summary>
    public void Ready(int span)
    {
    }

    public void SetTimer(int timer, long time)
    {
        Assert.True(time >= _now, $"timer {timer} is set to {time}, before {_now}");
        _timers.Set(timer, time);
    }

    public void Bear(in NewPair pair) => Births.Add((_now, pair));

    public void Lose() => Losses.Add(_now);

    /// <summary>Carries out everything up to and with a moment.</summary>
    public ChainBench Run(long until)
    {
        while (_timers.NextTime <= until)
        {
            _now = _timers.NextTime;
            int born = Births.Count + Losses.Count;
            Chain.Fire(_timers.NextTimer, _now);
            if (Births.Count + Losses.Count > born)
            {
                Chain.Refill(_now);
            }

            Check();
        }

        return this;
    }

    private void Check()
    {
        Chain.CheckConservation();
        foreach (LinkShare share in Chain.Shares)
        {
            Assert.True(share.BusyLeft >= 0 && share.BusyRight >= 0);
            Assert.True(share.Stored + Math.Max(share.BusyLeft, share.BusyRight) <= share.Memories);
        }
    }
}
