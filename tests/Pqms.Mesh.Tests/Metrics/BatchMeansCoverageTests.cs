using Pqms.Mesh.Metrics;
using Pqms.Physics.Numerics;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Metrics;

/// <summary>
/// Intervals of dependent data cover the true figure in 95 % of the runs. With R runs the share has sigma =
/// sqrt(0.95 x 0.05/R): 0.0109 for 400. Finite batches leave some dependence, so up to 0.01 less is allowed.
/// </summary>
public class BatchMeansCoverageTests
{
    private const int Batches = 30;
    private const double Sigmas = 4.0;
    private const double Dependence = 0.01;

    private static readonly int Runs = TestProfile.Count(400, 4000);

    [Fact]
    public void Mean_GivenAutoregressiveData_coversTheMeanInNinetyFivePercent()
    {
        // x' = 0.8 x + noise about 5: dependence of 4.5 steps, batches of 300.
        const double coefficient = 0.8;
        Covers(5.0, run =>
        {
            RandomStream random = new(20261125, 1, (ulong)run);
            double x = Normal(random, 0) / Math.Sqrt(1.0 - (coefficient * coefficient));
            double[] means = new double[Batches];
            ulong counter = 1;
            for (int i = 0; i < Batches * 300; i++)
            {
                means[i / 300] += (5.0 + x) / 300.0;
                x = (coefficient * x) + Normal(random, counter++);
            }

            return BatchMeans.Mean(means);
        });
    }

    [Fact]
    public void Mean_GivenTooShortBatches_coversLessAndWarns()
    {
        // The same with batches of 3 steps: far below 95 %, and the autocorrelation says so.
        int covered = 0;
        int warned = 0;
        for (int run = 0; run < 200; run++)
        {
            RandomStream random = new(20261125, 2, (ulong)run);
            double x = Normal(random, 0) / 0.6;
            double[] means = new double[Batches];
            for (int i = 0; i < Batches * 3; i++)
            {
                means[i / 3] += x / 3.0;
                x = (0.8 * x) + Normal(random, (ulong)i + 1);
            }

            Measured mean = BatchMeans.Mean(means);
            covered += mean.Low <= 0.0 && mean.High >= 0.0 ? 1 : 0;
            warned += mean.IsCorrelated ? 1 : 0;
        }

        Assert.InRange(covered, 0, 170);
        Assert.InRange(warned, 60, 200);
    }

    [Fact]
    public void Ratio_GivenAQueue_coversTheMeanWaitInNinetyFivePercent()
    {
        // M/M/1, arrivals 0.5, service 1: mean wait in the queue = rho/(mu - lambda) = 1. A batch is a span of time,
        // so both the waits and their number vary: waits over requests is a ratio.
        const double spanSeconds = 2000.0;
        Covers(1.0, run =>
        {
            RandomStream random = new(20261125, 3, (ulong)run);
            double[] waits = new double[Batches];
            double[] requests = new double[Batches];
            double at = -1000.0;
            double wait = 0.0;
            for (ulong counter = 0; at < Batches * spanSeconds; counter += 2)
            {
                double gap = random.Exponential(counter) / 0.5;
                wait = Math.Max(0.0, wait - gap);
                at += gap;
                if (at >= 0.0 && at < Batches * spanSeconds)
                {
                    waits[(int)(at / spanSeconds)] += wait;
                    requests[(int)(at / spanSeconds)] += 1.0;
                }

                wait += random.Exponential(counter + 1);
            }

            return BatchMeans.Ratio(waits, requests)!;
        });
    }

    private static void Covers(double truth, Func<int, Measured> measure)
    {
        int covered = 0;
        int warned = 0;
        for (int run = 0; run < Runs; run++)
        {
            Measured measured = measure(run);
            warned += measured.IsCorrelated ? 1 : 0;
            covered += measured.Low <= truth && measured.High >= truth ? 1 : 0;
        }

        Assert.InRange(warned, 0, Runs / 50);
        double sigma = Math.Sqrt(0.95 * 0.05 / Runs);
        double share = (double)covered / Runs;
        Assert.InRange(share, 0.95 - Dependence - (Sigmas * sigma), 0.95 + (Sigmas * sigma));
    }

    // Box and Muller: two draws of the stream for one number.
    private static double Normal(RandomStream random, ulong counter) =>
        Math.Sqrt(2.0 * random.Exponential(2 * counter))
        * Math.Cos(2.0 * Math.PI * random.Uniform((2 * counter) + 1));
}
