namespace Pqms.Ethereum.Tests;

public sealed class DependencyTests
{
    // Ranges of many packages that exclude one another keep users of big libraries from upgrading.
    [Fact]
    public void Assembly_GivenItsReferences_needsTheFrameworkAndTheCurveOnly()
    {
        var foreign = typeof(Address).Assembly.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name is not ("System" or "netstandard")
                && !name.StartsWith("System.", StringComparison.Ordinal));
        Assert.Equal(["BouncyCastle.Crypto"], foreign);
    }
}
