using System.Text.Json;

namespace Pqms.Mesh.Scenarios;

/// <summary>Reads the wanted hardware profile from a document whose fields are all present and in range.</summary>
internal static class ProfileReader
{
    public static HardwareProfile Read(FormatCheck check, JsonElement root, string wanted)
    {
        HardwareProfile? found = null;
        var names = new HashSet<string>(StringComparer.Ordinal);
        int index = 0;
        JsonElement first = default;
        foreach (JsonElement item in root.GetProperty("profiles").EnumerateArray())
        {
            first = index == 0 ? item : first;
            string name = Text(item, "name");
            if (!names.Add(name))
            {
                check.Report($"$.profiles[{index}].name", item.GetProperty("name"), "a name that no other profile has");
            }

            if (string.Equals(name, wanted, StringComparison.Ordinal))
            {
                found ??= ToProfile(item);
            }

            index++;
        }

        if (found is null)
        {
            check.Report("$.profile", wanted, "one of " + string.Join(", ", names));
        }

        return found ?? ToProfile(first);
    }

    private static HardwareProfile ToProfile(JsonElement item)
    {
        JsonElement Figure(string name) => item.GetProperty(name).GetProperty("value");
        var sources = ScenarioFormat.Figures.ToDictionary(
            figure => figure.Name, figure => Text(item.GetProperty(figure.Name), "source"), StringComparer.Ordinal);
        return new HardwareProfile(
            Text(item, "name"), Text(item, "provenance"),
            Figure("communicationMemoriesPerLinkEnd").GetInt32(), Figure("storageMemoriesPerEndNode").GetInt32(),
            Figure("emitTimesDetect").GetDouble(), Figure("attemptOverheadSeconds").GetDouble(),
            Figure("linkFidelity").GetDouble(), Figure("gateFidelity").GetDouble(),
            Figure("readoutFidelity").GetDouble(), Figure("t2Seconds").GetDouble(),
            Figure("linkCutOffSeconds").GetDouble(), Figure("attenuationDbPerKm").GetDouble(),
            Figure("stockFactor").GetDouble(), sources);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
