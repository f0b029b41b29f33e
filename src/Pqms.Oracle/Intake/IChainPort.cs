using Pqms.Ethereum;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Loop;
using Pqms.Oracle.Settlement;

namespace Pqms.Oracle.Intake;

/// <summary>Which chain it is.</summary>
/// <param name="ChainId">Its id.</param>
/// <param name="Genesis">Hash of block 0: tells a restarted development chain from the one before.</param>
internal sealed record ChainIdentity(ulong ChainId, Bytes32 Genesis);

/// <summary>What the hub was deployed with, and its present era.</summary>
/// <param name="Signers">Signers, ascending.</param>
/// <param name="Threshold">Signatures that a report needs.</param>
/// <param name="ChallengeSeconds">Seconds between acceptance and settlement.</param>
/// <param name="ConfigDigest">What every signature covers.</param>
/// <param name="ConfigCount">Number of the signers' configuration, from 1.</param>
/// <param name="Era">The present era; 0 before the first.</param>
/// <param name="StandsThrough">The last report that stands when the era is closed; else the largest number.</param>
internal sealed record HubTerms(
    IReadOnlyList<Address> Signers, byte Threshold, uint ChallengeSeconds, Bytes32 ConfigDigest,
    ulong ConfigCount, ulong Era, ulong StandsThrough);

/// <summary>News from the chain.</summary>
internal abstract record ChainUpdate;

/// <summary>The next block.</summary>
internal sealed record BlockArrived(LedgerBlock Block) : ChainUpdate;

/// <summary>Blocks that are not part of the chain any more.</summary>
internal sealed record BlocksOrphaned(ulong FirstNumber, int Count) : ChainUpdate;

/// <summary>The chain, as the oracle sees it.</summary>
/// <exception cref="ChainUnreachableException">Any member: the node did not answer.</exception>
internal interface IChainPort : IDisposable
{
    /// <summary>Which chain it is.</summary>
    Task<ChainIdentity> IdentifyAsync(CancellationToken cancellation);

    /// <summary>Reads the hub.</summary>
    /// <exception cref="OracleException">There is no hub at the address.</exception>
    Task<HubTerms> ReadHubAsync(CancellationToken cancellation);

    /// <summary>Every block after a known one, in order, without end.</summary>
    /// <param name="after">The block known; null begins with the ledger's deployment.</param>
    /// <param name="cancellation">Ends the following.</param>
    IAsyncEnumerable<ChainUpdate> FollowAsync(JournalCursor? after, CancellationToken cancellation);

    /// <summary>The door to write through; one per session, because a reorganisation may take nonces back.</summary>
    /// <param name="identity">The chain.</param>
    /// <param name="transactionsPath">Where signed transactions are kept until they are mined.</param>
    ILedgerWriter OpenWriter(ChainIdentity identity, string transactionsPath);
}

/// <summary>The node did not answer, or not with sense; trying again may help.</summary>
internal sealed class ChainUnreachableException(string message, Exception innerException)
    : Exception(message, innerException);
