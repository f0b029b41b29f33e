using Pqms.Physics.Numerics;

namespace Pqms.Physics.Buffers;

/// <summary>
/// Theory of hot-standby pools: how often a pair stands ready, how good it is, how long requests wait.
/// </summary>
/// <remarks>
/// New pairs come as a Poisson stream of rate lambda and are stored while a place is free. A pair of age t has fidelity
/// 1/4 + (F0 - 1/4) e^(-t/Tc). Derived here from Erlang's loss formula (1917), renewal-reward and birth-death chains
/// (Kleinrock, Queueing Systems I, 1975, chapters 3 and 4); every formula is simulated in the tests.
/// </remarks>
public static class StandingPool
{
    /// <summary>Probability that a pair stands in a pool with a hard cut-off and rare demand.</summary>
    /// <remarks>
    /// Erlang's loss system with service time tau: A = 1 - 1/sum over k up to K of (lambda tau)^k/k!. Rare demand: what
    /// requests take does not empty the pool. It holds for random cut-offs of mean tau too.
    /// </remarks>
    /// <param name="generationPerSecond">lambda in [1e-12, 1e12] 1/s.</param>
    /// <param name="cutOffSeconds">tau in [1e-12, 1e12] s.</param>
    /// <param name="places">K in [1, 10,000,000].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static double CutOffAvailability(double generationPerSecond, double cutOffSeconds, int places) =>
        ErlangLoss.AtLeast(
            BufferDomain.Rate(generationPerSecond) * BufferDomain.Seconds(cutOffSeconds),
            Domain.Count(places, 1, ErlangLoss.MaxPlaces), 1);

    /// <summary>Mean fidelity of a standing pair chosen at random, with a hard cut-off and rare demand.</summary>
    /// <remarks>Ages are uniform up to the cut-off: 1/4 + (F0 - 1/4)(1 - e^(-tau/Tc)) Tc/tau, for any K.</remarks>
    /// <param name="freshFidelity">F0 in [0.25, 1].</param>
    /// <param name="cutOffSeconds">tau in [1e-12, 1e12] s.</param>
    /// <param name="coherenceSeconds">Tc of the pair, at least 1e-12 s; infinity for perfect memories.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static double RandomPairFidelity(double freshFidelity, double cutOffSeconds, double coherenceSeconds) =>
        Faded(
            BufferDomain.Fidelity(freshFidelity),
            MeanDecay(BufferDomain.Seconds(cutOffSeconds) * BufferDomain.RateOf(coherenceSeconds)));

