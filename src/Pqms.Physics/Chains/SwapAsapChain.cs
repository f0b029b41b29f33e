namespace Pqms.Physics.Chains;

/// <summary>Mean waiting time of a chain of up to eight segments that swaps as soon as possible.</summary>
/// <remarks>
/// The protocol, exactly, for whoever simulates it. Segments 0 to n - 1, node i between segments i and i + 1. One slot:
/// (1) every segment that is part of no link tries once; all tries are independent. (2) The nodes are visited once, in
/// the order 0, 1, ... n - 2. A node where two different links meet swaps them: with probability p_s they become one
/// link, else both are lost and all their segments are free, to try again in the next slot. A node whose left or right
/// link was lost earlier in the same visit does nothing. (3) If one link spans the chain, this slot is the last one
/// counted. Swaps and messages take no time, links never expire, memories never fail.
/// <para>
/// The order matters from four segments on when swaps fail: n = 4, p = 0.1, p_s = 0.5 takes 91.5626 slots in this
/// order, 86.6336 when the node whose two links are shortest together goes first, 98.4730 with the longest first, and
/// 102.9627 when all nodes measure at once and one failure loses the whole run of links (n = 3: 57.0574 in any order,
/// 58.9474 at once). Right to left is the mirror image and takes as long.
/// </para>
/// <para>
/// Method: absorbing Markov chain over the sets of segments that are part of a link (after a slot no two links meet, so
/// the set is the state: 2^n - 1 transient ones), solved by eliminating states with additions of positive terms only
/// (Grassmann, Taksar, Heyman, Oper. Res. 33, 1107, 1985), so small p costs no digits. For n up to 4 with the same
/// model: Shchukin, Schmidt, van Loock, PRA 100, 032322 (2019), arXiv:1710.06214.
/// </para>
/// </remarks>
public static class SwapAsapChain
{
    /// <summary>Greatest number of segments: 255 states.</summary>
    public const int MaxSegments = 8;

    /// <summary>Mean number of slots until one link spans a chain of equal segments.</summary>
    /// <param name="segments">n in [1, 8].</param>
    /// <param name="linkProbability">p in (0, 1].</param>
    /// <param name="swapProbability">p_s in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static double MeanSlots(int segments, double linkProbability, double swapProbability)
    {
        double[] probabilities = new double[Domain.Count(segments, 1, MaxSegments)];
        Array.Fill(probabilities, Domain.AboveZeroUpTo(linkProbability, 1.0));
        return MeanSlots(probabilities, swapProbability);
    }

    /// <summary>Mean number of slots until one link spans a chain of unequal segments.</summary>
    /// <param name="linkProbabilities">p of each segment in (0, 1]; 1 to 8 of them.</param>
    /// <param name="swapProbability">p_s in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range or NaN.</exception>
    public static double MeanSlots(ReadOnlySpan<double> linkProbabilities, double swapProbability)
    {
        int segments = linkProbabilities.Length;
        Domain.Count(segments, 1, MaxSegments);
        foreach (double linkProbability in linkProbabilities)
        {
            Domain.AboveZeroUpTo(linkProbability, 1.0);
        }

        Domain.AboveZeroUpTo(swapProbability, 1.0);
        int full = (1 << segments) - 1;
        double[][] next = new double[full][];
        for (int covered = 0; covered < full; covered++)
        {
            next[covered] = new double[full + 1];
            var visit = new Visit(segments, swapProbability, next[covered]);
            Generate(linkProbabilities, covered, covered, 0, 1.0, visit);
        }

        return MeanStepsToLast(next);
    }

    // Branches over which free segments succeed, then lets the nodes swap.
    private static void Generate(
        ReadOnlySpan<double> p, int before, int now, int segment, double probability, Visit visit)
    {
        if (probability == 0.0)
        {
            return;
        }

        if (segment == p.Length)
        {
            visit.Swap(0, now, before & (before >> 1), probability);
            return;
        }

        int bit = 1 << segment;
        if ((before & bit) != 0)
        {
            Generate(p, before, now, segment + 1, probability, visit);
            return;
        }

        Generate(p, before, now | bit, segment + 1, probability * p[segment], visit);
        Generate(p, before, now, segment + 1, probability * (1.0 - p[segment]), visit);
    }

    // Mean number of steps from state 0 to the last one, which absorbs; rows are used up.
    private static double MeanStepsToLast(double[][] next)
    {
        int last = next.Length;
        double[] steps = new double[last];
        Array.Fill(steps, 1.0);
        for (int gone = last - 1; gone >= 1; gone--)
        {
            double leaves = next[gone][last];
            for (int to = 0; to < gone; to++)
            {
                leaves += next[gone][to];
            }

            for (int from = 0; from < gone; from++)
            {
                double weight = next[from][gone] / leaves;
                if (weight == 0.0)
                {
                    continue;
                }

                steps[from] += weight * steps[gone];
                next[from][last] += weight * next[gone][last];
                for (int to = 0; to < gone; to++)
                {
                    next[from][to] += weight * next[gone][to];
                }
            }
        }

        return steps[0] / next[0][last];
    }

    // The nodes' visit from left to right; joined has bit i when node i joins segments i and i + 1 in one link.
    private readonly struct Visit(int segments, double swapProbability, double[] row)
    {
        public void Swap(int node, int covered, int joined, double probability)
        {
            if (node >= segments - 1)
            {
                row[covered] += probability;
                return;
            }

            int meeting = (covered >> node) & (covered >> (node + 1)) & ~(joined >> node) & 1;
            if (meeting == 0)
            {
                Swap(node + 1, covered, joined, probability);
                return;
            }

            Swap(node + 1, covered, joined | (1 << node), probability * swapProbability);
            if (swapProbability < 1.0)
            {
                int left = covered & ~LinkAt(node, joined) & ~LinkAt(node + 1, joined);
                Swap(node + 1, left, joined & left & (left >> 1), probability * (1.0 - swapProbability));
            }
        }

        // All segments of the link that holds a segment.
        private static int LinkAt(int segment, int joined)
        {
            int link = 1 << segment;
            for (int node = segment - 1; node >= 0 && ((joined >> node) & 1) != 0; node--)
            {
                link |= 1 << node;
            }

            for (int node = segment; ((joined >> node) & 1) != 0; node++)
            {
                link |= 1 << (node + 1);
            }

            return link;
        }
    }
}
