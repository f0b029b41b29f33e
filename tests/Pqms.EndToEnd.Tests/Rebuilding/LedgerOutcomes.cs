using Pqms.Sdk.Ledger;

namespace Pqms.EndToEnd.Tests.Rebuilding;

/// <summary>What must have come of the operations, beside their being accepted.</summary>
internal static class LedgerOutcomes
{
    private const string InQuota = "booked within a quota";
    private const string Borrowed = "borrowed what another cohort leaves idle";
    private const string Paid = "paid in part";
    private const string Penalty = "took a penalty";
    private const string UsedUp = "used a bond up by a penalty";
    private const string Shared = "counted a member's take";
    private const string Demand = "charged for demand";

    public static readonly IReadOnlyList<string> Names = [InQuota, Borrowed, Paid, Penalty, UsedUp, Shared, Demand];

    public static IEnumerable<string> Of(LedgerEvent e, KnownLedger known) => e switch
    {
        ReservationRequested { Data: var data } => OfBooking(data.InQuota, known.Quotas.GetValueOrDefault(data.Pool)
            != default),
        ReservationSettled { Data: var data } => OfSettlement(data.Paid > 0 && data.Refund > 0, data.Penalty > 0),
        BondChanged { Data: var data } when data.CauseId != 0
            && data.Bond.Free + data.Bond.Unbonding == 0 => [UsedUp],
        TakeRequested { Data.MemberTakes: > 0 } => [Shared],
        ExcessChanged { Data.Excess: > 0 } => [Demand],
        _ => [],
    };

    private static IEnumerable<string> OfBooking(bool isInQuota, bool hasQuotas) =>
        isInQuota ? [InQuota] : hasQuotas ? [Borrowed] : [];

    private static IEnumerable<string> OfSettlement(bool isPaidInPart, bool hasPenalty)
    {
        if (isPaidInPart)
        {
            yield return Paid;
        }

        if (hasPenalty)
        {
            yield return Penalty;
        }
    }
}
