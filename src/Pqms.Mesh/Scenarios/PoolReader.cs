using System.Text.Json;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Scenarios;

/// <summary>Reads the pools, and checks that links and storage can carry them.</summary>
internal sealed class PoolReader(FormatCheck check, JsonElement root, SiteReader sites, HardwareProfile profile)
{
    private readonly List<ScenarioPool> _pools = [];

    public IReadOnlyList<ScenarioPool> Read(Connectivity connectivity, ProfileReader profiles)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonElement item in root.Items("pools"))
        {
            string path = $"$.pools[{_pools.Count}]";
            PoolSettings settings = PoolSettingsReader.Read(check, item, path);
            if (sites.TryFindEnds(item, path, out ScenarioSite? a, out ScenarioSite? b)
                && !connectivity.Joins(a.Name, b.Name, settings.Vqn))
            {
                string vqn = settings.Vqn.Length == 0 ? "that no VQN owns" : $"of VQN {settings.Vqn} or of none";
                check.Report(path, $"{a.Name} - {b.Name}", $"two sites that links and sites between {vqn} connect");
            }

            string name = item.Text("name");
            if (!names.Add(name))
            {
                check.Report($"{path}.name", item.GetProperty("name"), "a name that no other pool has");
            }

            _pools.Add(new ScenarioPool(
                name, item.Text("a"), item.Text("b"), item.Text("class"), Floor(item, path), item.Whole("slots"),
                item.GetProperty("pricePerSlotSecondWei").GetUInt64())
            { Settings = settings });
        }

        CheckStorage(profiles);
        return _pools;
    }

    private double Floor(JsonElement item, string path)
    {
        string className = item.Text("class");
        _ = FidelityClasses.TryGetFloor(className, out double least);
        double floor = item.Real("fidelityFloor", least);
        if (floor < least)
        {
            string allowed = $"in [{JsonFields.Format(least)}, 1), class {className}";
            check.Report($"{path}.fidelityFloor", JsonFields.Format(floor), allowed);
        }

        return floor;
    }

    // Every place of a pool holds one storage memory at both of its ends.
    private void CheckStorage(ProfileReader profiles)
    {
        var storage = sites.Sites.DistinctBy(site => site.Name, StringComparer.Ordinal).ToDictionary(
            site => site.Name,
            site => (profiles.Find(site.Profile) ?? profile).StorageMemoriesPerEndNode,
            StringComparer.Ordinal);
        var used = new Dictionary<string, long>(StringComparer.Ordinal);
        for (int i = 0; i < _pools.Count; i++)
        {
            ScenarioPool pool = _pools[i];
            long places = pool.Settings.Places ?? PlannedPlaces(pool.Slots);
            foreach (string end in (string[])[pool.A, pool.B])
            {
                int most = storage.GetValueOrDefault(end, int.MaxValue);
                long sum = used.GetValueOrDefault(end) + places;
                used[end] = sum;
                if (sum > most && sum - places <= most)
                {
                    (string field, string value) = pool.Settings.Places is null
                        ? ("slots", $"{pool.Slots} ({places} places, {sum} at {end})")
                        : ("places", $"{places} ({sum} at {end})");
                    check.Report(
                        $"$.pools[{i}].{field}", value, $"at most {most} places at a site: storageMemoriesPerEndNode");
                    break;
                }
            }
        }
    }

    // The subtraction keeps 1.1 x 10 at 11: the factor is a decimal figure.
    private long PlannedPlaces(int slots) => (long)PortableMath.Ceiling((profile.StockFactor * slots) - 1e-9);
}
