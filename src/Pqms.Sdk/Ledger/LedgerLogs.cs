using Pqms.Ethereum;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Contracts;

namespace Pqms.Sdk.Ledger;

/// <summary>Turns logs into <see cref="LedgerEvent"/>s, and holds the one table that says which are commands.</summary>
public static class LedgerLogs
{
    // The one table. A command is what anyone but a report changes in the mesh's world; a report's own consequences are
    // not commands, because the mesh decided them. An era begins with EraStarted.
    private static readonly Kind[] Table =
    [
        new(LedgerContract.ParticleAllocation, LedgerRole.Command, typeof(ReservationRequested), ParticleAllocationContract.ReservationRequestedEvent.Topic0,
            static log => ParticleAllocationContract.ReservationRequestedEvent.TryDecode(log, out var e) ? new ReservationRequested(LogPlace.Of(log), e) : null),
        new(LedgerContract.ParticleAllocation, LedgerRole.Record, typeof(ReservationDecided), ParticleAllocationContract.ReservationDecidedEvent.Topic0,
            static log => ParticleAllocationContract.ReservationDecidedEvent.TryDecode(log, out var e) ? new ReservationDecided(LogPlace.Of(log), e) : null),
        new(LedgerContract.ParticleAllocation, LedgerRole.Record, typeof(DecisionSkipped), ParticleAllocationContract.DecisionSkippedEvent.Topic0,
            static log => ParticleAllocationContract.DecisionSkippedEvent.TryDecode(log, out var e) ? new DecisionSkipped(LogPlace.Of(log), e) : null),
        new(LedgerContract.ParticleAllocation, LedgerRole.Command, typeof(TakeRequested), ParticleAllocationContract.TakeRequestedEvent.Topic0,
            static log => ParticleAllocationContract.TakeRequestedEvent.TryDecode(log, out var e) ? new TakeRequested(LogPlace.Of(log), e) : null),
        new(LedgerContract.ParticleAllocation, LedgerRole.Command, typeof(ReservationReleased), ParticleAllocationContract.ReservationReleasedEvent.Topic0,
            static log => ParticleAllocationContract.ReservationReleasedEvent.TryDecode(log, out var e) ? new ReservationReleased(LogPlace.Of(log), e) : null),
        new(LedgerContract.ParticleAllocation, LedgerRole.Command, typeof(ReservationCancelled), ParticleAllocationContract.ReservationCancelledEvent.Topic0,
            static log => ParticleAllocationContract.ReservationCancelledEvent.TryDecode(log, out var e) ? new ReservationCancelled(LogPlace.Of(log), e) : null),
        new(LedgerContract.ParticleAllocation, LedgerRole.Command, typeof(ReservationExpired), ParticleAllocationContract.ReservationExpiredEvent.Topic0,
            static log => ParticleAllocationContract.ReservationExpiredEvent.TryDecode(log, out var e) ? new ReservationExpired(LogPlace.Of(log), e) : null),
        new(LedgerContract.ParticleAllocation, LedgerRole.Command, typeof(ReservationRefunded), ParticleAllocationContract.ReservationRefundedEvent.Topic0,
            static log => ParticleAllocationContract.ReservationRefundedEvent.TryDecode(log, out var e) ? new ReservationRefunded(LogPlace.Of(log), e) : null),
        new(LedgerContract.ParticleAllocation, LedgerRole.Record, typeof(ReservationSettled), ParticleAllocationContract.ReservationSettledEvent.Topic0,
            static log => ParticleAllocationContract.ReservationSettledEvent.TryDecode(log, out var e) ? new ReservationSettled(LogPlace.Of(log), e) : null),
        new(LedgerContract.ParticleAllocation, LedgerRole.Record, typeof(LineSkipped), ParticleAllocationContract.LineSkippedEvent.Topic0,
            static log => ParticleAllocationContract.LineSkippedEvent.TryDecode(log, out var e) ? new LineSkipped(LogPlace.Of(log), e) : null),
        new(LedgerContract.ParticleAllocation, LedgerRole.Record, typeof(BucketsBooked), ParticleAllocationContract.BucketsBookedEvent.Topic0,
            static log => ParticleAllocationContract.BucketsBookedEvent.TryDecode(log, out var e) ? new BucketsBooked(LogPlace.Of(log), e) : null),
        new(LedgerContract.Treasury, LedgerRole.Record, typeof(EscrowLocked), TreasuryContract.EscrowLockedEvent.Topic0,
            static log => TreasuryContract.EscrowLockedEvent.TryDecode(log, out var e) ? new EscrowLocked(LogPlace.Of(log), e) : null),
        new(LedgerContract.Treasury, LedgerRole.Record, typeof(EscrowSettled), TreasuryContract.EscrowSettledEvent.Topic0,
            static log => TreasuryContract.EscrowSettledEvent.TryDecode(log, out var e) ? new EscrowSettled(LogPlace.Of(log), e) : null),
        new(LedgerContract.Treasury, LedgerRole.Record, typeof(CreditChanged), TreasuryContract.CreditChangedEvent.Topic0,
            static log => TreasuryContract.CreditChangedEvent.TryDecode(log, out var e) ? new CreditChanged(LogPlace.Of(log), e) : null),
        new(LedgerContract.Treasury, LedgerRole.Record, typeof(Withdrawn), TreasuryContract.WithdrawnEvent.Topic0,
            static log => TreasuryContract.WithdrawnEvent.TryDecode(log, out var e) ? new Withdrawn(LogPlace.Of(log), e) : null),
        new(LedgerContract.EntanglementNetwork, LedgerRole.Record, typeof(SiteRegistered), EntanglementNetworkContract.SiteRegisteredEvent.Topic0,
            static log => EntanglementNetworkContract.SiteRegisteredEvent.TryDecode(log, out var e) ? new SiteRegistered(LogPlace.Of(log), e) : null),
        new(LedgerContract.EntanglementNetwork, LedgerRole.Record, typeof(LinkRegistered), EntanglementNetworkContract.LinkRegisteredEvent.Topic0,
            static log => EntanglementNetworkContract.LinkRegisteredEvent.TryDecode(log, out var e) ? new LinkRegistered(LogPlace.Of(log), e) : null),
        new(LedgerContract.EntanglementNetwork, LedgerRole.Record, typeof(PoolRegistered), EntanglementNetworkContract.PoolRegisteredEvent.Topic0,
            static log => EntanglementNetworkContract.PoolRegisteredEvent.TryDecode(log, out var e) ? new PoolRegistered(LogPlace.Of(log), e) : null),
        new(LedgerContract.EntanglementNetwork, LedgerRole.Command, typeof(PoolIsolationSet), EntanglementNetworkContract.PoolIsolationSetEvent.Topic0,
            static log => EntanglementNetworkContract.PoolIsolationSetEvent.TryDecode(log, out var e) ? new PoolIsolationSet(LogPlace.Of(log), e) : null),
        new(LedgerContract.ReportHub, LedgerRole.EraBoundary, typeof(EraStarted), ReportHubContract.EraStartedEvent.Topic0,
            static log => ReportHubContract.EraStartedEvent.TryDecode(log, out var e) ? new EraStarted(LogPlace.Of(log), e) : null),
        new(LedgerContract.ReportHub, LedgerRole.Record, typeof(ConfigSet), ReportHubContract.ConfigSetEvent.Topic0,
            static log => ReportHubContract.ConfigSetEvent.TryDecode(log, out var e) ? new ConfigSet(LogPlace.Of(log), e) : null),
        new(LedgerContract.ReportHub, LedgerRole.Record, typeof(ReportAccepted), ReportHubContract.ReportAcceptedEvent.Topic0,
            static log => ReportHubContract.ReportAcceptedEvent.TryDecode(log, out var e) ? new ReportAccepted(LogPlace.Of(log), e) : null),
        new(LedgerContract.ReportHub, LedgerRole.Record, typeof(ReportSettled), ReportHubContract.ReportSettledEvent.Topic0,
            static log => ReportHubContract.ReportSettledEvent.TryDecode(log, out var e) ? new ReportSettled(LogPlace.Of(log), e) : null),
        new(LedgerContract.RealmRegistry, LedgerRole.Record, typeof(AddressSet), RealmRegistryContract.AddressSetEvent.Topic0,
            static log => RealmRegistryContract.AddressSetEvent.TryDecode(log, out var e) ? new AddressSet(LogPlace.Of(log), e) : null),
        new(LedgerContract.RealmRegistry, LedgerRole.Record, typeof(RolesSet), RealmRegistryContract.RolesSetEvent.Topic0,
            static log => RealmRegistryContract.RolesSetEvent.TryDecode(log, out var e) ? new RolesSet(LogPlace.Of(log), e) : null),
        new(LedgerContract.RealmRegistry, LedgerRole.Record, typeof(PausedSet), RealmRegistryContract.PausedSetEvent.Topic0,
            static log => RealmRegistryContract.PausedSetEvent.TryDecode(log, out var e) ? new PausedSet(LogPlace.Of(log), e) : null),
        new(LedgerContract.RealmRegistry, LedgerRole.Record, typeof(AdminTransferStarted), RealmRegistryContract.AdminTransferStartedEvent.Topic0,
            static log => RealmRegistryContract.AdminTransferStartedEvent.TryDecode(log, out var e) ? new AdminTransferStarted(LogPlace.Of(log), e) : null),
        new(LedgerContract.RealmRegistry, LedgerRole.Record, typeof(AdminTransferred), RealmRegistryContract.AdminTransferredEvent.Topic0,
            static log => RealmRegistryContract.AdminTransferredEvent.TryDecode(log, out var e) ? new AdminTransferred(LogPlace.Of(log), e) : null),
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
                $"{contract} emitted an unknown event at {LogPlace.Of(log)}: topic {(log.Topics.Length > 0 ? log.Topics[0] : "none")}.");
    }

    internal static LedgerRole RoleOf(LedgerEvent ledgerEvent) => Roles[ledgerEvent.GetType()];

    private static Kind? Find(LogEntry log) => log.Topics.Length > 0 ? ByTopic.GetValueOrDefault(log.Topics[0]) : null;

    private static LedgerEvent DecodeAs(Kind kind, LogEntry log) => kind.Decode(log)
        ?? throw new FormatException($"{kind.Type.Name} at {LogPlace.Of(log)} has malformed values: {Hex.Encode(log.Data)}.");

    private sealed record Kind(
        LedgerContract Contract, LedgerRole Role, Type Type, Bytes32 Topic0, Func<LogEntry, LedgerEvent?> Decode);
}
