using Pqms.Oracle;

namespace Pqms.Node.Live;

/// <summary>A pool at one moment of the recent past.</summary>
/// <param name="TimeSeconds">Chain time.</param>
/// <param name="Stock">Pairs standing.</param>
/// <param name="FidelityEstimate">Mean estimate over the stock; 0 when none stand.</param>
/// <param name="FidelityTrue">Mean true fidelity, known only because the mesh is emulated.</param>
/// <param name="Delivered">Pairs taken since the era began.</param>
/// <param name="Discarded">Pairs discarded since the era began.</param>
public sealed record PoolSample(
    double TimeSeconds, int Stock, double FidelityEstimate, double FidelityTrue, ulong Delivered, ulong Discarded);

/// <summary>The last samples of every pool, and of every link's pairs; bounded. Safe across threads.</summary>
internal sealed class PoolSamples
{
    /// <summary>Samples kept: five minutes of a block a second.</summary>
    public const int Most = 300;

    /// <summary>Seconds over which rates are taken.</summary>
    private const double RateSeconds = 60;

    private readonly Lock _gate = new();
    private readonly LinkedList<MeshPicture> _pictures = new();

    /// <summary>The newest picture.</summary>
    public MeshPicture Newest
    {
        get
        {
            lock (_gate)
            {
                return _pictures.Last?.Value ?? MeshPicture.Empty;
            }
        }
    }

    /// <summary>Takes a picture if it is newer; an older one means that the mesh was computed anew.</summary>
    /// <param name="picture">The mesh now.</param>
    /// <returns>Whether it is another one.</returns>
    public bool Add(MeshPicture picture)
    {
        lock (_gate)
        {
            var newest = _pictures.Last?.Value ?? MeshPicture.Empty;
            if (ReferenceEquals(newest, picture) || picture.Pools.Count == 0)
            {
                return false;
            }

            if (picture.At <= newest.At || picture.Pools.Count != newest.Pools.Count)
            {
                _pictures.Clear();
            }

            _pictures.AddLast(picture);
            if (_pictures.Count > Most)
            {
                _pictures.RemoveFirst();
            }

            return true;
        }
    }

    /// <summary>The samples of a pool, oldest first.</summary>
    /// <param name="pool">0-based.</param>
    /// <returns>Null when there is no such pool.</returns>
    public IReadOnlyList<PoolSample>? Of(int pool)
    {
        lock (_gate)
        {
            return pool >= 0 && pool < (_pictures.Last?.Value.Pools.Count ?? 0)
                ? [.. _pictures.Select(picture => Sample(picture, pool))]
                : null;
        }
    }

    /// <summary>How much a count grew a second over the last minute.</summary>
    /// <param name="count">Reads the count from a picture.</param>
    /// <returns>0 with fewer than two pictures.</returns>
    public double Rate(Func<MeshPicture, double> count)
    {
        lock (_gate)
        {
            if (_pictures.Last?.Value is not { } last)
            {
                return 0;
            }

            var first = _pictures.First(picture => Seconds(last) - Seconds(picture) <= RateSeconds);
            var passed = Seconds(last) - Seconds(first);
            return passed > 0 ? (count(last) - count(first)) / passed : 0;
        }
    }

    private static double Seconds(MeshPicture picture) => picture.At.Nanoseconds / 1e9;

    private static PoolSample Sample(MeshPicture picture, int pool)
    {
        var counters = picture.Pools[pool].View.Counters;
        return new PoolSample(
            Seconds(picture), counters.Stock, counters.FidelityEstimateMean, counters.FidelityTrueMean,
            counters.Delivered, counters.Discarded);
    }
}
