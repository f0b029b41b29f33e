using Pqms.Physics.Numerics;
using Pqms.Physics.States;

namespace Pqms.Physics.Chains;

/// <summary>Two segments and one swap, where a link that waits too long is discarded.</summary>
/// <remarks>
/// Timing, exactly. In a slot each segment without a link tries once. If both hold a link at the end of the slot they
/// are swapped at once, in that slot. A link that was made in slot s and still waits at the end of slot s + t_c is
/// discarded then; from slot s + t_c + 1 on both segments try. So the other segment has t_c tries while one waits, the
/// older link is 0 to t_c slots old when it is used, and t_c = 0 means that both must succeed in the same slot. A
/// failed swap destroys both links. Waiting takes place in memory at full slots; a link that is swapped in the slot in
/// which it was made has not decayed. The default value is no chain.
/// </remarks>
public readonly record struct TwoSegmentsWithCutOff
{
    private TwoSegmentsWithCutOff(double linkProbability, double swapProbability, int cutOffSlots)
    {
        LinkProbability = linkProbability;
        SwapProbability = swapProbability;
        CutOffSlots = cutOffSlots;
    }

    /// <summary>p: success of one try.</summary>
    public double LinkProbability { get; }

    /// <summary>p_s: success of the swap.</summary>
    public double SwapProbability { get; }

    /// <summary>t_c: slots that a link may wait.</summary>
    public int CutOffSlots { get; }

    /// <summary>Mean number of slots until a swap succeeds.</summary>
    /// <remarks>
    /// E[T] = (1 + 2 q (1 - q^t_c))/(p (p + 2 q (1 - q^t_c)) p_s), q = 1 - p. For t_c = 2 it is the form for three
    /// nodes in Inesta, Vardoyan, Scavuzzo, Wehner, npj Quantum Inf. 9, 46 (2023); to infinity
    /// <see cref="ChainWaiting.TwoSegments"/>.
    /// </remarks>
    public double MeanSlots
    {
        get
        {
            double late = 2.0 * (1.0 - LinkProbability) * SecondInTime;
            return (1.0 + late) / (LinkProbability * (LinkProbability + late) * SwapProbability);
        }
    }

    // 1 - q^t_c: the second link comes before the first is discarded.
    private double SecondInTime =>
        CutOffSlots == 0 ? 0.0 : -PortableMath.ExpMinus1(CutOffSlots * PortableMath.LogOnePlus(-LinkProbability));

    /// <summary>A chain.</summary>
    /// <param name="linkProbability">p in (0, 1].</param>
    /// <param name="swapProbability">p_s in (0, 1].</param>
    /// <param name="cutOffSlots">t_c in [0, 1,000,000,000].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static TwoSegmentsWithCutOff Create(double linkProbability, double swapProbability, int cutOffSlots) => new(
        Domain.AboveZeroUpTo(linkProbability, 1.0), Domain.AboveZeroUpTo(swapProbability, 1.0),
        Domain.Count(cutOffSlots, 0, 1_000_000_000));

    /// <summary>Mean fidelity of the pair that a successful swap delivers.</summary>
    /// <remarks>
    /// The older link has age k with weights p^2 for k = 0 and 2 q p q^(k-1) p for k from 1 to t_c, so with decay
    /// e^(-d) per slot its mean is E = (p + 2 p q s)/(p + 2 q (1 - q^t_c)), s = e^(-d) (1 - (q e^(-d))^t_c)/
    /// (1 - q e^(-d)), and F = 1/4 + 3/4 w0^2 f E for Werner links w0 = (4 F0 - 1)/3 and the swap's factor f. All decay
    /// of a waiting link (both its memories) is in d; the result is linear in it, so the mean is exact.
    /// </remarks>
    /// <param name="freshFidelity">F0 of a new link, in [0.25, 1].</param>
    /// <param name="decayPerSlot">d in [0, 100]: the Werner parameter falls by e^(-d) each slot a link waits.</param>
    /// <param name="noise">Errors of the swap.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public double MeanFidelity(double freshFidelity, double decayPerSlot, SwapNoise noise)
    {
        double w = BellDiagonal.Werner(freshFidelity).WernerParameter;
        double logDecay = -Domain.Between(decayPerSlot, 0.0, 100.0);
        double p = LinkProbability;
        double q = 1.0 - p;
        double older = 0.0;
        if (q > 0.0 && CutOffSlots > 0)
        {
            double logKept = PortableMath.LogOnePlus(-p) + logDecay;
            older = PortableMath.Exp(logDecay)
                * PortableMath.ExpMinus1(CutOffSlots * logKept) / PortableMath.ExpMinus1(logKept);
        }

        double kept = (p + (2.0 * p * q * older)) / (p + (2.0 * q * SecondInTime));
        return 0.25 + (0.75 * w * w * noise.WernerFactor * kept);
    }
}
