using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Pqms.Ethereum.Crypto;

/// <summary>The password function scrypt (RFC 7914), without its limit of N by r, which old keystore files
/// exceed.</summary>
internal static class Scrypt
{
    private const int WordsPerSalsaBlock = 16;

    /// <summary>Derives a key. The caller bounds the work: 128·n·r bytes of memory, p times.</summary>
    /// <param name="password">The password.</param>
    /// <param name="salt">The salt.</param>
    /// <param name="n">Rounds, a power of two above 1.</param>
    /// <param name="r">Blocks, at least 1.</param>
    /// <param name="p">Lanes, at least 1.</param>
    /// <param name="length">Bytes of the key.</param>
    public static byte[] Derive(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int n, int r, int p, int length)
    {
        var laneWords = 2 * WordsPerSalsaBlock * r;
        var laneBytes = laneWords * sizeof(uint);
        var lanes = Rfc2898DeriveBytes.Pbkdf2(password, salt, 1, HashAlgorithmName.SHA256, p * laneBytes);
        var memory = new uint[(long)n * laneWords];
        var lane = new uint[laneWords];
        var scratch = new uint[laneWords];
        for (var i = 0; i < p; i++)
        {
            var bytes = lanes.AsSpan(i * laneBytes, laneBytes);
            for (var k = 0; k < laneWords; k++)
            {
                lane[k] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * k)..]);
            }

            Mix(lane, scratch, memory, n);
            for (var k = 0; k < laneWords; k++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes[(4 * k)..], lane[k]);
            }
        }

        var key = Rfc2898DeriveBytes.Pbkdf2(password, lanes, 1, HashAlgorithmName.SHA256, length);
        CryptographicOperations.ZeroMemory(lanes);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(lane.AsSpan()));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(scratch.AsSpan()));
        return key;
    }

    // RFC 7914, section 5: scryptROMix.
    private static void Mix(Span<uint> lane, Span<uint> scratch, uint[] memory, int n)
    {
        var words = lane.Length;
        for (var i = 0; i < n; i++)
        {
            lane.CopyTo(memory.AsSpan(i * words, words));
            MixBlocks(lane, scratch);
        }

        for (var i = 0; i < n; i++)
        {
            var place = (int)(lane[words - WordsPerSalsaBlock] & (uint)(n - 1));
            var stored = memory.AsSpan(place * words, words);
            for (var k = 0; k < words; k++)
            {
                lane[k] ^= stored[k];
            }

            MixBlocks(lane, scratch);
        }
    }

    // RFC 7914, section 4: scryptBlockMix. Even blocks go to the first half, odd ones to the second.
    private static void MixBlocks(Span<uint> lane, Span<uint> scratch)
    {
        Span<uint> x = stackalloc uint[WordsPerSalsaBlock];
        lane[^WordsPerSalsaBlock..].CopyTo(x);
        var blocks = lane.Length / WordsPerSalsaBlock;
        for (var i = 0; i < blocks; i++)
        {
            var block = lane.Slice(i * WordsPerSalsaBlock, WordsPerSalsaBlock);
            for (var k = 0; k < WordsPerSalsaBlock; k++)
            {
                x[k] ^= block[k];
            }

            Salsa8(x);
            var place = ((i & 1) * (blocks / 2)) + (i / 2);
            x.CopyTo(scratch.Slice(place * WordsPerSalsaBlock, WordsPerSalsaBlock));
        }

        scratch.CopyTo(lane);
    }

    // RFC 7914, section 3: the Salsa20/8 core.
    private static void Salsa8(Span<uint> block)
    {
        Span<uint> x = stackalloc uint[WordsPerSalsaBlock];
        block.CopyTo(x);
        for (var round = 0; round < 4; round++)
        {
            QuarterRound(x, 0, 4, 8, 12);
            QuarterRound(x, 5, 9, 13, 1);
            QuarterRound(x, 10, 14, 2, 6);
            QuarterRound(x, 15, 3, 7, 11);
            QuarterRound(x, 0, 1, 2, 3);
            QuarterRound(x, 5, 6, 7, 4);
            QuarterRound(x, 10, 11, 8, 9);
            QuarterRound(x, 15, 12, 13, 14);
        }

        for (var k = 0; k < WordsPerSalsaBlock; k++)
        {
            block[k] = unchecked(block[k] + x[k]);
        }
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
    private static void QuarterRound(Span<uint> x, int a, int b, int c, int d)
    {
        unchecked
        {
            x[b] ^= BitOperations.RotateLeft(x[a] + x[d], 7);
            x[c] ^= BitOperations.RotateLeft(x[b] + x[a], 9);
            x[d] ^= BitOperations.RotateLeft(x[c] + x[b], 13);
            x[a] ^= BitOperations.RotateLeft(x[d] + x[c], 18);
        }
    }
}
