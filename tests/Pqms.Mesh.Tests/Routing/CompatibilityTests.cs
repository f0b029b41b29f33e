using Pqms.Mesh.Routing;

namespace Pqms.Mesh.Tests.Routing;

public class CompatibilityTests
{
    private static readonly Transducer s_transducer = new(0.4, 0.97);

    [Theory]
    [InlineData("ion", "ion")]
    [InlineData("", "ion")]
    [InlineData("nv", "")]
    [InlineData("", "")]
    public void Check_GivenPlatformsThatMatch_costsNothing(string a, string b)
    {
        Assert.Equal(new Compatibility(true, 1, 1), Compatibility.Check(a, b, null));
        Assert.Equal(new Compatibility(true, 1, 1), Compatibility.Check(a, b, s_transducer));
    }

    [Theory]
    [InlineData("ion", "nv")]
    [InlineData("ion", "Ion")]
    public void Check_GivenPlatformsThatDiffer_needsATransducer(string a, string b)
    {
        Assert.Equal(new Compatibility(false, 0, 0), Compatibility.Check(a, b, null));
        Assert.Equal(new Compatibility(true, 0.4, 0.97), Compatibility.Check(a, b, s_transducer));
    }

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(1.1, 1.0)]
    [InlineData(double.NaN, 1.0)]
    [InlineData(0.5, 0.0)]
    [InlineData(0.5, double.NaN)]
    public void Check_WhenATransducerIsOutOfRange_throws(double efficiency, double werner) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Compatibility.Check("a", "a", new Transducer(efficiency, werner)));
}
