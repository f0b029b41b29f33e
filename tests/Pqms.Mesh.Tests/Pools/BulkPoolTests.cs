using Pqms.Mesh.Pools;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Pools;

public class BulkPoolTests
{
    private const double Loss = 2.0 * 0.1 / 900.0;
    private const double Fresh = -0.0408219945;
    private const double Floor = -0.3101549283;
    private const int Life = 1211;

    [Fact]
    public void Bytes_GivenManyPlaces_areAtMostNineForEach()
    {
        Assert.InRange(new BulkPool(1_000_000, Loss).Bytes, 8_000_000, 9_000_000);
    }

    [Fact]
    public void CountAlive_GivenPairsOfSeveralAges_leavesOutThoseBelowTheFloorAndChangesNothing()
    {
        BulkPool pool = Pool(70, place => -place);

        Assert.Equal(70, pool.CountAlive(0, Floor));
        Assert.Equal(70 - 20, pool.CountAlive(Life - 49, Floor));
        Assert.Equal(10, pool.CountAlive(10, 20, Life - 19, Floor));
        Assert.Equal((70, 0), (pool.InStock, pool.Discarded));
        Assert.Equal(70, pool.CountAlive(0, Floor));
    }

    [Fact]
    public void Prune_GivenZones_countsEachZonesPairsOnce()
    {
        BulkPool pool = Pool(250, place => -(place % 100));
        int[] pruned = [5, 0, 0];

        Assert.Equal(50 + 50, pool.Prune(Life - 49, Floor, 100, pruned));
        Assert.Equal([5 + 50, 50, 0], pruned);
        Assert.Equal(0, pool.Prune(Life - 49, Floor));
        Assert.Equal((150, 100), (pool.InStock, pool.Discarded));
        pool.CheckConservation();
    }

