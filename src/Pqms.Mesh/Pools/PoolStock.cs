using Pqms.Mesh.Engine;
using Pqms.Mesh.Memories;

namespace Pqms.Mesh.Pools;

/// <summary>A standing end-to-end pair.</summary>
/// <param name="Counter">Its number in the pool's <see cref="PairId"/>.</param>
/// <param name="BornNanoseconds">When both ends knew it.</param>
/// <param name="KeyNanoseconds">
/// Its place in the stock: when its estimate reaches the floor, or its birth where another cut-off rules.
/// </param>
/// <param name="Estimate">What control believes it to be.</param>
/// <param name="Truth">Its true state.</param>
internal readonly record struct StoredPair(
    ulong Counter, long BornNanoseconds, long KeyNanoseconds, PairState Estimate, PairTruth Truth)
{
    public static void Exchange(StateExchange state, ref StoredPair item)
    {
        (ulong counter, long born, long key, PairState estimate, PairTruth truth) = item;
        state.Value(ref counter);
        state.Value(ref born);
        state.Value(ref key);
        PairState.Exchange(state, ref estimate);
        PairTruth.Exchange(state, ref truth);
        item = new StoredPair(counter, born, key, estimate, truth);
    }
}

/// <summary>The standing pairs of one pool in order of their keys, the best last.</summary>
/// <remarks>
/// A ring. Taking the best or the worst and expiring the worst are O(1); a birth moves only the pairs with a later key,
/// few because link pairs live half a second.
/// </remarks>
internal sealed class PoolStock
{
    private const int MaxPairs = 1 << 20;

    private StoredPair[] _ring = new StoredPair[16];
    private int _first;
    private int _count;

    public int Count => _count;

    /// <summary>The pair at a position, 0 the worst.</summary>
    public ref readonly StoredPair this[int index] => ref _ring[(_first + index) & (_ring.Length - 1)];

    public void Add(in StoredPair pair)
    {
        if (_count == _ring.Length)
        {
            Grow();
        }

        int mask = _ring.Length - 1;
        int index = _count++;
        while (index > 0 && this[index - 1].KeyNanoseconds > pair.KeyNanoseconds)
        {
            _ring[(_first + index) & mask] = this[index - 1];
            index--;
        }

        _ring[(_first + index) & mask] = pair;
    }

    /// <summary>Removes the pair at a position, 0 the worst; the ends are O(1).</summary>
    public StoredPair RemoveAt(int index)
    {
        StoredPair pair = this[index];
        int mask = _ring.Length - 1;
        if (index == 0)
        {
            _first = (_first + 1) & mask;
        }

        for (int i = index; index > 0 && i < _count - 1; i++)
        {
            _ring[(_first + i) & mask] = this[i + 1];
        }

        _count--;
        return pair;
    }

    /// <summary>The memories change at a moment: true states are written down anew up to it.</summary>
    public void Rebase(long now, Physics.Channels.PauliMemory memory)
    {
        for (int i = 0; i < _count; i++)
        {
            ref StoredPair pair = ref _ring[(_first + i) & (_ring.Length - 1)];
            pair = pair with { Truth = pair.Truth.Rebase(now, memory) };
        }
    }

    public void Exchange(StateExchange state)
    {
        List<StoredPair> pairs = new(_count);
        for (int i = 0; i < _count; i++)
        {
            pairs.Add(this[i]);
        }

        state.Items(pairs, MaxPairs, StoredPair.Exchange);
        if (state.IsReading)
        {
            (_first, _count) = (0, 0);
            pairs.ForEach(pair => Add(pair));
        }
    }

    private void Grow()
    {
        StoredPair[] larger = new StoredPair[_ring.Length * 2];
        for (int i = 0; i < _count; i++)
        {
            larger[i] = this[i];
        }

        _ring = larger;
        _first = 0;
    }
}
