using Pqms.Ethereum;

namespace Pqms.Node.Deployment;

/// <summary>What a deployment of the ledger fixes for good.</summary>
/// <param name="Signers">The oracles whose signatures count, in ascending order.</param>
/// <param name="Threshold">How many of them must sign.</param>
/// <param name="Provider">Whom the pools' income is credited to.</param>
public sealed record LedgerSettings(IReadOnlyList<Address> Signers, byte Threshold, Address Provider)
{
    /// <summary>Seconds in which an accepted report can be disabled before its lines run.</summary>
    /// <value>The default is 0, for a development chain; elsewhere 3,600.</value>
    public uint ChallengeSeconds { get; init; }

    /// <summary>Seconds after which an undecided request can be expired.</summary>
    /// <value>The default is 120, for a development chain; elsewhere the confirmation lag is added.</value>
    public uint DecisionSeconds { get; init; } = 120;

    /// <summary>Seconds after the end from which an unsettled reservation can be refunded: 1 h and the
    /// challenge.</summary>
    public uint GraceSeconds => 3600 + ChallengeSeconds;

    /// <summary>Most open slots of one client.</summary>
    /// <value>The default is 10,000, the limit of the source documents.</value>
    public uint MaxSlotsPerClient { get; init; } = 10_000;
}
