namespace Pqms.Mesh.Scenarios;

/// <summary>
/// Which sites some chain of links connects (union-find with path halving, Tarjan, van Leeuwen, J. ACM 31, 1984).
/// </summary>
internal sealed class Connectivity
{
    private readonly Dictionary<string, string> _parents = new(StringComparer.Ordinal);

    public Connectivity(IReadOnlyList<ScenarioLink> links)
    {
        foreach (ScenarioLink link in links)
        {
            _parents[RootOf(link.A)] = RootOf(link.B);
        }
    }

    /// <summary>Whether pairs can get from one site to the other.</summary>
    public bool Joins(string a, string b) => string.Equals(RootOf(a), RootOf(b), StringComparison.Ordinal);

    private string RootOf(string site)
    {
        string at = site;
        string parent = ParentOf(at);
        while (!string.Equals(parent, at, StringComparison.Ordinal))
        {
            string next = ParentOf(parent);
            _parents[at] = next;
            at = next;
            parent = ParentOf(at);
        }

        return at;
    }

    private string ParentOf(string site) => _parents.GetValueOrDefault(site, site);
}
