using Pqms.Mesh.Health;

namespace Pqms.Mesh.Tests.Health;

public sealed class FidelityIntervalTests
{
    [Theory]
    [InlineData(0, 10, 0.0, 0.3084971)] // 1 - 0.025^(1/10).
    [InlineData(1, 10, 0.002528579, 0.4450161)] // Clopper and Pearson's table.
    [InlineData(5, 10, 0.1870860, 0.8129140)]
    [InlineData(10, 10, 0.6915029, 1.0)]
    public void Of_GivenFewTrials_isTheExactInterval(int errors, int trials, double least, double most)
    {
        FidelityInterval interval = FidelityInterval.Of(errors, trials);

        Assert.Equal(Math.Clamp(1 - (1.5 * most), 0, 1), interval.Lower, 6);
        Assert.Equal(Math.Clamp(1 - (1.5 * least), 0, 1), interval.Upper, 6);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.02)]
    [InlineData(0.3)]
    public void Of_GivenAnErrorRate_coversTheTruthAtLeastAsOftenAsItSays(double rate)
    {
        // Exact: sum of the binomial law over the results whose interval covers.
        const int Trials = 60;
        double covered = 0.0;
        double term = Math.Pow(1.0 - rate, Trials);
        for (int errors = 0; errors <= Trials; errors++)
        {
            FidelityInterval interval = FidelityInterval.Of(errors, Trials, 0.9);
            double fidelity = 1.0 - (1.5 * rate);
            covered += interval.Lower <= fidelity && fidelity <= interval.Upper ? term : 0.0;
            term *= (Trials - errors) / (errors + 1.0) * (rate / (1.0 - rate));
        }

        Assert.InRange(covered, 0.9, 0.999);
    }

    [Fact]
    public void Of_GivenNoTrials_isEverything() => Assert.Equal(new FidelityInterval(0, 1), FidelityInterval.Of(0, 0));

    [Fact]
    public void Of_GivenReadoutErrors_takesThemOff()
    {
        FidelityInterval seen = FidelityInterval.Of(60, 1_000);
        FidelityInterval corrected = FidelityInterval.Of(60, 1_000, readoutFidelity: 0.99);

        Assert.True(corrected.Lower > seen.Lower && corrected.Upper > seen.Upper);
        Assert.True(corrected.Upper - corrected.Lower > seen.Upper - seen.Lower);
    }

    [Theory]
    [InlineData(3, 7)]
    [InlineData(40, 2)]
    [InlineData(150, 350)]
    public void Distribution_GivenWholeParameters_isTheBinomialTail(int a, int b)
    {
        // P(X <= x) = P(at least a successes in a + b - 1 trials).
        double x = (a / (double)(a + b)) + 0.02;
        int n = a + b - 1;
        double tail = 0.0;
        double logTerm = n * Math.Log(1.0 - x);
        for (int k = 0; k <= n; k++)
        {
            tail += k >= a ? Math.Exp(logTerm) : 0.0;
            logTerm += Math.Log((n - k) / (k + 1.0) * x / (1.0 - x));
        }

        Assert.Equal(tail, IncompleteBeta.Distribution(a, b, x), 10);
        Assert.Equal(x, IncompleteBeta.Quantile(a, b, tail), 9);
    }

    [Fact]
    public void Of_GivenAMillionTrials_agreesWithTheNormalLaw()
    {
        FidelityInterval interval = FidelityInterval.Of(30_000, 1_000_000);
        double half = 1.5 * 1.959964 * Math.Sqrt(0.03 * 0.97 / 1e6);

        Assert.Equal(0.955 - half, interval.Lower, 5);
        Assert.Equal(0.955 + half, interval.Upper, 5);
    }
}
