using Pqms.Mesh.Import;

namespace Pqms.Mesh.Tests.Import;

public sealed class GmlReaderTests
{
    [Fact]
    public void Parse_GivenTheDialectOfTheZoo_readsSitesEdgesAndOrigin()
    {
        ImportedTopology topology = Fixtures.Read(GmlReader.Parse(Fixtures.Gml));

        Assert.Equal(
            [
                new ImportedSite("3", "Alpha & Omega", 50.0, 8.0), new ImportedSite("5", "Beta", null, null),
                new ImportedSite("7", "Gamma", 51.0, 9.5), new ImportedSite("8", "", null, null),
                new ImportedSite("9", "Beta", 48.0, 11.0), new ImportedSite("10", "Far~away#1", 48.5, 11.5),
            ],
            topology.Sites);
        Assert.Equal(
            [
                new ImportedEdge(0, 1), new ImportedEdge(1, 2), new ImportedEdge(2, 3), new ImportedEdge(2, 1),
                new ImportedEdge(2, 2), new ImportedEdge(4, 5),
            ],
            topology.Edges);
        Assert.Equal("Test & net, Nowhere, made by hand", topology.Origin.ToString());
        Assert.Empty(topology.Notes);
    }

    [Theory]
    [InlineData("M&uuml;nchen", "München")]
    [InlineData("M&#252;nchen", "München")]
    [InlineData("M&#xFC;nchen", "München")]
    [InlineData("A&B & C&; D&amp;amp;", "A&B & C&; D&amp;")]
    [InlineData("&#128512;&yuml;&quot;", "\U0001F600ÿ\"")]
    public void Parse_GivenEntities_replacesThemOnce(string written, string meant)
    {
        ImportedTopology topology = Fixtures.Read(GmlReader.Parse($"graph [ node [ id 1 label \"{written}\" ] ]"));

        Assert.Equal(meant, topology.Sites[0].Label);
        Assert.Empty(topology.Notes);
    }

    [Fact]
    public void Parse_GivenUnknownEntities_keepsAndCountsThem()
    {
        ImportedTopology topology = Fixtures.Read(
            GmlReader.Parse("graph [ node [ id 1 label \"&bogus; &#xD800; &#99999999;\" ] ]"));

        Assert.Equal("&bogus; &#xD800; &#99999999;", topology.Sites[0].Label);
        ImportNote note = Assert.Single(topology.Notes);
        Assert.Equal(
            "3 unknown entities in texts stay as written: &bogus;, &#xD800;, &#99999999;", note.ToString());
    }

    [Fact]
    public void Parse_GivenADirectedGraphWithAMarkAndOtherCases_readsItWithANote()
    {
        ImportedTopology topology = Fixtures.Read(GmlReader.Parse(
            "\uFEFFGRAPH [\r\n Directed 1 edge [ SOURCE 2 Target 1 ]\r\n NODE [ ID 1 ] node [ id +2 ] ] Version 2"));

        Assert.Equal(["1", "2"], topology.Sites.Select(site => site.SourceId));
        Assert.Equal([new ImportedEdge(1, 0)], topology.Edges);
        Assert.Equal(1, Fixtures.Count(topology.Notes, ImportNoteKind.DirectionIgnored));
    }

