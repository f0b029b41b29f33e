using Pqms.Physics.Links;
using Pqms.Physics.Numerics;

namespace Pqms.Physics.Tests.Links;

public class FreeSpaceLinkTests
{
    [Theory]
    [InlineData(810e-9, 0.09, 0.6, 500e3, 5.30, 0.005)]
    [InlineData(810e-9, 0.09, 0.6, 1200e3, 12.29, 0.005)]
    [InlineData(1550e-9, 0.11, 2.5, LightTime.EarthMarsNearestMeters, 96.8, 0.05)]
    [InlineData(1550e-9, 0.11, 2.5, LightTime.EarthMarsMeanMeters, 109.1, 0.05)]
    [InlineData(1550e-9, 0.11, 2.5, LightTime.EarthMarsFarthestMeters, 114.1, 0.05)]
    public void LossDb_GivenCaseG13_givesItsFigures(
        double wavelength, double waist, double receiver, double distance, double decibel, double digits) =>
        Assert.Equal(decibel, FreeSpaceLink.Create(wavelength, waist, receiver, distance).LossDb, digits);

    [Fact]
    public void GeometricTransmission_GivenNoJitter_isTheIntegralOverTheReceiver()
    {
        const double a = 0.6, z = 900e3;
        FreeSpaceLink link = FreeSpaceLink.Create(810e-9, 0.09, a, z);
        double w = 0.09 * Math.Sqrt(1 + Math.Pow(z * 810e-9 / (Math.PI * 0.09 * 0.09), 2));
        Assert.Equal(w, link.BeamRadiusMeters, 1e-12);
        double sum = 0;
        const int steps = 20_000;
        for (int i = 0; i < steps; i++)
        {
            double r = a * (i + 0.5) / steps;
            sum += 2 / (Math.PI * w * w) * Math.Exp(-2 * r * r / (w * w)) * 2 * Math.PI * r * a / steps;
        }

        Assert.Equal(sum, link.GeometricTransmission, 1e-9);
        Assert.Equal(link.GeometricTransmission, link.Transmission);
    }

    [Theory]
    [InlineData(0.6, 1e-6)]
    [InlineData(3.0, 3e-6)]
    [InlineData(8.0, 2e-6)]
    public void GeometricTransmission_GivenJitter_isTheMeanOverBeamsAndPhotons(double receiver, double jitter)
    {
        // n = 100,000 beams, each displaced by the jitter, and one photon of each at a place drawn from the intensity;
        // 5 sigma.
        const double z = 1000e3;
        const int n = 100_000;
        FreeSpaceLink link = FreeSpaceLink.Create(810e-9, 0.09, receiver, z, jitterRadians: jitter);
        var stream = new RandomStream(41, 9, (ulong)(receiver * 10));
        int hits = 0;
        for (ulong i = 0; i < n; i++)
        {
            double shift = jitter * z * Math.Sqrt(2 * stream.Exponential(4 * i));
            double shiftAngle = 2 * Math.PI * stream.Uniform((4 * i) + 1);

            // Intensity e^(-2 r^2/w^2): the radius is below r with probability 1 - e^(-2 r^2/w^2).
            double radius = link.BeamRadiusMeters * Math.Sqrt(stream.Exponential((4 * i) + 2) / 2);
            double angle = 2 * Math.PI * stream.Uniform((4 * i) + 3);
            double x = (shift * Math.Cos(shiftAngle)) + (radius * Math.Cos(angle));
            double y = (shift * Math.Sin(shiftAngle)) + (radius * Math.Sin(angle));
            hits += (x * x) + (y * y) < receiver * receiver ? 1 : 0;
        }

        double p = link.GeometricTransmission;
        Assert.Equal(p, hits / (double)n, 5 * Math.Sqrt(p * (1 - p) / n));
    }

    [Fact]
    public void GeometricTransmission_GivenASmallReceiver_losesTheJitterFactor()
    {
        FreeSpaceLink still = FreeSpaceLink.Create(1550e-9, 0.1, 1e-3, 2e6);
        FreeSpaceLink shaky = FreeSpaceLink.Create(1550e-9, 0.1, 1e-3, 2e6, jitterRadians: 2e-6);
        double w2 = still.BeamRadiusMeters * still.BeamRadiusMeters;
        Assert.Equal(w2 / (w2 + (4 * 16)), shaky.Transmission / still.Transmission, 1e-7);
    }

    [Theory]
    [InlineData(0.0, 0.8)]
    [InlineData(60.0, 0.64)]
    [InlineData(75.522487814070076, 0.4096)]
    public void AtmosphericTransmission_GivenZenithAngles_isThePowerOfTheSecant(double degrees, double expected)
    {
        FreeSpaceLink link = FreeSpaceLink.Create(810e-9, 0.1, 1, 1e6, degrees, 0.8);
        Assert.Equal(expected, link.AtmosphericTransmission, 1e-12);
        Assert.Equal(link.GeometricTransmission * expected, link.Transmission, 1e-12);
        OpticalArm arm = link.ToArm(0.25);
        Assert.Equal(0.25 * link.Transmission, arm.Efficiency, 1e-16);
        Assert.Equal(1e6 / 299792458, arm.DelaySeconds, 1e-15);
    }

    [Fact]
    public void LossDb_GivenNothingThatArrives_isInfinite()
    {
        Assert.Equal(double.PositiveInfinity, FreeSpaceLink.Create(1e-6, 0.1, 1, 1e6, 0, 0).LossDb);
        Assert.Equal(0.0, FreeSpaceLink.Create(1e-6, 0.01, 1, 0).LossDb);
    }

    [Fact]
    public void Create_GivenFiguresOutOfRange_refuses()
    {
        foreach (double bad in new[] { 0.0, -1.0, double.NaN, double.PositiveInfinity })
        {
            AssertRefuses(() => FreeSpaceLink.Create(bad, 1, 1, 1));
            AssertRefuses(() => FreeSpaceLink.Create(1, bad, 1, 1));
            AssertRefuses(() => FreeSpaceLink.Create(1, 1, bad, 1));
        }

        AssertRefuses(() => FreeSpaceLink.Create(1, 1, 1, -1));
        AssertRefuses(() => FreeSpaceLink.Create(1, 1, 1, 1, 90));
        AssertRefuses(() => FreeSpaceLink.Create(1, 1, 1, 1, double.NaN));
        AssertRefuses(() => FreeSpaceLink.Create(1, 1, 1, 1, 0, 1.1));
        AssertRefuses(() => FreeSpaceLink.Create(1, 1, 1, 1, 0, 1, -1));
        AssertRefuses(() => FreeSpaceLink.Create(1, 1, 1, 1).ToArm(2));
    }

    private static void AssertRefuses(Func<object> action) => Assert.Throws<ArgumentOutOfRangeException>(action);
}