    /// <summary>Mean fidelity of the youngest standing pair of a pool with many places and rare demand.</summary>
    /// <remarks>
    /// K to infinity: the youngest age is exponential of rate lambda, given that it is below tau:
    /// 1/4 + (F0 - 1/4) lambda/(lambda + 1/Tc) (1 - e^(-(lambda + 1/Tc) tau))/(1 - e^(-lambda tau)).
    /// </remarks>
    /// <param name="freshFidelity">F0 in [0.25, 1].</param>
    /// <param name="generationPerSecond">lambda in [1e-12, 1e12] 1/s.</param>
    /// <param name="cutOffSeconds">tau in [1e-12, 1e12] s.</param>
    /// <param name="coherenceSeconds">Tc of the pair, at least 1e-12 s; infinity for perfect memories.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static double YoungestPairFidelity(
        double freshFidelity, double generationPerSecond, double cutOffSeconds, double coherenceSeconds) => Faded(
        BufferDomain.Fidelity(freshFidelity),
        DecayUntil(
            BufferDomain.Rate(generationPerSecond), BufferDomain.Seconds(cutOffSeconds),
            BufferDomain.RateOf(coherenceSeconds)));

    /// <summary>One storage place with a hard cut-off, under a Poisson stream of requests.</summary>
    /// <remarks>
    /// A pair stands E = (1 - e^(-mu tau))/mu on average, then the place is empty for 1/lambda: A = E/(1/lambda + E),
    /// consumed F = 1/4 + (F0 - 1/4) mu/(mu + 1/Tc) (1 - e^(-(mu + 1/Tc) tau))/(1 - e^(-mu tau)), stored
    /// 1/(1/lambda + E), discarded e^(-mu tau) of them. Requests that find nothing are lost.
    /// </remarks>
    /// <param name="generationPerSecond">lambda in [1e-12, 1e12] 1/s.</param>
    /// <param name="demandPerSecond">mu in [0, 1e12] 1/s; 0 gives the limit of rare demand.</param>
    /// <param name="cutOffSeconds">tau in [1e-12, 1e12] s.</param>
    /// <param name="freshFidelity">F0 in [0.25, 1].</param>
    /// <param name="coherenceSeconds">Tc of the pair, at least 1e-12 s; infinity for perfect memories.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static OnePlaceFigures OnePlace(
        double generationPerSecond, double demandPerSecond, double cutOffSeconds, double freshFidelity,
        double coherenceSeconds)
    {
        double empty = 1.0 / BufferDomain.Rate(generationPerSecond);
        double used = BufferDomain.RateOrZero(demandPerSecond) * BufferDomain.Seconds(cutOffSeconds);
        double stands = cutOffSeconds * MeanDecay(used);
        double fidelity = Faded(
            BufferDomain.Fidelity(freshFidelity),
            DecayUntil(demandPerSecond, cutOffSeconds, BufferDomain.RateOf(coherenceSeconds)));
        double cycles = 1.0 / (empty + stands);
        return new OnePlaceFigures(stands * cycles, fidelity, cycles, PortableMath.Exp(-used) * cycles);
    }

    /// <summary>How many pairs stand in a pool whose pairs live an exponentially distributed time.</summary>
    /// <remarks>Birth-death chain: pi_n proportional to the product over j up to n of lambda/(mu + j delta).</remarks>
    /// <param name="generationPerSecond">lambda in [1e-12, 1e12] 1/s.</param>
    /// <param name="demandPerSecond">mu in [0, 1e12] 1/s; requests that find nothing are lost.</param>
    /// <param name="lossPerSecond">delta of one pair in [1e-12, 1e12] 1/s.</param>
    /// <param name="places">K in [1, 100,000].</param>
    /// <returns>K + 1 probabilities, of 0 to K standing pairs.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static double[] StockDistribution(
        double generationPerSecond, double demandPerSecond, double lossPerSecond, int places)
    {
        double born = BufferDomain.Rate(generationPerSecond);
        double taken = BufferDomain.RateOrZero(demandPerSecond);
        double lost = BufferDomain.Rate(lossPerSecond);
        double[] law = new double[Domain.Count(places, 1, 100_000) + 1];
        int mode = (int)PortableMath.Max(0.0, PortableMath.Min(places, PortableMath.Floor((born - taken) / lost)));
        law[mode] = 1.0;
        double sum = 1.0;
        for (int n = mode + 1; n <= places; n++)
        {
            law[n] = law[n - 1] * born / (taken + (n * lost));
            sum += law[n];
        }

        for (int n = mode; n >= 1; n--)
        {
            law[n - 1] = law[n] * (taken + (n * lost)) / born;
            sum += law[n - 1];
        }

        for (int n = 0; n <= places; n++)
        {
            law[n] /= sum;
        }

        return law;
    }

    /// <summary>The figures of <see cref="StockDistribution"/>.</summary>
    /// <param name="generationPerSecond">lambda in [1e-12, 1e12] 1/s.</param>
    /// <param name="demandPerSecond">mu in [0, 1e12] 1/s.</param>
    /// <param name="lossPerSecond">delta of one pair in [1e-12, 1e12] 1/s.</param>
    /// <param name="places">K in [1, 100,000].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static StockFigures Stock(
        double generationPerSecond, double demandPerSecond, double lossPerSecond, int places)
    {
        double[] law = StockDistribution(generationPerSecond, demandPerSecond, lossPerSecond, places);
        double some = 0.0;
        double mean = 0.0;
        for (int n = 1; n < law.Length; n++)
        {
            some += law[n];
            mean += n * law[n];
        }

        return new StockFigures(some, mean, law[^1]);
    }

    /// <summary>Requests that wait for a pair, in order of arrival; pairs do not decay.</summary>
    /// <remarks>
    /// Backlog plus empty places is an M/M/1 queue: P(immediate) = 1 - (mu/lambda)^K, mean wait
    /// (mu/lambda)^K/(lambda - mu). K = 0 is generation on demand; the pool's gain is the factor (mu/lambda)^K.
    /// </remarks>
    /// <param name="generationPerSecond">lambda in [1e-12, 1e12] 1/s, while the pool is not full.</param>
    /// <param name="demandPerSecond">mu in 1/s, at least 0 and below lambda.</param>
    /// <param name="places">K in [0, 10,000,000].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static WaitingFigures Waiting(double generationPerSecond, double demandPerSecond, int places)
    {
        BufferDomain.Rate(generationPerSecond);
        BufferDomain.RateOrZero(demandPerSecond);
        Domain.Count(places, 0, ErlangLoss.MaxPlaces);
        if (demandPerSecond >= generationPerSecond)
        {
            throw new ArgumentOutOfRangeException(
                nameof(demandPerSecond), demandPerSecond,
                $"The demand must lie below the generation of {generationPerSecond:R} per second, or the queue grows.");
        }

        double waits = PortableMath.Pow(demandPerSecond / generationPerSecond, places);
        return new WaitingFigures(1.0 - waits, waits / (generationPerSecond - demandPerSecond));
    }

    // Mean of e^(-x u) over u uniform in [0, 1].
    private static double MeanDecay(double x) => x == 0.0 ? 1.0 : -PortableMath.ExpMinus1(-x) / x;

    // Mean of e^(-decay t) over t exponential of a rate, given that t is below the cut-off.
    private static double DecayUntil(double rate, double cutOff, double decay) =>
        MeanDecay((rate + decay) * cutOff) / MeanDecay(rate * cutOff);

    private static double Faded(double fidelity, double kept) => 0.25 + ((fidelity - 0.25) * kept);
}
