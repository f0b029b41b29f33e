using Pqms.Ethereum;
using Pqms.Oracle.Loop;

namespace Pqms.Oracle.Settlement;

/// <summary>Why the ledger would not take a transaction now.</summary>
internal enum WriteRefusal
{
    /// <summary>It took it.</summary>
    None,

    /// <summary>The ledger has it, or waits for an earlier one: the next block shows.</summary>
    AlreadyThere,

    /// <summary>Too early: reports are paused, or the challenge window is open.</summary>
    NotYet,

    /// <summary>The named block is not the chain's: a reorganisation is under way; the next block shows.</summary>
    OtherBranch,

    /// <summary>Anything else; the text says what.</summary>
    Refused,
}

/// <summary>How a mined transaction ended.</summary>
/// <param name="Refusal">None if it succeeded; else why it was reverted.</param>
/// <param name="TransactionHash">Its hash.</param>
/// <param name="Block">The block that holds it.</param>
/// <param name="GasUsed">Gas that it used.</param>
/// <param name="Text">The revert in words; empty on success.</param>
internal sealed record WriteReceipt(
    WriteRefusal Refusal, Bytes32 TransactionHash, ulong Block, ulong GasUsed, string Text);

/// <summary>What became of an attempt to write.</summary>
/// <param name="Refusal">None if it was sent.</param>
/// <param name="Text">The refusal in words.</param>
/// <param name="Confirmation">Completes when it is mined; null unless it was sent.</param>
internal sealed record WriteAttempt(WriteRefusal Refusal, string Text, Task<WriteReceipt>? Confirmation);

/// <summary>The newest block that the chain shows, confirmed or not.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Timestamp">Chain time, seconds.</param>
internal readonly record struct ChainTip(ulong Number, Bytes32 Hash, ulong Timestamp);

/// <summary>The hub and the inventory, as settlement writes to them. Unknown outcomes of sending are its own
/// affair.</summary>
internal interface ILedgerWriter
{
    /// <summary>The newest block.</summary>
    Task<ChainTip> TipAsync(CancellationToken cancellation);

    /// <summary>The newest block that counts: the newest of all, the one so deep, or the one that the chain calls
    /// safe.</summary>
    /// <param name="tip">The newest block of all.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<ChainTip> HeadAsync(ChainTip tip, CancellationToken cancellation);

    /// <summary>The chain's present hash of a block, or null if it has none.</summary>
    Task<Bytes32?> BlockHashAsync(ulong number, CancellationToken cancellation);

    /// <summary>Hands in a report.</summary>
    /// <param name="report">The report with its decisions.</param>
    /// <param name="signatures">65 bytes each, ascending by signer.</param>
    /// <param name="anchorBlock">Anchor block, or 0.</param>
    /// <param name="anchorHash">Its hash, or zero.</param>
    /// <param name="behindAnother">True if an earlier report is on its way unmined, so that trying it out would
    /// mislead.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<WriteAttempt> SubmitAsync(
        SealedReport report,
        byte[][] signatures,
        ulong anchorBlock,
        Bytes32 anchorHash,
        bool behindAnother,
        CancellationToken cancellation);

    /// <summary>Executes the lines of an accepted report.</summary>
    Task<WriteAttempt> SettleAsync(OwedSettlement owed, CancellationToken cancellation);

    /// <summary>Proves a delivery or a stock to the inventory.</summary>
    Task<WriteAttempt> ProveAsync(OwedProof owed, CancellationToken cancellation);

    /// <summary>Takes back what a void report granted.</summary>
    /// <param name="sequence">The report, the last void one that is not reopened.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<WriteAttempt> ReopenAsync(ulong sequence, CancellationToken cancellation);
}
