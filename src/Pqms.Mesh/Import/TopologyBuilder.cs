using System.Globalization;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Import;

/// <summary>A value of a file with its line.</summary>
/// <param name="Text">As written, without quotes.</param>
/// <param name="IsNumber">Whether it may be a number: no quoted text.</param>
/// <param name="Line">Line, from 1.</param>
internal readonly record struct FoundValue(string Text, bool IsNumber, int Line);

/// <summary>Collects sites and edges of any format, checks them, and resolves the edges at the end.</summary>
internal sealed class TopologyBuilder(ProblemList problems)
{
    private readonly List<ImportedSite> _sites = [];
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);
    private readonly List<(FoundValue A, FoundValue B)> _edges = [];

    public bool HasRoom => _sites.Count <= ImportLimits.MaxSites && _edges.Count <= ImportLimits.MaxEdges;

    public void AddSite(FoundValue id, FoundValue? label, FoundValue? latitude, FoundValue? longitude)
    {
        if (!_positions.TryAdd(id.Text, _sites.Count))
        {
            problems.Report(id.Line, id.Text, "an id that no other node has");
        }

        if (_sites.Count >= ImportLimits.MaxSites)
        {
            problems.Report(id.Line, $"node {_sites.Count + 1}", $"at most {ImportLimits.MaxSites} nodes");
        }

        _sites.Add(new ImportedSite(
            id.Text, label?.Text.Trim() ?? "", Coordinate(latitude, 90.0), Coordinate(longitude, 180.0)));
    }

    public void AddEdge(FoundValue a, FoundValue b)
    {
        if (_edges.Count >= ImportLimits.MaxEdges)
        {
            problems.Report(a.Line, $"edge {_edges.Count + 1}", $"at most {ImportLimits.MaxEdges} edges");
        }

        _edges.Add((a, b));
    }

    public ImportResult<ImportedTopology> Build(TopologyOrigin origin, IReadOnlyList<ImportNote> notes)
    {
        // Edges to a node that was refused, or not reached any more, would only hide the first problem.
        var edges = new List<ImportedEdge>(_edges.Count);
        IEnumerable<(FoundValue A, FoundValue B)> known = problems.Problems.Count == 0 ? _edges : [];
        foreach ((FoundValue a, FoundValue b) in known)
        {
            edges.Add(new ImportedEdge(Position(a), Position(b)));
        }

        return problems.Problems.Count > 0
            ? ImportResult<ImportedTopology>.Refused(problems.Problems)
            : ImportResult<ImportedTopology>.Of(new ImportedTopology(origin, _sites, edges, notes));
    }

    private int Position(FoundValue id)
    {
        if (_positions.TryGetValue(id.Text, out int position))
        {
            return position;
        }

        problems.Report(id.Line, id.Text, "the id of a node of this file");
        return 0;
    }

    private double? Coordinate(FoundValue? found, double greatest)
    {
        if (found is not { } value)
        {
            return null;
        }

        if (value.IsNumber && ImportNumber.TryReal(value.Text, out double degrees)
            && degrees >= -greatest && degrees <= greatest)
        {
            return degrees;
        }

        problems.Report(value.Line, value.Text, string.Create(
            CultureInfo.InvariantCulture, $"a number of degrees from -{(int)greatest} to {(int)greatest}"));
        return null;
    }
}

/// <summary>Numbers of imported texts.</summary>
internal static class ImportNumber
{
    private const NumberStyles RealStyle =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads a finite number with a point and an optional exponent.</summary>
    public static bool TryReal(ReadOnlySpan<char> text, out double value) =>
        double.TryParse(text, RealStyle, CultureInfo.InvariantCulture, out value)
            && PortableMath.IsFinite(value);

    /// <summary>Reads a whole number of 64 bits.</summary>
    public static bool TryWhole(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
