using Pqms.Mesh.Pools;

namespace Pqms.Mesh.Tests.Pools;

public sealed class PoolStockTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Add_GivenRandomOperations_keepsTheOrderOfKeys(int seed)
    {
        Random random = new(seed);
        PoolStock stock = new();
        List<long> expected = [];
        for (int step = 0; step < 5_000; step++)
        {
            if (random.Next(expected.Count == 0 ? 1 : 4) <= 1)
            {
                long key = step + random.Next(20);
                stock.Add(new StoredPair((ulong)step, step, key, default, default));
                expected.Add(key);
                expected.Sort();
            }
            else
            {
                // Best, worst, or any: as takes, expiries and exponential lifetimes remove them.
                int[] places = [0, expected.Count - 1, random.Next(expected.Count)];
                int place = places[random.Next(places.Length)];
                Assert.Equal(expected[place], stock.RemoveAt(place).KeyNanoseconds);
                expected.RemoveAt(place);
            }

            Assert.Equal(expected, Enumerable.Range(0, stock.Count).Select(i => stock[i].KeyNanoseconds));
        }
    }
}
