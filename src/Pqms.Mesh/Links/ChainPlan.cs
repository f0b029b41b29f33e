using Pqms.Mesh.Memories;
using Pqms.Mesh.Scenarios;
using Pqms.Physics.Channels;
using Pqms.Physics.States;

namespace Pqms.Mesh.Links;

/// <summary>What is fixed for one route of one pool: its spans, nodes, memories and rules.</summary>
/// <remarks>Nodes count from 0 at the A side; span i lies between nodes i and i + 1.</remarks>
internal sealed record ChainPlan
{
    public required ulong Seed { get; init; }

    /// <summary>Pool index times 2^32 plus route times 2^24: key of the route's draws; spans add their
    /// position.</summary>
    public required ulong Entity { get; init; }

    public required IReadOnlyList<SpanFigures> Spans { get; init; }

    /// <summary>Communication memories of this pool on each span.</summary>
    public required IReadOnlyList<int> Memories { get; init; }

    /// <summary>Errors of the swap at each node; those of the two ends are not used.</summary>
    public required IReadOnlyList<SwapNoise> Noise { get; init; }

    /// <summary>Probability that the swap at each node works; those of the two ends are not used.</summary>
    public required IReadOnlyList<double> SwapSuccess { get; init; }

    /// <summary>Nominal memory of one half of a pair at each node.</summary>
    public required PauliRates[] Sides { get; init; }

    /// <summary>Relative half-width of the true infidelity of each span's pairs.</summary>
    public required IReadOnlyList<double> InfidelitySpread { get; init; }

    /// <summary>Light time of the whole route.</summary>
    public required long LightNanoseconds { get; init; }

    public required long CutOffNanoseconds { get; init; }

    public required SwapOrder SwapOrder { get; init; }

    public required int LinkRounds { get; init; }

    public required PurificationRule Rule { get; init; }

    public required bool PerAttempt { get; init; }

    /// <summary>Nominal memories of a pair from node 0 to each further node.</summary>
    public PauliMemory[] Prefix { get; private init; } = [];

    /// <summary>Probability that all swaps of the route work.</summary>
    public double AllSwapsSucceed { get; private init; } = 1.0;

    /// <summary>The chain that runs this plan.</summary>
    public Chain Build(IChainOwner owner)
    {
        double all = 1.0;
        for (int node = 1; node < Spans.Count; node++)
        {
            all *= SwapSuccess[node];
        }

        ChainPlan ready = this with { Prefix = PrefixMemories(Sides), AllSwapsSucceed = all };
        return SwapOrder == SwapOrder.Together || Spans.Count <= 1
            ? new TogetherChain(ready, owner)
            : new SegmentChain(ready, owner);
    }

    /// <summary>Memories of a pair from node 0 to each further node, from one side's memory at each node.</summary>
    public static PauliMemory[] PrefixMemories(PauliRates[] sides)
    {
        var memories = new PauliMemory[sides.Length == 0 ? 0 : sides.Length - 1];
        for (int i = 0; i < memories.Length; i++)
        {
            memories[i] = PauliMemory.Create(sides[0], sides[i + 1]);
        }

        return memories;
    }

    /// <summary>Nominal memories of a pair of one span.</summary>
    public PauliMemory SpanMemory(int span) => PauliMemory.Create(Sides[span], Sides[span + 1]);

    /// <summary>Light time between two nodes.</summary>
    public long LightBetween(int left, int right)
    {
        long light = 0;
        for (int i = left; i < right; i++)
        {
            light += Spans[i].LightNanoseconds;
        }

        return light;
    }

    public LinkShareSettings ShareSettings(int span) => new(
        Seed,
        Entity | (uint)span,
        CutOffNanoseconds,
        InfidelitySpread[span],
        SpanMemory(span),
        LinkRounds,
        Rule,
        PerAttempt);
}
