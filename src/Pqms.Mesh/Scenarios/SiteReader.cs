using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Pqms.Mesh.Scenarios;

/// <summary>Reads the sites, and finds them again by name for everything that stands between sites.</summary>
internal sealed class SiteReader(FormatCheck check, JsonElement root)
{
    private readonly List<ScenarioSite> _sites = [];
    private readonly Dictionary<string, int> _indexOf = new(StringComparer.Ordinal);
    private readonly HashSet<int> _placeless = [];

    public IReadOnlyList<ScenarioSite> Sites => _sites;

    public void Read(ProfileReader profiles)
    {
        foreach (JsonElement item in root.Items("sites"))
        {
            string path = $"$.sites[{_sites.Count}]";
            var site = new ScenarioSite(item.Text("name"), item.Real("latitude", 0.0), item.Real("longitude", 0.0))
            {
                Profile = item.Text("profile", ""),
                Vqn = item.Text("vqn", ""),
                IsGateway = item.Flag("gateway"),
                Battery = ToBattery(item),
            };
            if (!_indexOf.TryAdd(site.Name, _sites.Count))
            {
                check.Report($"{path}.name", item.GetProperty("name"), "a name that no other site has");
            }

            if (site.Profile.Length > 0 && profiles.Find(site.Profile) is null)
            {
                check.Report($"{path}.profile", item.GetProperty("profile"), "one of " + profiles.Names);
            }

            CheckPlace(item, path);
            _sites.Add(site);
        }
    }

    /// <summary>Whether there is a site of that name.</summary>
    public bool Has(string name) => _indexOf.ContainsKey(name);

    /// <summary>Finds the two different sites of a link or pool; reports what is wrong with its ends.</summary>
    public bool TryFindEnds(
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

    /// <summary>Asks for the site's coordinates, for a length that follows from them.</summary>
    /// <returns>Whether it has them; if not, the site is reported, once.</returns>
    public bool NeedsPlace(ScenarioSite site)
    {
        int index = _indexOf[site.Name];
        if (!_placeless.Contains(index))
        {
            return true;
        }

        if (_placeless.Remove(index))
        {
            check.Report(
                $"$.sites[{index}].latitude", "(missing)",
                "coordinates, or lengthMeters on every fibre link of the site");
        }

        return false;
    }

    private static BatterySettings? ToBattery(JsonElement item) =>
        item.TryGetProperty("battery", out JsonElement battery)
            ? new BatterySettings(
                battery.Real("capacityJoules"), battery.Real("chargeWatts"), battery.Real("efficiency"))
            : null;

    private ScenarioSite? FindEnd(JsonElement item, string path, string name)
    {
        if (_indexOf.TryGetValue(item.Text(name), out int index))
        {
            return _sites[index];
        }

        check.Report($"{path}.{name}", item.GetProperty(name), "the name of a site in $.sites");
        return null;
    }

    private void CheckPlace(JsonElement item, string path)
    {
        bool hasLatitude = item.Has("latitude");
        bool hasLongitude = item.Has("longitude");
        if (hasLatitude != hasLongitude)
        {
            string missing = hasLatitude ? "longitude" : "latitude";
            check.Report($"{path}.{missing}", "(missing)", "latitude and longitude together");
        }
        else if (!hasLatitude)
        {
            _placeless.Add(_sites.Count);
        }
    }
}
