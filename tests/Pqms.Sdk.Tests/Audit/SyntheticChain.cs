using Pqms.Ethereum;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rlp;
using Pqms.Ethereum.Rpc;

namespace Pqms.Sdk.Tests.Audit;

/// <summary>Blocks with true header hashes, links and blooms, and logs in them.</summary>
internal sealed class SyntheticChain
{
    private readonly List<LogEntry> _open = [];
    private ulong _transactions;

    public SyntheticChain(ulong genesisTime)
    {
        Time = genesisTime;
        Close();
    }

    public List<BlockHeader> Headers { get; } = [];

    public List<LogEntry> Logs { get; } = [];

    /// <summary>Time of the block that is being filled.</summary>
    public ulong Time { get; private set; }

    public Bytes32 Transaction { get; private set; }

    public BlockHeader Last => Headers[^1];

    public void NextTransaction() => Transaction = Keccak256.Hash(BitConverter.GetBytes(++_transactions));

    public void Emit(Address from, Bytes32 topic0, Bytes32[] indexed, Action<AbiEncoder> data)
    {
        var encoder = new AbiEncoder();
        data(encoder);
        _open.Add(new LogEntry(
            from,
            [topic0, .. indexed],
            encoder.ToArray(),
            (ulong)Headers.Count,
            Bytes32.Zero,
            Transaction,
            (uint)_transactions,
            (uint)_open.Count));
    }

    /// <summary>Closes the block; the next one is so many seconds later.</summary>
    public void Close(ulong seconds = 1)
    {
        var bloom = new byte[256];
        foreach (var log in _open)
        {
            AddBits(bloom, log.Address.ToArray());
            Array.ForEach(log.Topics, topic => AddBits(bloom, topic.ToArray()));
        }

        var parent = Headers.Count == 0 ? Bytes32.Zero : Last.Hash;
        var number = (ulong)Headers.Count;
        var encoded = Encode(parent, bloom, number, Time);
        Headers.Add(new BlockHeader(number, Keccak256.Hash(encoded), parent, Time, 60_000_000, 0, UInt256.Zero)
        {
            Encoded = encoded,
        });
        Logs.AddRange(_open.Select(log => log with { BlockHash = Last.Hash }));
        _open.Clear();
        Time += seconds;
    }

    public static byte[] Encode(Bytes32 parent, byte[] bloom, ulong number, ulong time)
    {
        var writer = new RlpWriter();
        writer.WriteBytes(parent.ToArray());
        writer.WriteBytes(new byte[32]);
        writer.WriteBytes(new byte[20]);
        writer.WriteBytes(new byte[32]);
        writer.WriteBytes(new byte[32]);
        writer.WriteBytes(new byte[32]);
        writer.WriteBytes(bloom);
        writer.WriteUInt(UInt256.Zero);
        writer.WriteUInt(number);
        writer.WriteUInt(60_000_000UL);
        writer.WriteUInt(UInt256.Zero);
        writer.WriteUInt(time);
        writer.WriteBytes([]);
        writer.WriteBytes(new byte[32]);
        writer.WriteBytes(new byte[8]);
        return writer.ToListArray();
    }

    private static void AddBits(byte[] bloom, byte[] item)
    {
        var hash = Keccak256.Hash(item).ToArray();
        for (var i = 0; i < 6; i += 2)
        {
            var bit = ((hash[i] << 8) | hash[i + 1]) & 2047;
            bloom[255 - (bit / 8)] |= (byte)(1 << (bit % 8));
        }
    }
}
