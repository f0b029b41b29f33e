namespace Pqms.Mesh.Import;

/// <summary>Gathers what a topology file says about itself; keys as in the Internet Topology Zoo.</summary>
internal sealed class OriginFacts
{
    private static readonly string[] Known =
        ["Network", "label", "GeoLocation", "NetworkDate", "DateObtained", "Source", "Creator"];

    // Longest text kept: seven of them fit into a description of 1,000 characters.
    private const int Longest = 120;

    private readonly Dictionary<string, string> _texts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Keeps the first text of a known key.</summary>
    public void Add(string key, string text)
    {
        string line = ImportText.Line(text, Longest);
        if (line.Length > 0 && Known.Contains(key, StringComparer.OrdinalIgnoreCase))
        {
            _texts.TryAdd(key, line);
        }
    }

    public TopologyOrigin ToOrigin() => new(
        First("Network", "label"), First("GeoLocation"), First("NetworkDate", "DateObtained"), First("Source"),
        First("Creator"));

    private string First(params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            if (_texts.TryGetValue(key, out string? text))
            {
                return text;
            }
        }

        return "";
    }
}
