using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Pqms.Ethereum.Crypto;

/// <summary>The password function scrypt (RFC 7914), without its limit of N by r, which old keystore files
/// exceed.</summary>
internal static class Scrypt
{
    private const int WordsPerSalsaBlock = 16;
    private const int VectorsPerSalsaBlock = 4;

    /// <summary>Derives a key. The caller bounds the work: 128·n·r bytes of memory, p times.</summary>
    /// <param name="password">The password.</param>
    /// <param name="salt">The salt.</param>
    /// <param name="n">Rounds, a power of two above 1.</param>
    /// <param name="r">Blocks, at least 1.</param>
    /// <param name="p">Lanes, at least 1.</param>
    /// <param name="length">Bytes of the key.</param>
    public static byte[] Derive(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int n, int r, int p, int length)
    {
        var laneVectors = 2 * VectorsPerSalsaBlock * r;
        var laneBytes = 2 * WordsPerSalsaBlock * sizeof(uint) * r;
        var lanes = Rfc2898DeriveBytes.Pbkdf2(password, salt, 1, HashAlgorithmName.SHA256, p * laneBytes);
        var memory = new Vector128<uint>[(long)n * laneVectors];
        var lane = new Vector128<uint>[laneVectors];
        var scratch = new Vector128<uint>[laneVectors];
        for (var i = 0; i < p; i++)
        {
            var bytes = lanes.AsSpan(i * laneBytes, laneBytes);
            var words = MemoryMarshal.Cast<Vector128<uint>, uint>(lane.AsSpan());
            for (var k = 0; k < words.Length; k++)
            {
                words[k] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * Diagonal(k))..]);
            }

            Mix(lane, scratch, memory, n);
            for (var k = 0; k < words.Length; k++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes[(4 * Diagonal(k))..], words[k]);
            }
        }

        var key = Rfc2898DeriveBytes.Pbkdf2(password, lanes, 1, HashAlgorithmName.SHA256, length);

        // Whoever finds the first of these can try passwords without the work.
        CryptographicOperations.ZeroMemory(lanes);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(memory.AsSpan()));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(lane.AsSpan()));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(scratch.AsSpan()));
        return key;
    }

    // Salsa's 4 × 4 words are kept by diagonals, so that a vector holds what one step changes: 0 5 10 15, 4 9 14 3, …
    private static int Diagonal(int word) =>
        (word & ~(WordsPerSalsaBlock - 1)) | (5 * word & (WordsPerSalsaBlock - 1));

    // RFC 7914, section 5: scryptROMix.
    private static void Mix(Span<Vector128<uint>> lane, Span<Vector128<uint>> scratch, Vector128<uint>[] memory, int n)
    {
        for (var i = 0; i < n; i++)
        {
            lane.CopyTo(memory.AsSpan(i * lane.Length, lane.Length));
            MixBlocks(lane, scratch);
        }

        for (var i = 0; i < n; i++)
        {
            // The last block's first word keeps its place among the diagonals.
            var place = (int)(lane[^VectorsPerSalsaBlock].ToScalar() & (uint)(n - 1));
            var stored = memory.AsSpan(place * lane.Length, lane.Length);
            for (var k = 0; k < lane.Length; k++)
            {
                lane[k] ^= stored[k];
            }

            MixBlocks(lane, scratch);
        }
    }

    // RFC 7914, section 4: scryptBlockMix. Even blocks go to the first half, odd ones to the second.
    private static void MixBlocks(Span<Vector128<uint>> lane, Span<Vector128<uint>> scratch)
    {
        var x = new SalsaBlock(lane[^VectorsPerSalsaBlock..]);
        var half = lane.Length / 2;
        for (var i = 0; i < half; i += VectorsPerSalsaBlock)
        {
            x = x.XorThenSalsa8(lane[(2 * i)..]);
            x.CopyTo(scratch[i..]);
            x = x.XorThenSalsa8(lane[((2 * i) + VectorsPerSalsaBlock)..]);
            x.CopyTo(scratch[(half + i)..]);
        }

        scratch.CopyTo(lane);
    }

    // RFC 7914, section 3: the Salsa20/8 core, on diagonals.
    private readonly struct SalsaBlock
    {
        private readonly Vector128<uint> _a, _b, _c, _d;

        public SalsaBlock(ReadOnlySpan<Vector128<uint>> block) =>
            (_a, _b, _c, _d) = (block[0], block[1], block[2], block[3]);

        private SalsaBlock(Vector128<uint> a, Vector128<uint> b, Vector128<uint> c, Vector128<uint> d) =>
            (_a, _b, _c, _d) = (a, b, c, d);

        public void CopyTo(Span<Vector128<uint>> block)
        {
            block[0] = _a;
            block[1] = _b;
            block[2] = _c;
            block[3] = _d;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public SalsaBlock XorThenSalsa8(ReadOnlySpan<Vector128<uint>> block)
        {
            Vector128<uint> a0 = _a ^ block[0], b0 = _b ^ block[1], c0 = _c ^ block[2], d0 = _d ^ block[3];
            Vector128<uint> a = a0, b = b0, c = c0, d = d0;
            for (var round = 0; round < 8; round += 2)
            {
                b ^= Rotate(a + d, 7);
                c ^= Rotate(b + a, 9);
                d ^= Rotate(c + b, 13);
                a ^= Rotate(d + c, 18);

                // Rows become columns, and back after the second half.
                b = Vector128.Shuffle(b, Vector128.Create(3u, 0, 1, 2));
                c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
                d = Vector128.Shuffle(d, Vector128.Create(1u, 2, 3, 0));
                d ^= Rotate(a + b, 7);
                c ^= Rotate(d + a, 9);
                b ^= Rotate(c + d, 13);
                a ^= Rotate(b + c, 18);
                b = Vector128.Shuffle(b, Vector128.Create(1u, 2, 3, 0));
                c = Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1));
                d = Vector128.Shuffle(d, Vector128.Create(3u, 0, 1, 2));
            }

            return new SalsaBlock(a + a0, b + b0, c + c0, d + d0);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector128<uint> Rotate(Vector128<uint> value, int bits) =>
            (value << bits) | (value >>> (32 - bits));
    }
}
