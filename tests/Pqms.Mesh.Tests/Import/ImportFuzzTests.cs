using Pqms.Mesh.Import;
using Pqms.Mesh.Scenarios;
using Pqms.Mesh.Tests.Scenarios;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Import;

/// <summary>Mutated texts: readers answer with a value or with problems, and what they read converts.</summary>
public sealed class ImportFuzzTests
{
    private const int Seed = 20_261_125;

    private static readonly string Profiles = ScenarioFiles.Text("three-repeaters");

    private static readonly int Rounds = TestProfile.Count(usual: 3000, nightly: 100_000);

    [Fact]
    public void GmlParse_GivenMutatedTexts_readsOrRefuses()
    {
        string[] words = ["graph [", "node [", "edge [", "]", "id 1", "Latitude", "\"", "&", "&#", ";", "-", "9e9"];
        int read = CountRead(Fixtures.Gml, words, text => Converts(GmlReader.Parse(text)));

        Assert.InRange(read, Rounds / 20, Rounds * 19 / 20);
    }

    [Fact]
    public void GraphMlParse_GivenMutatedTexts_readsOrRefuses()
    {
        string[] words = ["<node id='", "<data key='d0'>", "</data>", "<graph>", "&#0;", "]]>", "<!--", "91", "'", ">"];
        int read = CountRead(Fixtures.GraphMl, words, text => Converts(GraphMlReader.Parse(text)));

        Assert.InRange(read, Rounds / 20, Rounds * 19 / 20);
    }

    [Fact]
    public void SwfParse_GivenMutatedTexts_readsOrRefuses()
    {
        string[] words = ["-1", " ", "\n", ";", ".", "99999999999999999999", "e", "\t", "1 "];
        ImportedTopology network = TopologyCleaner.Clean(Fixtures.Read(GmlReader.Parse(Fixtures.Gml)));
        int read = CountRead(Fixtures.Swf, words, text =>
        {
            ImportResult<WorkloadTrace> result = SwfReader.Parse(text);
            Assert.Equal(result.IsValid, result.Problems.Count == 0);
            return result.IsValid && IsAccepted(
                ScenarioConverter.Convert(network, Profiles, Options, result.Value).Value!);
        });

        Assert.InRange(read, Rounds / 20, Rounds * 19 / 20);
    }

    private static ImportOptions Options => new() { Name = "fuzz", FileName = "fuzz\uD800\n.gml", Slots = 2 };

    private static bool Converts(ImportResult<ImportedTopology> result)
    {
        Assert.Equal(result.IsValid, result.Problems.Count == 0);
        Assert.All(result.Problems, problem =>
        {
            Assert.InRange(problem.Value.Length, 1, 64);
            Assert.DoesNotContain(problem.Value, char.IsControl);
        });
        if (!result.IsValid)
        {
            return false;
        }

        ImportedTopology clean = TopologyCleaner.Clean(result.Value);
        ImportResult<ConvertedScenario> converted = ScenarioConverter.Convert(clean, Profiles, Options);
        Assert.Equal(clean.Edges.Count > 0, converted.IsValid);
        return converted.IsValid && IsAccepted(converted.Value);
    }

    private static bool IsAccepted(ConvertedScenario converted)
    {
        ScenarioResult accepted = ScenarioReader.Parse(converted.Json);
        Assert.True(accepted.IsValid, string.Join('\n', accepted.Problems));
        return true;
    }

    private static int CountRead(string original, string[] words, Func<string, bool> reads)
    {
        var random = new Random(Seed);
        int read = 0;
        for (int round = 0; round < Rounds; round++)
        {
            string text = original;
            for (int change = random.Next(4); change >= 0; change--)
            {
                text = Mutate(text, words, random);
            }

            try
            {
                read += reads(text) ? 1 : 0;
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"Seed {Seed}, round {round}: {error.Message}\n{text}", error);
            }
        }

        return read;
    }

    private static string Mutate(string text, string[] words, Random random)
    {
        int at = random.Next(text.Length + 1);
        int length = Math.Min(random.Next(1, 12), text.Length - at);
        return random.Next(5) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, words[random.Next(words.Length)]),
            2 => text.Insert(at, ((char)random.Next(char.MaxValue + 1)).ToString()),
            3 => text.Insert(at, text.Substring(random.Next(text.Length - length + 1), length)),
            _ => text.Remove(at, length).Insert(at, new string((char)random.Next(32, 127), length)),
        };
    }
}
