using Pqms.Ethereum;
using Pqms.Ethereum.Rpc;
using Allocation = Pqms.Sdk.Contracts.ParticleAllocationContract;
using Hub = Pqms.Sdk.Contracts.ReportHubContract;
using Money = Pqms.Sdk.Contracts.TreasuryContract;
using Network = Pqms.Sdk.Contracts.EntanglementNetworkContract;
using Registry = Pqms.Sdk.Contracts.RealmRegistryContract;

namespace Pqms.Sdk.Ledger;

/// <summary>Turns logs into <see cref="LedgerEvent"/>s, and holds the one table that says which are commands.</summary>
public static class LedgerLogs
{
    // The one table. A command is what anyone but a report changes in the mesh's world; a report's own consequences are
    // not commands, because the mesh decided them. An era begins with EraStarted.
    private static readonly Kind[] Table =
    [
        Row<ReservationRequested, Allocation.ReservationRequestedEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Command, Allocation.ReservationRequestedEvent.Topic0,
            Allocation.ReservationRequestedEvent.TryDecode, static (at, e) => new ReservationRequested(at, e)),
        Row<ReservationDecided, Allocation.ReservationDecidedEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Record, Allocation.ReservationDecidedEvent.Topic0,
            Allocation.ReservationDecidedEvent.TryDecode, static (at, e) => new ReservationDecided(at, e)),
        Row<DecisionSkipped, Allocation.DecisionSkippedEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Record, Allocation.DecisionSkippedEvent.Topic0,
            Allocation.DecisionSkippedEvent.TryDecode, static (at, e) => new DecisionSkipped(at, e)),
        Row<TakeRequested, Allocation.TakeRequestedEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Command, Allocation.TakeRequestedEvent.Topic0,
            Allocation.TakeRequestedEvent.TryDecode, static (at, e) => new TakeRequested(at, e)),
        Row<ReservationReleased, Allocation.ReservationReleasedEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Command, Allocation.ReservationReleasedEvent.Topic0,
            Allocation.ReservationReleasedEvent.TryDecode, static (at, e) => new ReservationReleased(at, e)),
        Row<ReservationCancelled, Allocation.ReservationCancelledEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Command, Allocation.ReservationCancelledEvent.Topic0,
            Allocation.ReservationCancelledEvent.TryDecode, static (at, e) => new ReservationCancelled(at, e)),
        Row<ReservationExpired, Allocation.ReservationExpiredEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Command, Allocation.ReservationExpiredEvent.Topic0,
            Allocation.ReservationExpiredEvent.TryDecode, static (at, e) => new ReservationExpired(at, e)),
        Row<ReservationRefunded, Allocation.ReservationRefundedEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Command, Allocation.ReservationRefundedEvent.Topic0,
            Allocation.ReservationRefundedEvent.TryDecode, static (at, e) => new ReservationRefunded(at, e)),
        Row<ReservationSettled, Allocation.ReservationSettledEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Record, Allocation.ReservationSettledEvent.Topic0,
            Allocation.ReservationSettledEvent.TryDecode, static (at, e) => new ReservationSettled(at, e)),
        Row<LineSkipped, Allocation.LineSkippedEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Record, Allocation.LineSkippedEvent.Topic0,
            Allocation.LineSkippedEvent.TryDecode, static (at, e) => new LineSkipped(at, e)),
        Row<BucketsBooked, Allocation.BucketsBookedEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Record, Allocation.BucketsBookedEvent.Topic0,
            Allocation.BucketsBookedEvent.TryDecode, static (at, e) => new BucketsBooked(at, e)),
        Row<EscrowLocked, Money.EscrowLockedEvent>(
            LedgerContract.Treasury, LedgerRole.Record, Money.EscrowLockedEvent.Topic0,
            Money.EscrowLockedEvent.TryDecode, static (at, e) => new EscrowLocked(at, e)),
        Row<EscrowSettled, Money.EscrowSettledEvent>(
            LedgerContract.Treasury, LedgerRole.Record, Money.EscrowSettledEvent.Topic0,
            Money.EscrowSettledEvent.TryDecode, static (at, e) => new EscrowSettled(at, e)),
        Row<CreditChanged, Money.CreditChangedEvent>(
            LedgerContract.Treasury, LedgerRole.Record, Money.CreditChangedEvent.Topic0,
            Money.CreditChangedEvent.TryDecode, static (at, e) => new CreditChanged(at, e)),
        Row<Withdrawn, Money.WithdrawnEvent>(
            LedgerContract.Treasury, LedgerRole.Record, Money.WithdrawnEvent.Topic0,
            Money.WithdrawnEvent.TryDecode, static (at, e) => new Withdrawn(at, e)),
        Row<SiteRegistered, Network.SiteRegisteredEvent>(
            LedgerContract.EntanglementNetwork, LedgerRole.Record, Network.SiteRegisteredEvent.Topic0,
            Network.SiteRegisteredEvent.TryDecode, static (at, e) => new SiteRegistered(at, e)),
        Row<LinkRegistered, Network.LinkRegisteredEvent>(
            LedgerContract.EntanglementNetwork, LedgerRole.Record, Network.LinkRegisteredEvent.Topic0,
            Network.LinkRegisteredEvent.TryDecode, static (at, e) => new LinkRegistered(at, e)),
        Row<PoolRegistered, Network.PoolRegisteredEvent>(
            LedgerContract.EntanglementNetwork, LedgerRole.Record, Network.PoolRegisteredEvent.Topic0,
            Network.PoolRegisteredEvent.TryDecode, static (at, e) => new PoolRegistered(at, e)),
        Row<PoolIsolationSet, Network.PoolIsolationSetEvent>(
            LedgerContract.EntanglementNetwork, LedgerRole.Command, Network.PoolIsolationSetEvent.Topic0,
            Network.PoolIsolationSetEvent.TryDecode, static (at, e) => new PoolIsolationSet(at, e)),
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
    ];

    private static readonly Dictionary<Bytes32, Kind> ByTopic = Table.ToDictionary(static kind => kind.Topic0);

    private static readonly Dictionary<Type, LedgerRole> Roles =
        Table.ToDictionary(static kind => kind.Type, static kind => kind.Role);

    /// <summary>Decodes a log that is known to come from the ledger.</summary>
    /// <param name="log">A log of one of the five contracts.</param>
    /// <returns>The event, or null when no ledger event has this topic.</returns>
    /// <exception cref="FormatException">The topic is a ledger event's, the values are not.</exception>
    public static LedgerEvent? Decode(LogEntry log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return Find(log) is { } kind ? DecodeAs(kind, log) : null;
    }

    /// <summary>Decodes a log and checks who emitted it: a stranger's contract may emit the same topics.</summary>
    /// <param name="log">Any log.</param>
    /// <param name="addresses">The ledger.</param>
    /// <returns>The event, or null when the log is not the ledger's.</returns>
    /// <exception cref="FormatException">A ledger contract emitted what this version does not know.</exception>
    public static LedgerEvent? Decode(LogEntry log, LedgerAddresses addresses)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(addresses);
        if (addresses.Find(log.Address) is not { } contract)
        {
            return null;
        }

        return Find(log) is { } kind && kind.Contract == contract
            ? DecodeAs(kind, log)
            : throw new FormatException(
                $"{contract} emitted an unknown event at {LogPlace.Of(log)}: topics {string.Join(", ", log.Topics)}.");
    }

    internal static LedgerRole RoleOf(LedgerEvent ledgerEvent) => Roles[ledgerEvent.GetType()];

    private static Kind? Find(LogEntry log) => log.Topics.Length > 0 ? ByTopic.GetValueOrDefault(log.Topics[0]) : null;

    private static LedgerEvent DecodeAs(Kind kind, LogEntry log) => kind.Decode(log)
        ?? throw new FormatException(
            $"{kind.Type.Name} at {LogPlace.Of(log)} has malformed values: {Hex.Encode(log.Data)}.");

    private static Kind Row<TEvent, TData>(
        LedgerContract contract,
        LedgerRole role,
        Bytes32 topic0,
        TryDecode<TData> decode,
        Func<LogPlace, TData, TEvent> make)
        where TEvent : LedgerEvent =>
        new(contract, role, typeof(TEvent), topic0, log => decode(log, out var e) ? make(LogPlace.Of(log), e) : null);

    private delegate bool TryDecode<TData>(LogEntry log, out TData data);

    private sealed record Kind(
        LedgerContract Contract, LedgerRole Role, Type Type, Bytes32 Topic0, Func<LogEntry, LedgerEvent?> Decode);
}
