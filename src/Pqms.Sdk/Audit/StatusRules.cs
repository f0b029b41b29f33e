namespace Pqms.Sdk.Audit;

/// <summary>The ledger's table of transitions: the only place that says who may follow whom.</summary>
public static class StatusRules
{
    private static readonly HashSet<(ReservationStatus From, ReservationStatus To)> Allowed =
    [
        (ReservationStatus.None, ReservationStatus.Requested),
        (ReservationStatus.Requested, ReservationStatus.Granted),
        (ReservationStatus.Requested, ReservationStatus.Refused),
        (ReservationStatus.Requested, ReservationStatus.Cancelled),
        (ReservationStatus.Requested, ReservationStatus.Expired),
        (ReservationStatus.Granted, ReservationStatus.Ended),
        (ReservationStatus.Granted, ReservationStatus.Cancelled),
        (ReservationStatus.Granted, ReservationStatus.Requested),
        (ReservationStatus.Ended, ReservationStatus.Requested),
        (ReservationStatus.Ended, ReservationStatus.Settled),
        (ReservationStatus.Ended, ReservationStatus.Refunded),
    ];

    /// <summary>Whether a status may follow another; Granted leaves to Ended by time alone.</summary>
    /// <param name="from">The status before, with time taken in.</param>
    /// <param name="to">The status after.</param>
    /// <returns>True when the table has the pair.</returns>
    public static bool MayFollow(ReservationStatus from, ReservationStatus to) => Allowed.Contains((from, to));

    /// <summary>Whether nothing can follow.</summary>
    /// <param name="status">The status.</param>
    /// <returns>True for Refused, Settled, Cancelled, Expired and Refunded.</returns>
    public static bool IsFinal(ReservationStatus status) =>
        status is not ReservationStatus.None && !Allowed.Any(pair => pair.From == status);
}
