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
    public static string Of(LedgerEvent logged) => logged switch
    {
        ReservationRequested e =>
            $"{e.Data.Terms.Slots} slots for {e.Data.End - e.Data.Start} s, price {Ether.Format(e.Data.Price)}, "
            + $"max cost {Ether.Format(e.Data.Terms.MaxCost)}, escrow {Ether.Format(e.Data.Escrow)}",
        ReservationDecided e =>
            $"{(DecisionOutcome)e.Data.Decision.Outcome}: fresh fidelity {Fraction(e.Data.Decision.FidelityPpm)}, "
            + $"lifetime {Number(e.Data.Decision.LifetimeMs / 1e3)} s, "
            + $"{Number(e.Data.Decision.RateMicroHz / 1e6)} pairs/s, "
            + $"all stand with probability {Fraction(e.Data.Decision.StandingPpm)}",
        TakeRequested e => Takes(e.Data.FirstTake, e.Data.Count)
            + $", {Number(e.Data.TokensMilli / 1e3)} left in the entitlement",
        ReservationReleased e => $"ends at {e.Data.End}, due at most {Ether.Format(e.Data.PriceDue)}",
        ReservationSettled e =>
            $"delivered {Share(e.Data.Delivered, e.Data.Promised)} of the promise, paid {Ether.Format(e.Data.Paid)}, "
            + $"refund {Ether.Format(e.Data.Refund)}",
        EscrowLocked e => $"{Ether.Format(e.Data.Amount)} by {e.Data.Payer}",
        EscrowSettled e =>
            $"{Ether.Format(e.Data.Paid)} to {e.Data.Provider}, {Ether.Format(e.Data.Refund)} to {e.Data.Client}",
        CreditChanged e => $"{e.Data.Account} now has {Ether.Format(e.Data.Credit)}",
        Withdrawn e => $"{Ether.Format(e.Data.Amount)} by {e.Data.Account} to {e.Data.To}",
        BucketsBooked e =>
            $"pool {e.Data.Pool}, buckets {e.Data.FirstBucket} to {e.Data.LastBucket}, {e.Data.Change:+0;-0} slots",
        ReportAccepted e =>
            $"report {e.Data.Sequence}, {e.Data.Report.Count} leaves, up to block {e.Data.Report.ToBlock}",
        ReportSettled e => $"report {e.Data.Sequence}, {e.Data.Lines} lines",
        DecisionSkipped e => $"it was {(ReservationStatus)e.Data.Status}",
        LineSkipped e => $"it was {(ReservationStatus)e.Data.Status}",
        EraStarted e =>
            $"era {e.Data.Era}, mesh version {e.Data.MeshVersion}, scenario {e.Data.ScenarioHash}, seed {e.Data.Seed}",
        SiteRegistered e => $"site {e.Data.Id} {e.Data.Name}",
        LinkRegistered e => $"link {e.Data.Id}, sites {e.Data.A} and {e.Data.B}, {e.Data.LengthMeters} m",
        PoolRegistered e =>
            $"pool {e.Data.Id} {e.Data.Name}, capacity {e.Data.Capacity}, class {Fraction(e.Data.FidelityFloorPpm)}",
        PoolIsolationSet e => $"pool {e.Data.Id} {(e.Data.Isolated ? "isolated" : "open")}",
        _ => "",
    };

    private static string Takes(ulong first, uint count) =>
        count == 1 ? $"take {first}" : $"takes {first} to {first + count - 1}";

    private static string Fraction(uint ppm) => Ppm.FromParts(Math.Min(ppm, Ppm.One)).ToString();

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Share(UInt128 part, UInt128 whole) => whole == 0
        ? "nothing"
        : ((double)part / (double)whole).ToString("0.0000 %", CultureInfo.InvariantCulture);
}
