using Pqms.Ethereum;

namespace Pqms.Node.Deployment;

/// <summary>What a deployment of the ledger fixes for good.</summary>
/// <param name="Signers">The oracles whose signatures count, in ascending order.</param>
/// <param name="Threshold">How many of them must sign.</param>
/// <param name="Provider">Whom the pools' income is credited to.</param>
public sealed record LedgerSettings(IReadOnlyList<Address> Signers, byte Threshold, Address Provider)
{
    /// <summary>Most signers that a hub knows.</summary>
    public const int MostSigners = 32;

    /// <summary>Seconds in which an accepted report can be disabled before its lines run.</summary>
    /// <value>The default is 0, for a development chain; elsewhere 3,600.</value>
    public uint ChallengeSeconds { get; init; }

    /// <summary>Seconds after which an undecided request can be expired.</summary>
    /// <value>The default is 120, for a development chain; elsewhere the confirmation lag is added.</value>
    public uint DecisionSeconds { get; init; } = 120;

    /// <summary>Seconds after the end from which an unsettled reservation can be refunded: 1 h and the
    /// challenge.</summary>
    public uint GraceSeconds => 3600 + ChallengeSeconds;

    /// <summary>Seconds between the announcement of a parameter's new value and its application.</summary>
    /// <value>The default is 60, for a development chain; elsewhere two days, in which clients can leave.</value>
    public uint ParameterDelaySeconds { get; init; } = 60;

    /// <summary>Seconds between the announcement and the execution of new signers.</summary>
    /// <value>The default is 60, for a development chain; elsewhere two days, in which clients can leave.</value>
    public uint RotationDelaySeconds { get; init; } = 60;

    /// <summary>Least free bond with which a provider registers, wei.</summary>
    /// <value>The default is 1 ether: a penalty of 20 % covers reservations up to five ether.</value>
    public UInt128 MinBondWei { get; init; } = Ether(1);

    /// <summary>What the provider bonds when it is registered with the deployment, wei.</summary>
    /// <value>The default is 10 ether, ten times the least; a development account has 10,000.</value>
    public UInt128 ProviderBondWei { get; init; } = Ether(10);

    /// <summary>The provider's name on the ledger, 1 to 64 bytes.</summary>
    /// <value>The default is "pqms".</value>
    public string ProviderName { get; init; } = "pqms";

    /// <summary>Most open slots of one client, at first; the admin may change it after a delay.</summary>
    /// <value>The default is 10,000, the limit of the source documents.</value>
    public uint MaxSlotsPerClient { get; init; } = 10_000;

    private static UInt128 Ether(ulong amount) => amount * (UInt128)1_000_000_000_000_000_000;
}
