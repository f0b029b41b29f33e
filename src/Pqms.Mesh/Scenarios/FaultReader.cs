using System.Text.Json;

namespace Pqms.Mesh.Scenarios;

/// <summary>Reads faults and attacks, and finds what they aim at.</summary>
internal sealed class FaultReader(FormatCheck check, JsonElement root, SiteReader sites)
{
    private readonly Dictionary<string, LinkName> _links = new(StringComparer.Ordinal);
    private bool _hasFreeSpace;

    public IReadOnlyList<ScenarioFault> Read(IReadOnlyList<ScenarioLink> links, IReadOnlySet<string> pools)
    {
        if (!root.Has("faults"))
        {
            return [];
        }

        for (int i = 0; i < links.Count; i++)
        {
            ScenarioLink link = links[i];
            var name = new LinkName(i, $"{link.A} - {link.B}", link.Settings.Kind, IsUnique: true);
            Add(name.Text, name);
            Add($"{link.B} - {link.A}", name);
            _hasFreeSpace |= link.Settings.Kind == LinkKind.FreeSpace;
        }

        var faults = new List<ScenarioFault>();
        foreach (JsonElement item in root.Items("faults"))
        {
            string path = $"$.faults[{faults.Count}]";
            FaultKind kind = item.Choice<FaultKind>("kind");
            RunFields.FaultRules.Check(check, path, item, kind);
            CheckStrength(path, item, kind);
            string target = item.Text("target", "");
            faults.Add(new ScenarioFault(
                kind, item.Real("atSeconds"), item.Real("durationSeconds"), Target(path, kind, target, pools),
                item.Real("strength", 1.0)));
        }

        return faults;
    }

    // Names with " - " inside may make two links read alike.
    private void Add(string text, LinkName name) =>
        _links[text] = _links.TryGetValue(text, out LinkName? other) && other.Index != name.Index
            ? name with { IsUnique = false }
            : name;

    private string Target(string path, FaultKind kind, string target, IReadOnlySet<string> pools)
    {
        switch (kind)
        {
            case FaultKind.SpaceWeather when target.Length == 0:
                if (!_hasFreeSpace)
                {
                    check.Report($"{path}.kind", Keys<FaultKind>.Of(kind), "a scenario with free-space links");
                }

                return target;
            case FaultKind.LinkDown or FaultKind.NoiseBurst or FaultKind.SpaceWeather or FaultKind.InterceptResend:
                return Link(path, kind, target);
            case FaultKind.SiteCrash or FaultKind.MemoryDecay when target.Length > 0 && !sites.Has(target):
                check.Report($"{path}.target", target, "the name of a site in $.sites");
                return target;
            case FaultKind.Drain when target.Length > 0 && !pools.Contains(target):
                check.Report($"{path}.target", target, "the name of a pool in $.pools");
                return target;
            default:
                return target;
        }
    }

    /// <summary>The link's name with its ends in the order of the file.</summary>
    private string Link(string path, FaultKind kind, string target)
    {
        if (target.Length == 0)
        {
            return target;
        }

        if (!_links.TryGetValue(target, out LinkName? link) || !link.IsUnique)
        {
            string allowed = link is null ? "a link of $.links as \"A - B\"" : "a target that names one link only";
            check.Report($"{path}.target", target, allowed);
            return target;
        }

        if (kind == FaultKind.SpaceWeather && link.Kind != LinkKind.FreeSpace)
        {
            check.Report($"{path}.target", target, "a free-space link");
        }

        if (kind == FaultKind.InterceptResend && LinkKinds.IsAbstract(link.Kind))
        {
            check.Report($"{path}.target", target, "a link with photons on the way, not an abstract one");
        }

        return link.Text;
    }

    private void CheckStrength(string path, JsonElement item, FaultKind kind)
    {
        Field range = RunFields.Strength(kind);
        if (item.TryGetProperty(range.Name, out JsonElement value) && !range.Contains(value.GetDouble()))
        {
            check.Report($"{path}.{range.Name}", value, $"{range.Allowed}, for kind {Keys<FaultKind>.Of(kind)}");
        }
    }

    private sealed record LinkName(int Index, string Text, LinkKind Kind, bool IsUnique);
}
