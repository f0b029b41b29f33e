namespace Pqms.Mesh.Routing;

/// <summary>A whole link between two end nodes with the run of spans that it was split into.</summary>
/// <param name="A">Site where the run begins.</param>
/// <param name="B">Site where the run ends.</param>
/// <param name="FirstSpan">Position of the first span in the network.</param>
/// <param name="SpanCount">Number of spans, at least 1; they follow one another.</param>
/// <param name="Meters">Length of the whole link in m.</param>
internal readonly record struct RouteLink(int A, int B, int FirstSpan, int SpanCount, double Meters)
{
    /// <summary>The end that is not <paramref name="site"/>.</summary>
    public int Other(int site) => A == site ? B : A;
}
