using System.Text;
using Pqms.Cli.Commands.Calc;
using Pqms.Cli.Tests.Support;

namespace Pqms.Cli.Tests.Commands.Calc;

public sealed class CalcRefusalTests
{
    [Theory]
    [InlineData("calc swap", "--state-a: is missing", "a fidelity in [0.25, 1]")]
    [InlineData("calc swap --state-a 0.2", "--state-a: '0.2' is no pair", "four probabilities of sum 1")]
    [InlineData("calc swap --state-a 0.5,0.5,0.5,0", "'0.5,0.5,0.5,0' is no pair", "four probabilities of sum 1")]
    [InlineData("calc swap --state-a 0.5,0.5", "'0.5,0.5' is no pair", "four probabilities of sum 1")]
    [InlineData("calc swap --state-a NaN", "'NaN' is no pair", "four probabilities of sum 1")]
    [InlineData("calc swap --state-a 1 --gate-probability NaN", "'NaN' is out of range", "a number in [0, 1]")]
    [InlineData("calc swap --state-a 1 --gate-probability 1.1", "'1.1' is out of range", "a number in [0, 1]")]
    [InlineData("calc swap --state-a 1 --gate-probability 1e999", "'1e999' is out of range", "a number in [0, 1]")]
    [InlineData("calc swap --state-a 1 --gate-probability x", "--gate-probability: 'x'", "a number in [0, 1]")]
    [InlineData("calc swap --stat-a 1", "'--stat-a' is no option", "--state-a, --state-b, --gate")]
    [InlineData("calc swap 0.9", "'0.9' is no option", "or - for standard input")]
    [InlineData("calc swap --state-a 2 --gate-probability 2", "(and 1 more)", "pqms calc swap --help")]
    [InlineData("calc swap - --state-a 1", "--state-a is given beside standard input", "either options or a document")]
    [InlineData("calc chain --segments 2.5 --link-probability 1", "'2.5' is out of range", "number in [1, 1024]")]
    [InlineData(
        "calc chain --segments 9 --link-probability 1 --swap-probability 0.5", "--segments: 9 are", "at most 8")]
    [InlineData("calc chain --segments 2 --link-probability 0", "'0' is out of range", "a number in [1e-12, 1]")]
    [InlineData("calc link --length-meters infinity", "'infinity' is out of range", "a number in [0.001, ")]
    [InlineData("calc link --kind triple-click --length-meters 1", "'triple-click' is none of them", "barrett-kok")]
    [InlineData("calc link --length-meters 1e8 --attenuation-db-per-km 99", "lets no photon through", "light arrives")]
    [InlineData(
        "calc memory --model relaxation --state 1 --seconds 1 --t1-seconds 1 --t2-seconds 3",
        "--t2-seconds: 3 is above", "at most 2")]
    [InlineData(
        "calc pool-wait --generation-per-second 1 --demand-per-second 2 --places 1", "--demand-per-second: 2 is not",
        "a number in [0, 1)")]
    [InlineData(
        "calc purify --protocol bilateral-cnot --kept 1 --measured 0,1,0,0", "--measured: 0 1 0 0 never gives",
        "can succeed")]
    [InlineData("calc frobnicate", "frobnicate", "pqms calc --help")]
    public async Task Calc_GivenBadOptions_namesOptionAllowedAndNext(string line, string what, string allowed) =>
        AssertRefused(await Ran.PqmsAsync(line), what, allowed);

