using System.Security.Cryptography;
using Pqms.Mesh.Engine;
using Pqms.Mesh.Pools;

namespace Pqms.Mesh.Zones;

/// <summary>Very many equal zones, each with a pool of standing pairs to its neighbour, advanced tick by
/// tick.</summary>
/// <remarks>
/// <para>
/// A second engine beside <see cref="MeshEmulator"/> for what that one cannot hold: a hundred million pairs. It is
/// cruder: zones are neighbours, so nothing is swapped; pairs are Werner states in depolarising memories; one profile
/// serves all. Like it, it is a pure function of settings and seed: the same bytes at any number of threads and any
/// cut of the time into steps, because zones share nothing and random numbers are keyed by (seed, purpose, zone, tick).
/// </para>
/// <para>
/// An illustration of size. It makes no claim about the safety of vehicles, and nothing in it is faster than light: a
/// standing pair saves the set-up, its use waits for a message.
/// </para>
/// One writer: not safe for concurrent use.
/// </remarks>
public sealed class ZoneMesh
{
    private const int MaxThreads = 64;

    private readonly ZoneBlock[] _blocks;
    private readonly int _zones;
    private readonly int _threads;

    /// <summary>Builds the zones with their pools.</summary>
    /// <param name="settings">What the zones are.</param>
    /// <param name="seed">Key of all random draws.</param>
    /// <param name="threads">Threads that build and advance, 1 to 64; the result is the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range or NaN; the message names
    /// it.</exception>
    public ZoneMesh(ZoneMeshSettings settings, ulong seed, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, MaxThreads);
        ZoneFigures figures = ZoneFigures.Of(settings);
        LifeTicks = figures.LifeTicks;
        _zones = figures.Zones;
        _threads = threads;
        var blocks = new ZoneBlock[(_zones + ZoneBlock.Zones - 1) / ZoneBlock.Zones];
        PoolRunner.ForEach(blocks.Length, threads, i => blocks[i] = new ZoneBlock(figures, seed, i * ZoneBlock.Zones));
        _blocks = blocks;
    }

    /// <summary>The present: all ticks before it are done.</summary>
    public int Now { get; private set; }

    /// <summary>Ticks from a pair's birth until it reaches the floor.</summary>
    public double LifeTicks { get; }

    /// <summary>Bytes that the pools take, with the zones' own figures.</summary>
    public long Bytes
    {
        get
        {
            long bytes = 0;
            foreach (ZoneBlock block in _blocks)
            {
                bytes += block.Bytes;
            }

            return bytes;
        }
    }

    /// <summary>Sums over all zones.</summary>
    public ZoneTotals Totals
    {
        get
        {
            ZoneTotals totals = default;
            foreach (ZoneBlock block in _blocks)
            {
                totals = block.AddTo(totals);
            }

            return totals;
        }
    }

    /// <summary>Carries out every tick before a moment.</summary>
    /// <param name="tick">From <see cref="Now"/> to 2^30.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tick is in the past or too far.</exception>
    /// <exception cref="InvalidOperationException">Pairs were lost or made from nothing: a bug.</exception>
    public void AdvanceTo(int tick)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tick, Now);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tick, BulkPool.GreatestTick);
        PoolRunner.ForEach(_blocks.Length, _threads, i => _blocks[i].AdvanceTo(tick));
        Now = tick;
    }

    /// <summary>Pairs that stand above the floor now, in all zones.</summary>
    public long CountStanding()
    {
        long[] counts = new long[_blocks.Length];
        PoolRunner.ForEach(counts.Length, _threads, i => counts[i] = _blocks[i].CountStanding());
        long sum = 0;
        foreach (long count in counts)
        {
            sum += count;
        }

        return sum;
    }

    /// <summary>Pairs that stand above the floor now in one zone.</summary>
    /// <param name="zone">0-based.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such zone.</exception>
    public int CountStanding(int zone) => BlockOf(zone).CountStanding(zone);

    /// <summary>Pairs of one zone that reached the floor unused since the start.</summary>
    /// <param name="zone">0-based.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such zone.</exception>
    public int DiscardedBy(int zone) => BlockOf(zone).DiscardedBy(zone);

    /// <summary>SHA-256 over the digests of all blocks of 256 zones, each over its whole state.</summary>
    /// <returns>32 bytes.</returns>
    public byte[] Digest()
    {
        byte[] digests = new byte[_blocks.Length * SHA256.HashSizeInBytes];
        PoolRunner.ForEach(_blocks.Length, _threads, i => _blocks[i].WriteDigest(
            digests.AsSpan(i * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes)));
        return SHA256.HashData(digests);
    }

    private ZoneBlock BlockOf(int zone)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(zone);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(zone, _zones);
        return _blocks[zone / ZoneBlock.Zones];
    }
}
