using Network = Pqms.Sdk.Contracts.EntanglementNetworkContract;

namespace Pqms.Sdk.Ledger;

/// <summary>The table's part of EntanglementNetwork.</summary>
public static partial class LedgerLogs
{
    private static Kind[] NetworkTable() =>
    [
        Row<SiteRegistered, Network.SiteRegisteredEvent>(
            LedgerContract.EntanglementNetwork, LedgerRole.Record, Network.SiteRegisteredEvent.Topic0,
            Network.SiteRegisteredEvent.TryDecode, static (at, e) => new SiteRegistered(at, e)),
        Row<LinkRegistered, Network.LinkRegisteredEvent>(
            LedgerContract.EntanglementNetwork, LedgerRole.Record, Network.LinkRegisteredEvent.Topic0,
            Network.LinkRegisteredEvent.TryDecode, static (at, e) => new LinkRegistered(at, e)),
        Row<PoolRegistered, Network.PoolRegisteredEvent>(
            LedgerContract.EntanglementNetwork, LedgerRole.Record, Network.PoolRegisteredEvent.Topic0,
            Network.PoolRegisteredEvent.TryDecode, static (at, e) => new PoolRegistered(at, e)),
        Row<QuotasSet, Network.QuotasSetEvent>(
            LedgerContract.EntanglementNetwork, LedgerRole.Record, Network.QuotasSetEvent.Topic0,
            Network.QuotasSetEvent.TryDecode, static (at, e) => new QuotasSet(at, e)),
        Row<CalendarChanged, Network.CalendarChangedEvent>(
            LedgerContract.EntanglementNetwork, LedgerRole.Record, Network.CalendarChangedEvent.Topic0,
            Network.CalendarChangedEvent.TryDecode, static (at, e) => new CalendarChanged(at, e)),
        Row<ExcessChanged, Network.ExcessChangedEvent>(
            LedgerContract.EntanglementNetwork, LedgerRole.Record, Network.ExcessChangedEvent.Topic0,
            Network.ExcessChangedEvent.TryDecode, static (at, e) => new ExcessChanged(at, e)),
        Row<PathChanged, Network.PathChangedEvent>(
            LedgerContract.EntanglementNetwork, LedgerRole.Record, Network.PathChangedEvent.Topic0,
            Network.PathChangedEvent.TryDecode, static (at, e) => new PathChanged(at, e)),
        Row<PoolIsolationSet, Network.PoolIsolationSetEvent>(
            LedgerContract.EntanglementNetwork, LedgerRole.Command, Network.PoolIsolationSetEvent.Topic0,
            Network.PoolIsolationSetEvent.TryDecode, static (at, e) => new PoolIsolationSet(at, e)),
    ];
}