    [Theory]
    [InlineData("", "standard input is no JSON", "one object, or a list")]
    [InlineData("{\"stateA\": 1", "standard input is no JSON", "one object, or a list")]
    [InlineData("3", "$: 3 is no object", "an object of operands")]
    [InlineData("[{\"stateA\": 1}, [1]]", "$[1]: [1] is no object", "an object of operands")]
    [InlineData("{\"state\": 1}", "$.state: is no operand", "stateA, stateB, gateProbability, readoutFidelity")]
    [InlineData("{}", "$.stateA: is missing", "a fidelity in [0.25, 1]")]
    [InlineData("{\"stateA\": 1, \"stateA\": 1}", "$.stateA: is given twice", "each operand once")]
    [InlineData("{\"stateA\": \"0.9\"}", "$.stateA: \"0.9\" is no pair", "a fidelity in [0.25, 1]")]
    [InlineData("{\"stateA\": NaN}", "standard input is no JSON", "one object, or a list")]
    [InlineData("{\"stateA\": null}", "$.stateA: null is no pair", "a fidelity in [0.25, 1]")]
    [InlineData("{\"stateA\": [1, 0, 0]}", "$.stateA: [1, 0, 0] is no pair", "four probabilities of sum 1")]
    [InlineData("{\"stateA\": 1, \"gateProbability\": true}", "$.gateProbability: true is out", "a number in [0, 1]")]
    [InlineData("{\"stateA\": 1, \"gateProbability\": 1e999}", "$.gateProbability: 1e999 is out", "a number in [0, 1]")]
    [InlineData("[{\"stateA\": 1}, {\"stateA\": 0.1}]", "$[1].stateA: 0.1 is no pair", "a fidelity in [0.25, 1]")]
    public async Task Calc_GivenABadDocument_namesPathAllowedAndNext(string document, string what, string allowed) =>
        AssertRefused(await Ran.PqmsAsync("calc swap -", input: Encoding.UTF8.GetBytes(document)), what, allowed);

    [Fact]
    public async Task Calc_GivenOperandsThatDoNotGoTogetherInAList_namesTheirPath()
    {
        var document = """
            [
              {"segments": 3, "linkProbability": 1},
              {"segments": 9, "linkProbability": 1, "swapProbability": 0.5}
            ]
            """;

        AssertRefused(
            await Ran.PqmsAsync("calc chain -", input: Encoding.UTF8.GetBytes(document)),
            "$[1].segments: 9 are too many", "at most 8");
    }

    [Fact]
    public async Task Calc_GivenTooMuch_refusesBeforeItCalculates()
    {
        var list = $"[{string.Join(',', Enumerable.Repeat("{\"stateA\":1}", CalcCommand.MaxListLength + 1))}]";

        AssertRefused(
            await Ran.PqmsAsync("calc swap -", input: Encoding.UTF8.GetBytes(list)), "$ is a list of 1001",
            "at most 1000 calculations");
        AssertRefused(
            await Ran.PqmsAsync("calc swap -", input: [.. "{}"u8, .. new byte[CalcCommand.MaxInputBytes]]),
            "standard input is too long", "at most 1048576 bytes");
        AssertRefused(
            await Ran.PqmsAsync("calc swap -", input: Encoding.UTF8.GetBytes(new string('[', 9) + new string(']', 9))),
            "standard input is no JSON", "one object, or a list");
        AssertRefused(
            await Ran.PqmsAsync("calc swap -", input: [.. "{\"x"u8, 0xFF, .. "\": 1}"u8]),
            "standard input holds a text that is no Unicode", "in UTF-8");
        AssertRefused(
            await Ran.PqmsAsync("calc swap -", input: "{\"\\ud800\": 1}"u8.ToArray()),
            "standard input holds a text that is no Unicode", "in UTF-8");
        AssertRefused(
            await Ran.PqmsAsync("calc purify -", input: "{\"kept\": 1, \"protocol\": \"\\ud800\"}"u8.ToArray()),
            "standard input holds a text that is no Unicode", "in UTF-8");
    }

    [Fact]
    public async Task Calc_GivenALongValue_showsItsBeginningOnly()
    {
        var ran = await Ran.PqmsAsync($"calc swap --state-a {new string('9', 5000)}");

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("99...'", ran.Error);
        Assert.True(ran.Error.Length < 500);
    }

    [Fact]
    public async Task Calc_GivenSettingsThatNobodyCouldRead_calculatesAllTheSame()
    {
        var ran = await Ran.PqmsAsync(
            "calc qber --state 0.9", new Dictionary<string, string> { ["PQMS_CHAIN_PORT"] = "no port" });

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("qberX", ran.Output);
    }

    private static void AssertRefused(Ran ran, string what, string allowed)
    {
        Assert.Equal(2, ran.ExitCode);
        Assert.Contains(what, ran.Error);
        Assert.Contains(allowed, ran.Error);
        Assert.Contains("next", ran.Error);
        Assert.Empty(ran.Output);
    }
}
