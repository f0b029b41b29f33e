namespace Pqms.Sdk;

/// <summary>Where a reservation stands; numbers are those of the ledger's enum Status.</summary>
/// <remarks><c>default</c> is <see cref="None"/>. Active is derived: Granted and start ≤ chain time &lt; end.</remarks>
public enum ReservationStatus : byte
{
    /// <summary>The id was never used.</summary>
    None = 0,

    /// <summary>Booked and paid in, not yet decided. Time alone does not leave it.</summary>
    Requested = 1,

    /// <summary>The mesh keeps the places filled. Reads as Ended once its end has passed.</summary>
    Granted = 2,

    /// <summary>The mesh refused; everything was credited back. Final.</summary>
    Refused = 3,

    /// <summary>Released, or over by time; waits for its settlement line.</summary>
    Ended = 4,

    /// <summary>Paid for what was delivered, the rest credited back. Final.</summary>
    Settled = 5,

    /// <summary>Cancelled by the client before the start; everything credited back. Final.</summary>
    Cancelled = 6,

    /// <summary>Not decided in time; everything credited back. Final.</summary>
    Expired = 7,

    /// <summary>Not settled in time; everything credited back. Final.</summary>
    Refunded = 8,
}
