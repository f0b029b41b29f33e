using System.Globalization;
using Pqms.Ethereum;
using Pqms.Sdk;
using Pqms.Sdk.Ledger;

namespace Pqms.Node.Audit;

/// <summary>The main figures of a ledger event in words, for tables.</summary>
public static class LifeNotes
{
    /// <summary>One line without the event's name.</summary>
    /// <param name="logged">Any event of the ledger.</param>
    public static string Of(LedgerEvent logged) =>
        OfReservation(logged) ?? OfMoney(logged) ?? OfNetwork(logged) ?? OfReports(logged) ?? OfInventory(logged)
        ?? OfRegistry(logged) ?? "";

    private static string? OfReservation(LedgerEvent logged) => logged switch
    {
        ReservationRequested e =>
            $"{e.Data.Terms.Slots} slots for {e.Data.End - e.Data.Start} s, price {Ether.Format(e.Data.Price)}, "
            + $"max cost {Ether.Format(e.Data.Terms.MaxCost)}, paid by {e.Data.Payer}",
        ReservationDecided e =>
            $"{(DecisionOutcome)e.Data.Decision.Outcome}: fresh fidelity {Fraction(e.Data.Decision.FidelityPpm)}, "
            + $"lifetime {Number(e.Data.Decision.LifetimeMs / 1e3)} s, "
            + $"{Number(e.Data.Decision.RateMicroHz / 1e6)} pairs/s, "
            + $"all stand with probability {Fraction(e.Data.Decision.StandingPpm)}",
        TakeRequested e => Takes(e.Data.FirstTake, e.Data.Count)
            + $", {Number(e.Data.TokensMilli / 1e3)} left in the entitlement",
        ReservationExtended e => $"ends at {e.Data.End}, price {Ether.Format(e.Data.Price)} in all",
        ReservationReleased e => $"ends at {e.Data.End}, due at most {Ether.Format(e.Data.PriceDue)}, fee "
            + Ether.Format(e.Data.Fee),
        ReservationCancelled e => $"fee {Ether.Format(e.Data.Fee)}",
        ReservationReopened e => $"waits for a decision again, from {e.Data.RequestedAt} on",
        ReservationSettled e =>
            $"delivered {Number((double)e.Data.Delivered / Ppm.One)} slot-seconds, paid {Ether.Format(e.Data.Paid)}",
        PenaltyTaken e => $"{Ether.Format(e.Data.Penalty)} from the provider's bond",
        GroupRequested e => $"{e.Data.Ids.Length} requests together",
        ShareOffered e => $"{Fraction(e.Data.SharePpm)} to {e.Data.Member}",
        ShareAccepted e => $"by {e.Data.Member}, {Fraction(e.Data.SharedPpm)} shared in all",
        ShareLeft e => $"by {e.Data.Member}, {Fraction(e.Data.SharedPpm)} shared in all",
        NonceUsed e => $"{e.Data.Client} signs with {e.Data.Nonce} next",
        OpenSlotsChanged e =>
            $"{e.Data.Client} holds {e.Data.OpenSlots} slots in {e.Data.OpenReservations} reservations",
        DecisionSkipped e => $"it was {(ReservationStatus)e.Data.Status}",
        LineSkipped e => $"it was {(ReservationStatus)e.Data.Status}",
        _ => null,
    };

    private static string? OfMoney(LedgerEvent logged) => logged switch
    {
        AccountChanged e =>
            $"{e.Data.Account} has {Ether.Format(e.Data.Credit)} of credit, {Ether.Format(e.Data.Escrow)} in escrow",
        AccountsChanged e => $"{e.Entries.Count()} accounts of a settlement",
        AllowanceChanged e => $"{e.Data.Client} may use {Ether.Format(e.Data.Allowance)} of {e.Data.Payer}",
        BondChanged e => $"{e.Data.Provider} has {Ether.Format(e.Data.Bond.Free)} free, "
            + $"{Ether.Format(e.Data.Bond.Locked)} staked, {Ether.Format(e.Data.Bond.Unbonding)} on its way out",
        Withdrawn e => $"{Ether.Format(e.Data.Amount)} by {e.Data.Account} to {e.Data.To}",
        _ => null,
    };

