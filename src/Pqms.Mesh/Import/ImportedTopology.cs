namespace Pqms.Mesh.Import;

/// <summary>A network as somebody else's file describes it, whatever the file's format.</summary>
/// <param name="Origin">What the file says about itself.</param>
/// <param name="Sites">Sites in file order.</param>
/// <param name="Edges">Edges in file order, by positions of sites.</param>
/// <param name="Notes">What was found and repaired so far.</param>
public sealed record ImportedTopology(
    TopologyOrigin Origin,
    IReadOnlyList<ImportedSite> Sites,
    IReadOnlyList<ImportedEdge> Edges,
    IReadOnlyList<ImportNote> Notes);

/// <summary>One site of an imported network.</summary>
/// <param name="SourceId">Its id in the file.</param>
/// <param name="Label">Its name in the file; empty when there is none.</param>
/// <param name="Latitude">Degrees north, in [-90, 90]; null when the file names no place.</param>
/// <param name="Longitude">Degrees east, in [-180, 180]; null when the file names no place.</param>
public sealed record ImportedSite(string SourceId, string Label, double? Latitude, double? Longitude)
{
    /// <summary>Whether both coordinates are known.</summary>
    public bool HasPlace => Latitude is not null && Longitude is not null;

    /// <summary>Label, or the id of a site without one.</summary>
    internal string Title => Label.Length > 0 ? Label : SourceId;
}

/// <summary>One edge between two sites.</summary>
/// <param name="A">Position of one site, from 0.</param>
/// <param name="B">Position of the other site, from 0.</param>
public readonly record struct ImportedEdge(int A, int B);

/// <summary>What a topology file says about its origin; empty texts where it says nothing.</summary>
/// <param name="Network">Name of the network.</param>
/// <param name="Location">Where it lies.</param>
/// <param name="Date">State of what date.</param>
/// <param name="Source">Where its maker found it, usually an address.</param>
/// <param name="Creator">What made the file.</param>
public sealed record TopologyOrigin(string Network, string Location, string Date, string Source, string Creator)
{
    /// <summary>The texts that are known, joined by commas; empty when none is.</summary>
    public override string ToString() =>
        string.Join(", ", ((string[])[Network, Location, Date, Source, Creator]).Where(text => text.Length > 0));
}
