using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Pqms.Ethereum.Crypto;

/// <summary>The hash function of Ethereum: Keccak with a 256-bit digest and the padding 0x01, older than SHA-3's
/// 0x06.</summary>
/// <remarks>Stateless, safe across threads, and free of allocation.</remarks>
public static class Keccak256
{
    /// <summary>Bytes in a digest.</summary>
    public const int Size = 32;

    // 1,600 bits of state less twice the 256 bits of the digest: FIPS 202, section 5.2.
    private const int RateBytes = 136;

    /// <summary>The digest of the data.</summary>
    /// <param name="data">Any number of bytes.</param>
    /// <returns>32 bytes.</returns>
    public static Bytes32 Hash(ReadOnlySpan<byte> data)
    {
        Span<byte> digest = stackalloc byte[Size];
        Hash(data, digest);
        return Bytes32.FromBytes(digest);
    }

    /// <summary>The digest of two parts that follow one another, for example two nodes of a Merkle tree.</summary>
    /// <param name="first">The first part.</param>
    /// <param name="second">The second part.</param>
    /// <returns>32 bytes.</returns>
    public static Bytes32 Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var length = first.Length + second.Length;
        byte[]? rented = null;
        var joined = length <= 512 ? stackalloc byte[512] : (rented = ArrayPool<byte>.Shared.Rent(length));
        first.CopyTo(joined);
        second.CopyTo(joined[first.Length..]);
        var digest = Hash(joined[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return digest;
    }

    /// <summary>Writes the digest of the data.</summary>
    /// <param name="data">Any number of bytes; may overlap the destination.</param>
    /// <param name="destination">At least 32 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The destination is shorter.</exception>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Size, nameof(destination));
        KeccakState state = default;
        while (data.Length >= RateBytes)
        {
            Absorb(ref state, data[..RateBytes]);
            KeccakPermutation.Permute(ref state);
            data = data[RateBytes..];
        }

        Span<byte> last = stackalloc byte[RateBytes];
        last.Clear();
        data.CopyTo(last);
        last[data.Length] = 0x01;
        last[RateBytes - 1] |= 0x80;
        Absorb(ref state, last);
        KeccakPermutation.Permute(ref state);
        BinaryPrimitives.WriteUInt64LittleEndian(destination, state.L0);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], state.L1);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], state.L2);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], state.L3);
    }

    private static void Absorb(ref KeccakState state, ReadOnlySpan<byte> block)
    {
        var lanes = MemoryMarshal.CreateSpan(ref state.L0, RateBytes / sizeof(ulong));
        for (var i = 0; i < lanes.Length; i++)
        {
            lanes[i] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(i * sizeof(ulong))..]);
        }
    }
}
