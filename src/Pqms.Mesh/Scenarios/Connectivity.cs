namespace Pqms.Mesh.Scenarios;

/// <summary>
/// Which sites some chain of links connects (union-find with path halving, Tarjan, van Leeuwen, J. ACM 31, 1984).
/// </summary>
/// <remarks>
/// For each virtual quantum network (VQN): over its own links and those of none, swapping at sites of its own, sites of
/// none and gateways. The two ends of a pool need no swap and may be any sites.
/// </remarks>
internal sealed class Connectivity
{
    private readonly IReadOnlyList<ScenarioSite> _sites;
    private readonly IReadOnlyList<ScenarioLink> _links;
    private readonly Dictionary<string, int> _indexOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, View> _views = new(StringComparer.Ordinal);
    private readonly List<int>[] _linksOf;

    public Connectivity(IReadOnlyList<ScenarioSite> sites, IReadOnlyList<ScenarioLink> links)
    {
        _sites = sites;
        _linksOf = new List<int>[sites.Count];
        for (int i = 0; i < sites.Count; i++)
        {
            _indexOf.TryAdd(sites[i].Name, i);
            _linksOf[i] = [];
        }

        _links = [.. links.Where(link => _indexOf.ContainsKey(link.A) && _indexOf.ContainsKey(link.B))];
        for (int i = 0; i < _links.Count; i++)
        {
            _linksOf[_indexOf[_links[i].A]].Add(i);
            _linksOf[_indexOf[_links[i].B]].Add(i);
        }
    }

    /// <summary>Whether pairs of a VQN can get from one site to another.</summary>
    public bool Joins(string a, string b, string vqn)
    {
        if (!_views.TryGetValue(vqn, out View? view))
        {
            if (_views.Count > ScenarioFormat.MaxVqns)
            {
                // Too many are a problem of their own, reported elsewhere.
                return true;
            }

            view = new View(this, vqn);
            _views.Add(vqn, view);
        }

        return view.Joins(_indexOf[a], _indexOf[b]);
    }

    /// <summary>The mesh as one VQN may use it.</summary>
    private sealed class View
    {
        private readonly Connectivity _mesh;
        private readonly string _vqn;
        private readonly int[] _parents;

        public View(Connectivity mesh, string vqn)
        {
            _mesh = mesh;
            _vqn = vqn;
            _parents = [.. Enumerable.Range(0, mesh._sites.Count)];
            foreach (ScenarioLink link in mesh._links.Where(IsOpen))
            {
                int a = mesh._indexOf[link.A];
                int b = mesh._indexOf[link.B];
                if (Swaps(a) && Swaps(b))
                {
                    _parents[RootOf(a)] = RootOf(b);
                }
            }
        }

        public bool Joins(int a, int b) => Components(a).Overlaps(Components(b)) || Neighbours(a).Contains(b);

        private bool IsOpen(ScenarioLink link) =>
            link.Settings.Vqn.Length == 0 || string.Equals(link.Settings.Vqn, _vqn, StringComparison.Ordinal);

        private bool Swaps(int site)
        {
            ScenarioSite at = _mesh._sites[site];
            return at.IsGateway || at.Vqn.Length == 0 || string.Equals(at.Vqn, _vqn, StringComparison.Ordinal);
        }

        // What a chain may start with: the site's own component, or those it touches when it cannot swap itself.
        private HashSet<int> Components(int site) =>
            Swaps(site) ? [RootOf(site)] : [.. Neighbours(site).Where(Swaps).Select(RootOf)];

        private IEnumerable<int> Neighbours(int site) => _mesh._linksOf[site]
            .Select(i => _mesh._links[i]).Where(IsOpen)
            .Select(link => _mesh._indexOf[link.A] == site ? _mesh._indexOf[link.B] : _mesh._indexOf[link.A]);

        private int RootOf(int site)
        {
            int at = site;
            while (_parents[at] != at)
            {
                _parents[at] = _parents[_parents[at]];
                at = _parents[at];
            }

            return at;
        }
    }
}
