using System.Buffers.Binary;
using Pqms.Ethereum;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Contracts;

namespace Pqms.Sdk.Ledger;

/// <summary>Reads a report's decisions out of the transaction that handed it in: no log holds them all.</summary>
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
        if (transaction is null || transaction.To != hub || transaction.Input.Length < SelectorBytes
            || SelectorOf(transaction.Input) != Submit)
        {
            return null;
        }

        var decoder = new AbiDecoder(transaction.Input.AsSpan(SelectorBytes));
        Report.Decode(ref decoder);
        var elements = decoder.ReadArray(out var length, DecisionWords);
        var decisions = new Decision[length];
        for (var i = 0; i < length; i++)
        {
            decisions[i] = Decision.Decode(ref elements);
        }

        return ReportHashes.OfDecisions(decisions) == decisionsHash ? decisions : null;
    }

    private static uint SelectorOf(byte[] data) => BinaryPrimitives.ReadUInt32BigEndian(data);
}
