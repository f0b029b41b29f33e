using Pqms.Physics.Buffers;

namespace Pqms.Mesh.Control;

/// <summary>How many places of a pool stand filled, when pairs arrive at random and live a given time.</summary>
internal static class GrantFormula
{
    /// <summary>Least probability that all slots stand filled at which a request is granted.</summary>
    public const double LeastStandingProbability = 0.99;

    /// <summary>P(N at least the slots) for N Poisson of mean <paramref name="load"/>, cut at the places.</summary>
    /// <remarks>
    /// A pool that refills only while a place is empty is Erlang's loss system: arrivals of rate a, service time tau,
    /// K servers; see <see cref="ErlangLoss"/>. With a rate that grows with the deficit, as here, fewer places stand
    /// empty still.
    /// </remarks>
    /// <param name="load">a tau; what is not above 0 fills no place.</param>
    /// <param name="places">K.</param>
    /// <param name="slots">Slots wanted.</param>
    public static double Standing(double load, int places, int slots)
    {
        if (slots <= 0)
        {
            return 1.0;
        }

        return slots <= places && load > 0.0 ? ErlangLoss.AtLeast(load, places, slots) : 0.0;
    }
}