    [Fact]
    public void Refill_GivenAnEmptyPlace_takesAPairWithANewName()
    {
        BulkPool pool = new(100, Loss, firstPlace: 1000);
        pool.AddPlaces(3);

        BulkPairId first = pool.Refill(1, 4, Fresh);
        BulkPair taken = pool.Take(1, 14);
        BulkPairId second = pool.Refill(1, 5, Fresh);

        Assert.Equal(new BulkPairId(1001, 4), first);
        Assert.Equal(first, taken.Id);
        Assert.Equal(Fresh - (10 * Loss), taken.LnWerner, 1e-7);
        Assert.Equal(0.25 + (0.75 * Math.Exp(Fresh - (10 * Loss))), taken.Fidelity, 1e-7);
        Assert.NotEqual(first, second);
        Assert.Equal((2, 1, 1), (pool.Generated, pool.Delivered, pool.InStock));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 4)]
    [InlineData(1, 3)]
    public void Refill_GivenAFilledPlaceOrAnIdThatWasUsed_isRefused(int place, int birth)
    {
        BulkPool pool = new(2, Loss);
        pool.AddPlaces(2);
        pool.Refill(0, 0, Fresh);
        pool.Refill(1, 4, Fresh);
        pool.Take(1, 4);

        Assert.Throws<InvalidOperationException>(() => pool.Refill(place, birth, Fresh));
        pool.CheckConservation();
    }

    [Fact]
    public void Take_GivenNoPairOrOneBornLater_isRefused()
    {
        BulkPool pool = new(2, Loss);
        pool.AddPlaces(2);
        pool.Refill(0, 7, Fresh);

        Assert.Throws<InvalidOperationException>(() => pool.Take(1, 7));
        Assert.Throws<InvalidOperationException>(() => pool.Take(0, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Take(2, 7));
        Assert.Equal(new BulkPairId(0, 7), pool.Take(0, 7).Id);
    }

    [Fact]
    public void Freshest_GivenNeighbours_findsTheGreatestFidelityAboveTheFloor()
    {
        BulkPool pool = Pool(6, place => place == 3 ? -5 : -10 * (1 + place));

        Assert.Equal(3, pool.Freshest(0, 6, 0, Floor));
        Assert.Equal(1, pool.Freshest(1, 2, 0, Floor));
        Assert.Equal(-1, pool.Freshest(1, 2, Life, Floor));
        pool.Take(3, 0);
        Assert.Equal(0, pool.Freshest(0, 6, 0, Floor));
        Assert.Equal(-1, pool.Freshest(2, 0, 0, Floor));
    }

    [Fact]
    public void FirstEmpty_GivenPlacesOverSeveralWords_findsEachOnce()
    {
        BulkPool pool = Pool(200, _ => 0);
        foreach (int place in new[] { 0, 63, 64, 127, 199 })
        {
            pool.Take(place, 0);
        }

        List<int> found = [];
        for (int place = pool.FirstEmpty(0); place >= 0; place = pool.FirstEmpty(place + 1))
        {
            found.Add(place);
        }

        Assert.Equal([0, 63, 64, 127, 199], found);
    }

    [Fact]
    public void Counters_GivenRandomUse_agreeWithAListOfPairs()
    {
        int runs = TestProfile.Count(usual: 20, nightly: 1000);
        for (int seed = 1; seed <= runs; seed++)
        {
            new RandomUse(seed).Run();
        }
    }

    [Fact]
    public void WriteDigest_GivenAnyChange_differs()
    {
        List<byte[]> digests = [];
        BulkPool pool = Pool(600, place => -place);
        void Note() { byte[] digest = new byte[32]; pool.WriteDigest(digest); digests.Add(digest); }

        Note();
        pool.Take(599, 0);
        Note();
        pool.Refill(599, 0, Fresh);
        Note();
        pool.Prune(Life, Floor);
        Note();

        Assert.Equal(4, digests.Select(Convert.ToHexString).Distinct().Count());
    }

    [Theory]
    [InlineData(0, 0.1, 0)]
    [InlineData(BulkPool.MostPlaces + 1, 0.1, 0)]
    [InlineData(1, -0.1, 0)]
    [InlineData(1, double.NaN, 0)]
    [InlineData(1, double.PositiveInfinity, 0)]
    [InlineData(1, 0.1, -1)]
    public void Constructor_WhenOutOfRange_isRefused(int capacity, double loss, long first) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BulkPool(capacity, loss, first));

    [Theory]
    [InlineData(float.NaN, 0)]
    [InlineData(float.NegativeInfinity, 0)]
    [InlineData(0.01f, 0)]
    [InlineData(-0.1f, BulkPool.GreatestTick + 1)]
    [InlineData(-0.1f, -BulkPool.GreatestTick - 1)]
    public void AddBlock_WhenOutOfRange_isRefusedAndAddsNothing(float lnWerner, int birth)
    {
        BulkPool pool = new(2, Loss);

        Assert.Throws<ArgumentOutOfRangeException>(() => pool.AddBlock([-0.1f, lnWerner], [0, birth]));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.AddBlock([0f, 0f, 0f], [0, 0, 0]));
        Assert.Throws<ArgumentException>(() => pool.AddBlock([0f], [0, 0]));
        Assert.Equal((0, 0, 0), (pool.Places, pool.Generated, pool.InStock));
    }

    [Fact]
    public void Scans_WhenOutOfRange_areRefused()
    {
        BulkPool pool = Pool(10, _ => 0);

        Assert.Throws<ArgumentOutOfRangeException>(() => pool.CountAlive(0, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Prune(BulkPool.GreatestTick + 1, Floor));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Prune(0, Floor, 0, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Prune(0, Floor, 4, new int[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.CountAlive(5, 6, 0, Floor));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Freshest(-1, 6, 0, Floor));
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.FirstEmpty(-1));
        Assert.Equal(-1, pool.FirstEmpty(10));
    }

    private static BulkPool Pool(int places, Func<int, int> birth)
    {
        BulkPool pool = new(places, Loss);
        pool.AddBlock([.. Enumerable.Repeat((float)Fresh, places)], [.. Enumerable.Range(0, places).Select(birth)]);
        return pool;
    }

    /// <summary>Random calls on a pool and on a plain list, which must always agree.</summary>
    private sealed class RandomUse(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly Dictionary<int, int> _births = [];
        private readonly HashSet<BulkPairId> _ids = [];
        private readonly BulkPool _pool = new(300, Loss);
        private long _delivered;
        private long _discarded;

        public void Run()
        {
            for (int i = 0; i < 300; i++)
            {
                _births.Add(_pool.AddBlock([(float)Fresh], [-i]), -i);
                Assert.True(_ids.Add(new BulkPairId(i, -i)));
            }

            for (int tick = 1; tick < 3 * Life; tick += _random.Next(1, 200))
            {
                Step(tick);
                Assert.Equal((seed, _births.Count), (seed, (int)_pool.InStock));
                Assert.Equal((_delivered, _discarded), (_pool.Delivered, _pool.Discarded));
                Assert.Equal(_births.Values.Count(birth => tick - birth <= Life), _pool.CountAlive(tick, Floor));
                _pool.CheckConservation();
            }
        }

        private void Step(int tick)
        {
            if (_random.Next(2) == 0)
            {
                int[] dead = [.. _births.Where(pair => tick - pair.Value > Life).Select(pair => pair.Key)];
                Assert.Equal(dead.Length, _pool.Prune(tick, Floor));
                _discarded += dead.Length;
                Array.ForEach(dead, place => _births.Remove(place));
            }

            foreach (int place in Enumerable.Range(0, 300).Where(_ => _random.Next(10) == 0))
            {
                if (_births.Remove(place, out int birth))
                {
                    Assert.Equal(new BulkPairId(place, birth), _pool.Take(place, tick).Id);
                    _delivered++;
                }
                else
                {
                    Assert.True(_ids.Add(_pool.Refill(place, tick, Fresh)));
                    _births.Add(place, tick);
                }
            }
        }
    }
}
