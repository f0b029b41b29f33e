using Pqms.Physics.Links;
using Pqms.Physics.Numerics;

namespace Pqms.Physics.Tests.Links;

public class LinkTests
{
    [Fact]
    public void PairsPerSecond_GivenLeipzigNuernbergUnsplit_givesTheDesignFigure()
    {
        DoubleClickLink link = DoubleClickLink.Create(Fibre.Create(275_000, 0.2), 0.30, 10e-6);
        Assert.Equal(0.0016, link.PairsPerSecond(16), 5e-5);
    }

    [Fact]
    public void SuccessProbability_GivenSpan_isTheProductOfBothArms()
    {
        Fibre fibre = Fibre.Create(70_000, 0.2);
        DoubleClickLink link = DoubleClickLink.Create(fibre, 0.30, 10e-6);
        double arm = 0.30 * Math.Pow(10, -0.2 * 35 / 10);
        Assert.Equal(arm * arm / 2, link.SuccessProbability, 1e-16);
        Assert.Equal(360e-6, link.AttemptSeconds, 1e-15);
        Assert.Equal(fibre.Transmission, Math.Pow(10, -1.4), 1e-16);
        Assert.Equal(double.LogP1(-link.SuccessProbability), link.LogFailure, 1e-16);
    }

    [Fact]
    public void SuccessProbability_GivenSampledPhotons_agrees()
    {
        // n = 200,000 attempts photon by photon; two photons, each arrives or not, then one of two outcomes heralds; 5
        // sigma.
        DoubleClickLink link = DoubleClickLink.Create(Fibre.Create(20_000, 0.2), 0.8, 0);
        var stream = new RandomStream(3, 1, 1);
        double arm = 0.8 * Math.Pow(10, -0.2);
        const int n = 200_000;
        int heralds = Enumerable.Range(0, n).Count(i => stream.Uniform(3UL * (ulong)i) < arm
            && stream.Uniform((3UL * (ulong)i) + 1) < arm && stream.Uniform((3UL * (ulong)i) + 2) < 0.5);
        double sigma = Math.Sqrt(link.SuccessProbability * (1 - link.SuccessProbability) / n);
        Assert.Equal(link.SuccessProbability, heralds / (double)n, 5 * sigma);
    }

    [Theory]
    [InlineData(-1, 0.2)]
    [InlineData(1, -0.2)]
    [InlineData(double.NaN, 0.2)]
    [InlineData(double.PositiveInfinity, 0.2)]
    public void Create_GivenNoFibre_refuses(double meters, double loss) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Fibre.Create(meters, loss));

    [Fact]
    public void PairsPerSecond_GivenNoMemory_refuses() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        DoubleClickLink.Create(Fibre.Create(1, 0), 1, 1).PairsPerSecond(0));

    [Fact]
    public void GreatCircle_GivenKnownArcs_givesTheirLengths()
    {
        const double quarter = Geodesy.EarthRadiusMeters * Math.PI / 2;
        Assert.Equal(quarter, Geodesy.GreatCircleMeters(0, 0, 0, 90), 1e-6);
        Assert.Equal(quarter, Geodesy.GreatCircleMeters(90, 123, 0, -7), 1e-6);
        Assert.Equal(2 * quarter, Geodesy.GreatCircleMeters(30, 10, -30, -170), 1e-6);
        Assert.Equal(0, Geodesy.GreatCircleMeters(52.5, 13.4, 52.5, 13.4));
        Assert.Equal(quarter / 9e7, Geodesy.GreatCircleMeters(50, 180, 50.000001, -180), 1e-9);
    }

    [Fact]
    public void GreatCircle_GivenRandomPlaces_agreesWithHaversineAndIsSymmetric()
    {
        var stream = new RandomStream(5, 2, 0);
        for (ulong n = 0; n < 5000; n++)
        {
            double la = (stream.Uniform(4 * n) * 180) - 90, lo = (stream.Uniform((4 * n) + 1) * 360) - 180;
            double lb = (stream.Uniform((4 * n) + 2) * 180) - 90, lp = (stream.Uniform((4 * n) + 3) * 360) - 180;
            double meters = Geodesy.GreatCircleMeters(la, lo, lb, lp);
            Assert.Equal(meters, Geodesy.GreatCircleMeters(lb, lp, la, lo));
            double r = Math.PI / 180;
            double h = Math.Pow(Math.Sin((lb - la) * r / 2), 2)
                + (Math.Cos(la * r) * Math.Cos(lb * r) * Math.Pow(Math.Sin((lp - lo) * r / 2), 2));
            double haversine = 2 * Geodesy.EarthRadiusMeters * Math.Asin(Math.Min(1, Math.Sqrt(h)));
            Assert.Equal(haversine, meters, meters > 1.9e7 ? 1 : 1e-5);
        }
    }

    [Theory]
    [InlineData(90.1, 0)]
    [InlineData(0, -180.1)]
    [InlineData(double.NaN, 0)]
    public void GreatCircle_GivenNoPlace_refuses(double latitude, double longitude) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Geodesy.GreatCircleMeters(latitude, longitude, 0, 0));
}
