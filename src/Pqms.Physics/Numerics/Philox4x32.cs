namespace Pqms.Physics.Numerics;

/// <summary>
/// The counter-based generator Philox4x32-10: a fixed keyed map from 128-bit counters to 128 random bits.
/// </summary>
/// <remarks>
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC'11; checked with
/// the known-answer vectors of the authors' Random123 library. No state: any value can be asked for at any time, on any
/// thread, in any order.
/// </remarks>
public static class Philox4x32
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>The 128 bits that belong to a counter under a key.</summary>
    /// <param name="key">The key's two words, the first in the low half.</param>
    /// <param name="counterLow">Words 0 and 1 of the counter, word 0 in the low half.</param>
    /// <param name="counterHigh">Words 2 and 3 of the counter, word 2 in the low half.</param>
    /// <returns>Words 0 and 1, then words 2 and 3 of the output, the lower word in the low half.</returns>
    public static (ulong Low, ulong High) Block(ulong key, ulong counterLow, ulong counterHigh)
    {
        unchecked
        {
            uint c0 = (uint)counterLow;
            uint c1 = (uint)(counterLow >> 32);
            uint c2 = (uint)counterHigh;
            uint c3 = (uint)(counterHigh >> 32);
            uint k0 = (uint)key;
            uint k1 = (uint)(key >> 32);
            for (int round = 0; round < Rounds; round++)
            {
                ulong p0 = (ulong)Multiplier0 * c0;
                ulong p1 = (ulong)Multiplier1 * c2;
                c0 = (uint)(p1 >> 32) ^ c1 ^ k0;
                c1 = (uint)p1;
                c2 = (uint)(p0 >> 32) ^ c3 ^ k1;
                c3 = (uint)p0;
                k0 += Weyl0;
                k1 += Weyl1;
            }

            return (c0 | ((ulong)c1 << 32), c2 | ((ulong)c3 << 32));
        }
    }
}
