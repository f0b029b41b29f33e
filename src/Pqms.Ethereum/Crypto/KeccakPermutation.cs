namespace Pqms.Ethereum.Crypto;

/// <summary>The permutation Keccak-f[1600], one round at a time, unrolled over the 25 lanes.</summary>
/// <remarks>
/// FIPS 202, section 3.3; the lane A[x, y] is the field L(x + 5y). One text serves one message (lanes of 64 bits) and
/// four or eight at once (lanes of as many 64-bit words): see <see cref="IKeccakLane{TLane}"/>. Written for speed: see
/// the benchmarks.
/// </remarks>
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
    /// <param name="state">The state.</param>
    /// <param name="other">Overwritten: holds what the odd rounds give.</param>
    public static void Permute<TLane, TOps>(ref KeccakState<TLane> state, ref KeccakState<TLane> other)
        where TLane : struct
        where TOps : struct, IKeccakLane<TLane>
    {
        var constants = RoundConstants;
        for (var round = 0; round < constants.Length; round += 2)
        {
            Round<TLane, TOps>(ref state, ref other, constants[round]);
            Round<TLane, TOps>(ref other, ref state, constants[round + 1]);
        }
    }

    private static void Round<TLane, TOps>(ref KeccakState<TLane> a, ref KeccakState<TLane> e, ulong constant)
        where TLane : struct
        where TOps : struct, IKeccakLane<TLane>
    {
        var c0 = TOps.Xor(TOps.Xor(TOps.Xor(a.L0, a.L5), TOps.Xor(a.L10, a.L15)), a.L20);
        var c1 = TOps.Xor(TOps.Xor(TOps.Xor(a.L1, a.L6), TOps.Xor(a.L11, a.L16)), a.L21);
        var c2 = TOps.Xor(TOps.Xor(TOps.Xor(a.L2, a.L7), TOps.Xor(a.L12, a.L17)), a.L22);
        var c3 = TOps.Xor(TOps.Xor(TOps.Xor(a.L3, a.L8), TOps.Xor(a.L13, a.L18)), a.L23);
        var c4 = TOps.Xor(TOps.Xor(TOps.Xor(a.L4, a.L9), TOps.Xor(a.L14, a.L19)), a.L24);
        var d0 = TOps.Xor(c4, TOps.RotateLeft(c1, 1));
        var d1 = TOps.Xor(c0, TOps.RotateLeft(c2, 1));
        var d2 = TOps.Xor(c1, TOps.RotateLeft(c3, 1));
        var d3 = TOps.Xor(c2, TOps.RotateLeft(c4, 1));
        var d4 = TOps.Xor(c3, TOps.RotateLeft(c0, 1));

        var b0 = TOps.Xor(a.L0, d0);
        var b1 = TOps.RotateLeft(TOps.Xor(a.L6, d1), 44);
        var b2 = TOps.RotateLeft(TOps.Xor(a.L12, d2), 43);
        var b3 = TOps.RotateLeft(TOps.Xor(a.L18, d3), 21);
        var b4 = TOps.RotateLeft(TOps.Xor(a.L24, d4), 14);
        e.L0 = TOps.Xor(TOps.Chi(b0, b1, b2), TOps.All(constant));
        e.L1 = TOps.Chi(b1, b2, b3);
        e.L2 = TOps.Chi(b2, b3, b4);
        e.L3 = TOps.Chi(b3, b4, b0);
        e.L4 = TOps.Chi(b4, b0, b1);

        b0 = TOps.RotateLeft(TOps.Xor(a.L3, d3), 28);
        b1 = TOps.RotateLeft(TOps.Xor(a.L9, d4), 20);
        b2 = TOps.RotateLeft(TOps.Xor(a.L10, d0), 3);
        b3 = TOps.RotateLeft(TOps.Xor(a.L16, d1), 45);
        b4 = TOps.RotateLeft(TOps.Xor(a.L22, d2), 61);
        e.L5 = TOps.Chi(b0, b1, b2);
        e.L6 = TOps.Chi(b1, b2, b3);
        e.L7 = TOps.Chi(b2, b3, b4);
        e.L8 = TOps.Chi(b3, b4, b0);
        e.L9 = TOps.Chi(b4, b0, b1);

        b0 = TOps.RotateLeft(TOps.Xor(a.L1, d1), 1);
        b1 = TOps.RotateLeft(TOps.Xor(a.L7, d2), 6);
        b2 = TOps.RotateLeft(TOps.Xor(a.L13, d3), 25);
        b3 = TOps.RotateLeft(TOps.Xor(a.L19, d4), 8);
        b4 = TOps.RotateLeft(TOps.Xor(a.L20, d0), 18);
        e.L10 = TOps.Chi(b0, b1, b2);
        e.L11 = TOps.Chi(b1, b2, b3);
        e.L12 = TOps.Chi(b2, b3, b4);
        e.L13 = TOps.Chi(b3, b4, b0);
        e.L14 = TOps.Chi(b4, b0, b1);

        b0 = TOps.RotateLeft(TOps.Xor(a.L4, d4), 27);
        b1 = TOps.RotateLeft(TOps.Xor(a.L5, d0), 36);
        b2 = TOps.RotateLeft(TOps.Xor(a.L11, d1), 10);
        b3 = TOps.RotateLeft(TOps.Xor(a.L17, d2), 15);
        b4 = TOps.RotateLeft(TOps.Xor(a.L23, d3), 56);
        e.L15 = TOps.Chi(b0, b1, b2);
        e.L16 = TOps.Chi(b1, b2, b3);
        e.L17 = TOps.Chi(b2, b3, b4);
        e.L18 = TOps.Chi(b3, b4, b0);
        e.L19 = TOps.Chi(b4, b0, b1);

        b0 = TOps.RotateLeft(TOps.Xor(a.L2, d2), 62);
        b1 = TOps.RotateLeft(TOps.Xor(a.L8, d3), 55);
        b2 = TOps.RotateLeft(TOps.Xor(a.L14, d4), 39);
        b3 = TOps.RotateLeft(TOps.Xor(a.L15, d0), 41);
        b4 = TOps.RotateLeft(TOps.Xor(a.L21, d1), 2);
        e.L20 = TOps.Chi(b0, b1, b2);
        e.L21 = TOps.Chi(b1, b2, b3);
        e.L22 = TOps.Chi(b2, b3, b4);
        e.L23 = TOps.Chi(b3, b4, b0);
        e.L24 = TOps.Chi(b4, b0, b1);
    }
}

/// <summary>The 1,600 bits of the sponge as 25 lanes in the order in which input bytes fill them.</summary>
internal struct KeccakState<TLane>
    where TLane : struct
{
    public TLane L0, L1, L2, L3, L4, L5, L6, L7, L8, L9, L10, L11, L12;
    public TLane L13, L14, L15, L16, L17, L18, L19, L20, L21, L22, L23, L24;
}