    [Theory]
    [InlineData("", 0, "(no graph)", "graph [ ... ]")]
    [InlineData("Creator \"x\"", 0, "(no graph)", "graph [ ... ]")]
    [InlineData("graph [ ]\ngraph [ ]", 2, "graph", "one graph")]
    [InlineData("graph [\n node [ id 1 ]", 2, "(end of text)", "']' for the '[' of line 1")]
    [InlineData("graph [ ] ]", 1, "]", "a key")]
    [InlineData("graph [\n\n 5 ]", 3, "5", "a key")]
    [InlineData("graph [ node\n]", 2, "]", "a value of node")]
    [InlineData("graph [ node [ id 1 label Berlin ] ]", 1, "Berlin", "a value of label")]
    [InlineData("graph [ node [ id 1 label \"Ber\nlin", 1, "\"Ber lin", "a value of label")]
    [InlineData("graph [ node [ id 1 Latitude 5,2 ] ]", 1, "5,2", "a value of Latitude")]
    [InlineData("graph [ node [ id 1 Latitude NaN ] ]", 1, "NaN", "a value of Latitude")]
    [InlineData("graph [ node [ id 1 Latitude 1e999 ] ]", 1, "1e999", "a value of Latitude")]
    [InlineData("graph [ node [ id 1\n Latitude 90.01 ] ]", 2, "90.01", "degrees from -90 to 90")]
    [InlineData("graph [ node [ id 1\n Longitude -181 ] ]", 2, "-181", "degrees from -180 to 180")]
    [InlineData("graph [ node [ id 1 Longitude \"8\" ] ]", 1, "8", "degrees from -180 to 180")]
    [InlineData("graph [\n node [ label \"A\" ] ]", 2, "(missing)", "a whole number as id")]
    [InlineData("graph [ node [ id 1.5 ] ]", 1, "1.5", "a whole number as id")]
    [InlineData("graph [ node [ id \"1\" ] ]", 1, "1", "a whole number as id")]
    [InlineData("graph [ node [ id 1 id 2 ] ]", 1, "id", "each field once")]
    [InlineData("graph [ node [ id 1 ]\n node [ id 01 ] ]", 2, "1", "no other node")]
    [InlineData("graph [ node [ id 1 ]\n edge [ source 1 ] ]", 2, "(missing)", "a whole number as target")]
    [InlineData("graph [ node [ id 1 ] edge [ source 1\n target 2 ] ]", 2, "2", "the id of a node")]
    [InlineData("graph [ edge [ source 1 target 2 ]\n node [ id x ] node [ id 2 ] ]", 2, "x", "a value of id")]
    [InlineData("graph [ n\u00F6de [ ] ]", 1, "n\u00F6de", "a key")]
    public void Parse_GivenAMalformedText_namesLineValueAndWhatIsAllowed(
        string gml, int line, string value, string allowed)
    {
        ImportResult<ImportedTopology> result = GmlReader.Parse(gml);

        Assert.False(result.IsValid);
        ImportProblem problem = Assert.Single(result.Problems);
        Assert.Equal((line, value), (problem.Line, problem.Value));
        Assert.Contains(allowed, problem.Allowed);
        Assert.Contains(value, problem.ToString());
    }

    [Fact]
    public void Parse_GivenManyProblems_reportsTheFirstHundred()
    {
        string nodes = string.Concat(Enumerable.Range(0, 150).Select(_ => "node [ label \"A\" ]\n"));

        ImportResult<ImportedTopology> result = GmlReader.Parse($"graph [\n{nodes}]");

        Assert.Equal(Enumerable.Range(2, 100), result.Problems.Select(problem => problem.Line));
    }

    [Fact]
    public void Parse_GivenNestingAtAndAboveTheLimit_readsAndRefuses()
    {
        string Nested(int depth) => $"graph [ {Repeat("a [ ", depth - 1)}{Repeat("] ", depth - 1)}]";

        Assert.True(GmlReader.Parse(Nested(32)).IsValid);
        ImportProblem problem = Assert.Single(GmlReader.Parse(Nested(33)).Problems);
        Assert.Contains("at most 32 lists", problem.Allowed);
    }

    [Fact]
    public void Parse_GivenSitesAndEdgesAboveTheLimits_refusesThem()
    {
        string Nodes(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"node [ id {i} ] "));

        Assert.True(GmlReader.Parse($"graph [ {Nodes(10_000)} ]").IsValid);
        Assert.Contains(
            "at most 10000 nodes", Assert.Single(GmlReader.Parse($"graph [ {Nodes(20_000)} ]").Problems).Allowed);
        Assert.Contains(
            "at most 100000 edges",
            Assert.Single(GmlReader.Parse(
                $"graph [ {Nodes(2)} {Repeat("edge [ source 0 target 1 ] ", 150_000)} ]").Problems).Allowed);
        Assert.Contains(
            "characters", Assert.Single(GmlReader.Parse(new string(' ', (16 * 1024 * 1024) + 1)).Problems).Allowed);
    }

    // A quadratic reader would take hours over these; nothing here looks at a clock.
    [Theory]
    [InlineData("[")]
    [InlineData("a [ ")]
    [InlineData("\"")]
    [InlineData("&")]
    [InlineData("#")]
    [InlineData("1")]
    [InlineData("a 1 ")]
    [InlineData("graph [ a \"&amp\" ]")]
    public void Parse_GivenAMillionRepetitions_answersWithAProblem(string part)
    {
        ImportResult<ImportedTopology> result = GmlReader.Parse(Repeat(part, 900_000));

        Assert.NotEmpty(result.Problems);
        Assert.All(result.Problems, problem => Assert.InRange(problem.Value.Length, 1, 64));
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
