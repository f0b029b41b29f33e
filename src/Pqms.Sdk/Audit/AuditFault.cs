using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>Which promise of the ledger a log breaks.</summary>
public enum AuditRule
{
    /// <summary>A status changed in a way that the ledger's table does not allow, or a take was not allowed.</summary>
    Transition,

    /// <summary>An amount does not follow from the amounts before.</summary>
    Money,

    /// <summary>The calendar was changed without a reservation, or over-booked.</summary>
    Calendar,

    /// <summary>Reports do not form one chain, or a batch is not what its report says.</summary>
    Reports,

    /// <summary>A parameter, the office of the admin, a pause or the signers changed otherwise than announced, or by
    /// somebody who may not.</summary>
    Offices,

    /// <summary>Logs, headers or files do not belong together.</summary>
    Evidence,
}

/// <summary>One broken promise, with the place where it shows.</summary>
/// <param name="Rule">Which promise.</param>
/// <param name="Place">The log; null when the fault is in no log.</param>
/// <param name="Reservation">The reservation concerned; null when none is.</param>
/// <param name="Text">What is there and what should be.</param>
public sealed record AuditFault(AuditRule Rule, LogPlace? Place, UInt128? Reservation, string Text)
{
    /// <inheritdoc />
    public override string ToString() =>
        $"{Rule}: {(Place is { } place ? place + ": " : string.Empty)}"
        + $"{(Reservation is { } id ? ReservationIds.ToText(id) + ": " : string.Empty)}{Text}";
}
