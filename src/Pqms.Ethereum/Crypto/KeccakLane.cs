using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pqms.Ethereum.Crypto;

/// <summary>What the permutation does with a lane: 64 bits of each message that is hashed at once.</summary>
internal interface IKeccakLane<TLane>
    where TLane : struct
{
    /// <summary>Messages that one lane serves.</summary>
    static abstract int Messages { get; }

    /// <summary>The same 64 bits for every message.</summary>
    static abstract TLane All(ulong value);

    /// <summary>a XOR b.</summary>
    static abstract TLane Xor(TLane a, TLane b);

    /// <summary>a XOR (NOT b AND c).</summary>
    static abstract TLane Chi(TLane a, TLane b, TLane c);

    /// <summary>Every message's 64 bits rotated to the left by 1 to 63.</summary>
    static abstract TLane RotateLeft(TLane value, [ConstantExpected] byte bits);
}

/// <summary>One message: the scalar twin of the wider ones.</summary>
internal readonly struct OneMessage : IKeccakLane<ulong>
{
    public static int Messages => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong All(ulong value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Xor(ulong a, ulong b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Chi(ulong a, ulong b, ulong c) => a ^ (~b & c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong RotateLeft(ulong value, [ConstantExpected] byte bits) => ulong.RotateLeft(value, bits);
}

/// <summary>Four messages in 256-bit vectors.</summary>
internal readonly struct FourMessages : IKeccakLane<Vector256<ulong>>
{
    public static int Messages => Vector256<ulong>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> All(ulong value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Xor(Vector256<ulong> a, Vector256<ulong> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> Chi(Vector256<ulong> a, Vector256<ulong> b, Vector256<ulong> c) => a ^ (~b & c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<ulong> RotateLeft(Vector256<ulong> value, [ConstantExpected] byte bits) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateLeft(value, bits) : (value << bits) | (value >>> (64 - bits));
}

/// <summary>Eight messages in 512-bit vectors.</summary>
internal readonly struct EightMessages : IKeccakLane<Vector512<ulong>>
{
    public static int Messages => Vector512<ulong>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> All(ulong value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Xor(Vector512<ulong> a, Vector512<ulong> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Chi(Vector512<ulong> a, Vector512<ulong> b, Vector512<ulong> c) => a ^ (~b & c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> RotateLeft(Vector512<ulong> value, [ConstantExpected] byte bits) =>
        Avx512F.IsSupported ? Avx512F.RotateLeft(value, bits) : (value << bits) | (value >>> (64 - bits));
}
