namespace Pqms.Ethereum.Crypto;

/// <summary>The permutation Keccak-f[1600], one round at a time, unrolled over the 25 lanes.</summary>
/// <remarks>FIPS 202, section 3.3; the lane A[x, y] is the field L(x + 5y). Written for speed: see the
/// benchmarks.</remarks>
internal static class KeccakPermutation
{
    private static ReadOnlySpan<ulong> RoundConstants =>
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000,
        0x000000000000808B, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
        0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
        0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003,
        0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    /// <summary>Applies the 24 rounds to the state, in place.</summary>
    public static void Permute(ref KeccakState state)
    {
        KeccakState other = default;
        var constants = RoundConstants;
        for (var round = 0; round < constants.Length; round += 2)
        {
            Round(ref state, ref other, constants[round]);
            Round(ref other, ref state, constants[round + 1]);
        }
    }

    private static void Round(ref KeccakState a, ref KeccakState e, ulong constant)
    {
        var c0 = a.L0 ^ a.L5 ^ a.L10 ^ a.L15 ^ a.L20;
        var c1 = a.L1 ^ a.L6 ^ a.L11 ^ a.L16 ^ a.L21;
        var c2 = a.L2 ^ a.L7 ^ a.L12 ^ a.L17 ^ a.L22;
        var c3 = a.L3 ^ a.L8 ^ a.L13 ^ a.L18 ^ a.L23;
        var c4 = a.L4 ^ a.L9 ^ a.L14 ^ a.L19 ^ a.L24;
        var d0 = c4 ^ ulong.RotateLeft(c1, 1);
        var d1 = c0 ^ ulong.RotateLeft(c2, 1);
        var d2 = c1 ^ ulong.RotateLeft(c3, 1);
        var d3 = c2 ^ ulong.RotateLeft(c4, 1);
        var d4 = c3 ^ ulong.RotateLeft(c0, 1);

        var b0 = a.L0 ^ d0;
        var b1 = ulong.RotateLeft(a.L6 ^ d1, 44);
        var b2 = ulong.RotateLeft(a.L12 ^ d2, 43);
        var b3 = ulong.RotateLeft(a.L18 ^ d3, 21);
        var b4 = ulong.RotateLeft(a.L24 ^ d4, 14);
        e.L0 = b0 ^ (~b1 & b2) ^ constant;
        e.L1 = b1 ^ (~b2 & b3);
        e.L2 = b2 ^ (~b3 & b4);
        e.L3 = b3 ^ (~b4 & b0);
        e.L4 = b4 ^ (~b0 & b1);

        b0 = ulong.RotateLeft(a.L3 ^ d3, 28);
        b1 = ulong.RotateLeft(a.L9 ^ d4, 20);
        b2 = ulong.RotateLeft(a.L10 ^ d0, 3);
        b3 = ulong.RotateLeft(a.L16 ^ d1, 45);
        b4 = ulong.RotateLeft(a.L22 ^ d2, 61);
        e.L5 = b0 ^ (~b1 & b2);
        e.L6 = b1 ^ (~b2 & b3);
        e.L7 = b2 ^ (~b3 & b4);
        e.L8 = b3 ^ (~b4 & b0);
        e.L9 = b4 ^ (~b0 & b1);

        b0 = ulong.RotateLeft(a.L1 ^ d1, 1);
        b1 = ulong.RotateLeft(a.L7 ^ d2, 6);
        b2 = ulong.RotateLeft(a.L13 ^ d3, 25);
        b3 = ulong.RotateLeft(a.L19 ^ d4, 8);
        b4 = ulong.RotateLeft(a.L20 ^ d0, 18);
        e.L10 = b0 ^ (~b1 & b2);
        e.L11 = b1 ^ (~b2 & b3);
        e.L12 = b2 ^ (~b3 & b4);
        e.L13 = b3 ^ (~b4 & b0);
        e.L14 = b4 ^ (~b0 & b1);

        b0 = ulong.RotateLeft(a.L4 ^ d4, 27);
        b1 = ulong.RotateLeft(a.L5 ^ d0, 36);
        b2 = ulong.RotateLeft(a.L11 ^ d1, 10);
        b3 = ulong.RotateLeft(a.L17 ^ d2, 15);
        b4 = ulong.RotateLeft(a.L23 ^ d3, 56);
        e.L15 = b0 ^ (~b1 & b2);
        e.L16 = b1 ^ (~b2 & b3);
        e.L17 = b2 ^ (~b3 & b4);
        e.L18 = b3 ^ (~b4 & b0);
        e.L19 = b4 ^ (~b0 & b1);

        b0 = ulong.RotateLeft(a.L2 ^ d2, 62);
        b1 = ulong.RotateLeft(a.L8 ^ d3, 55);
        b2 = ulong.RotateLeft(a.L14 ^ d4, 39);
        b3 = ulong.RotateLeft(a.L15 ^ d0, 41);
        b4 = ulong.RotateLeft(a.L21 ^ d1, 2);
        e.L20 = b0 ^ (~b1 & b2);
        e.L21 = b1 ^ (~b2 & b3);
        e.L22 = b2 ^ (~b3 & b4);
        e.L23 = b3 ^ (~b4 & b0);
        e.L24 = b4 ^ (~b0 & b1);
    }
}

/// <summary>The 1,600 bits of the sponge as 25 lanes in the order in which input bytes fill them.</summary>
internal struct KeccakState
{
    public ulong L0, L1, L2, L3, L4, L5, L6, L7, L8, L9, L10, L11, L12;
    public ulong L13, L14, L15, L16, L17, L18, L19, L20, L21, L22, L23, L24;
}
