using Pqms.Mesh.Health;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Health;

public sealed class CumulativeSumTests
{
    [Theory]
    [InlineData(0.02, 0.04, 500)]
    [InlineData(0.05, 0.10, 2_000)]
    public void ThresholdFor_GivenARunLength_isRarelyFalseAndQuick(double good, double bad, double runLength)
    {
        // n = 600 runs, seed 11: standard error of a mean run 4 %. Neglecting the overshoot makes runs longer by up to
        // e^overshoot, here below 2.2.
        int runs = TestProfile.Count(600, 20_000);
        double threshold = CumulativeSum.ThresholdFor(runLength, good, bad);
        Random random = new(11);
        double between = MeanRun(random, good, (good, bad), threshold, runs);
        double delay = MeanRun(random, bad, (good, bad), threshold, runs);

        Assert.Equal(runLength, CumulativeSum.RunLength(threshold, good, bad), 6);
        Assert.InRange(between / runLength, 0.84, 2.2);
        Assert.InRange(delay / (threshold / SequentialTest.Drift(bad, good, bad)), 0.5, 1.3);
    }

    [Fact]
    public void Observe_GivenALongGoodPast_owesItNothing()
    {
        CumulativeSum sum = new(3.0);
        for (int i = 0; i < 1_000; i++)
        {
            Assert.False(sum.Observe(false, 0.02, 0.04));
        }

        Assert.Equal(0.0, sum.Sum);
        int errors = 0;
        while (!sum.Alarm)
        {
            sum.Observe(true, 0.02, 0.04);
            errors++;
        }

        Assert.Equal(5, errors); // 4 ln 2 < 3 <= 5 ln 2.
    }

    private static double MeanRun(
        Random random, double actual, (double Good, double Bad) rates, double threshold, int runs)
    {
        CumulativeSum sum = new(threshold);
        long trials = 0;
        for (int i = 0; i < runs; i++)
        {
            sum.Reset();
            do
            {
                trials++;
            }
            while (!sum.Observe(random.NextDouble() < actual, rates.Good, rates.Bad));
        }

        return trials / (double)runs;
    }
}
