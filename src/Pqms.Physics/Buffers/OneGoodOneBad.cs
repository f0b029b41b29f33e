namespace Pqms.Physics.Buffers;

/// <summary>A buffer of one good memory that stores and one bad memory that only generates (1G1B).</summary>
/// <remarks>
/// Davies, Inesta, Wehner, Quantum 8, 1458 (2024), arXiv:2311.10052; continuous time. New pairs arrive at rate lambda.
/// An empty buffer stores the pair; a full one uses it, with probability q, to purify the stored pair (success p:
/// fidelity jumps to m F + n; failure: the buffer is empty) and else drops it. Requests of rate mu take the stored
/// pair. Its fidelity falls to 1/4 at rate Gamma. The default value is no buffer.
/// </remarks>
public readonly record struct OneGoodOneBad
{
    private OneGoodOneBad(double generation, double consumption, double decay, double freshFidelity)
    {
        GenerationPerSecond = generation;
        ConsumptionPerSecond = consumption;
        DecayPerSecond = decay;
        FreshFidelity = freshFidelity;
    }

    /// <summary>lambda: new pairs per second.</summary>
    public double GenerationPerSecond { get; }

    /// <summary>mu: requests per second.</summary>
    public double ConsumptionPerSecond { get; }

    /// <summary>Gamma in 1/s: F - 1/4 falls as e^(-Gamma t).</summary>
    public double DecayPerSecond { get; }

    /// <summary>F_new: fidelity of a new pair.</summary>
    public double FreshFidelity { get; }

    /// <summary>A buffer.</summary>
    /// <param name="generationPerSecond">lambda in [1e-12, 1e12] 1/s.</param>
    /// <param name="consumptionPerSecond">mu in [1e-12, 1e12] 1/s.</param>
    /// <param name="decayPerSecond">Gamma in [0, 1e12] 1/s.</param>
    /// <param name="freshFidelity">F_new in [0.25, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static OneGoodOneBad Create(
        double generationPerSecond, double consumptionPerSecond, double decayPerSecond, double freshFidelity) => new(
        BufferDomain.Rate(generationPerSecond), BufferDomain.Rate(consumptionPerSecond),
        BufferDomain.RateOrZero(decayPerSecond), BufferDomain.Fidelity(freshFidelity));

    /// <summary>Availability and mean fidelity at consumption.</summary>
    /// <remarks>
    /// A = lambda/(lambda + mu + lambda q (1 - p)),
    /// F = [Gamma/4 + n lambda q p + F_new (mu + lambda q (1 - p))]/[Gamma + mu + lambda q (1 - p m)].
    /// </remarks>
    /// <param name="purifyProbability">q in [0, 1].</param>
    /// <param name="successProbability">p in [0, 1], taken as independent of the stored fidelity.</param>
    /// <param name="jump">What a success does to the fidelity.</param>
    /// <exception cref="ArgumentOutOfRangeException">A probability is outside [0, 1] or NaN.</exception>
    public BufferFigures Figures(double purifyProbability, double successProbability, LinearJump jump)
    {
        double p = Domain.Probability(successProbability);
        double purified = GenerationPerSecond * Domain.Probability(purifyProbability);
        double ended = ConsumptionPerSecond + (purified * (1.0 - p));
        double gained = (0.25 * DecayPerSecond) + (jump.Offset * purified * p) + (FreshFidelity * ended);
        double lost = DecayPerSecond + ConsumptionPerSecond + (purified * (1.0 - (p * jump.Slope)));
        return new BufferFigures(GenerationPerSecond / (GenerationPerSecond + ended), gained / lost);
    }
}
