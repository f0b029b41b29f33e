using Pqms.Physics.Numerics;

namespace Pqms.Physics.Chains;

/// <summary>Mean waiting time of a repeater chain in slots, where a closed form or a short recursion exists.</summary>
/// <remarks>
/// One slot: every segment that holds no link tries once, with success probability p; what succeeded can be used at the
/// end of the same slot, and swaps take no time. So one segment takes 1/p slots. Links never expire here; with a
/// cut-off see <see cref="TwoSegmentsWithCutOff"/>, with more segments and failing swaps <see cref="SwapAsapChain"/>.
/// </remarks>
public static class ChainWaiting
{
    /// <summary>Greatest number of segments of <see cref="DeterministicSwaps"/>.</summary>
    public const int MaxSegments = 1024;

    /// <summary>Two segments and one swap: E[T] = (3 - 2p)/(p (2 - p) p_s).</summary>
    /// <remarks>
    /// Collins, Jenkins, Kuzmich, Kennedy, PRL 98, 060502 (2007); the slots of each try are independent of whether its
    /// swap succeeds, so 1/p_s tries are needed (Wald).
    /// </remarks>
    /// <param name="linkProbability">p in (0, 1].</param>
    /// <param name="swapProbability">p_s in (0, 1]; a failure destroys both links.</param>
    /// <exception cref="ArgumentOutOfRangeException">A probability is outside (0, 1] or NaN.</exception>
    public static double TwoSegments(double linkProbability, double swapProbability)
    {
        double p = Domain.AboveZeroUpTo(linkProbability, 1.0);
        return (3.0 - (2.0 * p)) / (p * (2.0 - p) * Domain.AboveZeroUpTo(swapProbability, 1.0));
    }

    /// <summary>Any number of segments whose swaps always succeed: the mean of the slowest of n.</summary>
    /// <remarks>
    /// Usually written as the sum over k of (-1)^(k+1) C(n, k)/(1 - (1 - p)^k) (Bernardes, Praxmeyer, van Loock, PRA
    /// 83, 012323, 2011), which loses all digits from about n = 50 on. Here by the number of segments that still lack
    /// a link: E_n = (1 + sum over j from 1 to n - 1 of P(j of n fail) E_j)/(1 - (1 - p)^n). Only positive terms: as
    /// exact for 1,024 segments and p = 1e-9 as for two. O(n^2).
    /// </remarks>
    /// <param name="segments">n in [1, 1024].</param>
    /// <param name="linkProbability">p in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static double DeterministicSwaps(int segments, double linkProbability)
    {
        Domain.Count(segments, 1, MaxSegments);
        double p = Domain.AboveZeroUpTo(linkProbability, 1.0);
        double logFailure = PortableMath.LogOnePlus(-p);
        double[] mean = new double[segments + 1];
        for (int n = 1; n <= segments; n++)
        {
            double[] succeed = BinomialLaw.Distribution(n, p);
            double slots = 1.0;
            for (int left = 1; left < n; left++)
            {
                slots += succeed[n - left] * mean[left];
            }

            mean[n] = slots / -PortableMath.ExpMinus1(n * logFailure);
        }

        return mean[segments];
    }
}
