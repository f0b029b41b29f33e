using Pqms.Mesh.Memories;

namespace Pqms.Mesh.Pools;

/// <summary>A standing end-to-end pair.</summary>
/// <param name="Counter">Its number in the pool's <see cref="PairId"/>.</param>
/// <param name="BornNanoseconds">When both ends knew it.</param>
/// <param name="VirtualBirthNanoseconds">Where its age counts from; see <see cref="AgeModel"/>.</param>
/// <param name="Truth">Its true state.</param>
internal readonly record struct StoredPair(
    ulong Counter, long BornNanoseconds, long VirtualBirthNanoseconds, PairTruth Truth);

/// <summary>The standing pairs of one pool in order of virtual birth, the freshest last.</summary>
/// <remarks>
/// A ring. The freshest pair is taken first: a take then gets the best fidelity that stands, at the price that old
/// pairs expire unused; taking the oldest would save replacements but deliver pairs at the floor. Taking and expiring
/// are O(1); a birth moves only the pairs whose virtual birth is later, few because link pairs live half a second.
/// </remarks>
internal sealed class PoolStock
{
    private StoredPair[] _ring = new StoredPair[16];
    private int _first;

    public int Count { get; private set; }

    /// <summary>The pair at a position, 0 the oldest.</summary>
    public StoredPair this[int index] => _ring[(_first + index) & (_ring.Length - 1)];

    public void Add(in StoredPair pair)
    {
        if (Count == _ring.Length)
        {
            Grow();
        }

        int mask = _ring.Length - 1;
        int index = Count++;
        while (index > 0 && Later(this[index - 1], pair))
        {
            _ring[(_first + index) & mask] = this[index - 1];
            index--;
        }

        _ring[(_first + index) & mask] = pair;
    }

    public StoredPair TakeFreshest() => this[--Count];

    public StoredPair RemoveOldest()
    {
        StoredPair oldest = this[0];
        _first = (_first + 1) & (_ring.Length - 1);
        Count--;
        return oldest;
    }

    private static bool Later(in StoredPair left, in StoredPair right) =>
        left.VirtualBirthNanoseconds > right.VirtualBirthNanoseconds;

    private void Grow()
    {
        StoredPair[] larger = new StoredPair[_ring.Length * 2];
        for (int i = 0; i < Count; i++)
        {
            larger[i] = this[i];
        }

        _ring = larger;
        _first = 0;
    }
}
