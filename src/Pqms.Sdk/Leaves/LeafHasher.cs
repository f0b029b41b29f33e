using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;

namespace Pqms.Sdk.Leaves;

/// <summary>Hashes the leaves of one report by <see cref="MerkleTree.LeafHash"/>'s rule, those of one length together,
/// as <see cref="Keccak256.HashMany"/> wants them.</summary>
/// <param name="sequence">The report's sequence.</param>
/// <param name="hashes">Filled by index; complete after <see cref="Finish"/>.</param>
internal sealed class LeafHasher(ulong sequence, Bytes32[] hashes)
{
    // A multiple of the widest vector's 8 messages that fits the first cache with its digests: 64 × 224 bytes.
    private const int GroupSize = 64;

    // One for each number of words that a payload can fill.
    private readonly Group?[] _groups = new Group?[MerkleTree.PayloadWords(LeafCodec.MaxLength) + 1];

    /// <summary>Takes the next leaf.</summary>
    /// <param name="index">0-based position in the report.</param>
    /// <param name="payload">The leaf's canonical bytes, at most <see cref="LeafCodec.MaxLength"/>.</param>
    public void Add(int index, ReadOnlySpan<byte> payload)
    {
        var words = MerkleTree.PayloadWords(payload.Length);
        var group = _groups[words] ??= new Group(MerkleTree.EncodedLength(payload.Length));
        MerkleTree.EncodeLeaf(sequence, (ulong)index, payload, group.Encoded.AsSpan(group.Count * group.Length,
            group.Length));
        group.Indices[group.Count++] = index;
        if (group.Count == GroupSize)
        {
            Flush(group);
        }
    }

    /// <summary>Hashes what is left.</summary>
    public void Finish()
    {
        foreach (var group in _groups)
        {
            if (group is not null)
            {
                Flush(group);
            }
        }
    }

    private void Flush(Group group)
    {
        Span<byte> inner = stackalloc byte[GroupSize * Keccak256.Size];
        Span<byte> outer = stackalloc byte[GroupSize * Keccak256.Size];
        inner = inner[..(group.Count * Keccak256.Size)];
        outer = outer[..inner.Length];
        Keccak256.HashMany(group.Encoded.AsSpan(0, group.Count * group.Length), group.Length, inner);
        Keccak256.HashMany(inner, Keccak256.Size, outer);
        for (var i = 0; i < group.Count; i++)
        {
            hashes[group.Indices[i]] = Bytes32.FromBytes(outer.Slice(i * Keccak256.Size, Keccak256.Size));
        }

        group.Count = 0;
    }

    private sealed class Group(int length)
    {
        public int Length { get; } = length;

        public byte[] Encoded { get; } = new byte[GroupSize * length];

        public int[] Indices { get; } = new int[GroupSize];

        public int Count { get; set; }
    }
}
