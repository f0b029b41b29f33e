using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Pqms.Ethereum.Tests.Generators;

/// <summary>ABI files as compilers and hands write them: names, places of faults, damage.</summary>
public sealed class AbiGeneratorInputTests
{
    private static readonly string Whole = GeneratorHarness.Wrap(
        "Sample",
        string.Join(
            ',',
            SampleAbi.Constructor("uint8[2][] a"),
            SampleAbi.Function("f", "Pair[] p, bytes4 b", "bool, string s"),
            SampleAbi.Event("Happened", "uint32 indexed id, string indexed label, Pair p"),
            SampleAbi.Error("Sample_No", "int24 v, address[2] w")),
        "0x60aa");

    [Fact]
    public void Run_GivenTheWholeSample_compilesIt() =>
        Assert.NotNull(new GeneratorHarness(("Sample.abi.json", Whole)).Compile().GetType("Root.Contracts.Pair"));

    [Fact]
    public void Run_GivenABrokenEntry_tellsFileLineAndPathInIt()
    {
        var text = Whole.Replace("\"abi\": [", "\"abi\": [\n", StringComparison.Ordinal)
            .Replace("int24", "int23", StringComparison.Ordinal);
        var diagnostic = Assert.Single(new GeneratorHarness(("/x/y/Sample.abi.json", text)).Run().Diagnostics);
        var place = diagnostic.Location.GetLineSpan();
        Assert.Equal("/x/y/Sample.abi.json", place.Path);
        Assert.Equal(1, place.StartLinePosition.Line);
        Assert.Contains("abi[3].inputs[0]", diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Contains("int23", diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WhenAnyByteIsDamaged_reportsOrCompiles()
    {
        const string bytes = "{}[]\",:\\0a\u0001\u00e4";
        var reported = 0;
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            var damaged = Whole.ToCharArray();
            for (var i = random.Next(3); i >= 0; i--)
            {
                damaged[random.Next(damaged.Length)] = bytes[random.Next(bytes.Length)];
            }

            var result = new GeneratorHarness(("Sample.abi.json", new string(damaged))).Run();
            Assert.True(result.Exception is null, $"seed {seed}: {result.Exception}");
            Assert.True(result.Diagnostics.Length + result.GeneratedSources.Length > 0, $"seed {seed} tells nothing");
            Assert.All(result.Diagnostics, diagnostic => Assert.Equal("ETHABI001", diagnostic.Id));
            reported += result.Diagnostics.IsEmpty ? 0 : 1;
        }

        Assert.InRange(reported, 1000, 3000);
    }

    [Fact]
    public void Names_GivenEveryKeyword_compile()
    {
        var words = SyntaxFacts.GetReservedKeywordKinds().Concat(SyntaxFacts.GetContextualKeywordKinds())
            .Select(SyntaxFacts.GetText)
            .Where(word => word.All(char.IsAsciiLetterLower))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.InRange(words.Count, 100, 200);
        var all = string.Join(", ", words.Select(word => "uint8 " + word));
        var harness = GeneratorHarness.Of(string.Join(
            ',',
            words.SelectMany(word => new[]
                {
                    SampleAbi.Function(word, "bytes4 " + word, "bool " + word + ", uint8 " + word),
                    SampleAbi.Event(word, "uint8 indexed " + word + ", string " + word),
                    SampleAbi.Error(word, "uint8 " + word),
                    SampleAbi.Function(word + "Struct", SampleAbi.Struct(word, "bool")),
                })
                .Append(SampleAbi.Function("all", all, all))));
        Assert.Equal("class(bytes4) all", harness.Probe(
            """
            var c = new SampleContract(Address.Zero);
            return $"{c.Class(new byte[4]).Signature} {c.All(
            """ + string.Join(", ", words.Select(_ => "1")) + """).Signature[..3]}";"""));
    }

    // An anonymous event has no topic 0 of its own: a contract that has several must be asked for each.
    [Fact]
    public void Event_GivenAnAnonymousOne_isDecodedWithoutTopic0()
    {
        var harness = GeneratorHarness.Of(SampleAbi.Event(
                "Quiet", "uint8 indexed a, bytes indexed b, uint16[] indexed c, Pair indexed d, uint8 e")
            .Replace("\"anonymous\":false", "\"anonymous\":true", StringComparison.Ordinal));
        Assert.Equal("7 2 3 4 9; False False", harness.Probe(
            """
            static Bytes32 Word(int last) => Bytes32.Parse("0x" + last.ToString("x64"));
            var encoder = new AbiEncoder();
            encoder.WriteUInt(9UL);
            Bytes32[] topics = [Word(7), Word(2), Word(3), Word(4)];
            SampleContract.QuietEvent.TryDecode(topics, encoder.ToArray(), out var e);
            Bytes32[] outOfRange = [Word(256), Word(2), Word(3), Word(4)];
            var tooWide = SampleContract.QuietEvent.TryDecode(outOfRange, encoder.ToArray(), out _);
            var tooFew = SampleContract.QuietEvent.TryDecode(topics.AsSpan(1), encoder.ToArray(), out _);
            static string Last(Bytes32 word) => word.ToString()[^1..];
            return $"{e.A} {Last(e.B)} {Last(e.C)} {Last(e.D)} {e.E}; {tooWide} {tooFew}";
            """));
    }
}
