namespace Pqms.Mesh.Control;

/// <summary>How many places of a pool stand filled, when pairs arrive at random and live a given time.</summary>
internal static class GrantFormula
{
    /// <summary>Least probability that all slots stand filled at which a request is granted.</summary>
    public const double LeastStandingProbability = 0.99;

    /// <summary>P(N at least the slots) for N Poisson of mean <paramref name="load"/>, cut at the places.</summary>
    /// <remarks>
    /// A pool that refills only while a place is empty is Erlang's loss system: arrivals of rate a, service time tau,
    /// K servers. Its occupation is the truncated Poisson law whatever the distribution of lifetimes of mean tau
    /// (Erlang 1917; insensitivity: Sevastyanov 1957). With a rate that grows with the deficit, as here, fewer places
    /// stand empty still. Terms are taken relative to the mode, so nothing overflows; work is O(places).
    /// </remarks>
    /// <param name="load">a tau, at least 0.</param>
    /// <param name="places">K, at least 0.</param>
    /// <param name="slots">Slots wanted.</param>
    public static double Standing(double load, int places, int slots)
    {
        if (slots <= 0)
        {
            return 1.0;
        }

        if (slots > places || !(load > 0.0))
        {
            return 0.0;
        }

        int mode = load < places ? (int)load : places;
        double enough = mode >= slots ? 1.0 : 0.0;
        double all = 1.0;
        double term = 1.0;
        for (int k = mode + 1; k <= places; k++)
        {
            term *= load / k;
            all += term;
            enough += k >= slots ? term : 0.0;
        }

        term = 1.0;
        for (int k = mode; k >= 1; k--)
        {
            term *= k / load;
            all += term;
            enough += k - 1 >= slots ? term : 0.0;
        }

        return enough / all;
    }
}
