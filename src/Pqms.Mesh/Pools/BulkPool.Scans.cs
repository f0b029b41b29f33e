using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Pqms.Mesh.Pools;

/// <content>What goes over many places: counting, pruning, finding, digesting.</content>
public sealed partial class BulkPool
{
    // 64 words of answers are 4,096 places or 32 KiB of pairs: they are in the first cache when the bits are used.
    private const int WordsAtOnce = 64;

    private const int DigestChunkPlaces = 512;

    /// <summary>Evaluates every pair and counts those at or above a floor; changes nothing.</summary>
    /// <param name="tick">Now, within 2^30 of 0.</param>
    /// <param name="lnFloor">ln w of the floor, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or NaN.</exception>
    public long CountAlive(int tick, double lnFloor)
    {
        FloorTest test = Test(tick, lnFloor);
        Span<ulong> alive = UsedWords;
        Span<ulong> above = stackalloc ulong[WordsAtOnce];
        long count = 0;
        for (int word = 0; word < alive.Length; word += WordsAtOnce)
        {
            Span<ulong> answers = Evaluate(test, word, alive.Length, above);
            for (int i = 0; i < answers.Length; i++)
            {
                count += BitOperations.PopCount(answers[i] & alive[word + i]);
            }
        }

        return count;
    }

    /// <summary>Evaluates some neighbouring places and counts pairs at or above a floor; changes nothing.</summary>
    /// <param name="first">Index of the first place.</param>
    /// <param name="places">How many places.</param>
    /// <param name="tick">Now, within 2^30 of 0.</param>
    /// <param name="lnFloor">ln w of the floor, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or NaN.</exception>
    public int CountAlive(int first, int places, int tick, double lnFloor)
    {
        CheckRange(first, places);
        FloorTest test = Test(tick, lnFloor);
        int count = 0;
        for (int i = first; i < first + places; i++)
        {
            count += Stands(test, i) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Evaluates every pair and discards those below a floor.</summary>
    /// <param name="tick">Now, within 2^30 of 0.</param>
    /// <param name="lnFloor">ln w of the floor, finite.</param>
    /// <returns>How many were discarded.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or NaN.</exception>
    public long Prune(int tick, double lnFloor) => Prune(tick, lnFloor, 1, []);

    /// <summary>Evaluates every pair, discards those below a floor, and counts them by zones of equal size.</summary>
    /// <param name="tick">Now, within 2^30 of 0.</param>
    /// <param name="lnFloor">ln w of the floor, finite.</param>
    /// <param name="placesPerZone">Neighbouring places that make a zone, at least 1.</param>
    /// <param name="pruned">Each zone's number is added to its entry; empty for none, else one for each zone.</param>
    /// <returns>How many were discarded.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or NaN.</exception>
    public long Prune(int tick, double lnFloor, int placesPerZone, Span<int> pruned)
    {
        FloorTest test = Test(tick, lnFloor);
        ArgumentOutOfRangeException.ThrowIfLessThan(placesPerZone, 1);
        if (!pruned.IsEmpty)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan((long)pruned.Length * placesPerZone, Places, nameof(pruned));
        }

        Span<ulong> alive = UsedWords;
        Span<ulong> above = stackalloc ulong[WordsAtOnce];
        long count = 0;
        for (int word = 0; word < alive.Length; word += WordsAtOnce)
        {
            Span<ulong> answers = Evaluate(test, word, alive.Length, above);
            for (int i = 0; i < answers.Length; i++)
            {
                ulong dead = alive[word + i] & ~answers[i];
                alive[word + i] ^= dead;
                count += BitOperations.PopCount(dead);
                if (dead != 0 && !pruned.IsEmpty)
                {
                    CountByZone(dead, word + i, placesPerZone, pruned);
                }
            }
        }

        Discarded += count;
        return count;
    }

    /// <summary>The first empty place from an index on.</summary>
    /// <param name="from">Where to begin, at least 0.</param>
    /// <returns>Its index, or -1 when every later place holds a pair.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="from"/> is negative.</exception>
    public int FirstEmpty(int from)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        if (from >= Places)
        {
            return -1;
        }

        Span<ulong> alive = UsedWords;
        int word = from / BulkFloor.PlacesPerWord;
        ulong empty = ~alive[word] & (ulong.MaxValue << (from & (BulkFloor.PlacesPerWord - 1)));
        while (empty == 0)
        {
            if (++word == alive.Length)
            {
                return -1;
            }

            empty = ~alive[word];
        }

        int found = (word * BulkFloor.PlacesPerWord) + BitOperations.TrailingZeroCount(empty);
        return found < Places ? found : -1;
    }

