using Pqms.Mesh.Metrics;

namespace Pqms.Mesh.Tests.Metrics;

public class StudentTTests
{
    // Tables of the t distribution, for example Abramowitz and Stegun, table 26.10; 1: tan(0.95 pi/2).
    [Theory]
    [InlineData(0.95, 1, 12.706204736)]
    [InlineData(0.95, 2, 4.302652730)]
    [InlineData(0.95, 3, 3.182446305)]
    [InlineData(0.95, 10, 2.228138852)]
    [InlineData(0.95, 29, 2.045229642)]
    [InlineData(0.95, 30, 2.042272456)]
    [InlineData(0.99, 5, 4.032142984)]
    [InlineData(0.90, 120, 1.657650899)]
    public void TwoSided_GivenTabledDegrees_agreesWithTheTable(double confidence, int degrees, double expected) =>
        Assert.Equal(expected, StudentT.TwoSided(confidence, degrees), 1e-8);

    [Fact]
    public void TwoSided_GivenManyDegrees_tendsToTheNormalQuantile()
    {
        // Cornish-Fisher: t = z + (z^3 + z)/(4 nu) + ...
        const double z = 1.959963984540054;
        double expected = z + (((z * z * z) + z) / (4.0 * StudentT.MaxDegrees));
        Assert.Equal(expected, StudentT.TwoSided(0.95, StudentT.MaxDegrees), 1e-8);
    }

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(1.0, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0.95, 0)]
    [InlineData(0.95, StudentT.MaxDegrees + 1)]
    public void TwoSided_WhenOutOfRange_throws(double confidence, int degrees) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.TwoSided(confidence, degrees));
}
