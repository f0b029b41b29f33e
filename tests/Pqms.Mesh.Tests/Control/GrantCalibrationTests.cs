using Pqms.Mesh.Control;

namespace Pqms.Mesh.Tests.Control;

public sealed class GrantCalibrationTests
{
    [Fact]
    public void Settled_GivenReservations_sumsThemByPrediction()
    {
        GrantCalibration calibration = new();
        calibration.Settled(0.992, 95, 100);
        calibration.Settled(0.994, 100, 100);
        calibration.Settled(1.0, 10, 10);
        calibration.Settled(0.2, 0, 0);

        CalibrationBin bin = calibration.Bins[4];
        Assert.Equal(200UL, bin.Seconds);
        Assert.Equal(0.993, bin.Predicted, 12);
        Assert.Equal(0.975, bin.Delivered, 12);
        Assert.Equal(1.0, calibration.Bins[7].Delivered);
        Assert.Equal(0.0, calibration.Bins[0].Delivered);
        double squares = (95 * 0.008 * 0.008) + (5 * 0.992 * 0.992) + (100 * 0.006 * 0.006);
        Assert.Equal(squares / 210, calibration.Brier, 12);
    }

    [Theory]
    [InlineData(0.9899999, 3)]
    [InlineData(0.99, 4)]
    [InlineData(0.9999, 7)]
    [InlineData(0.0, 0)]
    public void Settled_GivenAnEdge_countsItInTheUpperBin(double predicted, int bin)
    {
        GrantCalibration calibration = new();
        calibration.Settled(predicted, 1, 2);

        Assert.Equal(2UL, calibration.Bins[bin].Seconds);
    }

    [Fact]
    public void Exchange_GivenACalibration_keepsIt()
    {
        GrantCalibration calibration = new();
        calibration.Settled(0.992, 95, 100);
        GrantCalibration copy = new();
        Exchanges.Copy(calibration.Exchange, copy.Exchange);

        Assert.Equal(calibration.Bins, copy.Bins);
        Assert.Equal(calibration.Brier, copy.Brier);
    }
}
