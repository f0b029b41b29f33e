namespace Pqms.Physics.Buffers;

/// <summary>Erlang's loss system: Poisson arrivals of offered load a at C places, lost when all are taken.</summary>
/// <remarks>
/// The number of taken places is Poisson of mean a, cut at C, whatever the distribution of the times that a place is
/// taken (Erlang 1917; insensitivity: Sevastyanov, Theory Probab. Appl. 2, 104, 1957). In networks: blocking of an
/// entanglement switch (Gauthier, Vasantam, Vardoyan, arXiv:2405.18066), and the stock of a pool whose pairs expire.
/// </remarks>
public static class ErlangLoss
{
    /// <summary>Greatest number of places of <see cref="Blocking"/>; its work grows with it.</summary>
    public const int MaxPlaces = 10_000_000;

    /// <summary>Probability that all places are taken, so that an arrival is lost: (a^C/C!)/sum a^k/k!.</summary>
    /// <remarks>
    /// By B(k) = a B(k - 1)/(k + a B(k - 1)), B(0) = 1: only positive terms, no factorials, O(places) steps. Results
    /// below 1e-308 are 0.
    /// </remarks>
    /// <param name="load">a: arrivals per mean time that a place is taken, in [0, 1e12].</param>
    /// <param name="places">C in [0, 10,000,000].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static double Blocking(double load, int places)
    {
        Domain.Between(load, 0.0, BufferDomain.Most);
        Domain.Count(places, 0, MaxPlaces);
        double blocked = 1.0;
        for (int k = 1; k <= places; k++)
        {
            double offered = load * blocked;
            blocked = offered / (k + offered);
        }

        return blocked;
    }

    /// <summary>Probability that at least so many of the places are taken.</summary>
    /// <remarks>Terms are taken relative to the mode, so nothing overflows; work is O(places).</remarks>
    /// <param name="load">a, at least 0; infinity fills every place.</param>
    /// <param name="places">C, at least 0.</param>
    /// <param name="taken">How many; 0 or less is certain, more than the places impossible.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="load"/> is below 0 or NaN, or <paramref name="places"/> is below 0.
    /// </exception>
    public static double AtLeast(double load, int places, int taken)
    {
        Domain.Between(load, 0.0, double.PositiveInfinity);
        ArgumentOutOfRangeException.ThrowIfNegative(places);
        if (taken <= 0)
        {
            return 1.0;
        }

        if (taken > places || load == 0.0)
        {
            return 0.0;
        }

        // Grants of the mesh depend on every bit of this: the order of operations is part of the mesh version.
        int mode = load < places ? (int)load : places;
        double enough = mode >= taken ? 1.0 : 0.0;
        double all = 1.0;
        double term = 1.0;
        for (int k = mode + 1; k <= places; k++)
        {
            term *= load / k;
            all += term;
            enough += k >= taken ? term : 0.0;
        }

        term = 1.0;
        for (int k = mode; k >= 1; k--)
        {
            term *= k / load;
            all += term;
            enough += k - 1 >= taken ? term : 0.0;
        }

        return enough / all;
    }
}
