using System.Text;
using Microsoft.CodeAnalysis;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Generators;

namespace Pqms.Ethereum.Tests.Generators;

/// <summary>How the generator behaves inside the compiler: faults, caching, several files.</summary>
public sealed class AbiGeneratorPipelineTests
{
    private static readonly string Function = SampleAbi.Function("f", "", "uint8");

    [Theory]
    [InlineData("", "ends too early")]
    [InlineData("[1, 2", "ends too early")]
    [InlineData("{} x", "after the end")]
    [InlineData("{\"contractName\": \"A\", \"contractName\": \"B\"}", "twice")]
    [InlineData("{\"abi\": []}", "\"contractName\" is missing")]
    [InlineData("{\"contractName\": \"1x\", \"abi\": []}", "no identifier")]
    [InlineData("{\"contractName\": \"A\", \"abi\": {}}", "must be an array")]
    [InlineData("{\"contractName\": \"A\", \"abi\": [3]}", "must be an object")]
    [InlineData("{\"contractName\": \"A\", \"abi\": [], \"bytecode\": \"0x60__$ab$__\"}", "library")]
    [InlineData("{\"contractName\": \"A\", \"abi\": [], \"bytecode\": \"0x606\"}", "odd")]
    [InlineData("{\"contractName\": \"A\", \"abi\": [{\"type\": \"rocket\"}]}", "unknown entry type")]
    [InlineData("{\"contractName\": \"A\", \"abi\": tru}", "no JSON value")]
    [InlineData("{\"contractName\": \"A\\q\"}", "escape")]
    public void Run_GivenABrokenFile_reportsEthAbi001WithTheReason(string text, string reason)
    {
        var result = new GeneratorHarness(("Broken.abi.json", text)).Run();
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal("ETHABI001", diagnostic.Id);
        Assert.Contains("Broken.abi.json", diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Contains(reason, diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Null(result.Exception);
    }

    [Theory]
    [InlineData("uint7", "uint7")]
    [InlineData("uint", "uint")]
    [InlineData("int264", "int264")]
    [InlineData("int12", "int12")]
    [InlineData("fixed128x18", "fixed128x18")]
    [InlineData("bytes33", "bytes33")]
    [InlineData("bool[0]", "length 0")]
    [InlineData("tuple", "components")]
    [InlineData("[]", "[]")]
    public void Run_GivenAnUnknownType_reportsEthAbi001WithIt(string type, string reason)
    {
        var diagnostic = Assert.Single(GeneratorHarness.Of(SampleAbi.Constructor(type + " v")).Run().Diagnostics);
        Assert.Contains(reason, diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_GivenAnyPrefixOfAFile_neverThrows()
    {
        var text = GeneratorHarness.Wrap("A", Function, "0x60");
        for (var length = 0; length < text.Length; length++)
        {
            var result = new GeneratorHarness(("A.abi.json", text[..length])).Run();
            Assert.Null(result.Exception);
            Assert.Single(result.Diagnostics);
        }
    }

    [Fact]
    public void Run_GivenDeepNesting_refusesInsteadOfOverflowing()
    {
        var result = new GeneratorHarness(("A.abi.json", new string('[', 100_000))).Run();
        Assert.Contains("deeper", Assert.Single(result.Diagnostics).GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_GivenOneBrokenFile_stillMakesTheOther()
    {
        var harness = new GeneratorHarness(("A.abi.json", "{"), ("B.abi.json", GeneratorHarness.Wrap("B", Function)));
        var result = harness.Run();
        Assert.Single(result.Diagnostics);
        Assert.Equal("BContract.g.cs", Assert.Single(result.GeneratedSources).HintName);
    }

    [Fact]
    public void Run_GivenTwoFilesOfOneContract_reportsBoth()
    {
        var text = GeneratorHarness.Wrap("A", Function);
        var result = new GeneratorHarness(("x/A.abi.json", text), ("y/A.abi.json", text)).Run();
        Assert.Equal(2, result.Diagnostics.Length);
        Assert.Empty(result.GeneratedSources);
    }

    [Fact]
    public void Run_GivenStructsOfOneNameWithOtherMembers_reportsTheConflict()
    {
        static string With(string member) => SampleAbi.Function("f", SampleAbi.Struct("T", member));
        var result = new GeneratorHarness(
            ("A.abi.json", GeneratorHarness.Wrap("A", With("bool"))),
            ("B.abi.json", GeneratorHarness.Wrap("B", With("uint8")))).Run();
        Assert.Contains("struct T", Assert.Single(result.Diagnostics).GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_GivenAnUnrelatedEdit_runsNoStepAgain()
    {
        var harness = GeneratorHarness.Of(Function);
        harness.Run();
        harness.AddSource("public static class Unrelated;");
        var reused = new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged };
        Assert.All(Reasons(harness.Run()), reason => Assert.Contains(reason, reused));
    }

    [Fact]
    public void Run_GivenAnEditOfWhitespaceInTheFile_emitsNothingAgain()
    {
        var harness = GeneratorHarness.Of(Function);
        harness.Run();
        harness.ReplaceFile("Sample.abi.json", "\n" + GeneratorHarness.Wrap("Sample", Function));
        var result = harness.Run();
        var outputs = result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs);
        Assert.All(outputs, output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    [Fact]
    public void Run_GivenAChangedFile_emitsItAgain()
    {
        var harness = GeneratorHarness.Of(Function);
        harness.Run();
        harness.ReplaceFile("Sample.abi.json", GeneratorHarness.Wrap("Sample", SampleAbi.Function("g", "")));
        Assert.Contains(Reasons(harness.Run()), reason => reason == IncrementalStepRunReason.Modified);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(135)]
    [InlineData(136)]
    [InlineData(137)]
    [InlineData(1000)]
    public void Keccak256_GivenAnyLength_agreesWithTheClients(int length)
    {
        var message = Encoding.ASCII.GetBytes(new string('k', length));
        Assert.Equal(
            Keccak256.Hash(message).ToArray(), Pqms.Ethereum.Generators.Crypto.Keccak256.Hash(message));
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result) =>
        new[] { AbiGenerator.ParseStep, AbiGenerator.StructStep, AbiGenerator.ContractStep }
            .SelectMany(name => result.TrackedSteps[name])
            .SelectMany(step => step.Outputs)
            .Select(output => output.Reason);
}
