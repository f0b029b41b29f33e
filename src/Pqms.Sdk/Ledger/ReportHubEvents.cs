using Hub = Pqms.Sdk.Contracts.ReportHubContract;

namespace Pqms.Sdk.Ledger;

/// <summary>Mesh time begins anew with this scenario and seed.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record EraStarted(LogPlace Place, Hub.EraStartedEvent Data)
    : LedgerEvent(Place);

/// <summary>Signers and threshold were set.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ConfigSet(LogPlace Place, Hub.ConfigSetEvent Data)
    : LedgerEvent(Place);

/// <summary>A report was accepted; the log carries the whole report.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReportAccepted(LogPlace Place, Hub.ReportAcceptedEvent Data)
    : LedgerEvent(Place);

/// <summary>A report's settlement lines were executed.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReportSettled(LogPlace Place, Hub.ReportSettledEvent Data)
    : LedgerEvent(Place);

/// <summary>A rotation of the signers was announced or withdrawn.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record RotationScheduled(LogPlace Place, Hub.RotationScheduledEvent Data)
    : LedgerEvent(Place);

/// <summary>Reports were made void; only a new era can follow.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReportsDisabled(LogPlace Place, Hub.ReportsDisabledEvent Data)
    : LedgerEvent(Place);

/// <summary>The grants of a void report were taken back.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReportReopened(LogPlace Place, Hub.ReportReopenedEvent Data)
    : LedgerEvent(Place);
