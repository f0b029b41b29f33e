using System.Numerics;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Pools;

/// <summary>Very many standing Werner pairs in 8 bytes and one bit each.</summary>
/// <remarks>
/// <para>
/// Each place keeps ln w at birth (float32) and the birth tick (int32), as two arrays, and one bit that says whether a
/// pair stands there. Memories depolarise
/// (<see cref="Pqms.Physics.Channels.PauliMemory.Depolarising(double, double)"/>), so ln w falls
/// linearly, ln w(t) = ln w0 - (t - birth) loss, and the floor test needs no exponential; nothing is stored when a pair
/// ages. Rounding to float32 moves an expiry by less than one tick while ages stay below 10^5 ticks.
/// </para>
/// <para>
/// A pair that fell below its floor counts as in stock until <see cref="Prune(int, double)"/> clears its bit;
/// <see cref="CountAlive(int, double)"/> leaves it out at once. Pairs are conserved: generated = delivered + discarded
/// + in stock. Not safe for concurrent use; pools share nothing, so different pools may run on different threads.
/// </para>
/// </remarks>
public sealed partial class BulkPool
{
    /// <summary>Greatest size of a tick's number: 3.4 years of 0.1 s; ages then fit into 32 bits.</summary>
    public const int GreatestTick = 1 << 30;

    /// <summary>Most places of one pool: 8.1 GiB; indices and their words then fit into 32 bits.</summary>
    public const int MostPlaces = 1 << 30;

    // Below every birth tick: the place has not been filled yet.
    private const int NeverFilled = int.MinValue;

    private readonly float[] _lnWerner;
    private readonly int[] _births;
    private readonly ulong[] _alive;
    private readonly float _lossPerTick;

    /// <summary>Makes room; no place exists yet.</summary>
    /// <param name="capacity">Most places that will be added, 1 to 2^30.</param>
    /// <param name="lossPerTick">
    /// What ln w loses in one tick, at least 0: tick length times the sum of both memories' depolarising rates.
    /// </param>
    /// <param name="firstPlace">Number of the first place in ids, at least 0; 0 for a pool on its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or NaN.</exception>
    public BulkPool(int capacity, double lossPerTick, long firstPlace = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MostPlaces);
        ArgumentOutOfRangeException.ThrowIfNegative(firstPlace);
        if (!(lossPerTick >= 0.0 && lossPerTick <= float.MaxValue))
        {
            throw new ArgumentOutOfRangeException(nameof(lossPerTick), lossPerTick, "Must be finite and at least 0.");
        }

