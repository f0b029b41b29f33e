using System.Text.Json;
using Pqms.Mesh.Scenarios;
using Pqms.Physics.Links;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Import;

/// <summary>Makes a scenario of an imported topology, and of a workload its demand.</summary>
public static class ScenarioConverter
{
    private const double ShortestLinkMeters = 1.0;

    // "a-b" and a number for the second of a name fit into 64 characters.
    private const int KeyCharacters = 28;

    // Wei per slot and second from coordination to network as in the shipped scenarios: each class costs twice the one
    // below it, and the others follow the same rule.
    private static readonly Dictionary<string, ulong> Prices = new(StringComparer.Ordinal)
    {
        ["open"] = 125_000_000_000,
        ["coordination"] = 250_000_000_000,
        ["key"] = 500_000_000_000,
        ["standard"] = 1_000_000_000_000,
        ["network"] = 2_000_000_000_000,
        ["certified"] = 4_000_000_000_000,
        ["premium"] = 8_000_000_000_000,
    };

    /// <summary>A name of small letters, digits and hyphens, as scenarios and files have.</summary>
    /// <param name="text">Any text, for example a file's name without extension.</param>
    /// <returns>The name, 1 to 64 characters; "imported" when no letter is left.</returns>
    public static string NameOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string key = ImportText.Key(text, ImportLimits.MaxNameCharacters);
        return key.Length == 0 ? "imported" : key;
    }

    /// <summary>Chooses pools, and writes the scenario's text.</summary>
    /// <param name="topology">As <see cref="TopologyCleaner.Clean"/> gives it.</param>
    /// <param name="profilesJson">
    /// Text of a scenario whose hardware profiles are taken over as they are, the one in use too.
    /// </param>
    /// <param name="options">Name, distances, pools.</param>
    /// <param name="trace">Workload to make reservations of; null for none.</param>
    /// <returns>
    /// The scenario, or problems: profiles that cannot be read, no two linked sites left, no memories for a pool.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">Slots per processor are not in (0, 1000].</exception>
    public static ImportResult<ConvertedScenario> Convert(
        ImportedTopology topology, string profilesJson, ImportOptions options, WorkloadTrace? trace = null)
    {
        ArgumentNullException.ThrowIfNull(topology);
        ArgumentNullException.ThrowIfNull(options);
        if (!(options.Trace.SlotsPerProcessor > 0.0 && options.Trace.SlotsPerProcessor <= 1000.0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.Trace.SlotsPerProcessor, "Slots per processor must lie in (0, 1000].");
        }

        ScenarioResult profiles = ScenarioReader.Parse(profilesJson);
        if (!profiles.IsValid)
        {
            return ImportResult<ConvertedScenario>.Refused([.. profiles.Problems.Select(
                p => new ImportProblem(0, $"{p.Path}: {p.Value}", p.Allowed + " (in the scenario of the profiles)"))]);
        }

        if (topology.Edges.Count == 0)
        {
            return ImportResult<ConvertedScenario>.Refused(
                0, $"{topology.Sites.Count} sites and no link", "at least two sites with coordinates and a link");
        }

        var notes = new List<ImportNote>(topology.Notes);
        List<ScenarioPool> pools = ChoosePools(topology, profiles.Scenario.Profile, options, notes);
        if (pools.Count == 0)
        {
            return ImportResult<ConvertedScenario>.Refused(
                0, $"{options.Slots} slots a pool", "slots whose places fit the storage memories of a site");
        }

        IReadOnlyList<ScenarioLink> links = Links(topology, options, notes);
        IReadOnlyList<ScenarioReservation> reservations =
            trace is null ? [] : TraceConverter.Convert(trace, pools, options.Trace, notes);
        var text = new ScenarioText(options, topology, links, pools, reservations, trace);
        using JsonDocument document = JsonDocument.Parse(profilesJson);
        string json = text.Write(
            profiles.Scenario.ProfileName, document.RootElement.GetProperty("profiles").GetRawText());
        return ImportResult<ConvertedScenario>.Of(
            new ConvertedScenario(json, topology, pools, reservations, notes));
    }

    private static List<ScenarioPool> ChoosePools(
        ImportedTopology topology, HardwareProfile profile, ImportOptions options, List<ImportNote> notes)
    {
        double places = PortableMath.Max(1.0, PortableMath.Ceiling(profile.StockFactor * options.Slots));
        double fitting = PortableMath.Floor(profile.StorageMemoriesPerEndNode / places);
        var graph = new SiteGraph(topology.Sites.Count, topology.Edges);
        IReadOnlyList<ImportedEdge> pairs =
            PoolChooser.Choose(graph, topology.Sites.Count, options.Pools, (int)fitting);
        _ = FidelityClasses.TryGetFloor(options.ClassName, out double floor);
        var pools = new List<ScenarioPool>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ImportedEdge pair in pairs)
        {
            string a = topology.Sites[pair.A].Label;
            string b = topology.Sites[pair.B].Label;
            string name = $"{KeyOf(a)}-{KeyOf(b)}";
            string unique = name;
            for (int number = 2; !names.Add(unique); number++)
            {
                unique = $"{name}-{number}";
            }

            pools.Add(new ScenarioPool(
                unique, a, b, options.ClassName, floor, options.Slots,
                Prices.GetValueOrDefault(options.ClassName)));
        }

        if (pools.Count < options.Pools)
        {
            notes.Add(new ImportNote(
                ImportNoteKind.FewerPools, options.Pools - pools.Count,
                $"of {options.Pools} pools not made: no further pair of connected sites has the memories", []));
        }

        return pools;
    }

    private static string KeyOf(string site)
    {
        string key = ImportText.Key(site, KeyCharacters);
        return key.Length == 0 ? "site" : key;
    }

    private static List<ScenarioLink> Links(
        ImportedTopology topology, ImportOptions options, List<ImportNote> notes)
    {
        var lengthened = new NoteCounter(
            ImportNoteKind.LinkLengthened, "links between sites at one place made 1 m long");
        var links = new List<ScenarioLink>(topology.Edges.Count);
        foreach (ImportedEdge edge in topology.Edges)
        {
            ImportedSite a = topology.Sites[edge.A];
            ImportedSite b = topology.Sites[edge.B];
            double meters = options.FibreFactor * Geodesy.GreatCircleMeters(
                a.Latitude!.Value, a.Longitude!.Value, b.Latitude!.Value, b.Longitude!.Value);
            if (meters < ShortestLinkMeters)
            {
                lengthened.Add($"{a.Label} - {b.Label}");
                meters = ShortestLinkMeters;
            }

            links.Add(new ScenarioLink(a.Label, b.Label, meters));
        }

        lengthened.AppendTo(notes);
        return links;
    }
}
