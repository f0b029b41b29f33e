namespace Pqms.Mesh.Engine;

/// <summary>Purposes of random draws; part of the key, so never renumbered within a mesh version.</summary>
internal static class RandomPurpose
{
    /// <summary>Rounds until one with a success; counter: draws of the share.</summary>
    public const uint LinkRounds = 1;

    /// <summary>Successes of that round; counter: draws of the share.</summary>
    public const uint LinkSuccesses = 2;

    /// <summary>True fidelity of a heralded pair; counter: the pair's number.</summary>
    public const uint LinkTruth = 3;
}
