using System.Globalization;
using System.Text.Json;
using Pqms.Mesh.Import;
using Pqms.Node.Hosting;

namespace Pqms.Cli.Commands;

/// <summary>What an import found, repaired and wrote.</summary>
internal static class MeshImportReport
{
    public static void Print(
        Invocation run, string source, string target, ImportedTopology found, WorkloadTrace? trace,
        ConvertedScenario converted, ScenarioFile file)
    {
        var fibreMeters = file.Scenario.Links.Sum(link => link.LengthMeters);
        var longestMeters = file.Scenario.Links.Max(link => link.LengthMeters);
        if (run.Json)
        {
            run.Screen.Document(new
            {
                file = source,
                scenario = target,
                scenarioHash = file.Hash.ToString(),
                origin = found.Origin.ToString(),
                found = new { sites = found.Sites.Count, edges = found.Edges.Count },
                sites = file.Scenario.Sites.Count,
                links = file.Scenario.Links.Count,
                fibreMeters = Math.Round(fibreMeters),
                longestMeters = Math.Round(longestMeters),
                pools = converted.Pools.Select(pool => new
                {
                    name = pool.Name,
                    a = pool.A,
                    b = pool.B,
                    className = pool.ClassName,
                    slots = pool.Slots,
                }),
                jobs = trace?.Jobs.Count ?? 0,
                reservations = converted.Reservations.Count,
                notes = AllNotes(trace, converted).Select(note => new
                {
                    kind = JsonNamingPolicy.CamelCase.ConvertName(note.Kind.ToString()),
                    count = note.Count,
                    what = note.What,
                    names = note.Names,
                }),
            });
            return;
        }

        var facts = new List<(string Name, string Value)>
        {
            ("file", source),
            ("origin", found.Origin.ToString() is { Length: > 0 } origin ? origin : "(the file does not say)"),
            ("found", $"{found.Sites.Count} sites, {found.Edges.Count} edges"),
            ("kept", $"{file.Scenario.Sites.Count} sites, {file.Scenario.Links.Count} links"),
            ("fibre", $"{Kilometers(fibreMeters)}, longest link {Kilometers(longestMeters)}"),
        };
        if (trace is not null)
        {
            facts.Add(("trace", $"{trace.Jobs.Count} jobs, {converted.Reservations.Count} reservations"));
        }

        run.Screen.Facts([.. facts, ("scenario", target)]);
        run.Screen.Table(
            ["pool", "a", "b", "class", ">slots"],
            converted.Pools.Select(pool => (IReadOnlyList<string>)
                [pool.Name, pool.A, pool.B, pool.ClassName, pool.Slots.ToString(CultureInfo.InvariantCulture)]));
        var notes = AllNotes(trace, converted).ToList();
        run.Screen.Line(notes.Count == 0 ? "Nothing had to be repaired." : "Repaired or left out:");
        foreach (var note in notes)
        {
            run.Screen.Line($"  {note}");
        }
    }

    private static IEnumerable<ImportNote> AllNotes(WorkloadTrace? trace, ConvertedScenario converted) =>
        [.. converted.Notes, .. trace?.Notes ?? []];

    private static string Kilometers(double meters) =>
        string.Create(CultureInfo.InvariantCulture, $"{meters / 1000:0.0} km");
}
