using Pqms.Physics.Numerics;
using Pqms.Physics.States;

namespace Pqms.Physics.Buffers;

/// <summary>A buffer of one good memory that stores and n bad memories that only generate (1GnB), in slots.</summary>
/// <remarks>
/// Inesta, Davies, Kar, Wehner, arXiv:2502.20240. A slot: the stored pair decays (F - 1/4 times e^(-Gamma)); a request
/// comes with probability p_con and, if a pair is stored, takes it and ends the slot; else n attempts succeed with
/// p_gen each. An empty buffer stores one new pair and drops the others; a full one purifies with probability q and
/// else drops the new pairs. After a purification only the fidelity is kept: the stored pair is a Werner pair again.
/// The default value is no buffer.
/// </remarks>
public readonly record struct OneGoodManyBad
{
    /// <summary>Greatest number of bad memories.</summary>
    public const int MaxBadMemories = 1000;

    private OneGoodManyBad(int badMemories, double generation, double consumption, double decayPerSlot)
    {
        BadMemories = badMemories;
        GenerationProbability = generation;
        ConsumptionProbability = consumption;
        DecayPerSlot = decayPerSlot;
    }

    /// <summary>n: attempts per slot.</summary>
    public int BadMemories { get; }

    /// <summary>p_gen: success of one attempt.</summary>
    public double GenerationProbability { get; }

    /// <summary>p_con: probability of a request in a slot.</summary>
    public double ConsumptionProbability { get; }

    /// <summary>Gamma per slot: F - 1/4 falls by e^(-Gamma) each slot.</summary>
    public double DecayPerSlot { get; }

    /// <summary>A buffer.</summary>
    /// <param name="badMemories">n in [1, 1000].</param>
    /// <param name="generationProbability">p_gen in (0, 1].</param>
    /// <param name="consumptionProbability">p_con in (0, 1].</param>
    /// <param name="decayPerSlot">Gamma in [0, 100].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static OneGoodManyBad Create(
        int badMemories, double generationProbability, double consumptionProbability, double decayPerSlot) => new(
        Domain.Count(badMemories, 1, MaxBadMemories), Domain.AboveZeroUpTo(generationProbability, 1.0),
        Domain.AboveZeroUpTo(consumptionProbability, 1.0), Domain.Between(decayPerSlot, 0.0, 100.0));

    /// <summary>Availability and mean fidelity at consumption with DEJMPS on one new pair.</summary>
    /// <param name="fresh">A new pair; it is stored as the Werner pair of the same fidelity.</param>
    /// <param name="purifyProbability">q in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public BufferFigures Figures(BellDiagonal fresh, double purifyProbability)
    {
        var steps = new PurificationCoefficients[BadMemories];
        Array.Fill(steps, PurificationCoefficients.Dejmps(fresh));
        return Figures(fresh.Fidelity, purifyProbability, steps);
    }

    /// <summary>Availability and mean fidelity at consumption with any purification.</summary>
    /// <remarks>
    /// With means over the Binomial(n, p_gen) number of new pairs written a~, b~, c~, d~, u = q (1 - (1 - p_gen)^n)
    /// (1 - p_con), r = 1 - q + q (1 - p_gen)^n, k = q e^(-Gamma) (1 - p_con)/(1 - e^(-Gamma) r (1 - p_con)),
    /// h = q (1 - p_con)/(p_con + u), g = F_new - 1/4: y and x solve x = k a~ (g + x) + h b~ (1 + y) and
    /// y = k c~ (g + x) + h d~ (1 + y), the expected numbers of successful purifications of one stored pair, x weighted
    /// with the gain over 1/4. Then E[N] = (1 + y)/(p_con + u) slots a pair stands,
    /// A = E[N]/(E[N] + 1/(1 - (1 - p_gen)^n)), F = 1/4 + (g + x)(p_con + u)/((1 + y)(e^Gamma - 1 + p_con + u)).
    /// </remarks>
    /// <param name="freshFidelity">F_new in [0.25, 1].</param>
    /// <param name="purifyProbability">q in [0, 1].</param>
    /// <param name="stepByNewPairs">The step for 1, 2, ... n new pairs.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    /// <exception cref="ArgumentException">There are not n steps.</exception>
    public BufferFigures Figures(
        double freshFidelity, double purifyProbability, ReadOnlySpan<PurificationCoefficients> stepByNewPairs)
    {
        double g = BufferDomain.Fidelity(freshFidelity) - 0.25;
        double q = Domain.Probability(purifyProbability);
        if (stepByNewPairs.Length != BadMemories)
        {
            throw new ArgumentException(
                $"There are {stepByNewPairs.Length} purification steps for {BadMemories} bad memories.",
                nameof(stepByNewPairs));
        }

        PurificationCoefficients mean = Mean(stepByNewPairs);
        double keep = 1.0 - ConsumptionProbability;
        double none = PortableMath.Exp(BadMemories * PortableMath.LogOnePlus(-GenerationProbability));
        double some = -PortableMath.ExpMinus1(BadMemories * PortableMath.LogOnePlus(-GenerationProbability));
        double leave = ConsumptionProbability + (q * some * keep);
        double decay = PortableMath.Exp(-DecayPerSlot);
        double k = q * decay * keep / (1.0 - (decay * (1.0 - q + (q * none)) * keep));
        double h = q * keep / leave;
        double a = k * mean.A;
        double b = h * mean.B;
        double c = k * mean.C;
        double d = h * mean.D;
        double determinant = ((1.0 - a) * (1.0 - d)) - (b * c);
        double y = ((b * c) + (c * g) + (d * (1.0 - a))) / determinant;
        double x = ((a * g * (1.0 - d)) + b + (b * c * g)) / determinant;
        double stands = (1.0 + y) / leave;
        double gain = (g + x) / (stands * (PortableMath.ExpMinus1(DecayPerSlot) + leave));
        return new BufferFigures(stands / (stands + (1.0 / some)), 0.25 + gain);
    }

    private PurificationCoefficients Mean(ReadOnlySpan<PurificationCoefficients> steps)
    {
        double[] law = BinomialLaw.Distribution(BadMemories, GenerationProbability);
        double a = 0.0;
        double b = 0.0;
        double c = 0.0;
        double d = 0.0;
        for (int k = 1; k <= BadMemories; k++)
        {
            a += law[k] * steps[k - 1].A;
            b += law[k] * steps[k - 1].B;
            c += law[k] * steps[k - 1].C;
            d += law[k] * steps[k - 1].D;
        }

        return new PurificationCoefficients(a, b, c, d);
    }
}
