using Pqms.Mesh.Import;

namespace Pqms.Mesh.Tests.Import;

public sealed class GraphMlReaderTests
{
    private const string Keys = "<key id=\"a\" for=\"node\" attr.name=\"Latitude\"/>";

    [Fact]
    public void Parse_GivenKeysByAttributeName_readsSitesEdgesDefaultsAndOrigin()
    {
        ImportedTopology topology = Fixtures.Read(GraphMlReader.Parse(Fixtures.GraphMl));

        Assert.Equal(
            [
                new ImportedSite("n0", "Berlin", 52.5, 13.4), new ImportedSite("n1", "Ham<burg", 53.5, 10.0),
                new ImportedSite("n2", "Unnamed", null, null),
            ],
            topology.Sites);
        Assert.Equal([new ImportedEdge(0, 1), new ImportedEdge(1, 2)], topology.Edges);
        Assert.Equal("Zoo & co", topology.Origin.ToString());
        Assert.Equal(
            "1 hyperedges left out: a link joins two sites: h0", Assert.Single(topology.Notes).ToString());
    }

    [Fact]
    public void Parse_GivenNestedGraphsAndForeignElements_takesNodesAndEdgesOfAllGraphs()
    {
        ImportedTopology topology = Fixtures.Read(GraphMlReader.Parse(
            "<graphml><graph edgedefault=\"directed\"><node id=\"1\"><x><node id=\"no\"/></x>"
            + "<graph><node id=\"2\"/><edge source=\"1\" target=\"2\"/></graph></node></graph></graphml>"));

        Assert.Equal(["2", "1"], topology.Sites.Select(site => site.SourceId));
        Assert.Equal([new ImportedEdge(1, 0)], topology.Edges);
        Assert.Equal(1, Fixtures.Count(topology.Notes, ImportNoteKind.DirectionIgnored));
    }

    [Theory]
    [InlineData("", 0, "well-formed XML")]
    [InlineData("<graphml>\n<graph>", 2, "well-formed XML")]
    [InlineData("<graphml><graph></graphml>", 1, "well-formed XML")]
    [InlineData("<graphml>\n&bogus;</graphml>", 2, "well-formed XML")]
    [InlineData("<gexf/>", 1, "the root element graphml")]
    [InlineData("<graphml/>", 0, "one element graph")]
    [InlineData("<graphml><graph/>\n<graph/></graphml>", 2, "one graph")]
    [InlineData("<graphml><graph>\n<node/></graph></graphml>", 2, "an attribute id")]
    [InlineData("<graphml><graph><node id=\"1\"/>\n<node id=\"1\"/></graph></graphml>", 2, "no other node")]
    [InlineData("<graphml><graph><node id=\"1\"/>\n<edge source=\"1\" target=\"2\"/></graph></graphml>", 2, "a node")]
    [InlineData("<graphml><graph><node id=\"1\">\n<data key=\"q\">1</data></node></graph></graphml>", 2, "key element")]
    [InlineData("<graphml>" + Keys + "\n" + Keys + "<graph/></graphml>", 2, "no other key")]
    [InlineData(
        "<graphml>" + Keys + "<graph><node id=\"1\">\n<data key=\"a\">north</data></node></graph></graphml>", 2,
        "degrees from -90 to 90")]
    [InlineData(
        "<graphml>" + Keys + "<graph><node id=\"1\"><data key=\"a\">1</data>\n<data key=\"a\">2</data></node></graph>"
        + "</graphml>", 2, "each field once")]
    public void Parse_GivenAMalformedText_namesLineAndWhatIsAllowed(string text, int line, string allowed)
    {
        ImportProblem problem = Assert.Single(GraphMlReader.Parse(text).Problems);

        Assert.Equal(line, problem.Line);
        Assert.Contains(allowed, problem.Allowed);
    }

    [Fact]
    public void Parse_GivenADocumentTypeWithEntities_refusesItUnread()
    {
        ImportProblem problem = Assert.Single(GraphMlReader.Parse(
            "<!DOCTYPE graphml [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">"
            + "<!ENTITY c SYSTEM \"file:///nowhere\">]><graphml>&b;&c;<graph/></graphml>").Problems);

        Assert.Contains("without a document type", problem.Allowed);
    }

    [Fact]
    public void Parse_GivenNestingAboveTheLimit_refusesIt()
    {
        ImportProblem problem = Assert.Single(GraphMlReader.Parse(
            "<graphml>" + string.Concat(Enumerable.Repeat("<x>", 900_000))).Problems);

        Assert.Contains("at most 32 elements", problem.Allowed);
    }

    // A quadratic reader would take hours over these; nothing here looks at a clock.
    [Theory]
    [InlineData("<node ")]
    [InlineData("<x/>")]
    [InlineData("text &amp; ")]
    [InlineData("<node id=\"1\"/>")]
    [InlineData("<data key=\"d0\">")]
    public void Parse_GivenHundredsOfThousandsOfRepetitions_answersWithAProblem(string part) =>
        Assert.NotEmpty(GraphMlReader.Parse(
            "<graphml><graph>" + string.Concat(Enumerable.Repeat(part, 500_000))).Problems);

    [Fact]
    public void Parse_GivenManyAttributes_answersWithAProblem() =>
        Assert.NotEmpty(GraphMlReader.Parse(
            "<graphml><graph><node " + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"a{i}='' "))
            + "/></graph></graphml>").Problems);
}
