using Pqms.Mesh.Pools;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Pools;

public class BulkFloorTests
{
    private const int Words = 7;
    private const int Places = Words * BulkFloor.PlacesPerWord;

    private static readonly Random Draws = new(20261125);

    [Fact]
    public void Evaluate_GivenRandomPairsAndPairsAtTheFloor_givesTheSameBitsInEveryTwin()
    {
        for (int run = 0; run < TestProfile.Count(usual: 200, nightly: 20_000); run++)
        {
            FloorTest test = new(Draws.Next(-5000, 5000), (float)(Draws.NextDouble() * 1e-3), -0.31015f);
            (float[] lnWerner, int[] births) = Pairs(test);
            ulong[] scalar = new ulong[Words], narrow = new ulong[Words], wide = new ulong[Words];
            ulong[] chosen = new ulong[Words];

            BulkFloor.EvaluateScalar(test, lnWerner, births, scalar);
            BulkFloor.Evaluate256(test, lnWerner, births, narrow);
            BulkFloor.Evaluate512(test, lnWerner, births, wide);
            BulkFloor.Evaluate(test, lnWerner, births, chosen);

            Assert.Equal(scalar, narrow);
            Assert.Equal(scalar, wide);
            Assert.Equal(scalar, chosen);
            Assert.Contains(scalar, bits => bits != 0 && bits != ulong.MaxValue);
        }
    }

    [Fact]
    public void EvaluateScalar_GivenExactArithmetic_differsWithinOneTickOfTheFloorOnly()
    {
        const double loss = 2.0 * 0.1 / 900.0;
        double lnFloor = Math.Log(0.8 * (4.0 / 3.0) - (1.0 / 3.0)), lnFresh = Math.Log(0.96);
        int life = (int)((lnFresh - lnFloor) / loss);
        float[] lnWerner = new float[BulkFloor.PlacesPerWord];
        int[] births = new int[BulkFloor.PlacesPerWord];
        ulong[] above = new ulong[1];
        for (int i = 0; i < births.Length; i++)
        {
            (lnWerner[i], births[i]) = ((float)lnFresh, 32 - i);
        }

        for (int tick = life - 20; tick < life + 20; tick++)
        {
            BulkFloor.EvaluateScalar(new FloorTest(tick, (float)loss, (float)lnFloor), lnWerner, births, above);
            for (int i = 0; i < births.Length; i++)
            {
                int age = tick - births[i];
                if (age < life || age > life + 1)
                {
                    Assert.Equal((age, age <= life), (age, (above[0] >> i & 1) == 1));
                }
            }
        }
    }

    [Fact]
    public void Evaluate_GivenTooFewPairs_isRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => BulkFloor.Evaluate(default, new float[64], new int[63], new ulong[1]));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => BulkFloor.Evaluate(default, new float[63], new int[64], new ulong[1]));
    }

    // Half of the pairs lie within a few units in the last place of the floor, where a fused multiply would show.
    private static (float[] LnWerner, int[] Births) Pairs(in FloorTest test)
    {
        float[] lnWerner = new float[Places];
        int[] births = new int[Places];
        for (int i = 0; i < Places; i++)
        {
            births[i] = i % 17 == 0 ? int.MinValue : Draws.Next(-2_000_000, 5000);
            float atFloor = test.LnFloor + ((float)unchecked(test.Tick - births[i]) * test.LossPerTick);
            lnWerner[i] = i % 2 == 0
                ? BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(atFloor) + Draws.Next(-2, 3))
                : -(float)Draws.NextDouble();
        }

        return (lnWerner, births);
    }
}
