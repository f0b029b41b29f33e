using Pqms.Mesh.Pools;

namespace Pqms.Mesh.Tests.Pools;

public sealed class PoolStockTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Add_GivenRandomOperations_keepsTheOrderOfVirtualBirths(int seed)
    {
        Random random = new(seed);
        PoolStock stock = new();
        List<long> expected = [];
        for (int step = 0; step < 5_000; step++)
        {
            int what = random.Next(expected.Count == 0 ? 1 : 4);
            if (what <= 1)
            {
                long birth = step + random.Next(20);
                stock.Add(new StoredPair((ulong)step, birth, birth, default));
                expected.Add(birth);
                expected.Sort();
            }
            else if (what == 2)
            {
                Assert.Equal(expected[^1], stock.TakeFreshest().VirtualBirthNanoseconds);
                expected.RemoveAt(expected.Count - 1);
            }
            else
            {
                Assert.Equal(expected[0], stock.RemoveOldest().VirtualBirthNanoseconds);
                expected.RemoveAt(0);
            }

            Assert.Equal(expected.Count, stock.Count);
        }
    }
}
