using System.Text;
using System.Text.Json;
using Pqms.Cli.Tests.Support;

namespace Pqms.Cli.Tests.Commands.Calc;

/// <summary>The cases that developers of other tools can check theirs against, through the command line.</summary>
public sealed class GoldenCasesTests
{
    [Theory]
    [InlineData("swap --state-a 0.95 --state-b 0.95", "fidelity", 0.9033333, 1e-7)]
    [InlineData(
        "swap --state-a 0.95 --gate-probability 0.98 --readout-fidelity 0.99", "fidelity", 0.8732782578, 1e-10)]
    [InlineData("purify --protocol bbpssw --kept 0.7", "successProbability", 0.68, 1e-7)]
    [InlineData("purify --protocol bbpssw --kept 0.9", "fidelity", 0.9263959, 1e-7)]
    [InlineData("purify --kept 0.8", "successProbability", 0.7688889, 1e-7)]
    [InlineData("purify --kept 0.8 --rounds 2", "successProbability", 0.7445955, 1e-7)]
    [InlineData("purify --kept 0.8 --rounds 2", "fidelity", 0.9436392, 1e-7)]
    [InlineData("lindblad --rate-per-second 0.7 --seconds 0.3", "fidelity", 0.715855262, 1e-9)]
    [InlineData("memory --state 1 --seconds 0.3 --t2-seconds 0.7142857142857143", "fidelity", 0.715855262, 1e-9)]
    [InlineData("plob --length-meters 100000", "plobBitsPerUse", 0.0144996, 1e-7)]
    [InlineData("plob --length-meters 300000", "plobBitsPerUse", 1.4427e-6, 1e-10)]
    [InlineData(
        "freespace --distance-meters 500000 --wavelength-meters 8.1e-7 --waist-meters 0.09"
        + " --receiver-radius-meters 0.6", "lossDb", 5.30, 0.005)]
    [InlineData(
        "freespace --distance-meters 225e9 --waist-meters 0.11 --receiver-radius-meters 2.5", "lossDb", 109.1, 0.05)]
    [InlineData("lighttime --distance-meters 54.6e9", "oneWaySeconds", 182.4, 0.3)]
    [InlineData("chsh --state 0.8", "chshFixed", 2.0741799, 1e-7)]
    [InlineData("chsh-fidelity --chsh 2", "fidelity", 0.780330, 1e-6)]
    [InlineData("keyrate --state 0.8107103750847682", "sixState", 0.0, 1e-12)]
    [InlineData("keyrate --state 0.8349582033424607", "bb84", 0.0, 1e-12)]
    [InlineData("concurrence --state 0.9", "concurrence", 0.8, 1e-12)]
    public Task Calc_GivenACaseOfPairsAndLinks_printsItsFigure(
        string line, string figure, double expected, double tolerance) =>
        AssertFigure(line, figure, expected, tolerance);

