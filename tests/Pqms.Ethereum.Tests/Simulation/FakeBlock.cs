using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Tests.Simulation;

/// <summary>A block of the <see cref="FakeNode"/>.</summary>
internal sealed record FakeBlock(
    int Number, Bytes32 Hash, Bytes32 ParentHash, List<DecodedTransaction> Transactions, LogEntry[] Logs,
    UInt256 BaseFee)
{
    public object ToJson() => new
    {
        number = $"0x{Number:x}",
        hash = Hash.ToString(),
        parentHash = ParentHash.ToString(),
        timestamp = $"0x{1_000_000 + Number:x}",
        gasLimit = "0x3938700",
        gasUsed = "0x0",
        baseFeePerGas = BaseFee.ToHexQuantity(),
    };

    public static object ToJson(LogEntry log) => new
    {
        address = log.Address.ToString(),
        topics = log.Topics.Select(topic => topic.ToString()).ToArray(),
        data = Hex.Encode(log.Data),
        blockNumber = $"0x{log.BlockNumber:x}",
        blockHash = log.BlockHash.ToString(),
        transactionHash = log.TransactionHash.ToString(),
        transactionIndex = $"0x{log.TransactionIndex:x}",
        logIndex = $"0x{log.LogIndex:x}",
    };
}
