using Pqms.Sdk;

namespace Pqms.EndToEnd.Tests.Ring;

/// <summary>Terms that the ledger accepts, to be varied by tests.</summary>
internal static class TestTerms
{
    /// <summary>Ten minutes of one slot from now on, class standard, any price.</summary>
    public static ReservationTerms Good { get; } = new()
    {
        PoolId = 1,
        Slots = 1,
        DurationSeconds = 600,
        FidelityMin = Ppm.FromParts(950_000),
        TakesPerMinute = 6,
        MaxCostWei = UInt128.MaxValue,
    };
}
