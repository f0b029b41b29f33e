using Pqms.Mesh.Import;
using Pqms.Mesh.Scenarios;
using Pqms.Mesh.Tests.Scenarios;

namespace Pqms.Mesh.Tests.Import;

/// <summary>A test on other people's files, which lie beside the repository; skipped where they are not.</summary>
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        Skip = Folder is null ? "No folder ../shared/data beside the repository." : null;
    }

    public static string? Folder { get; } = Find();

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder!, name));

    private static string? Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string folder = Path.GetFullPath(Path.Combine(at.FullName, "..", "shared", "data"));
            if (File.Exists(Path.Combine(at.FullName, "Pqms.sln")))
            {
                return Directory.Exists(folder) ? folder : null;
            }
        }

        return null;
    }
}

public sealed class SharedDataTests
{
    [SharedDataFact]
    public void Dfn_WhenImported_isAcceptedWithItsIsolatedSite()
    {
        ConvertedScenario converted = Import("Dfn");

        Assert.Equal((51, 78), (converted.Topology.Sites.Count, converted.Topology.Edges.Count));
        Assert.Equal(
            [(ImportNoteKind.ComponentsKept, 1), (ImportNoteKind.LinkLengthened, 5)],
            converted.Notes.Select(note => (note.Kind, note.Count)));
        Assert.StartsWith("DFN, Germany, 2011-01, http://", converted.Topology.Origin.ToString());
    }

    [SharedDataFact]
    public void Surfnet_WhenImported_isAcceptedWithParallelEdgesMerged()
    {
        ConvertedScenario converted = Import("Surfnet");

        Assert.Equal((50, 68), (converted.Topology.Sites.Count, converted.Topology.Edges.Count));
        Assert.Equal(
            [(ImportNoteKind.ParallelEdgeMerged, 5)], converted.Notes.Select(note => (note.Kind, note.Count)));
    }

    [SharedDataFact]
    public void NasaLog_WhenImported_givesAReservationForEveryJobThatRan()
    {
        ImportResult<WorkloadTrace> log = SwfReader.Parse(SharedDataFactAttribute.Text("NASA-iPSC-1993-3.1-cln.swf"));
        Assert.True(log.IsValid, string.Join('\n', log.Problems));
        Assert.Equal(18_239, log.Value.Jobs.Count);
        Assert.Equal("Intel iPSC/860, NASA Ames Research Center", log.Value.Origin);

        ConvertedScenario converted = ScenarioConverter.Convert(
            Clean("Dfn"), ScenarioFiles.Text("german-backbone"), Options, log.Value).Value!;

        ScenarioResult accepted = ScenarioReader.Parse(converted.Json);
        Assert.True(accepted.IsValid, string.Join('\n', accepted.Problems));
        Assert.Equal(converted.Reservations, accepted.Scenario.Reservations);
        Assert.Equal(
            18_239 - Fixtures.Count(converted.Notes, ImportNoteKind.JobWithoutWork), converted.Reservations.Count);
        Assert.InRange(converted.Reservations.Count, 18_000, 18_239);
        Assert.All(converted.Reservations, reservation =>
        {
            Assert.InRange(reservation.DurationSeconds, 1, 14_400);
            Assert.InRange(reservation.Slots, 1, 16);
        });
    }

    private static ImportOptions Options => new() { Name = "imported", FileName = "imported.gml" };

    private static ImportedTopology Clean(string name) =>
        TopologyCleaner.Clean(Fixtures.Read(GmlReader.Parse(SharedDataFactAttribute.Text(name + ".gml"))));

    private static ConvertedScenario Import(string name)
    {
        ConvertedScenario converted =
            ScenarioConverter.Convert(Clean(name), ScenarioFiles.Text("german-backbone"), Options).Value!;
        ScenarioResult accepted = ScenarioReader.Parse(converted.Json);
        Assert.True(accepted.IsValid, string.Join('\n', accepted.Problems));
        return converted;
    }
}
