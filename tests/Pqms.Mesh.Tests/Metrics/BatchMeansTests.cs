using Pqms.Mesh.Metrics;

namespace Pqms.Mesh.Tests.Metrics;

public class BatchMeansTests
{
    [Fact]
    public void Mean_GivenThreeBatches_isWhatAHandComputes()
    {
        // Mean 2, squares 2, variance 1, standard error 1/sqrt 3, t(2) = 4.30265273.
        Measured mean = BatchMeans.Mean([1.0, 2.0, 3.0]);

        Assert.Equal(2.0, mean.Value);
        Assert.Equal(1.0 / Math.Sqrt(3.0), mean.StandardError!.Value, 1e-14);
        Assert.Equal(4.302652730 / Math.Sqrt(3.0), mean.HalfWidth!.Value, 1e-8);
        Assert.Equal(2.0 - mean.HalfWidth, mean.Low);
        Assert.Equal(2.0 + mean.HalfWidth, mean.High);
        Assert.Equal(3, mean.Samples);
        Assert.Equal(0.0, mean.Lag1, 1e-15);
    }

    [Fact]
    public void Mean_GivenOneBatch_hasNoInterval()
    {
        Measured mean = BatchMeans.Mean([7.0]);

        Assert.Equal(7.0, mean.Value);
        Assert.Null(mean.StandardError);
        Assert.Null(mean.HalfWidth);
        Assert.Null(mean.Low);
    }

    [Fact]
    public void Mean_GivenNoBatches_throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BatchMeans.Mean([]));

    [Fact]
    public void Lag1_GivenAlternatingBatches_isNegativeAndGivenADrift_warns()
    {
        // +1 -1 +1 -1: three products of -1 over four squares of 1.
        Measured alternating = BatchMeans.Mean([1.0, -1.0, 1.0, -1.0]);
        Assert.Equal(-0.75, alternating.Lag1, 1e-15);
        Assert.False(alternating.IsCorrelated);

        Measured drift = BatchMeans.Mean([.. Enumerable.Range(0, 30).Select(i => (double)i)]);
        Assert.True(drift.IsCorrelated);
    }

    [Fact]
    public void Lag1_GivenBatchesEqualButForRounding_isZero()
    {
        Measured mean = BatchMeans.Mean([0.1 + 0.2, 0.3, 0.1 + 0.2, 0.3]);

        Assert.Equal(0.0, mean.Lag1);
        Assert.Equal(0.0, mean.HalfWidth!.Value, 1e-15);
    }

    [Fact]
    public void Ratio_GivenThreeBatches_isWhatAHandComputes()
    {
        // 6/8; left out once each: 5/7, 4/5, 3/4, mean 317/420; squares 0.00370748...; times 2/3, square root.
        Measured ratio = BatchMeans.Ratio([1.0, 2.0, 3.0], [1.0, 3.0, 4.0])!;

        Assert.Equal(0.75, ratio.Value);
        double mean = 317.0 / 420.0;
        double squares = Math.Pow((5.0 / 7.0) - mean, 2) + Math.Pow(0.8 - mean, 2) + Math.Pow(0.75 - mean, 2);
        Assert.Equal(Math.Sqrt(squares * 2.0 / 3.0), ratio.StandardError!.Value, 1e-14);
    }

    [Fact]
    public void Ratio_GivenEqualDenominators_isTheMeanWithItsError()
    {
        double[] batches = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0];
        Measured mean = BatchMeans.Mean([.. batches.Select(x => x / 2.0)]);
        Measured ratio = BatchMeans.Ratio(batches, [2.0, 2.0, 2.0, 2.0, 2.0, 2.0])!;

        Assert.Equal(mean.Value, ratio.Value, 1e-14);
        Assert.Equal(mean.StandardError!.Value, ratio.StandardError!.Value, 1e-14);
        Assert.Equal(mean.Lag1, ratio.Lag1, 1e-12);
    }

    [Fact]
    public void Ratio_GivenNothingToDivideBy_isNull() => Assert.Null(BatchMeans.Ratio([0.0, 0.0], [0.0, 0.0]));

    [Fact]
    public void Ratio_GivenEverythingInOneBatch_hasNoInterval()
    {
        Measured ratio = BatchMeans.Ratio([0.0, 1.0, 0.0], [0.0, 2.0, 0.0])!;

        Assert.Equal(0.5, ratio.Value);
        Assert.Null(ratio.StandardError);
    }

    [Fact]
    public void Ratio_WhenListsDiffer_throws() =>
        Assert.Throws<ArgumentException>(() => BatchMeans.Ratio([1.0], [1.0, 2.0]));
}
