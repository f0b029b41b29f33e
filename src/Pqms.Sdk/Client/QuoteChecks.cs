namespace Pqms.Sdk.Client;

/// <summary>The ledger's refusals, foreseen: each names the value and what is allowed.</summary>
internal static class QuoteChecks
{
    /// <summary>Furthest end of a window ahead of now: 28 days, the calendar's horizon.</summary>
    private const ulong HorizonSeconds = 28 * 86_400;

    public static void Pool(List<string> problems, ReservationTerms terms, PoolInfo pool, ChainMoment now, ulong start)
    {
        if (pool.Isolated)
        {
            problems.Add($"pool {pool.Id} ({pool.Name}) is isolated");
        }

        if (terms.FidelityMin.CompareTo(pool.FidelityFloor) > 0)
        {
            problems.Add(
                $"minimum fidelity is {terms.FidelityMin}: above 0.5, at most {pool.FidelityFloor} in {pool.Name}");
        }

        if (start < now.TimeSeconds)
        {
            problems.Add($"start is {start}: not before chain time {now.TimeSeconds}");
        }

        var (end, last) = (start + terms.DurationSeconds, now.TimeSeconds + HorizonSeconds);
        if (end > last)
        {
            problems.Add($"end is {end}: at most {last} (28 days ahead)");
        }

        if (terms.DeadlineSeconds != 0 && terms.DeadlineSeconds < now.TimeSeconds)
        {
            problems.Add($"deadline is {terms.DeadlineSeconds}: not before chain time {now.TimeSeconds}, or 0");
        }
    }

    public static void Money(List<string> problems, ReservationTerms terms, UInt128 price, uint free)
    {
        if (price > terms.MaxCostWei)
        {
            problems.Add($"maximum cost is {terms.MaxCostWei} wei: the price is {price} wei");
        }

        if (free < terms.Slots)
        {
            problems.Add($"slots are {terms.Slots}: {free} are free in the whole window");
        }
    }
}
