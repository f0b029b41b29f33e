using Pqms.Ethereum;
using Pqms.Ethereum.Rpc;

namespace Pqms.Sdk.Ledger;

/// <summary>Turns logs into <see cref="LedgerEvent"/>s, and holds the one table that says which are commands.</summary>
public static partial class LedgerLogs
{
    // The one table, a file for each contract. A command is what anyone but a report changes in the mesh's world; a
    // report's own consequences are not commands, because the mesh decided them. An era begins with EraStarted.
    private static readonly Kind[] Table =
        [.. AllocationTable(), .. TreasuryTable(), .. NetworkTable(), .. HubTable(), .. RegistryTable(),
            .. InventoryTable()];

    private static readonly Dictionary<Bytes32, Kind> ByTopic = Table.ToDictionary(static kind => kind.Topic0);

    private static readonly Dictionary<Type, LedgerRole> Roles =
        Table.ToDictionary(static kind => kind.Type, static kind => kind.Role);

    /// <summary>Decodes a log that is known to come from the ledger.</summary>
    /// <param name="log">A log of one of the six contracts.</param>
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
