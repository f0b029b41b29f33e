using System.Runtime.Intrinsics;

namespace Pqms.Ethereum.Crypto;

/// <summary>The hash function of Ethereum: Keccak with a 256-bit digest and the padding 0x01, older than SHA-3's
/// 0x06.</summary>
/// <remarks>Stateless, safe across threads, and free of allocation.</remarks>
public static class Keccak256
{
    /// <summary>Bytes in a digest.</summary>
    public const int Size = 32;

    /// <summary>The digest of the data.</summary>
    /// <param name="data">Any number of bytes.</param>
    /// <returns>32 bytes.</returns>
    public static Bytes32 Hash(ReadOnlySpan<byte> data)
    {
        Span<byte> digest = stackalloc byte[Size];
        Hash(data, digest);
        return Bytes32.FromBytes(digest);
    }

    /// <summary>Writes the digest of the data.</summary>
    /// <param name="data">Any number of bytes; may overlap the destination.</param>
    /// <param name="destination">At least 32 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The destination is shorter.</exception>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Size, nameof(destination));
        KeccakSponge.Hash<ulong, OneMessage>(data, data.Length, destination);
    }

    /// <summary>Writes the digests of many messages of one length, as the nodes of a Merkle tree are: four or eight
    /// at once where the processor has vectors of 256 or 512 bits.</summary>
    /// <remarks>The same bits as <see cref="Hash(ReadOnlySpan{byte}, Span{byte})"/> of each message.</remarks>
    /// <param name="messages">The messages one after another, <paramref name="length"/> bytes each.</param>
    /// <param name="length">Bytes of one message, 0 or more.</param>
    /// <param name="digests">32 bytes for each message; not to overlap the messages.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    /// <exception cref="ArgumentException">The digests are not a multiple of 32 bytes, the messages are not that many
    /// times the length, or both overlap.</exception>
    public static void HashMany(ReadOnlySpan<byte> messages, int length, Span<byte> digests)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var count = digests.Length / Size;
        if (digests.Length % Size != 0 || messages.Length != (long)count * length)
        {
            throw new ArgumentException(
                $"{messages.Length} bytes of messages and {digests.Length} of digests; {Size} bytes of digests for "
                + $"each {length} bytes of messages are needed.",
                nameof(digests));
        }

        if (messages.Overlaps(digests))
        {
            throw new ArgumentException("The digests overlap the messages; give them memory of their own.",
                nameof(digests));
        }

        var done = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            done = HashGroups<Vector512<ulong>, EightMessages>(messages, length, digests, done);
        }

        if (Vector256.IsHardwareAccelerated)
        {
            done = HashGroups<Vector256<ulong>, FourMessages>(messages, length, digests, done);
        }

        HashGroups<ulong, OneMessage>(messages, length, digests, done);
    }

    /// <summary>Hashes as many whole groups as are left.</summary>
    /// <returns>How many messages are done.</returns>
    internal static int HashGroups<TLane, TOps>(
        ReadOnlySpan<byte> messages, int length, Span<byte> digests, int done)
        where TLane : struct
        where TOps : struct, IKeccakLane<TLane>
    {
        var count = digests.Length / Size;
        for (; count - done >= TOps.Messages; done += TOps.Messages)
        {
            KeccakSponge.Hash<TLane, TOps>(messages[(done * length)..], length, digests[(done * Size)..]);
        }

        return done;
    }
}
