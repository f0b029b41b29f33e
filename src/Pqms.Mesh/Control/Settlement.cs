namespace Pqms.Mesh.Control;

/// <summary>How seconds of a slot are scored and summed; the arithmetic of the ledger's settlement.</summary>
/// <remarks>
/// A slot scores q(F) each second: 1 while its estimate is at least the fidelity asked for, then linearly down to 0 at
/// <see cref="Tolerance"/> below. Scores are whole trillionths, rounded down once per slot and second, and summed
/// exactly; the sum is rounded down once more to the ledger's unit, ppm slot-seconds.
/// </remarks>
internal static class Settlement
{
    /// <summary>The score of a filled slot for one second.</summary>
    public const long FullScoreTrillionths = 1_000_000_000_000;

    /// <summary>delta: how far below the fidelity asked for a slot still scores something (ledger rule).</summary>
    public const double Tolerance = 0.02;

    private const ulong PpmPerUnit = 1_000_000;
    private const ulong TrillionthsPerPpm = 1_000_000;

    /// <summary>q(F) in trillionths, rounded down.</summary>
    public static long ScoreDown(double estimate, double fidelityMin)
    {
        if (estimate >= fidelityMin)
        {
            return FullScoreTrillionths;
        }

        double score = 1.0 - ((fidelityMin - estimate) / Tolerance);
        return score > 0.0 ? (long)(score * FullScoreTrillionths) : 0;
    }

    /// <summary>A sum of scores in the ledger's unit, rounded down.</summary>
    public static UInt128 DeliveredDown(UInt128 scoreTrillionths) => scoreTrillionths / TrillionthsPerPpm;

    /// <summary>slots x seconds x 1,000,000; whole seconds, rounded down; 0 when the window never began.</summary>
    public static UInt128 Promised(int slots, long startNanoseconds, long endNanoseconds)
    {
        long seconds = (endNanoseconds - startNanoseconds) / MeshTime.NanosecondsPerSecond;
        return seconds > 0 ? (UInt128)(ulong)slots * (ulong)seconds * PpmPerUnit : UInt128.Zero;
    }

    /// <summary>How long a place emptied by a take counts as filled: 1/a, rounded up to whole seconds.</summary>
    /// <param name="pairsPerSecond">a of the grant, above 0.</param>
    public static long CreditSeconds(double pairsPerSecond)
    {
        double mean = 1.0 / pairsPerSecond;
        long whole = (long)mean;
        return whole < mean ? whole + 1 : whole;
    }
}