    private static string? OfNetwork(LedgerEvent logged) => logged switch
    {
        CalendarChanged e => $"pool {e.Data.Pool}, calendar word {e.Data.Word}",
        ExcessChanged e => $"pool {e.Data.Pool}, {e.Data.Excess} slot-seconds above the target",
        PathChanged e => $"{e.Lanes} lanes on links {string.Join(", ", e.Links)}",
        QuotasSet e => $"pool {e.Data.Id}: research {e.Data.Quotas.Research}, commercial {e.Data.Quotas.Commercial}, "
            + $"education {e.Data.Quotas.Education}, humanitarian {e.Data.Quotas.Humanitarian}",
        SiteRegistered e => $"site {e.Data.Id} {e.Data.Name}",
        LinkRegistered e => $"link {e.Data.Id}, sites {e.Data.A} and {e.Data.B}, {e.Data.LengthMeters} m",
        PoolRegistered e => $"pool {e.Data.Id} {e.Data.Terms.Name}, capacity {e.Data.Terms.Capacity}, class "
            + Fraction(e.Data.Terms.FidelityFloorPpm),
        PoolIsolationSet e => $"pool {e.Data.Id} {(e.Data.Isolated ? "isolated" : "open")}",
        _ => null,
    };

    private static string? OfReports(LedgerEvent logged) => logged switch
    {
        ReportAccepted e =>
            $"report {e.Data.Sequence}, {e.Data.Report.Count} leaves, up to block {e.Data.Report.ToBlock}",
        ReportSettled e => $"report {e.Data.Sequence}, {e.Data.Lines} lines",
        ReportsDisabled e => $"reports {e.Data.From} to {e.Data.Through} are void",
        ReportReopened e => $"report {e.Data.Sequence}",
        EraStarted e =>
            $"era {e.Data.Era}, mesh version {e.Data.MeshVersion}, scenario {e.Data.ScenarioHash}, seed {e.Data.Seed}",
        ConfigSet e => $"configuration {e.Data.ConfigCount}: {e.Data.Threshold} of {e.Data.Signers.Length} signers",
        RotationScheduled e => e.Data.ExecutableAt == 0 ? "withdrawn"
            : $"{e.Data.Threshold} of {e.Data.Signers.Length} signers, from {e.Data.ExecutableAt} on",
        _ => null,
    };

    private static string? OfInventory(LedgerEvent logged) => logged switch
    {
        KindRegistered e => $"kind {e.Data.Id} {e.Data.Kind.Platform} {e.Data.Kind.Specialisation}",
        ProviderSet e => $"{e.Data.Provider} {e.Data.Name} {(e.Data.Active ? "registered" : "left")}",
        LotRegistered e => $"lot {e.Data.Id}, {e.Data.Terms.Count} of kind {e.Data.Terms.Kind}",
        LotMoved e => $"lot {e.Data.Id}",
        OrderOpened e => $"order {e.Data.Id}, {e.Data.Terms.Count} from pool {e.Data.Terms.Pool} for "
            + Ether.Format(e.Data.Terms.Reward),
        OrderAccepted e => $"order {e.Data.Id} by {e.Data.Provider}",
        OrderDelivered e => $"order {e.Data.Id}, {e.Data.Count} of mean fidelity {Fraction(e.Data.FidelityPpm)}",
        OrderFailed e => $"order {e.Data.Id}",
        OrderWithdrawn e => $"order {e.Data.Id}",
        ReservoirSet e => $"pool {e.Data.Pool}, threshold {e.Data.Threshold}, target {e.Data.Target}",
        StockReported e => $"pool {e.Data.Pool} holds {e.Data.Stock}",
        ReplenishmentNeeded e => $"pool {e.Data.Pool} holds {e.Data.Stock}, {e.Data.Missing} are missing",
        ReservoirReplenished e => $"pool {e.Data.Pool} holds {e.Data.Stock}",
        _ => null,
    };

    private static string? OfRegistry(LedgerEvent logged) => logged switch
    {
        RolesSet e => $"{e.Data.Account} has role bits {e.Data.Roles}",
        PausedSet e => $"bits {e.Data.Bits} by {e.Data.By}",
        ParameterScheduled e => e.Data.ApplicableAt == 0 ? $"parameter {e.Data.Parameter}: withdrawn"
            : $"parameter {e.Data.Parameter}: {e.Data.Value} from {e.Data.ApplicableAt} on",
        ParameterSet e => $"parameter {e.Data.Parameter}: {e.Data.Value}",
        AdminTransferStarted e => $"offered to {e.Data.PendingAdmin}",
        AdminTransferred e => $"now {e.Data.Admin}",
        CohortSet e => $"{e.Data.Account} in cohort {e.Data.Cohort}",
        _ => null,
    };

    private static string Takes(ulong first, uint count) =>
        count == 1 ? $"take {first}" : $"takes {first} to {first + count - 1}";

    private static string Fraction(uint ppm) => Ppm.FromParts(Math.Min(ppm, Ppm.One)).ToString();

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
