using Pqms.Mesh.Scenarios;
using Pqms.Oracle;

namespace Pqms.Node.Live;

/// <summary>The mesh as a map, as <c>/mesh</c> answers it.</summary>
/// <param name="TimeSeconds">Mesh time, which is chain time; 0 before the era began.</param>
/// <param name="Sites">Every site, in the scenario's order.</param>
/// <param name="Links">Every link, in the scenario's order.</param>
/// <param name="Pools">The two ends of every pool, in the order of their ids.</param>
public sealed record MeshAnswer(
    double TimeSeconds, IReadOnlyList<SiteAnswer> Sites, IReadOnlyList<LinkAnswer> Links,
    IReadOnlyList<PoolEnds> Pools)
{
    internal static MeshAnswer Of(Scenario scenario, PoolSamples samples)
    {
        var picture = samples.Newest;
        var indices = scenario.Sites.Select((site, index) => (site.Name, index))
            .ToDictionary(static pair => pair.Name, static pair => pair.index, StringComparer.Ordinal);
        return new MeshAnswer(
            picture.At.Nanoseconds / 1e9,
            [.. scenario.Sites.Select(static (site, index) =>
                new SiteAnswer(index, site.Name, site.Latitude, site.Longitude))],
            [.. scenario.Links.Select((link, index) =>
                Link(index, link, indices, index < picture.Links.Count ? picture : null, samples))],
            [.. scenario.Pools.Select((pool, index) => new PoolEnds(index + 1, indices[pool.A], indices[pool.B]))]);
    }

    private static LinkAnswer Link(
        int index, ScenarioLink link, Dictionary<string, int> sites, MeshPicture? picture, PoolSamples samples)
    {
        var view = picture?.Links[index];
        return new LinkAnswer(
            index, sites[link.A], sites[link.B], link.LengthMeters, view?.Pools ?? 0,
            picture is null ? 0 : samples.Rate(then => then.Links[index].Generated), view?.Stored ?? 0,
            view?.IsUp ?? true, view?.IsSuspected ?? false, view?.FreshFidelity);
    }
}

/// <summary>A site of the map.</summary>
/// <param name="Index">0-based position in the scenario.</param>
/// <param name="Name">The scenario's name.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east; both 0 when the scenario gives none.</param>
public sealed record SiteAnswer(int Index, string Name, double Latitude, double Longitude);

/// <summary>Where a pool's pairs stand.</summary>
/// <param name="Id">The pool's id, from 1.</param>
/// <param name="A">Index of the site at one end.</param>
/// <param name="B">Index of the site at the other end.</param>
public sealed record PoolEnds(int Id, int A, int B);

/// <summary>A link of the map, with what it does now.</summary>
/// <param name="Index">0-based position in the scenario.</param>
/// <param name="A">Index of the site at one end.</param>
/// <param name="B">Index of the site at the other end.</param>
/// <param name="LengthMeters">Fibre, metres.</param>
/// <param name="Pools">Pools whose route uses it now.</param>
/// <param name="PairsPerSecond">Heralded pairs of all its spans a second, over the last minute.</param>
/// <param name="Stored">Link pairs that wait in its memories.</param>
/// <param name="IsUp">False while a fault keeps one of its spans down.</param>
/// <param name="IsSuspected">Whether Bell tests of a pool name one of its spans as the faulty one.</param>
/// <param name="FreshFidelity">What control believes of a fresh pair of its worst span; null while no pool uses
/// it.</param>
public sealed record LinkAnswer(
    int Index, int A, int B, double LengthMeters, int Pools, double PairsPerSecond, ulong Stored, bool IsUp,
    bool IsSuspected, double? FreshFidelity);