    /// <summary>The best pair of some neighbouring places.</summary>
    /// <param name="first">Index of the first place.</param>
    /// <param name="places">How many places.</param>
    /// <param name="tick">Now, within 2^30 of 0.</param>
    /// <param name="lnFloor">ln w of the floor, finite.</param>
    /// <returns>The place with the greatest ln w at or above the floor, the lower of two equals; -1 for none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or NaN.</exception>
    public int Freshest(int first, int places, int tick, double lnFloor)
    {
        CheckRange(first, places);
        FloorTest test = Test(tick, lnFloor);
        int best = -1;
        float bestLnWerner = 0f;
        for (int i = first; i < first + places; i++)
        {
            float now = BulkFloor.LnWernerAt(test, _lnWerner[i], _births[i]);
            if (Stands(test, i) && _births[i] <= tick && (best < 0 || now > bestLnWerner))
            {
                (best, bestLnWerner) = (i, now);
            }
        }

        return best;
    }

    /// <summary>Writes the digest of the whole state: every place, every bit, every counter.</summary>
    /// <remarks>A chain of SHA-256 over little-endian bytes, the same on every machine.</remarks>
    /// <param name="destination">32 bytes.</param>
    public void WriteDigest(Span<byte> destination)
    {
        const int placeBytes = sizeof(float) + sizeof(int) + 1;
        Span<byte> chunk = stackalloc byte[SHA256.HashSizeInBytes + (DigestChunkPlaces * placeBytes)];
        BinaryPrimitives.WriteInt64LittleEndian(chunk, Generated);
        BinaryPrimitives.WriteInt64LittleEndian(chunk[8..], Delivered);
        BinaryPrimitives.WriteInt64LittleEndian(chunk[16..], Discarded);
        BinaryPrimitives.WriteInt64LittleEndian(chunk[24..], FirstPlace);
        for (int first = 0; first < Places; first += DigestChunkPlaces)
        {
            int count = Places - first < DigestChunkPlaces ? Places - first : DigestChunkPlaces;
            Span<byte> target = chunk[SHA256.HashSizeInBytes..];
            for (int i = first; i < first + count; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(target, BitConverter.SingleToInt32Bits(_lnWerner[i]));
                BinaryPrimitives.WriteInt32LittleEndian(target[sizeof(float)..], _births[i]);
                target[sizeof(float) + sizeof(int)] = Holds(i) ? (byte)1 : (byte)0;
                target = target[placeBytes..];
            }

            SHA256.HashData(chunk[..^target.Length], chunk);
        }

        SHA256.HashData(chunk[..SHA256.HashSizeInBytes], destination);
    }

    private static void CountByZone(ulong dead, int word, int placesPerZone, Span<int> pruned)
    {
        for (ulong left = dead; left != 0; left &= left - 1)
        {
            pruned[((word * BulkFloor.PlacesPerWord) + BitOperations.TrailingZeroCount(left)) / placesPerZone]++;
        }
    }

    private Span<ulong> Evaluate(in FloorTest test, int word, int words, Span<ulong> above)
    {
        int count = words - word < WordsAtOnce ? words - word : WordsAtOnce;
        int first = word * BulkFloor.PlacesPerWord;
        Span<ulong> answers = above[..count];
        BulkFloor.Evaluate(test, _lnWerner.AsSpan(first), _births.AsSpan(first), answers);
        return answers;
    }

    private bool Stands(in FloorTest test, int index) =>
        Holds(index) && BulkFloor.LnWernerAt(test, _lnWerner[index], _births[index]) >= test.LnFloor;

    private void CheckRange(int first, int places)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(places);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)first + places, Places, nameof(places));
    }
}
