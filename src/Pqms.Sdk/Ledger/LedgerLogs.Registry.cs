using Registry = Pqms.Sdk.Contracts.RealmRegistryContract;

namespace Pqms.Sdk.Ledger;

/// <summary>The table's part of RealmRegistry.</summary>
public static partial class LedgerLogs
{
    private static Kind[] RegistryTable() =>
    [
        Row<AddressSet, Registry.AddressSetEvent>(
            LedgerContract.RealmRegistry, LedgerRole.Record, Registry.AddressSetEvent.Topic0,
            Registry.AddressSetEvent.TryDecode, static (at, e) => new AddressSet(at, e)),
        Row<RolesSet, Registry.RolesSetEvent>(
            LedgerContract.RealmRegistry, LedgerRole.Record, Registry.RolesSetEvent.Topic0,
            Registry.RolesSetEvent.TryDecode, static (at, e) => new RolesSet(at, e)),
        Row<PausedSet, Registry.PausedSetEvent>(
            LedgerContract.RealmRegistry, LedgerRole.Record, Registry.PausedSetEvent.Topic0,
            Registry.PausedSetEvent.TryDecode, static (at, e) => new PausedSet(at, e)),
        Row<AdminTransferStarted, Registry.AdminTransferStartedEvent>(
            LedgerContract.RealmRegistry, LedgerRole.Record, Registry.AdminTransferStartedEvent.Topic0,
            Registry.AdminTransferStartedEvent.TryDecode, static (at, e) => new AdminTransferStarted(at, e)),
        Row<AdminTransferred, Registry.AdminTransferredEvent>(
            LedgerContract.RealmRegistry, LedgerRole.Record, Registry.AdminTransferredEvent.Topic0,
            Registry.AdminTransferredEvent.TryDecode, static (at, e) => new AdminTransferred(at, e)),
        Row<ParameterScheduled, Registry.ParameterScheduledEvent>(
            LedgerContract.RealmRegistry, LedgerRole.Record, Registry.ParameterScheduledEvent.Topic0,
            Registry.ParameterScheduledEvent.TryDecode, static (at, e) => new ParameterScheduled(at, e)),
        Row<ParameterSet, Registry.ParameterSetEvent>(
            LedgerContract.RealmRegistry, LedgerRole.Record, Registry.ParameterSetEvent.Topic0,
            Registry.ParameterSetEvent.TryDecode, static (at, e) => new ParameterSet(at, e)),
    ];
}
