using System.Text.Json;
using Pqms.Mesh.Topology;
using Pqms.Physics.Links;

namespace Pqms.Mesh.Scenarios;

/// <summary>Reads the links, gives them their lengths, and checks that their spans can make pairs.</summary>
internal sealed class LinkReader(FormatCheck check, JsonElement root, SiteReader sites, HardwareProfile profile)
{
    // Fibre 1.2 x great circle: the default scenario's design.
    private const double DefaultFibreFactor = 1.2;
    private const double ShortestLinkMeters = 1.0;

    // Below it a pair would take years, and the draw of the number of attempts loses its fine steps.
    private const double LeastSuccessProbability = 1e-15;

    private readonly List<ScenarioLink> _links = [];
    private readonly double _factor = root.Real("fibreFactor", DefaultFibreFactor);

    public IReadOnlyList<ScenarioLink> Read(ProfileReader profiles, double splitAboveMeters, double repeaterEveryMeters)
    {
        var seen = new HashSet<(string, string)>();
        long spans = 0;
        foreach (JsonElement item in root.Items("links"))
        {
            string path = $"$.links[{_links.Count}]";
            LinkSettings settings = LinkSettingsReader.Read(check, item, path, profile);
            double length = LinkKinds.IsFibre(settings.Kind) ? ShortestLinkMeters : LinkKinds.OwnLength(settings);
            ScenarioLink link = new(item.Text("a"), item.Text("b"), length) { Settings = settings };
            if (sites.TryFindEnds(item, path, out ScenarioSite? a, out ScenarioSite? b))
            {
                if (!seen.Add(string.CompareOrdinal(a.Name, b.Name) < 0 ? (a.Name, b.Name) : (b.Name, a.Name)))
                {
                    check.Report(path, $"{a.Name} - {b.Name}", "one link between two sites, in either direction");
                }

                link = LinkKinds.IsFibre(settings.Kind) ? link with { LengthMeters = Length(item, path, a, b) } : link;
                int count = MeshTopology.SpanCount(link, splitAboveMeters, repeaterEveryMeters);
                spans += count;
                CheckPlatforms(path, settings, Platforms(profiles, a, b, count));
                CheckSpan(path, link, count);
            }

            _links.Add(link);
        }

        if (spans > ScenarioFormat.MaxSpans)
        {
            check.Report(
                "$.repeaterEveryMeters", JsonFields.Format(repeaterEveryMeters),
                $"at most {ScenarioFormat.MaxSpans} spans; this gives {spans}");
        }

        return _links;
    }

    private double Length(JsonElement item, string path, ScenarioSite a, ScenarioSite b)
    {
        if (item.TryGetProperty("lengthMeters", out JsonElement given))
        {
            return given.GetDouble();
        }

        if (!(sites.NeedsPlace(a) & sites.NeedsPlace(b)))
        {
            return ShortestLinkMeters;
        }

        double length = _factor * Geodesy.GreatCircleMeters(a.Latitude, a.Longitude, b.Latitude, b.Longitude);
        if (length < ShortestLinkMeters)
        {
            check.Report(
                $"{path}.lengthMeters", JsonFields.Format(length), "sites at least 1 m apart, or a given length");
        }

        return length;
    }

    private string[] Platforms(ProfileReader profiles, ScenarioSite a, ScenarioSite b, int spans)
    {
        string Of(ScenarioSite site) =>
            ((site.Profile.Length == 0 ? profile : profiles.Find(site.Profile)) ?? profile).Platform;
        string[] all = spans > 1 ? [Of(a), Of(b), profile.Platform] : [Of(a), Of(b)];
        return [.. all.Where(platform => platform.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    // An abstract link stands for whatever joins its ends: its figures are given as a whole.
    private void CheckPlatforms(string path, LinkSettings settings, string[] platforms)
    {
        if (platforms.Length > 1 && settings.TransducerEfficiency is null && !LinkKinds.IsAbstract(settings.Kind))
        {
            check.Report(
                $"{path}.transducer", "(missing)",
                "a transducer between platforms that differ: " + string.Join(", ", platforms));
        }
    }

    private void CheckSpan(string path, ScenarioLink link, int spans)
    {
        if (link.Settings.Kind == LinkKind.DoubleClick)
        {
            var fibre = Fibre.Create(link.LengthMeters / spans, profile.AttenuationDbPerKm);
            double p = DoubleClickLink.Create(fibre, profile.EmitTimesDetect, profile.AttemptOverheadSeconds)
                .SuccessProbability;
            if (p < LeastSuccessProbability)
            {
                check.Report(
                    path, $"p = {JsonFields.Format(p)} over {JsonFields.Format(fibre.LengthMeters)} m",
                    $"spans whose attempts succeed with p of at least {JsonFields.Format(LeastSuccessProbability)}");
            }
        }
    }
}
