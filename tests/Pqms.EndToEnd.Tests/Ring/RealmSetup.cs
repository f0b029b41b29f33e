namespace Pqms.EndToEnd.Tests.Ring;

/// <summary>What a <see cref="RealmChain"/> deploys.</summary>
public sealed record RealmSetup
{
    /// <summary>File in scenarios/.</summary>
    public string Scenario { get; init; } = "three-repeaters.json";

    /// <summary>Hardware profile named in the file; null for the file's own.</summary>
    public string? Profile { get; init; }

    /// <summary>Development accounts whose signatures the hub knows; the first submits.</summary>
    public IReadOnlyList<int> Signers { get; init; } = [1];

    /// <summary>Signatures that a report needs.</summary>
    public byte Threshold { get; init; } = 1;

    /// <summary>Seconds in which a report can be disabled; 0 for none.</summary>
    public uint ChallengeSeconds { get; init; }

    /// <summary>Milliseconds between blocks that no transaction asks for; 0 for none.</summary>
    public int BlockMilliseconds { get; init; }
}