    [Theory]
    [InlineData(
        "buffer-1g1b --generation-per-second 2 --consumption-per-second 1 --decay-per-second 0.1 --fresh-fidelity 0.92"
        + " --success-probability 0.9", "availability", 0.625, 1e-9)]
    [InlineData(
        "buffer-1g1b --generation-per-second 2 --consumption-per-second 1 --decay-per-second 0.1 --fresh-fidelity 0.92"
        + " --success-probability 0.9", "consumedFidelity", 0.788873995, 1e-9)]
    [InlineData(
        "buffer-1gnb --bad-memories 2 --generation-probability 0.5 --consumption-probability 0.3 --decay-per-slot 0.02"
        + " --fresh-fidelity 0.9", "consumedFidelity", 0.898468942, 1e-9)]
    [InlineData(
        "pool --generation-per-second 1 --cut-off-seconds 2 --places 2 --fresh-fidelity 0.98 --coherence-seconds 10",
        "availability", 0.8, 1e-9)]
    [InlineData(
        "pool --generation-per-second 1 --cut-off-seconds 2 --places 2 --fresh-fidelity 0.98 --coherence-seconds 10",
        "randomFidelity", 0.911632751, 1e-9)]
    [InlineData(
        "pool --generation-per-second 1 --cut-off-seconds 2 --places 1000 --fresh-fidelity 0.98 --coherence-seconds 10",
        "availability", 0.864664717, 1e-9)]
    [InlineData(
        "pool --generation-per-second 1 --cut-off-seconds 2 --places 1000 --fresh-fidelity 0.98 --coherence-seconds 10",
        "youngestFidelity", 0.932464945, 1e-9)]
    [InlineData(
        "pool-demand --generation-per-second 1 --demand-per-second 1 --cut-off-seconds 2 --fresh-fidelity 0.98"
        + " --coherence-seconds 10", "availability", 0.463710558, 1e-9)]
    [InlineData(
        "pool-demand --generation-per-second 1 --demand-per-second 1 --cut-off-seconds 2 --fresh-fidelity 0.98"
        + " --coherence-seconds 10", "discardedPerSecond", 0.072578883, 1e-9)]
    [InlineData(
        "pool-stock --generation-per-second 1 --demand-per-second 1 --loss-per-second 0.5 --places 3", "meanPairs",
        0.8125, 1e-12)]
    [InlineData(
        "pool-wait --generation-per-second 10 --demand-per-second 7 --places 3", "immediateProbability", 0.657, 1e-12)]
    [InlineData(
        "pool-wait --generation-per-second 10 --demand-per-second 7 --places 3", "meanWaitSeconds", 0.114333, 1e-6)]
    [InlineData("chain --segments 2 --link-probability 0.1", "meanSlots", 14.736842, 1e-6)]
    [InlineData("chain --segments 3 --link-probability 0.1 --swap-probability 0.5", "meanSlots", 57.057429, 1e-6)]
    [InlineData("chain --segments 4 --link-probability 0.1 --swap-probability 0.5", "meanSlots", 91.562557, 1e-6)]
    [InlineData("chain --segments 8 --link-probability 0.1", "meanSlots", 26.295784, 1e-6)]
    [InlineData("chain-cutoff --link-probability 0.3 --cut-off-slots 2", "meanSlots", 5.634451, 1e-6)]
    [InlineData(
        "chain-cutoff --link-probability 0.1 --cut-off-slots 5 --fresh-fidelity 0.95 --decay-per-slot 0.02",
        "fidelity", 0.872322509, 1e-9)]
    [InlineData("blocking --load 22.8 --places 24 --taken 15", "atLeastTaken", 0.9479, 1e-4)]
    public Task Calc_GivenACaseOfBuffersAndChains_printsItsFigure(
        string line, string figure, double expected, double tolerance) =>
        AssertFigure(line, figure, expected, tolerance);

    [Fact]
    public async Task Calc_GivenAnObject_printsOneInFullPrecisionWithItsDefaults()
    {
        var ran = await Ran.PqmsAsync(
            "calc swap - --json", input: Encoding.UTF8.GetBytes("""{"stateA": [0.7, 0.1, 0.1, 0.1], "stateB": 1}"""));

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal(
            """
            {
              "operation": "swap",
              "operands": {
                "stateA": [
                  0.7,
                  0.1,
                  0.1,
                  0.1
                ],
                "stateB": [
                  1,
                  0,
                  0,
                  0
                ],
                "gateProbability": 1,
                "readoutFidelity": 1
              },
              "figures": {
                "fidelity": 0.7,
                "bell": [
                  0.7,
                  0.1,
                  0.1,
                  0.1
                ],
                "wernerParameter": 0.6
              }
            }

            """, ran.Output, ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task Calc_GivenAList_printsAListInItsOrder()
    {
        var ran = await Ran.PqmsAsync(
            "calc chain --stdin --json",
            input: Encoding.UTF8.GetBytes(
                """[{"segments": 2, "linkProbability": 0.1}, {"segments": 3, "linkProbability": 0.1}]"""));

        Assert.Equal(0, ran.ExitCode);
        using var document = JsonDocument.Parse(ran.Output);
        double[] slots = [.. document.RootElement.EnumerateArray()
            .Select(item => item.GetProperty("figures").GetProperty("meanSlots").GetDouble())];
        Assert.Equal([14.736842, 17.900563], slots.Select(value => Math.Round(value, 6)));
    }

    [Fact]
    public async Task Calc_GivenNoJsonFlag_printsATableOfFigures()
    {
        var one = await Ran.PqmsAsync("calc teleport --state 0.95");
        var many = await Ran.PqmsAsync("calc teleport -", input: "[{\"state\":0.95},{\"state\":0.25}]"u8.ToArray());
        var none = await Ran.PqmsAsync("calc teleport - --json", input: "[]"u8.ToArray());

        Assert.Contains("averageFidelity", one.Output);
        Assert.Contains("0.966666667", one.Output);
        Assert.Contains("yes", one.Output);
        Assert.Contains("0.966666667", many.Output);
        Assert.Contains("no", many.Output);
        Assert.Equal("[]", none.Output.Trim());
        Assert.Equal(0, one.ExitCode + many.ExitCode + none.ExitCode);
    }

    private static async Task AssertFigure(string line, string figure, double expected, double tolerance)
    {
        var ran = await Ran.PqmsAsync($"calc {line} --json");

        Assert.Equal(0, ran.ExitCode);
        using var document = JsonDocument.Parse(ran.Output);
        Assert.Equal(expected, document.RootElement.GetProperty("figures").GetProperty(figure).GetDouble(), tolerance);
    }
}
