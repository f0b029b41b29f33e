using System.Buffers.Binary;
using System.Numerics;
using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;

namespace Pqms.Sdk.Leaves;

/// <summary>The tree of a report's events, as ReportHub checks it.</summary>
/// <remarks>
/// Depth = ceil(log2(count)); missing leaves are 32 zero bytes; node = keccak(left || right); no leaf gives root 0 and
/// one
/// leaf is its own root. Leaves are hashed twice, so that no inner node can pass for a leaf (second pre-image).
/// Immutable.
/// </remarks>
public sealed class MerkleTree
{
    // The encoding's four words before the payload: sequence, index, offset of the bytes, their number.
    private const int HeadBytes = 4 * Bytes32.Size;
    private const int PairBytes = 2 * Bytes32.Size;

    // Nodes hashed together: a multiple of the widest vector's 8 messages, small enough for the stack.
    private const int GroupSize = 64;

    private readonly Bytes32[][] _levels;
    private readonly Bytes32[] _missing;

    /// <summary>Builds the tree; count·32 bytes of hashing at each halving.</summary>
    /// <param name="leaves">Leaf hashes by index.</param>
    /// <exception cref="ArgumentNullException">No list.</exception>
    public MerkleTree(IReadOnlyList<Bytes32> leaves)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        Count = leaves.Count;
        var depth = Depth((ulong)Count);
        _levels = new Bytes32[depth + 1][];
        _missing = new Bytes32[depth + 1];
        _levels[0] = [.. leaves];
        for (var level = 1; level <= depth; level++)
        {
            _missing[level] = Node(_missing[level - 1], _missing[level - 1]);
            _levels[level] = Parents(_levels[level - 1], _missing[level - 1]);
        }
    }

    /// <summary>Number of leaves.</summary>
    public int Count { get; }

    /// <summary>The root; zero without leaves.</summary>
    public Bytes32 Root => Count == 0 ? Bytes32.Zero : _levels[^1][0];

    /// <summary>Levels above the leaves.</summary>
    /// <param name="count">Number of leaves.</param>
    /// <returns>ceil(log2(count)); 0 for 0 and 1.</returns>
    public static int Depth(ulong count) => count <= 1 ? 0 : BitOperations.Log2(count - 1) + 1;

    /// <summary>keccak(keccak(abi.encode(uint64 sequence, uint64 index, bytes payload))).</summary>
    /// <param name="sequence">The report's sequence: the same event in another report is another leaf.</param>
    /// <param name="index">0-based position in the report.</param>
    /// <param name="payload">The leaf's canonical bytes.</param>
    /// <returns>The hash that the tree holds.</returns>
    public static Bytes32 LeafHash(ulong sequence, ulong index, ReadOnlySpan<byte> payload)
    {
        var encoded = new byte[EncodedLength(payload.Length)];
        EncodeLeaf(sequence, index, payload, encoded);
        Span<byte> inner = stackalloc byte[Keccak256.Size];
        Keccak256.Hash(encoded, inner);
        return Keccak256.Hash(inner);
    }

    /// <summary>The siblings of a leaf, from the bottom upward.</summary>
    /// <param name="index">0-based leaf.</param>
    /// <returns>Exactly <see cref="Depth"/> hashes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No such leaf.</exception>
    public Bytes32[] Proof(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var proof = new Bytes32[_levels.Length - 1];
        for (var level = 0; level < proof.Length; level++)
        {
            var sibling = (index >> level) ^ 1;
            proof[level] = sibling < _levels[level].Length ? _levels[level][sibling] : _missing[level];
        }

        return proof;
    }

    /// <summary>Checks a proof without the tree, by the hub's rule.</summary>
    /// <param name="root">The report's eventsRoot.</param>
    /// <param name="count">The report's count.</param>
    /// <param name="index">The leaf's position.</param>
    /// <param name="leaf">The leaf's hash.</param>
    /// <param name="proof">Siblings from the bottom upward.</param>
    /// <returns>False for a wrong length, an index outside the report, or another root.</returns>
    /// <exception cref="ArgumentNullException">No list.</exception>
    public static bool Verify(Bytes32 root, ulong count, ulong index, Bytes32 leaf, IReadOnlyList<Bytes32> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (index >= count || proof.Count != Depth(count))
        {
            return false;
        }

        var node = leaf;
        for (var level = 0; level < proof.Count; level++)
        {
            node = (index >> level & 1) == 0 ? Node(node, proof[level]) : Node(proof[level], node);
        }

        return node == root;
    }

    /// <summary>32-byte words that a payload fills in the encoding.</summary>
    internal static int PayloadWords(int length) => (length + Bytes32.Size - 1) / Bytes32.Size;

    /// <summary>Bytes of a leaf's encoding.</summary>
    internal static int EncodedLength(int payloadLength) => HeadBytes + (PayloadWords(payloadLength) * Bytes32.Size);

    /// <summary>Writes abi.encode(uint64 sequence, uint64 index, bytes payload).</summary>
    /// <param name="sequence">The report's sequence.</param>
    /// <param name="index">0-based position in the report.</param>
    /// <param name="payload">The leaf's canonical bytes.</param>
    /// <param name="encoded">Exactly <see cref="EncodedLength"/> bytes.</param>
    internal static void EncodeLeaf(ulong sequence, ulong index, ReadOnlySpan<byte> payload, Span<byte> encoded)
    {
        encoded.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(encoded[24..], sequence);
        BinaryPrimitives.WriteUInt64BigEndian(encoded[56..], index);
        encoded[95] = 96;
        BinaryPrimitives.WriteInt32BigEndian(encoded[124..], payload.Length);
        payload.CopyTo(encoded[HeadBytes..]);
    }

    // The level above: pairs are hashed in groups, as many at once as the processor's vectors hold.
    private static Bytes32[] Parents(ReadOnlySpan<Bytes32> below, Bytes32 missing)
    {
        Span<byte> pairs = stackalloc byte[GroupSize * PairBytes];
        Span<byte> digests = stackalloc byte[GroupSize * Bytes32.Size];
        var nodes = new Bytes32[(below.Length + 1) / 2];
        for (var start = 0; start < nodes.Length; start += GroupSize)
        {
            var count = Math.Min(GroupSize, nodes.Length - start);
            for (var i = 0; i < 2 * count; i++)
            {
                var child = (2 * start) + i;
                (child < below.Length ? below[child] : missing).CopyTo(pairs[(i * Bytes32.Size)..]);
            }

            Keccak256.HashMany(pairs[..(count * PairBytes)], PairBytes, digests[..(count * Bytes32.Size)]);
            for (var i = 0; i < count; i++)
            {
                nodes[start + i] = Bytes32.FromBytes(digests.Slice(i * Bytes32.Size, Bytes32.Size));
            }
        }

        return nodes;
    }

    private static Bytes32 Node(Bytes32 left, Bytes32 right)
    {
        Span<byte> both = stackalloc byte[PairBytes];
        left.CopyTo(both);
        right.CopyTo(both[Bytes32.Size..]);
        return Keccak256.Hash(both);
    }
}
