using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;

namespace Pqms.Sdk.Leaves;

/// <summary>The leaves of one report as a file: content-addressed by <see cref="DataHash"/>, served by every
/// oracle.</summary>
/// <remarks>
/// Layout, big-endian: "PQMB", format version 1 (1 byte), era (8), sequence (8), count (4), then for each leaf its
/// length
/// (2) and payload. One byte sequence for each content, so the hash names the content. Immutable.
/// </remarks>
public sealed class Batch
{
    /// <summary>Most leaves in a file: the epoch rule cuts at 10,000 waiting, plus what one block can add.</summary>
    public const int MaxLeaves = 1_000_000;

    private const byte FormatVersion = 1;
    private const int HeaderBytes = 4 + 1 + 8 + 8 + 4;

    private readonly Lazy<MerkleTree> _tree;

    /// <summary>A batch of a report.</summary>
    /// <param name="era">The report's era.</param>
    /// <param name="sequence">The report's sequence, first report 1.</param>
    /// <param name="leaves">In order of their index; at most <see cref="MaxLeaves"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Too many leaves.</exception>
    public Batch(ulong era, ulong sequence, IReadOnlyList<Leaf> leaves)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(leaves.Count, MaxLeaves, nameof(leaves));
        Era = era;
        Sequence = sequence;
        Leaves = leaves;
        Bytes = Encode();
        DataHash = Keccak256.Hash(Bytes.Span);
        _tree = new Lazy<MerkleTree>(BuildTree);
    }

    /// <summary>The report's era.</summary>
    public ulong Era { get; }

    /// <summary>The report's sequence.</summary>
    public ulong Sequence { get; }

    /// <summary>The leaves, in order of their index.</summary>
    public IReadOnlyList<Leaf> Leaves { get; }

    /// <summary>The file.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Keccak-256 of <see cref="Bytes"/>: the report's dataHash.</summary>
    public Bytes32 DataHash { get; }

    /// <summary>The tree over the leaves; its root is the report's eventsRoot. Built at first use.</summary>
    public MerkleTree Tree => _tree.Value;

    /// <summary>Reads a file.</summary>
    /// <param name="file">The bytes of one batch.</param>
    /// <returns>The batch; its <see cref="DataHash"/> is that of the file.</returns>
    /// <exception cref="FormatException">Not a batch, another version, or a malformed leaf; the message names the
    /// place.</exception>
    public static Batch Parse(ReadOnlySpan<byte> file)
    {
        var reader = new PackedReader(file, "batch");
        if (!reader.Bytes(4).SequenceEqual("PQMB"u8))
        {
            throw new FormatException("Not a batch file: it must begin with PQMB.");
        }

        var version = reader.UInt8();
        if (version != FormatVersion)
        {
            throw new FormatException($"Batch format {version} is unknown: {FormatVersion}.");
        }

        var era = reader.UInt64();
        var sequence = reader.UInt64();
        var count = reader.UInt32();
        // A count that the file can't hold is refused before anything is allocated.
        if (count > MaxLeaves || count > (uint)reader.Remaining / (2 + LeafCodec.MinLength))
        {
            throw new FormatException(
                $"The batch claims {count} leaves in {reader.Remaining} bytes; at most {MaxLeaves}.");
        }

        var leaves = new Leaf[count];
        for (var index = 0; index < leaves.Length; index++)
        {
            leaves[index] = ReadLeaf(ref reader, index);
        }

        reader.ExpectEnd();
        return new Batch(era, sequence, leaves);
    }

    /// <summary>The proof that a leaf belongs to the report.</summary>
    /// <param name="index">0-based position in <see cref="Leaves"/>.</param>
    /// <returns>Siblings from the leaf upward; as many as the tree is deep.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No such leaf.</exception>
    public Bytes32[] Proof(int index) => Tree.Proof(index);

    private static Leaf ReadLeaf(ref PackedReader reader, int index)
    {
        var high = reader.UInt8();
        var length = (high << 8) | reader.UInt8();
        try
        {
            return LeafCodec.Decode(reader.Bytes(length));
        }
        catch (FormatException fault)
        {
            throw new FormatException($"Leaf {index}: {fault.Message}", fault);
        }
    }

    private byte[] Encode()
    {
        var writer = new PackedWriter(HeaderBytes + (Leaves.Count * (2 + LeafCodec.MaxLength)));
        writer.Bytes("PQMB"u8);
        writer.UInt8(FormatVersion);
        writer.UInt64(Era);
        writer.UInt64(Sequence);
        writer.UInt32((uint)Leaves.Count);
        foreach (var leaf in Leaves)
        {
            var payload = leaf.ToPayload();
            writer.UInt8((byte)(payload.Length >> 8));
            writer.UInt8((byte)(payload.Length & 0xff));
            writer.Bytes(payload);
        }

        return writer.ToArray();
    }

    private MerkleTree BuildTree()
    {
        var hashes = new Bytes32[Leaves.Count];
        var hasher = new LeafHasher(Sequence, hashes);
        for (var index = 0; index < hashes.Length; index++)
        {
            hasher.Add(index, Leaves[index].ToPayload());
        }

        hasher.Finish();
        return new MerkleTree(hashes);
    }
}
