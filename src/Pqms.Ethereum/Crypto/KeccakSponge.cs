using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pqms.Ethereum.Crypto;

/// <summary>The sponge over one, four or eight messages of the same length at once.</summary>
internal static class KeccakSponge
{
    // 1,600 bits of state less twice the 256 bits of the digest: FIPS 202, section 5.2.
    public const int RateBytes = 136;

    private const int RateWords = RateBytes / sizeof(ulong);
    private const int LaneCount = 25;
    private const int DigestWords = Keccak256.Size / sizeof(ulong);
    private const int CacheLineBytes = 64;

    /// <summary>Hashes the first <c>TOps.Messages</c> messages.</summary>
    /// <param name="messages">The messages one after another, each of <paramref name="length"/> bytes.</param>
    /// <param name="length">Bytes of each message.</param>
    /// <param name="digests">32 bytes for each message.</param>
    public static void Hash<TLane, TOps>(ReadOnlySpan<byte> messages, int length, Span<byte> digests)
        where TLane : struct
        where TOps : struct, IKeccakLane<TLane>
    {
        // Two states, the second for the permutation's odd rounds, at a multiple of 64: a vector that straddles two
        // lines of the cache takes a quarter longer.
        var stateBytes = LaneCount * sizeof(ulong) * TOps.Messages;
        Span<byte> memory = stackalloc byte[(2 * stateBytes) + CacheLineBytes];
        var address = Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref MemoryMarshal.GetReference(memory));
        memory = memory[(int)(-address & (CacheLineBytes - 1))..];
        memory[..stateBytes].Clear();
        ref var state = ref Unsafe.As<byte, KeccakState<TLane>>(ref MemoryMarshal.GetReference(memory));
        ref var other = ref Unsafe.As<byte, KeccakState<TLane>>(ref memory[stateBytes]);
        var start = 0;
        for (; length - start >= RateBytes; start += RateBytes)
        {
            Absorb<TLane, TOps>(ref state, messages[start..], length);
            KeccakPermutation.Permute<TLane, TOps>(ref state, ref other);
        }

        var rest = length - start;
        Span<byte> last = stackalloc byte[RateBytes * TOps.Messages];
        last.Clear();
        for (var i = 0; i < TOps.Messages; i++)
        {
            var block = last.Slice(i * RateBytes, RateBytes);
            messages.Slice((i * length) + start, rest).CopyTo(block);
            block[rest] = 0x01;
            block[RateBytes - 1] |= 0x80;
        }

        Absorb<TLane, TOps>(ref state, last, RateBytes);
        KeccakPermutation.Permute<TLane, TOps>(ref state, ref other);
        Squeeze<TLane, TOps>(ref state, digests);
    }

    // Word w of message i is element w·Messages + i of the state's words.
    private static void Absorb<TLane, TOps>(ref KeccakState<TLane> state, ReadOnlySpan<byte> blocks, int stride)
        where TLane : struct
        where TOps : struct, IKeccakLane<TLane>
    {
        var words = MemoryMarshal.CreateSpan(ref Unsafe.As<TLane, ulong>(ref state.L0), RateWords * TOps.Messages);
        for (var i = 0; i < TOps.Messages; i++)
        {
            var block = blocks.Slice(i * stride, RateBytes);
            for (var w = 0; w < RateWords; w++)
            {
                words[(w * TOps.Messages) + i] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(w * sizeof(ulong))..]);
            }
        }
    }

    private static void Squeeze<TLane, TOps>(ref KeccakState<TLane> state, Span<byte> digests)
        where TLane : struct
        where TOps : struct, IKeccakLane<TLane>
    {
        var words = MemoryMarshal.CreateSpan(ref Unsafe.As<TLane, ulong>(ref state.L0), DigestWords * TOps.Messages);
        for (var i = 0; i < TOps.Messages; i++)
        {
            for (var w = 0; w < DigestWords; w++)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(
                    digests[((i * Keccak256.Size) + (w * sizeof(ulong)))..], words[(w * TOps.Messages) + i]);
            }
        }
    }
}
