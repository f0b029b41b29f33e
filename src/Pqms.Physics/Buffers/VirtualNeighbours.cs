namespace Pqms.Physics.Buffers;

/// <summary>What continuous distribution without swaps gives a site: neighbours it could use at once.</summary>
/// <param name="Ratio">rho = p_g (1 - p_c)/(p_c (1 - p_g)) of one channel.</param>
/// <param name="EmptyProbability">pi_0: probability that a channel holds no pair, in [0, 1].</param>
/// <param name="MeanPairs">Mean number of pairs that stand in one channel.</param>
/// <param name="Neighbourhood">v: mean number of sites with which at least one pair stands.</param>
/// <param name="Degree">k: mean number of standing pairs of the site.</param>
public readonly record struct NeighbourFigures(
    double Ratio, double EmptyProbability, double MeanPairs, double Neighbourhood, double Degree);

/// <summary>Virtual neighbourhood and degree of a site under continuous distribution of pairs, in slots.</summary>
/// <remarks>
/// Inesta, Wehner, "Performance metrics for the continuous distribution of entanglement in multiuser quantum networks",
/// PRA 108, 052615 (2023), arXiv:2307.01406, without swaps and with a cut-off far beyond 1/p_c. A slot of a channel
/// with places for r pairs: if a place is free, one pair comes with probability p_g; then, if a pair stands, one is
/// consumed with probability p_c. Counted at the end of the slot.
/// </remarks>
public static class VirtualNeighbours
{
    /// <summary>Greatest number of places per channel.</summary>
    public const int MaxPairsPerChannel = 100_000;

    /// <summary>How many pairs stand in one channel.</summary>
    /// <remarks>
    /// pi_s = pi_0 rho^s for s below r, pi_r = pi_0 rho^r (1 - p_g). The paper's closed form for pi_0 is 0/0 at
    /// p_g = p_c; here the weights are added up from the greatest, which is stable for all.
    /// </remarks>
    /// <param name="generationProbability">p_g in [0, 1).</param>
    /// <param name="consumptionProbability">p_c in (0, 1].</param>
    /// <param name="pairsPerChannel">r in [1, 100,000].</param>
    /// <returns>r + 1 probabilities, of 0 to r pairs.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static double[] Distribution(
        double generationProbability, double consumptionProbability, int pairsPerChannel)
    {
        double ratio = Ratio(generationProbability, consumptionProbability);
        int r = Domain.Count(pairsPerChannel, 1, MaxPairsPerChannel);
        double[] law = new double[r + 1];
        double sum = 0.0;
        for (int step = 0; step <= r; step++)
        {
            int s = ratio <= 1.0 ? step : r - step;
            law[s] = step == 0 ? 1.0
                : ratio > 1.0 ? law[s + 1] / (s == r - 1 ? ratio * (1.0 - generationProbability) : ratio)
                : law[s - 1] * ratio * (s == r ? 1.0 - generationProbability : 1.0);
            sum += law[s];
        }

        for (int s = 0; s <= r; s++)
        {
            law[s] /= sum;
        }

        return law;
    }

    /// <summary>The figures of a site.</summary>
    /// <remarks>v = d (1 - pi_0), k = d sum of s pi_s, for d channels alike.</remarks>
    /// <param name="generationProbability">p_g in [0, 1).</param>
    /// <param name="consumptionProbability">p_c in (0, 1].</param>
    /// <param name="pairsPerChannel">r in [1, 100,000].</param>
    /// <param name="channels">d: physical neighbours of the site, in [0, 1,000,000].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static NeighbourFigures Figures(
        double generationProbability, double consumptionProbability, int pairsPerChannel, int channels)
    {
        double[] law = Distribution(generationProbability, consumptionProbability, pairsPerChannel);
        Domain.Count(channels, 0, 1_000_000);
        double some = 0.0;
        double mean = 0.0;
        for (int s = 1; s < law.Length; s++)
        {
            some += law[s];
            mean += s * law[s];
        }

        return new NeighbourFigures(
            Ratio(generationProbability, consumptionProbability), law[0], mean, channels * some, channels * mean);
    }

    private static double Ratio(double generationProbability, double consumptionProbability)
    {
        if (!(generationProbability >= 0.0 && generationProbability < 1.0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(generationProbability), generationProbability, "The value must lie in [0, 1).");
        }

        Domain.AboveZeroUpTo(consumptionProbability, 1.0);
        return generationProbability * (1.0 - consumptionProbability)
            / (consumptionProbability * (1.0 - generationProbability));
    }
}
