using System.Text.Json;
using Pqms.Mesh.Links;
using Pqms.Mesh.Memories;
using Pqms.Mesh.Topology;
using Pqms.Physics.Links;
using Pqms.Physics.Numerics;

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
            LinkSettings settings = LinkSettingsReader.Read(check, item, path);
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
                CheckSpans(path, link, count, Ends(profiles, a, b, count));
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

    /// <summary>The hardware at both ends of each span that differs from the others of its link.</summary>
    private (HardwareProfile A, HardwareProfile B)[] Ends(
        ProfileReader profiles, ScenarioSite a, ScenarioSite b, int spans)
    {
        HardwareProfile atA = profiles.Find(a.Profile) ?? profile;
        HardwareProfile atB = profiles.Find(b.Profile) ?? profile;
        return spans switch
        {
            1 => [(atA, atB)],
            2 => [(atA, profile), (profile, atB)],
            _ => [(atA, profile), (profile, profile), (profile, atB)],
        };
    }

    private void CheckSpans(string path, ScenarioLink link, int spans, (HardwareProfile A, HardwareProfile B)[] ends)
    {
        double meters = link.LengthMeters / spans;
        foreach ((HardwareProfile a, HardwareProfile b) in ends)
        {
            if (CheckPlatforms(path, link.Settings, a, b) && CheckFigures(path, link.Settings, meters, a, b))
            {
                continue;
            }

            // One problem for the link says enough.
            return;
        }
    }

    // An abstract link stands for whatever joins its ends: its figures are given as a whole.
    private bool CheckPlatforms(string path, LinkSettings settings, HardwareProfile a, HardwareProfile b)
    {
        if (LinkKinds.IsAbstract(settings.Kind) || settings.TransducerEfficiency is not null
            || a.Platform.Length == 0 || b.Platform.Length == 0
            || string.Equals(a.Platform, b.Platform, StringComparison.Ordinal))
        {
            return true;
        }

        check.Report(
            $"{path}.transducer", "(missing)", $"a transducer between the platforms {a.Platform} and {b.Platform}");
        return false;
    }

    private bool CheckFigures(
        string path, LinkSettings settings, double meters, HardwareProfile a, HardwareProfile b)
    {
        SpanFigures figures = SpanFigures.Of(meters, settings, a, b);
        double p = figures.SuccessProbability;
        if (settings.Kind != LinkKind.Poisson && p < LeastSuccessProbability)
        {
            check.Report(
                path, $"p = {JsonFields.Format(p)} over {JsonFields.Format(meters)} m",
                $"spans whose attempts succeed with p of at least {JsonFields.Format(LeastSuccessProbability)}");
            return false;
        }

        double spread = PortableMath.Max(a.InfidelitySpread, b.InfidelitySpread);
        if (LinkTruth.Sample(figures.Nominal.PhiPlus, spread, uniform: 1.0) < 0.0)
        {
            check.Report(
                path, $"fidelity {JsonFields.Format(figures.Nominal.PhiPlus)}, spread {JsonFields.Format(spread)}",
                "1 - (1 - fidelity)(1 + infidelitySpread) of at least 0");
            return false;
        }

        return true;
    }
}
