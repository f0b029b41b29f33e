using System.Text.Json;

namespace Pqms.Mesh.Scenarios;

/// <summary>Reads the hardware profiles of a document whose fields are all present and in range.</summary>
internal sealed class ProfileReader(FormatCheck check, JsonElement root)
{
    private readonly List<HardwareProfile> _profiles = [];
    private readonly Dictionary<string, HardwareProfile> _byName = new(StringComparer.Ordinal);

    public IReadOnlyList<HardwareProfile> Profiles => _profiles;

    /// <summary>Reads all profiles and returns the wanted one; the first when there is none of that name.</summary>
    public HardwareProfile Read(string wanted)
    {
        foreach (JsonElement item in root.Items("profiles"))
        {
            string path = $"$.profiles[{_profiles.Count}]";
            HardwareProfile profile = ToProfile(item);
            if (!_byName.TryAdd(profile.Name, profile))
            {
                check.Report($"{path}.name", item.GetProperty("name"), "a name that no other profile has");
            }

            CheckCoherence(path, item, profile);
            _profiles.Add(profile);
        }

        if (Find(wanted) is { } found)
        {
            return found;
        }

        check.Report("$.profile", wanted, "one of " + Names);
        return _profiles[0];
    }

    /// <summary>Names of all profiles, for messages.</summary>
    public string Names => string.Join(", ", _byName.Keys);

    /// <summary>The profile of a name, or null.</summary>
    public HardwareProfile? Find(string name) => _byName.GetValueOrDefault(name);

    private void CheckCoherence(string path, JsonElement item, HardwareProfile profile)
    {
        if (profile.T2Seconds > 2.0 * profile.T1Seconds)
        {
            check.Report(
                $"{path}.t2Seconds.value", item.GetProperty("t2Seconds").GetProperty("value"),
                $"at most 2 x t1Seconds ({JsonFields.Format(profile.T1Seconds)})");
        }
    }

    private static HardwareProfile ToProfile(JsonElement item)
    {
        JsonElement Figure(string name) => item.GetProperty(name).GetProperty("value");
        double Optional(string name, double otherwise) =>
            item.TryGetProperty(name, out JsonElement figure) ? figure.Real("value") : otherwise;
        var sources = ScenarioFormat.Figures.Where(figure => item.Has(figure.Name)).ToDictionary(
            figure => figure.Name, figure => item.GetProperty(figure.Name).Text("source"), StringComparer.Ordinal);
        HardwareProfile required = new(
            item.Text("name"), item.Text("provenance"),
            Figure("communicationMemoriesPerLinkEnd").GetInt32(), Figure("storageMemoriesPerEndNode").GetInt32(),
            Figure("emitTimesDetect").GetDouble(), Figure("attemptOverheadSeconds").GetDouble(),
            Figure("linkFidelity").GetDouble(), Figure("gateFidelity").GetDouble(),
            Figure("readoutFidelity").GetDouble(), Figure("t2Seconds").GetDouble(),
            Figure("linkCutOffSeconds").GetDouble(), Figure("attenuationDbPerKm").GetDouble(),
            Figure("stockFactor").GetDouble(), sources);
        return required with
        {
            T1Seconds = Optional("t1Seconds", required.T1Seconds),
            DepolarisingSeconds = Optional("depolarisingSeconds", required.DepolarisingSeconds),
            SwapSuccess = Optional("swapSuccess", required.SwapSuccess),
            InfidelitySpread = Optional("infidelitySpread", required.InfidelitySpread),
            Platform = item.Text("platform", required.Platform),
            TemperatureKelvin = Optional("temperatureKelvin", required.TemperatureKelvin),
            IsolationGrade = item.Has("isolationGrade") ? Figure("isolationGrade").GetInt32() : required.IsolationGrade,
            JoulesPerAttempt = Optional("joulesPerAttempt", required.JoulesPerAttempt),
            WattsPerStoredPair = Optional("wattsPerStoredPair", required.WattsPerStoredPair),
            SiteWatts = Optional("siteWatts", required.SiteWatts),
        };
    }
}
