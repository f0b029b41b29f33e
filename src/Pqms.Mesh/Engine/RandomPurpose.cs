namespace Pqms.Mesh.Engine;

/// <summary>Purposes of random draws; part of the key, so never renumbered within a mesh version.</summary>
internal static class RandomPurpose
{
    /// <summary>Rounds until one with a success, or the time to a success; counter: draws of the share.</summary>
    public const uint LinkRounds = 1;

    /// <summary>Successes of that round, or of single attempts; counter: draws of the share.</summary>
    public const uint LinkSuccesses = 2;

    /// <summary>True fidelity of a heralded pair; counter: the pair's number.</summary>
    public const uint LinkTruth = 3;

    /// <summary>What a disturbance does to a heralded pair; counter: the pair's number.</summary>
    public const uint LinkDisturbance = 4;

    /// <summary>Outcome of a purification of link pairs; counter: rounds of the share.</summary>
    public const uint LinkPurification = 5;

    /// <summary>Outcome of a swap; counter: swaps of the chain.</summary>
    public const uint SwapOutcome = 6;

    /// <summary>Time to the next request; counter: draws of the demand.</summary>
    public const uint DemandArrival = 7;

    /// <summary>Pair that a probe looks at; counter: draws of the demand.</summary>
    public const uint DemandChoice = 8;

    /// <summary>Whether an arriving pair purifies; counter: pairs born.</summary>
    public const uint PurifyChoice = 9;

    /// <summary>Outcome of a purification in the pool; counter: pairs born.</summary>
    public const uint PurifyOutcome = 10;

    /// <summary>Time to the next death of a pair with an exponential lifetime; counter: draws of the pool.</summary>
    public const uint Lifetime = 11;

    /// <summary>Which pair dies; counter: draws of the pool.</summary>
    public const uint LifetimeChoice = 12;

    /// <summary>Whether a newborn pair is tested; counter: pairs born.</summary>
    public const uint TestChoice = 13;

    /// <summary>Basis of a test; counter: pairs born.</summary>
    public const uint TestBasis = 14;

    /// <summary>Outcome of a test; counter: pairs born.</summary>
    public const uint TestOutcome = 15;

    /// <summary>Outcome of a test of one span; counter: tests of the span.</summary>
    public const uint SpanTest = 16;
}
