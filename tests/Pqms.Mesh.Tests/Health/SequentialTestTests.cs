using Pqms.Mesh.Health;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Health;

public sealed class SequentialTestTests
{
    [Theory]
    [InlineData(0.10, 0.20, 0.05, 0.05)]
    [InlineData(0.02, 0.08, 0.02, 0.10)]
    [InlineData(0.30, 0.20, 0.05, 0.02)]
    public void Observe_GivenEitherHypothesis_errsAndStopsAsWaldSays(double good, double bad, double alpha, double beta)
    {
        // n = 3,000 runs each, seed 7, 4 sigma. The bounds are alpha/(1 - beta) and beta/(1 - alpha); the overshoot of
        // the last trial takes up to half of the error and adds up to a quarter to the trials.
        int runs = TestProfile.Count(3_000, 100_000);
        Random random = new(7);
        (double alarms, double nullTrials) = Run(random, good, (good, bad), (alpha, beta), runs);
        (double hits, double badTrials) = Run(random, bad, (good, bad), (alpha, beta), runs);

        Assert.InRange(alarms, (0.5 * alpha) - Sigma4(alpha, runs), (alpha / (1 - beta)) + Sigma4(alpha, runs));
        Assert.InRange(1 - hits, (0.5 * beta) - Sigma4(beta, runs), (beta / (1 - alpha)) + Sigma4(beta, runs));
        double expectedNull = SequentialTest.ExpectedTrialsNull(alpha, beta, good, bad);
        double expectedBad = SequentialTest.ExpectedTrialsAlternative(alpha, beta, good, bad);
        Assert.InRange(nullTrials / expectedNull, 0.95, 1.25);
        Assert.InRange(badTrials / expectedBad, 0.95, 1.25);
    }

    [Fact]
    public void Drift_GivenTheHypotheses_hasTheSignOfTheDecision()
    {
        Assert.True(SequentialTest.Drift(0.02, 0.02, 0.04) < 0.0);
        Assert.True(SequentialTest.Drift(0.04, 0.02, 0.04) > 0.0);
    }

    [Fact]
    public void Exchange_GivenATestInProgress_keepsIt()
    {
        SequentialTest test = new(0.01, 0.01);
        test.Observe(true, 0.02, 0.04);
        test.Observe(false, 0.02, 0.04);
        SequentialTest copy = new(0.01, 0.01);
        Exchanges.Copy(test.Exchange, copy.Exchange);

        Assert.Equal(test.Evidence, copy.Evidence);
        Assert.Equal(2, copy.Trials);
    }

    private static (double Alternative, double Trials) Run(
        Random random, double actual, (double Good, double Bad) rates, (double Alpha, double Beta) errors, int runs)
    {
        SequentialTest test = new(errors.Alpha, errors.Beta);
        int accepted = 0;
        long trials = 0;
        for (int i = 0; i < runs; i++)
        {
            test.Reset();
            while (test.Observe(random.NextDouble() < actual, rates.Good, rates.Bad) == SequentialOutcome.Undecided)
            {
            }

            accepted += test.Outcome == SequentialOutcome.AcceptAlternative ? 1 : 0;
            trials += test.Trials;
        }

        return (accepted / (double)runs, trials / (double)runs);
    }

    private static double Sigma4(double rate, int runs) => 4.0 * Math.Sqrt(rate * (1 - rate) / runs);
}
