using Pqms.Mesh.Import;

namespace Pqms.Mesh.Tests.Import;

public sealed class TopologyCleanerTests
{
    [Fact]
    public void Clean_GivenACleanTopology_changesNothing()
    {
        ImportedTopology network = Fixtures.Network(
            [Fixtures.Site("A", 1, 2), Fixtures.Site("B", 3, 4)], (0, 1));

        ImportedTopology clean = TopologyCleaner.Clean(network);

        Assert.Equal(network.Sites, clean.Sites);
        Assert.Equal(network.Edges, clean.Edges);
        Assert.Empty(clean.Notes);
    }

    [Fact]
    public void Clean_GivenLoopsAndParallelEdges_keepsEachLinkOnce()
    {
        ImportedTopology clean = TopologyCleaner.Clean(Fixtures.Network(
            [Fixtures.Site("A", 1, 2), Fixtures.Site("B", 3, 4)], (0, 0), (1, 0), (0, 1), (1, 1), (1, 0)));

        Assert.Equal([new ImportedEdge(1, 0)], clean.Edges);
        Assert.Equal(
            ["2 edges from a site to itself dropped: A, B", "2 parallel edges merged: A - B, B - A"],
            clean.Notes.Select(note => note.ToString()));
    }

    [Fact]
    public void Clean_GivenMissingPlaces_fillsThemFromTheKnownOnesOutwards()
    {
        // A - x - y - B with A and B known: x and y are reached in the first round, each from its known neighbour;
        // z hangs on x and y and is placed between them in the second.
        ImportedTopology clean = TopologyCleaner.Clean(Fixtures.Network(
            [
                Fixtures.Site("z"), Fixtures.Site("x"), Fixtures.Site("y"), Fixtures.Site("A", 0, 10),
                Fixtures.Site("B", 0, 20),
            ],
            (3, 1), (1, 2), (2, 4), (0, 1), (0, 2)));

        Assert.Equal(
            [(0.0, 15.0), (0.0, 10.0), (0.0, 20.0), (0.0, 10.0), (0.0, 20.0)],
            clean.Sites.Select(site => (site.Latitude!.Value, site.Longitude!.Value)));
        Assert.Equal(
            "3 sites without coordinates placed at the mean of their neighbours: x, y, z",
            Assert.Single(clean.Notes).ToString());
    }

    [Theory]
    [InlineData(0, 170, 0, -170, 0, 180)]
    [InlineData(60, 0, 60, 180, 90, 0)]
    [InlineData(0, 0, 0, 180, 0, 0)]
    public void Clean_GivenNeighboursAcrossTheGlobe_placesTheMeanOnTheSphere(
        double latitudeA, double longitudeA, double latitudeB, double longitudeB, double latitude, double longitude)
    {
        ImportedSite placed = TopologyCleaner.Clean(Fixtures.Network(
            [Fixtures.Site("A", latitudeA, longitudeA), Fixtures.Site("B", latitudeB, longitudeB), Fixtures.Site("m")],
            (2, 0), (2, 1))).Sites[2];

        Assert.Equal(latitude, placed.Latitude!.Value, 1e-5);
        if (latitude < 90)
        {
            Assert.Equal(longitude, Math.Abs(placed.Longitude!.Value), 1e-5);
        }
    }

    [Fact]
    public void Clean_GivenAComponentWithoutPlaces_dropsItWithItsEdges()
    {
        ImportedTopology clean = TopologyCleaner.Clean(Fixtures.Network(
            [Fixtures.Site("p"), Fixtures.Site("A", 1, 2), Fixtures.Site("q"), Fixtures.Site("B", 3, 4)],
            (0, 2), (1, 3)));

        Assert.Equal(["A", "B"], clean.Sites.Select(site => site.Label));
        Assert.Equal([new ImportedEdge(0, 1)], clean.Edges);
        ImportNote note = Assert.Single(clean.Notes);
        Assert.Equal((ImportNoteKind.SiteDropped, 2), (note.Kind, note.Count));
        Assert.Equal(["p", "q"], note.Names);
    }

    [Fact]
    public void Clean_GivenSeveralComponents_keepsThemAllOrTheLargest()
    {
        ImportedTopology network = Fixtures.Network(
            [.. "ABCDE".Select(name => Fixtures.Site($"{name}", 1, name - 'A'))], (0, 1), (2, 3), (3, 4));

        ImportedTopology all = TopologyCleaner.Clean(network);
        ImportedTopology largest = TopologyCleaner.Clean(network, largestComponentOnly: true);

        Assert.Equal(5, all.Sites.Count);
        Assert.Equal("2 sites outside the largest of 2 components kept: A, B", Assert.Single(all.Notes).ToString());
        Assert.Equal(["C", "D", "E"], largest.Sites.Select(site => site.Label));
        Assert.Equal([new ImportedEdge(0, 1), new ImportedEdge(1, 2)], largest.Edges);
        Assert.Equal(
            "2 sites outside the largest of 2 components dropped: A, B", Assert.Single(largest.Notes).ToString());
    }

    [Fact]
    public void Clean_GivenLabelsThatAreNoNames_makesThemFitAndUnique()
    {
        string longName = new string('x', 62) + "\U0001F600tail";
        string[] labels =
            ["Ulm", "", "Ulm", "a~b#c\td", "Ulm 2", "Ulm", " ", longName, "\uD800", new string('x', 62)];
        ImportedSite[] sites = [.. labels.Select((label, i) => new ImportedSite($"{i}", label, 1, i))];

        ImportedTopology clean = TopologyCleaner.Clean(Fixtures.Network(sites, [.. Enumerable.Range(1, 9)
            .Select(i => (0, i))]));

        Assert.Equal(
            [
                "Ulm", "1", "Ulm 3", "a_b_c d", "Ulm 2", "Ulm 4", "6", new string('x', 62) + "\U0001F600", "_",
                new string('x', 62),
            ],
            clean.Sites.Select(site => site.Label));
        Assert.Equal(
            [(ImportNoteKind.NamedById, 2), (ImportNoteKind.NameChanged, 3), (ImportNoteKind.NameNumbered, 2)],
            clean.Notes.Select(note => (note.Kind, note.Count)));
    }

    [Fact]
    public void Clean_GivenTenThousandSitesOfOneName_numbersThemAll()
    {
        string name = new('n', 64);
        ImportedSite[] sites = [.. Enumerable.Range(0, 10_000).Select(i => new ImportedSite($"{i}", name, 1, 1))];

        ImportedTopology clean = TopologyCleaner.Clean(Fixtures.Network(sites));

        Assert.Equal(10_000, clean.Sites.Select(site => site.Label).Distinct().Count());
        Assert.All(clean.Sites, site => Assert.InRange(site.Label.Length, 1, 64));
        Assert.Equal(20, clean.Notes[^1].Names.Count);
    }
}
