using Hub = Pqms.Sdk.Contracts.ReportHubContract;

namespace Pqms.Sdk.Ledger;

/// <summary>The table's part of ReportHub.</summary>
public static partial class LedgerLogs
{
    private static Kind[] HubTable() =>
    [
        Row<EraStarted, Hub.EraStartedEvent>(
            LedgerContract.ReportHub, LedgerRole.EraBoundary, Hub.EraStartedEvent.Topic0,
            Hub.EraStartedEvent.TryDecode, static (at, e) => new EraStarted(at, e)),
        Row<ConfigSet, Hub.ConfigSetEvent>(
            LedgerContract.ReportHub, LedgerRole.Record, Hub.ConfigSetEvent.Topic0,
            Hub.ConfigSetEvent.TryDecode, static (at, e) => new ConfigSet(at, e)),
        Row<ReportAccepted, Hub.ReportAcceptedEvent>(
            LedgerContract.ReportHub, LedgerRole.Record, Hub.ReportAcceptedEvent.Topic0,
            Hub.ReportAcceptedEvent.TryDecode, static (at, e) => new ReportAccepted(at, e)),
        Row<ReportSettled, Hub.ReportSettledEvent>(
            LedgerContract.ReportHub, LedgerRole.Record, Hub.ReportSettledEvent.Topic0,
            Hub.ReportSettledEvent.TryDecode, static (at, e) => new ReportSettled(at, e)),
        Row<RotationScheduled, Hub.RotationScheduledEvent>(
            LedgerContract.ReportHub, LedgerRole.Record, Hub.RotationScheduledEvent.Topic0,
            Hub.RotationScheduledEvent.TryDecode, static (at, e) => new RotationScheduled(at, e)),
        Row<ReportsDisabled, Hub.ReportsDisabledEvent>(
            LedgerContract.ReportHub, LedgerRole.EraBoundary, Hub.ReportsDisabledEvent.Topic0,
            Hub.ReportsDisabledEvent.TryDecode, static (at, e) => new ReportsDisabled(at, e)),
        Row<ReportReopened, Hub.ReportReopenedEvent>(
            LedgerContract.ReportHub, LedgerRole.Record, Hub.ReportReopenedEvent.Topic0,
            Hub.ReportReopenedEvent.TryDecode, static (at, e) => new ReportReopened(at, e)),
    ];
}
