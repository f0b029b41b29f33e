using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Pqms.Ethereum;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Contracts;

namespace Pqms.Sdk.Ledger;

/// <summary>Reads a report's decisions and signatures out of the transaction that handed it in: no log holds them
/// all.</summary>
internal static class SubmittedReport
{
    private const int SelectorBytes = 4;

    /// <summary>Words of one decision, all static.</summary>
    private const int DecisionWords = 6;

    private static readonly uint Submit = SelectorOf(new ReportHubContract(Address.Zero).Submit(
        default, [], [], 0, Bytes32.Zero).Data);

    /// <summary>The decisions in a transaction's input.</summary>
    /// <param name="transaction">The transaction; null when the node does not know it.</param>
    /// <param name="hub">The hub.</param>
    /// <param name="decisionsHash">What the report says that they hash to.</param>
    /// <returns>The decisions; null when the transaction did not hand them to the hub itself.</returns>
    public static Decision[]? Decisions(TransactionContent? transaction, Address hub, Bytes32 decisionsHash)
    {
        if (!IsSubmission(transaction, hub))
        {
            return null;
        }

        var decoder = new AbiDecoder(transaction.Input.AsSpan(SelectorBytes));
        Report.Decode(ref decoder);
        var decisions = ReadDecisions(ref decoder);
        return ReportHashes.OfDecisions(decisions) == decisionsHash ? decisions : null;
    }

    /// <summary>The signatures in a transaction's input, with the anchor that they cover.</summary>
    /// <param name="transaction">The transaction; null when the node does not know it.</param>
    /// <param name="hub">The hub.</param>
    /// <returns>65 bytes each; null when the transaction did not hand a report to the hub itself.</returns>
    public static (byte[][] Signatures, ulong AnchorBlock, Bytes32 AnchorHash)? Signatures(
        TransactionContent? transaction, Address hub)
    {
        if (!IsSubmission(transaction, hub))
        {
            return null;
        }

        var decoder = new AbiDecoder(transaction.Input.AsSpan(SelectorBytes));
        Report.Decode(ref decoder);
        ReadDecisions(ref decoder);
        var elements = decoder.ReadArray(out var length, 1);
        var signatures = new byte[length][];
        for (var i = 0; i < length; i++)
        {
            signatures[i] = elements.ReadBytes();
        }

        return (signatures, decoder.ReadUInt64(64), decoder.ReadBytes32());
    }

    private static bool IsSubmission([NotNullWhen(true)] TransactionContent? transaction, Address hub) =>
        transaction is not null && transaction.To == hub && transaction.Input.Length >= SelectorBytes
        && SelectorOf(transaction.Input) == Submit;

    private static Decision[] ReadDecisions(ref AbiDecoder decoder)
    {
        var elements = decoder.ReadArray(out var length, DecisionWords);
        var decisions = new Decision[length];
        for (var i = 0; i < length; i++)
        {
            decisions[i] = Decision.Decode(ref elements);
        }

        return decisions;
    }

    private static uint SelectorOf(byte[] data) => BinaryPrimitives.ReadUInt32BigEndian(data);
}
