using Pqms.Physics.Links;

namespace Pqms.Physics.Tests.Links;

public class BoundTests
{
    [Theory]
    [InlineData(100_000, 0.0144996, 5e-8)]
    [InlineData(300_000, 1.4427e-6, 5e-11)]
    public void Plob_GivenFibre_givesTheKnownFigures(double meters, double bits, double digits) =>
        Assert.Equal(bits, Plob.BitsPerUse(Fibre.Create(meters, 0.2)), digits);

    [Theory]
    [InlineData(1e-18)]
    [InlineData(1e-6)]
    [InlineData(0.01)]
    [InlineData(0.3)]
    public void Plob_GivenTransmission_agreesWithTheSeries(double eta)
    {
        double sum = 0;
        for (int k = 60; k >= 1; k--)
        {
            sum += Math.Pow(eta, k) / k;
        }

        Assert.Equal(sum / Math.Log(2), Plob.BitsPerUse(eta), 4e-16 * sum);
    }

    [Fact]
    public void Plob_GivenEnds_isZeroAndInfinite()
    {
        Assert.Equal(0.0, Plob.BitsPerUse(0));
        Assert.Equal(1.0, Plob.BitsPerUse(0.5), 1e-15);
        Assert.Equal(double.PositiveInfinity, Plob.BitsPerUse(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Plob.BitsPerUse(1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Plob.BitsPerUse(double.NaN));
    }

    [Theory]
    [InlineData(LightTime.EarthMarsNearestMeters, 3.04)]
    [InlineData(LightTime.EarthMarsMeanMeters, 12.51)]
    [InlineData(LightTime.EarthMarsFarthestMeters, 22.29)]
    public void InVacuum_GivenEarthToMars_givesCaseG13(double meters, double minutes) =>
        Assert.Equal(minutes, LightTime.InVacuum(meters) / 60, 0.005);

    [Fact]
    public void InFibre_GivenLength_isTheDelayOfThatFibre()
    {
        Assert.Equal(Fibre.Create(1234.5, 0.2).DelaySeconds, LightTime.InFibre(1234.5));
        Assert.Equal(1e-3, LightTime.InFibre(200e3), 1e-18);
        Assert.Throws<ArgumentOutOfRangeException>(() => LightTime.InVacuum(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LightTime.InFibre(double.NaN));
    }
}
