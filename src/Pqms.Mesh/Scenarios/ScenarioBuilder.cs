using System.Text.Json;

namespace Pqms.Mesh.Scenarios;

/// <summary>
/// Builds the scenario from a document whose fields are all present and in range, and checks what spans fields.
/// </summary>
internal static class ScenarioBuilder
{
    // Defaults of the format; the default scenario's design (75 km spans, 80 km threshold).
    private const int DefaultWarmUpSeconds = 600;
    private const int DefaultBlockSeconds = 1;
    private const double DefaultRepeaterEveryMeters = 75_000;
    private const double DefaultSplitAboveMeters = 80_000;

    public static Scenario Build(FormatCheck check, JsonElement root, string? profileName)
    {
        double every = root.Real("repeaterEveryMeters", DefaultRepeaterEveryMeters);
        double above = root.Real("splitAboveMeters", DefaultSplitAboveMeters);
        if (above < every)
        {
            check.Report(
                "$.splitAboveMeters", JsonFields.Format(above),
                $"at least repeaterEveryMeters ({JsonFields.Format(every)})");
        }

        ProfileReader profiles = new(check, root);
        HardwareProfile profile = profiles.Read(profileName ?? root.Text("profile"));
        SiteReader sites = new(check, root);
        sites.Read(profiles);
        IReadOnlyList<ScenarioLink> links = new LinkReader(check, root, sites, profile).Read(profiles, above, every);
        CheckVqns(check, root);
        IReadOnlyList<ScenarioPool> pools = new PoolReader(check, root, sites, profile)
            .Read(new Connectivity(sites.Sites, links), profiles);
        HashSet<string> names = pools.Select(pool => pool.Name).ToHashSet(StringComparer.Ordinal);
        RunReader run = new(check, root, sites);
        return new Scenario(
            root.Text("name"), root.Text("description"), root.GetProperty("seed").GetUInt64(),
            root.Whole("warmUpSeconds", DefaultWarmUpSeconds), root.Whole("blockSeconds", DefaultBlockSeconds),
            profile.Name, profile, sites.Sites, links, pools, every, above)
        {
            Profiles = profiles.Profiles,
            Reservations = run.Reservations(names),
            Faults = new FaultReader(check, root, sites).Read(links, names),
            Health = run.Health(),
            Planner = run.Planner(),
        };
    }

    private static void CheckVqns(FormatCheck check, JsonElement root)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (string list in (string[])["sites", "links", "pools"])
        {
            int index = 0;
            foreach (JsonElement item in root.Items(list))
            {
                string vqn = item.Text("vqn", "");
                if (vqn.Length > 0 && names.Add(vqn) && names.Count > ScenarioFormat.MaxVqns)
                {
                    check.Report(
                        $"$.{list}[{index}].vqn", item.GetProperty("vqn"),
                        $"at most {ScenarioFormat.MaxVqns} virtual quantum networks");
                    return;
                }

                index++;
            }
        }
    }
}
