using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Pqms.Mesh.Topology;
using Pqms.Physics.Links;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Scenarios;

/// <summary>
/// Builds the scenario from a document whose fields are all present and in range, and checks what spans fields.
/// </summary>
internal sealed class ScenarioBuilder(FormatCheck check, JsonElement root, string? profileName)
{
    // Defaults of the format; the default scenario's design (75 km spans, 80 km threshold, fibre 1.2 x great circle).
    private const int DefaultWarmUpSeconds = 600;
    private const int DefaultBlockSeconds = 1;
    private const double DefaultFibreFactor = 1.2;
    private const double DefaultRepeaterEveryMeters = 75_000;
    private const double DefaultSplitAboveMeters = 80_000;
    private const double ShortestLinkMeters = 1.0;

    // Below it a pair would take years, and the draw of the number of attempts loses its fine steps.
    private const double LeastSuccessProbability = 1e-15;

    private readonly Dictionary<string, ScenarioSite> _sites = new(StringComparer.Ordinal);

    public Scenario Build()
    {
        IReadOnlyList<ScenarioSite> sites = ReadSites();
        double every = Real(root, "repeaterEveryMeters", DefaultRepeaterEveryMeters);
        double above = Real(root, "splitAboveMeters", DefaultSplitAboveMeters);
        if (above < every)
        {
            check.Report("$.splitAboveMeters", Format(above), $"at least repeaterEveryMeters ({Format(every)})");
        }

        IReadOnlyList<ScenarioLink> links = ReadLinks();
        HardwareProfile profile = ProfileReader.Read(check, root, profileName ?? Text(root, "profile"));
        CheckSpans(links, profile, above, every);
        IReadOnlyList<ScenarioPool> pools = ReadPools(new Connectivity(links));
        CheckStorage(pools, profile);
        return new Scenario(
            Text(root, "name"), Text(root, "description"), root.GetProperty("seed").GetUInt64(),
            Whole(root, "warmUpSeconds", DefaultWarmUpSeconds), Whole(root, "blockSeconds", DefaultBlockSeconds),
            profile.Name, profile, sites, links, pools, every, above);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static double Real(JsonElement element, string name, double otherwise) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : otherwise;

    private static int Whole(JsonElement element, string name, int otherwise) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetInt32() : otherwise;

    private static string Format(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private List<ScenarioSite> ReadSites()
    {
        var sites = new List<ScenarioSite>();
        foreach (JsonElement item in root.GetProperty("sites").EnumerateArray())
        {
            double latitude = item.GetProperty("latitude").GetDouble();
            double longitude = item.GetProperty("longitude").GetDouble();
            var site = new ScenarioSite(Text(item, "name"), latitude, longitude);
            if (!_sites.TryAdd(site.Name, site))
            {
                check.Report($"$.sites[{sites.Count}].name", item.GetProperty("name"), "a name that no other site has");
            }

            sites.Add(site);
        }

        return sites;
    }

    private List<ScenarioLink> ReadLinks()
    {
        double factor = Real(root, "fibreFactor", DefaultFibreFactor);
        var links = new List<ScenarioLink>();
        var seen = new HashSet<(string, string)>();
        foreach (JsonElement item in root.GetProperty("links").EnumerateArray())
        {
            string path = $"$.links[{links.Count}]";
            string a = Text(item, "a");
            string b = Text(item, "b");
            double length = ShortestLinkMeters;
            if (TryFindEnds(item, path, out ScenarioSite? from, out ScenarioSite? to))
            {
                if (!seen.Add(string.CompareOrdinal(a, b) < 0 ? (a, b) : (b, a)))
                {
                    check.Report(path, $"{a} - {b}", "one link between two sites, in either direction");
                }

                length = Real(item, "lengthMeters", factor * Geodesy.GreatCircleMeters(
                    from.Latitude, from.Longitude, to.Latitude, to.Longitude));
                if (length < ShortestLinkMeters)
                {
                    check.Report($"{path}.lengthMeters", Format(length), "sites at least 1 m apart, or a given length");
                }
            }

            links.Add(new ScenarioLink(a, b, length));
        }

        return links;
    }

    private bool TryFindEnds(
        JsonElement item,
        string path,
        [NotNullWhen(true)] out ScenarioSite? a,
        [NotNullWhen(true)] out ScenarioSite? b)
    {
        a = FindEnd(item, path, "a");
        b = FindEnd(item, path, "b");
        if (a is null || b is null)
        {
            return false;
        }

        if (ReferenceEquals(a, b))
        {
            check.Report($"{path}.b", item.GetProperty("b"), "another site than a");
            return false;
        }

        return true;
    }

    private ScenarioSite? FindEnd(JsonElement item, string path, string name)
    {
        if (_sites.TryGetValue(Text(item, name), out ScenarioSite? site))
        {
            return site;
        }

        check.Report($"{path}.{name}", item.GetProperty(name), "the name of a site in $.sites");
        return null;
    }

    private void CheckSpans(IReadOnlyList<ScenarioLink> links, HardwareProfile profile, double above, double every)
    {
        long spans = 0;
        for (int i = 0; i < links.Count; i++)
        {
            int count = MeshTopology.SpanCount(links[i].LengthMeters, above, every);
            spans += count;
            var fibre = Fibre.Create(links[i].LengthMeters / count, profile.AttenuationDbPerKm);
            double p = DoubleClickLink.Create(fibre, profile.EmitTimesDetect, profile.AttemptOverheadSeconds)
                .SuccessProbability;
            if (p < LeastSuccessProbability)
            {
                check.Report(
                    $"$.links[{i}]", $"p = {Format(p)} over {Format(fibre.LengthMeters)} m",
                    $"spans whose attempts succeed with p of at least {Format(LeastSuccessProbability)}");
            }
        }

        if (spans > ScenarioFormat.MaxSpans)
        {
            check.Report(
                "$.repeaterEveryMeters", Format(every), $"at most {ScenarioFormat.MaxSpans} spans; this gives {spans}");
        }
    }

    private List<ScenarioPool> ReadPools(Connectivity connectivity)
    {
        var pools = new List<ScenarioPool>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonElement item in root.GetProperty("pools").EnumerateArray())
        {
            string path = $"$.pools[{pools.Count}]";
            if (TryFindEnds(item, path, out ScenarioSite? a, out ScenarioSite? b)
                && !connectivity.Joins(a.Name, b.Name))
            {
                check.Report(path, $"{a.Name} - {b.Name}", "two sites that links connect");
            }

            string name = Text(item, "name");
            if (!names.Add(name))
            {
                check.Report($"{path}.name", item.GetProperty("name"), "a name that no other pool has");
            }

            string className = Text(item, "class");
            _ = FidelityClasses.TryGetFloor(className, out double classFloor);
            double floor = Real(item, "fidelityFloor", classFloor);
            if (floor < classFloor)
            {
                string allowed = $"in [{Format(classFloor)}, 1), class {className}";
                check.Report($"{path}.fidelityFloor", Format(floor), allowed);
            }

            pools.Add(new ScenarioPool(
                name, Text(item, "a"), Text(item, "b"), className, floor,
                item.GetProperty("slots").GetInt32(), item.GetProperty("pricePerSlotSecondWei").GetUInt64()));
        }

        return pools;
    }

    // Every place of a pool holds one storage memory at both of its ends.
    private void CheckStorage(IReadOnlyList<ScenarioPool> pools, HardwareProfile profile)
    {
        var used = new Dictionary<string, long>(StringComparer.Ordinal);
        for (int i = 0; i < pools.Count; i++)
        {
            long places = (long)PortableMath.Ceiling(profile.StockFactor * pools[i].Slots);
            foreach (string end in (string[])[pools[i].A, pools[i].B])
            {
                long sum = used.GetValueOrDefault(end) + places;
                used[end] = sum;
                if (sum > profile.StorageMemoriesPerEndNode && sum - places <= profile.StorageMemoriesPerEndNode)
                {
                    check.Report(
                        $"$.pools[{i}].slots",
                        $"{pools[i].Slots} ({places} places, {sum} at {end})",
                        $"at most {profile.StorageMemoriesPerEndNode} places at a site: storageMemoriesPerEndNode");
                    break;
                }
            }
        }
    }
}
