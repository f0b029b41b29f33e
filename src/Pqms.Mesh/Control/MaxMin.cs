namespace Pqms.Mesh.Control;

/// <summary>What a pool asks of the division.</summary>
/// <param name="Weight">Its rate per weight is what is levelled; above 0.</param>
/// <param name="Demand">Pairs per second at which it has enough; infinite for none.</param>
/// <param name="Spans">Its spans, each once; a pool without spans gets nothing.</param>
internal sealed record MaxMinClaim(double Weight, double Demand, IReadOnlyList<int> Spans);

/// <summary>Weighted max-min fair division of whole memories of spans among pools.</summary>
/// <remarks>
/// Progressive filling (Bertsekas, Gallager, Data Networks, 1992, 6.5.2) in whole memories. A pool's rate is the least
/// of memories times success rate over its spans. The poorest pool by rate/weight gets one memory more on each span
/// that limits it, until one of these spans is used up (the pool is then finished) or its demand is met. So no pool can
/// gain a memory without a pool losing one that would then stand no better. Ties: greater weight, then lower position.
/// Work is O(memories of all spans x log pools).
/// </remarks>
internal static class MaxMin
{
    /// <summary>Divides.</summary>
    /// <param name="memories">Memories of each span.</param>
    /// <param name="ratePerMemory">Successes per second of one memory of each span, above 0.</param>
    /// <param name="claims">The pools.</param>
    /// <returns>For each pool its memories, in the order of its spans. What nobody can use stays undivided.</returns>
    public static int[][] Divide(
        ReadOnlySpan<int> memories, ReadOnlySpan<double> ratePerMemory, IReadOnlyList<MaxMinClaim> claims)
    {
        int[] left = memories.ToArray();
        int[][] shares = new int[claims.Count][];
        PriorityQueue<int, (double Level, double Weight, int Position)> poorest = new();
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = new int[claims[i].Spans.Count];
            if (shares[i].Length > 0 && claims[i].Weight > 0.0 && claims[i].Demand > 0.0)
            {
                poorest.Enqueue(i, (0.0, -claims[i].Weight, i));
            }
        }

        while (poorest.TryDequeue(out int pool, out (double Level, double Weight, int Position) key))
        {
            MaxMinClaim claim = claims[pool];
            if (!TryRaise(claim, shares[pool], left, ratePerMemory))
            {
                continue;
            }

            double rate = Rate(claim, shares[pool], ratePerMemory);
            if (rate < claim.Demand)
            {
                poorest.Enqueue(pool, (rate / claim.Weight, key.Weight, pool));
            }
        }

        return shares;
    }

    /// <summary>Hands what <see cref="Divide"/> left over to the pools that still want more.</summary>
    /// <remarks>
    /// It does not change the rate of any pool as defined here: who wants more is held back by a span that is used up.
    /// Pairs must meet, though, so a span that is quicker than the slowest shortens the wait for a real pool. Each
    /// span by itself: the pool with the least memories per weight first, then greater weight, then lower position.
    /// </remarks>
    /// <param name="memories">Memories of each span, as for the division.</param>
    /// <param name="ratePerMemory">Successes per second of one memory of each span, as for the division.</param>
    /// <param name="claims">The pools, as for the division.</param>
    /// <param name="shares">Result of the division; raised in place.</param>
    public static void AddSpare(
        ReadOnlySpan<int> memories,
        ReadOnlySpan<double> ratePerMemory,
        IReadOnlyList<MaxMinClaim> claims,
        int[][] shares)
    {
        int[] left = memories.ToArray();
        List<(int Pool, int At)>[] users = new List<(int, int)>[left.Length];
        for (int i = 0; i < shares.Length; i++)
        {
            double rate = Rate(claims[i], shares[i], ratePerMemory);
            bool wants = rate > 0.0 && rate < claims[i].Demand;
            for (int k = 0; k < shares[i].Length; k++)
            {
                int span = claims[i].Spans[k];
                left[span] -= shares[i][k];
                users[span] ??= [];
                if (wants)
                {
                    users[span].Add((i, k));
                }
            }
        }

        for (int span = 0; span < left.Length; span++)
        {
            if (users[span] is { Count: > 0 } wanting)
            {
                AddSpare(left[span], wanting, claims, shares);
            }
        }
    }

    /// <summary>The least of memories times success rate over a pool's spans; 0 without spans.</summary>
    public static double Rate(MaxMinClaim claim, IReadOnlyList<int> shares, ReadOnlySpan<double> ratePerMemory)
    {
        double least = double.PositiveInfinity;
        for (int i = 0; i < claim.Spans.Count; i++)
        {
            double rate = shares[i] * ratePerMemory[claim.Spans[i]];
            least = rate < least ? rate : least;
        }

        return claim.Spans.Count == 0 ? 0.0 : least;
    }

    private static bool TryRaise(MaxMinClaim claim, int[] shares, int[] left, ReadOnlySpan<double> ratePerMemory)
    {
        double rate = Rate(claim, shares, ratePerMemory);
        for (int i = 0; i < shares.Length; i++)
        {
            int span = claim.Spans[i];
            if (shares[i] * ratePerMemory[span] <= rate && left[span] == 0)
            {
                return false;
            }
        }

        for (int i = 0; i < shares.Length; i++)
        {
            int span = claim.Spans[i];
            if (shares[i] * ratePerMemory[span] <= rate)
            {
                shares[i]++;
                left[span]--;
            }
        }

        return true;
    }

    private static void AddSpare(
        int left, List<(int Pool, int At)> wanting, IReadOnlyList<MaxMinClaim> claims, int[][] shares)
    {
        PriorityQueue<(int Pool, int At), (double Level, double Weight, int Position)> poorest = new();
        foreach ((int pool, int at) in wanting)
        {
            poorest.Enqueue((pool, at), Key(pool, at));
        }

        for (int i = 0; i < left; i++)
        {
            (int pool, int at) = poorest.Dequeue();
            shares[pool][at]++;
            poorest.Enqueue((pool, at), Key(pool, at));
        }

        (double Level, double Weight, int Position) Key(int pool, int at) =>
            (shares[pool][at] / claims[pool].Weight, -claims[pool].Weight, pool);
    }
}