        int words = (capacity + BulkFloor.PlacesPerWord - 1) / BulkFloor.PlacesPerWord;
        Capacity = capacity;
        FirstPlace = firstPlace;
        _lossPerTick = (float)lossPerTick;
        _lnWerner = new float[words * BulkFloor.PlacesPerWord];
        _births = new int[words * BulkFloor.PlacesPerWord];
        _alive = new ulong[words];
        Array.Fill(_births, NeverFilled);
    }

    /// <summary>Most places that can be added.</summary>
    public int Capacity { get; }

    /// <summary>Places added so far; their indices are 0 to one less.</summary>
    public int Places { get; private set; }

    /// <summary>Number of the first place in ids.</summary>
    public long FirstPlace { get; }

    /// <summary>Pairs ever put into a place.</summary>
    public long Generated { get; private set; }

    /// <summary>Pairs ever taken.</summary>
    public long Delivered { get; private set; }

    /// <summary>Pairs ever pruned.</summary>
    public long Discarded { get; private set; }

    /// <summary>Places that hold a pair, whatever its fidelity; counted from the bits.</summary>
    public long InStock
    {
        get
        {
            long count = 0;
            foreach (ulong word in UsedWords)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    /// <summary>Bytes that the pool's arrays take.</summary>
    public long Bytes =>
        ((long)_lnWerner.Length * sizeof(float)) + ((long)_births.Length * sizeof(int))
        + ((long)_alive.Length * sizeof(ulong));

    private Span<ulong> UsedWords =>
        _alive.AsSpan(0, (Places + BulkFloor.PlacesPerWord - 1) / BulkFloor.PlacesPerWord);

    /// <summary>Adds places that hold a pair each.</summary>
    /// <param name="lnWerner">ln w at birth of each pair: finite, above 0 by at most one tick's loss.</param>
    /// <param name="birthTicks">Birth tick of each pair, within 2^30 of 0; as many as figures of ln w.</param>
    /// <returns>Index of the first of the new places, which follow one another.</returns>
    /// <exception cref="ArgumentException">The two are not of one length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no room, or a value is outside its range.</exception>
    public int AddBlock(ReadOnlySpan<float> lnWerner, ReadOnlySpan<int> birthTicks)
    {
        if (lnWerner.Length != birthTicks.Length)
        {
            throw new ArgumentException(
                $"{lnWerner.Length} figures of ln w for {birthTicks.Length} births.", nameof(birthTicks));
        }

        for (int i = 0; i < lnWerner.Length; i++)
        {
            CheckPair(lnWerner[i], birthTicks[i]);
        }

        int first = AddPlaces(lnWerner.Length);
        lnWerner.CopyTo(_lnWerner.AsSpan(first));
        birthTicks.CopyTo(_births.AsSpan(first));
        for (int i = first; i < Places; i++)
        {
            _alive[i / BulkFloor.PlacesPerWord] |= Bit(i);
        }

        Generated += lnWerner.Length;
        return first;
    }

    /// <summary>Adds places that wait for their first pair.</summary>
    /// <param name="count">How many, at least 0.</param>
    /// <returns>Index of the first of them.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no room, or the number is negative.</exception>
    public int AddPlaces(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Capacity - Places);
        int first = Places;
        Places += count;
        return first;
    }

    /// <summary>Puts a new pair into an empty place.</summary>
    /// <param name="index">The place.</param>
    /// <param name="birthTick">Later than that of any pair the place held before, within 2^30 of 0.</param>
    /// <param name="lnWerner">ln w at birth: finite, above 0 by at most one tick's loss.</param>
    /// <returns>The pair's name.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    /// <exception cref="InvalidOperationException">A pair stands there, or the id was used: a bug.</exception>
    public BulkPairId Refill(int index, int birthTick, double lnWerner)
    {
        CheckIndex(index);
        CheckPair((float)lnWerner, birthTick);
        if (Holds(index) || _births[index] >= birthTick)
        {
            throw new InvalidOperationException(
                $"Place {index} cannot take a pair born at tick {birthTick}: its last was born at {_births[index]}.");
        }

        _lnWerner[index] = (float)lnWerner;
        _births[index] = birthTick;
        _alive[index / BulkFloor.PlacesPerWord] |= Bit(index);
        Generated++;
        return new BulkPairId(FirstPlace + index, birthTick);
    }

    /// <summary>Hands out the pair of a place.</summary>
    /// <param name="index">The place.</param>
    /// <param name="tick">Now; not before the pair's birth.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place, or the tick is out of range.</exception>
    /// <exception cref="InvalidOperationException">No pair stands there, or it is born later: a bug.</exception>
    public BulkPair Take(int index, int tick)
    {
        CheckIndex(index);
        CheckTick(tick);
        if (!Holds(index) || _births[index] > tick)
        {
            throw new InvalidOperationException($"Place {index} has no pair to take at tick {tick}.");
        }

        _alive[index / BulkFloor.PlacesPerWord] &= ~Bit(index);
        Delivered++;
        float now = BulkFloor.LnWernerAt(Test(tick, 0.0), _lnWerner[index], _births[index]);
        return new BulkPair(new BulkPairId(FirstPlace + index, _births[index]), now);
    }

    /// <summary>Throws if a pair was lost or made from nothing.</summary>
    /// <exception cref="InvalidOperationException">Generated is not delivered + discarded + in stock: a
    /// bug.</exception>
    public void CheckConservation()
    {
        long stock = InStock;
        if (Generated != Delivered + Discarded + stock)
        {
            throw new InvalidOperationException(
                $"Pairs are not conserved: {Generated} generated, {Delivered} delivered, {Discarded} discarded, "
                + $"{stock} in stock.");
        }
    }

    private static ulong Bit(int index) => 1UL << (index & (BulkFloor.PlacesPerWord - 1));

    private static void CheckTick(int tick)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tick, -GreatestTick);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tick, GreatestTick);
    }

    private void CheckIndex(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Places);
    }

    private void CheckPair(float lnWerner, int birthTick)
    {
        CheckTick(birthTick);
        if (!(lnWerner >= -float.MaxValue && lnWerner <= _lossPerTick))
        {
            throw new ArgumentOutOfRangeException(
                nameof(lnWerner), lnWerner, $"ln w must be finite and at most {_lossPerTick}.");
        }
    }

    private bool Holds(int index) => (_alive[index / BulkFloor.PlacesPerWord] & Bit(index)) != 0;

    private FloorTest Test(int tick, double lnFloor)
    {
        CheckTick(tick);
        return PortableMath.IsFinite(lnFloor)
            ? new FloorTest(tick, _lossPerTick, (float)lnFloor)
            : throw new ArgumentOutOfRangeException(nameof(lnFloor), lnFloor, "The floor's ln w must be finite.");
    }
}
