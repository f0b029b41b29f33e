using Pqms.Ethereum;
using Network = Pqms.Sdk.Contracts.EntanglementNetworkContract;

namespace Pqms.Sdk.Ledger;

/// <summary>A site was registered.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record SiteRegistered(LogPlace Place, Network.SiteRegisteredEvent Data)
    : LedgerEvent(Place);

/// <summary>A link was registered.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record LinkRegistered(LogPlace Place, Network.LinkRegisteredEvent Data)
    : LedgerEvent(Place);

/// <summary>A pool was registered.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record PoolRegistered(LogPlace Place, Network.PoolRegisteredEvent Data)
    : LedgerEvent(Place);

/// <summary>A pool's quotas were set.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record QuotasSet(LogPlace Place, Network.QuotasSetEvent Data)
    : LedgerEvent(Place);

/// <summary>A word of a pool's calendar has a new absolute value.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record CalendarChanged(LogPlace Place, Network.CalendarChangedEvent Data)
    : LedgerEvent(Place);

/// <summary>A pool's excess, which makes its price, has a new absolute value.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ExcessChanged(LogPlace Place, Network.ExcessChangedEvent Data)
    : LedgerEvent(Place);

/// <summary>Links were booked or freed.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record PathChanged(LogPlace Place, Network.PathChangedEvent Data)
    : LedgerEvent(Place)
{
    private const int MaxLinks = 12;
    private const int LinkBits = 20;
    private const int LaneBits = 16;

    /// <summary>The path's links, in order.</summary>
    public IReadOnlyList<uint> Links =>
        [.. Enumerable.Range(0, MaxLinks).Select(i => LinkAt(Data.Path, i)).TakeWhile(static link => link != 0)];

    /// <summary>False when the path has no link, or one after a gap: the network never writes such a one.</summary>
    public bool IsWhole
    {
        get
        {
            var count = Links.Count;
            return count > 0 && Enumerable.Range(count, MaxLinks - count).All(i => LinkAt(Data.Path, i) == 0);
        }
    }

    /// <summary>Lanes that the path holds on each link from now on; 0 when freed.</summary>
    public ushort Lanes => (ushort)PackedWord.Field(Data.Path, LinkBits * MaxLinks, LaneBits);

    private static uint LinkAt(UInt256 path, int position) =>
        (uint)PackedWord.Field(path, LinkBits * position, LinkBits);
}

/// <summary>A pool was isolated or restored.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record PoolIsolationSet(LogPlace Place, Network.PoolIsolationSetEvent Data)
    : LedgerEvent(Place);
