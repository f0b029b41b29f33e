using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Scenarios;

/// <summary>The shipped cases of theory: they can be read, and the mesh finds the figures that they promise.</summary>
/// <remarks>
/// 10,000 s each, fixed seeds; tolerances are 3 to 5 standard errors. The engine's own tests run the same cases longer.
/// </remarks>
public class TheoryFileTests
{
    private const long Seconds = 10_000;

    public static TheoryData<string> Names => [.. ScenarioFiles.TheoryNames];

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_GivenCaseOfTheory_readsIt(string name)
    {
        Scenario scenario = ScenarioFiles.Read("theory/" + name);
        Assert.Equal((name, "ideal"), (scenario.Name, scenario.ProfileName));
        Assert.StartsWith("theory", scenario.Profile.Provenance);
        Assert.All(scenario.Profile.Sources.Values, source => Assert.Equal("theory", source));
    }

    [Theory]
    [InlineData("hard-cut-off", 0.8)]
    [InlineData("one-place", 0.463710558)]
    [InlineData("exponential-lifetimes", 0.53125)]
    public void Run_GivenAPool_hasItsAvailability(string name, double availability)
    {
        PoolStatistics sums = Run(name);
        Assert.Equal(availability, (double)sums.AvailableNanoseconds / sums.At.Nanoseconds, 0.03);
    }

    [Theory]
    [InlineData("one-place", 0.463710558, 0.932464945)]
    [InlineData("purified-buffer", 0.672164823, 0.898468942)]
    public void Run_GivenDemand_servesItsShareAtItsFidelity(string name, double share, double fidelity)
    {
        PoolStatistics sums = Run(name);
        Assert.Equal(share, (double)sums.Served / sums.Requests, 0.025);
        Assert.Equal(fidelity, sums.TruthSum / sums.Served, 0.003);
    }

    [Fact]
    public void Run_GivenProbes_seesTheMeanFidelity()
    {
        PoolStatistics sums = Run("hard-cut-off");
        Assert.Equal(0.911632751, sums.ProbeTruthSum / sums.ProbeHits, 0.003);
        Assert.Equal(0UL, sums.Served);
    }

    [Fact]
    public void Run_GivenWaitingDemand_waitsAsTheQueueDoes()
    {
        PoolStatistics sums = Run("waiting-demand");
        Assert.Equal(0.657, (double)sums.ServedAtOnce / sums.Served, 0.03);
        Assert.Equal(0.114333, (double)sums.SetupNanoseconds * 1e-9 / sums.Served, 0.02);
    }

    [Theory]
    [InlineData("chain", 57.057429, 0.3)]
    [InlineData("chain-cut-off", 5.634451, 0.1)]
    public void Run_GivenAChain_takesItsMeanTime(string name, double slots, double relative)
    {
        PoolStatistics sums = Run(name);
        Assert.Equal(1.0, sums.At.Nanoseconds * 1e-9 / sums.Served / slots, relative);
    }

    private static PoolStatistics Run(string name) => TheoryScenario.Run(
        ScenarioFiles.Read("theory/" + name) with { WarmUpSeconds = 0 }, 0, Seconds).To;
}
