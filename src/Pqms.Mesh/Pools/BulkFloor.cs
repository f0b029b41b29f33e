using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pqms.Mesh.Pools;

/// <summary>The question whether a Werner pair is still at its floor: ln w(t) = ln w0 - (t - birth) loss.</summary>
/// <param name="Tick">t, the moment that is asked about.</param>
/// <param name="LossPerTick">What ln w loses in one tick, at least 0.</param>
/// <param name="LnFloor">Least ln w.</param>
internal readonly record struct FloorTest(int Tick, float LossPerTick, float LnFloor);

/// <summary>Asks many pairs at once whether they are at or above a floor; three twins that give the same
/// bits.</summary>
/// <remarks>
/// Every twin subtracts two whole numbers, rounds the age to float32, multiplies, subtracts and compares: each step
/// exact or correctly rounded by IEEE 754, none fused, so width and machine cannot be seen in the answer. Places that
/// never held a pair may give either answer (their birth lies outside the range of ticks, the age wraps); the caller
/// masks them. Without hardware support for a width its vectors are a hundred times slower than the scalar twin.
/// </remarks>
internal static class BulkFloor
{
    /// <summary>Places whose answers fill one word.</summary>
    public const int PlacesPerWord = 64;

    /// <summary>Answers for whole words of places with the widest vectors that the machine has.</summary>
    /// <param name="test">The question.</param>
    /// <param name="lnWerner">ln w at birth, 64 for each word.</param>
    /// <param name="births">Birth ticks, 64 for each word.</param>
    /// <param name="above">Receives one bit for each place, set where the pair is at or above the floor.</param>
    public static void Evaluate(
        in FloorTest test, ReadOnlySpan<float> lnWerner, ReadOnlySpan<int> births, Span<ulong> above)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lnWerner.Length, above.Length * PlacesPerWord, nameof(lnWerner));
        ArgumentOutOfRangeException.ThrowIfLessThan(births.Length, above.Length * PlacesPerWord, nameof(births));
        if (Vector512.IsHardwareAccelerated)
        {
            Evaluate512(test, lnWerner, births, above);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Evaluate256(test, lnWerner, births, above);
        }
        else
        {
            EvaluateScalar(test, lnWerner, births, above);
        }
    }

    /// <summary>ln w of one pair; the scalar of all twins.</summary>
    public static float LnWernerAt(in FloorTest test, float lnWerner, int birth) =>
        lnWerner - ((float)unchecked(test.Tick - birth) * test.LossPerTick);

    internal static void EvaluateScalar(
        in FloorTest test, ReadOnlySpan<float> lnWerner, ReadOnlySpan<int> births, Span<ulong> above)
    {
        for (int word = 0; word < above.Length; word++)
        {
            ReadOnlySpan<float> w = lnWerner.Slice(word * PlacesPerWord, PlacesPerWord);
            ReadOnlySpan<int> born = births.Slice(word * PlacesPerWord, PlacesPerWord);
            ulong bits = 0;
            for (int i = 0; i < PlacesPerWord; i++)
            {
                bits |= (LnWernerAt(test, w[i], born[i]) >= test.LnFloor ? 1UL : 0UL) << i;
            }

            above[word] = bits;
        }
    }

    internal static void Evaluate256(
        in FloorTest test, ReadOnlySpan<float> lnWerner, ReadOnlySpan<int> births, Span<ulong> above)
    {
        Vector256<int> tick = Vector256.Create(test.Tick);
        Vector256<float> loss = Vector256.Create(test.LossPerTick);
        Vector256<float> floor = Vector256.Create(test.LnFloor);
        ref float w = ref MemoryMarshal.GetReference(lnWerner);
        ref int born = ref MemoryMarshal.GetReference(births);
        for (int word = 0; word < above.Length; word++)
        {
            ulong bits = 0;
            for (int i = 0; i < PlacesPerWord; i += Vector256<float>.Count)
            {
                nuint at = (nuint)((word * PlacesPerWord) + i);
                Vector256<float> age = Vector256.ConvertToSingle(tick - Vector256.LoadUnsafe(ref born, at));
                Vector256<float> now = Vector256.LoadUnsafe(ref w, at) - (age * loss);
                bits |= (ulong)Vector256.GreaterThanOrEqual(now, floor).ExtractMostSignificantBits() << i;
            }

            above[word] = bits;
        }
    }

    internal static void Evaluate512(
        in FloorTest test, ReadOnlySpan<float> lnWerner, ReadOnlySpan<int> births, Span<ulong> above)
    {
        Vector512<int> tick = Vector512.Create(test.Tick);
        Vector512<float> loss = Vector512.Create(test.LossPerTick);
        Vector512<float> floor = Vector512.Create(test.LnFloor);
        ref float w = ref MemoryMarshal.GetReference(lnWerner);
        ref int born = ref MemoryMarshal.GetReference(births);
        for (int word = 0; word < above.Length; word++)
        {
            ulong bits = 0;
            for (int i = 0; i < PlacesPerWord; i += Vector512<float>.Count)
            {
                nuint at = (nuint)((word * PlacesPerWord) + i);
                Vector512<float> age = Vector512.ConvertToSingle(tick - Vector512.LoadUnsafe(ref born, at));
                Vector512<float> now = Vector512.LoadUnsafe(ref w, at) - (age * loss);
                bits |= Vector512.GreaterThanOrEqual(now, floor).ExtractMostSignificantBits() << i;
            }

            above[word] = bits;
        }
    }
}
