using System.Buffers.Binary;
using Pqms.Ethereum;
using Money = Pqms.Sdk.Contracts.TreasuryContract;

namespace Pqms.Sdk.Ledger;

/// <summary>Money came in.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record Received(LogPlace Place, Money.ReceivedEvent Data)
    : LedgerEvent(Place);

/// <summary>An account's credit and escrow have new absolute values.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record AccountChanged(LogPlace Place, Money.AccountChangedEvent Data)
    : LedgerEvent(Place);

/// <summary>The accounts of a settlement have new absolute values.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record AccountsChanged(LogPlace Place, Money.AccountsChangedEvent Data)
    : LedgerEvent(Place)
{
    // Two words: account in the low 20 bytes, credit above; escrow in the low 12 bytes, cause above, then nothing.
    private const int EntryBytes = 64;
    private const int GapBytes = 4;

    /// <summary>False when the log's bytes are no whole entries, or bits between their fields are set: the treasury
    /// never writes such ones.</summary>
    public bool IsWhole => Data.Changes.Length > 0 && Data.Changes.Length % EntryBytes == 0
        && Enumerable.Range(0, Data.Changes.Length / EntryBytes).All(i =>
            !Data.Changes.AsSpan((i * EntryBytes) + UInt256.Size, GapBytes).ContainsAnyExcept((byte)0));

    /// <summary>The accounts in order; what stands last of an account is what it has.</summary>
    public IEnumerable<Money.AccountChangedEvent> Entries =>
        Enumerable.Range(0, Data.Changes.Length / EntryBytes).Select(i => Entry(Data.Changes.AsSpan(i * EntryBytes)));

    private static Money.AccountChangedEvent Entry(ReadOnlySpan<byte> words) => new(
        Address.FromBytes(words[12..32]), Wei(words[..12]), Wei(words[52..64]),
        BinaryPrimitives.ReadUInt128BigEndian(words[36..52]));

    private static UInt128 Wei(ReadOnlySpan<byte> bytes) =>
        ((UInt128)BinaryPrimitives.ReadUInt32BigEndian(bytes) << 64) | BinaryPrimitives.ReadUInt64BigEndian(bytes[4..]);
}

/// <summary>An account took its credit out.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record Withdrawn(LogPlace Place, Money.WithdrawnEvent Data)
    : LedgerEvent(Place);

/// <summary>A payer allowed a client to use its credit.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record AllowanceChanged(LogPlace Place, Money.AllowanceChangedEvent Data)
    : LedgerEvent(Place);

/// <summary>A provider's collateral has new absolute values.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record BondChanged(LogPlace Place, Money.BondChangedEvent Data)
    : LedgerEvent(Place);
