using Pqms.Mesh.Engine;

namespace Pqms.Mesh.Energy;

/// <summary>Energy that every site used, since the start and since it was last asked.</summary>
/// <remarks>
/// Added by one writer in a fixed order (pools, spans), so sums have the same bits in every run with the same moments.
/// Half of an attempt and of a stored pair falls to either end; a site that is on draws its own power besides.
/// </remarks>
internal sealed class SiteEnergy
{
    private readonly double _siteWatts;
    private readonly double[] _total;
    private readonly double[] _settled;

    /// <summary>Sites that have used nothing.</summary>
    /// <param name="sites">Number of sites of the network.</param>
    /// <param name="siteWatts">Power of a site that is on, in W.</param>
    public SiteEnergy(int sites, double siteWatts)
    {
        _siteWatts = siteWatts;
        _total = new double[sites];
        _settled = new double[sites];
    }

    /// <summary>Adds energy that two sites share evenly.</summary>
    public void AddPair(int a, int b, double joules)
    {
        _total[a] += 0.5 * joules;
        _total[b] += 0.5 * joules;
    }

    /// <summary>Adds the power of a site that was on for a time.</summary>
    public void AddOn(int site, long nanoseconds) => _total[site] += _siteWatts * (nanoseconds * 1e-9);

    /// <summary>Energy of a site since the start in J.</summary>
    public double Joules(int site) => _total[site];

    /// <summary>Energy of a site since the last call in J, for its battery.</summary>
    public double Settle(int site)
    {
        double since = _total[site] - _settled[site];
        _settled[site] = _total[site];
        return since;
    }

    /// <summary>Writes or reads the state.</summary>
    public void Exchange(StateExchange state)
    {
        state.Items(_total, (StateExchange s, ref double item) => s.Value(ref item));
        state.Items(_settled, (StateExchange s, ref double item) => s.Value(ref item));
    }
}
