using System.Numerics;
using Pqms.Ethereum;
using Pqms.Sdk.Audit;
using Money = Pqms.Sdk.Contracts.TreasuryContract;
using Network = Pqms.Sdk.Contracts.EntanglementNetworkContract;

namespace Pqms.Sdk.Tests.Audit;

/// <summary>Treasury, calendar and open slots of the synthetic ledger: absolute values, as the contracts log
/// them.</summary>
internal sealed class SyntheticBooks(SyntheticChain chain)
{
    private readonly Dictionary<Address, UInt128> _credits = [];
    private readonly Dictionary<Address, UInt128> _escrows = [];
    private readonly Dictionary<Address, (int Slots, int Count)> _open = [];
    private readonly Dictionary<Address, (ulong Usage, ulong At)> _usage = [];
    private readonly Dictionary<ulong, int[]> _calendar = [];

    public IReadOnlyDictionary<Address, UInt128> Credits => _credits;

    public (int Slots, int Count) OpenOf(Address client) => _open.GetValueOrDefault(client);

    public (int Slots, int Count) Open(Address client, int slots)
    {
        var (open, count) = OpenOf(client);
        return _open[client] = (open + slots, count + Math.Sign(slots));
    }

    /// <summary>Adds to a client's usage, of which little has decayed in the short life of these ledgers.</summary>
    public ulong Use(Address client, ulong delivered)
    {
        var (usage, at) = _usage.GetValueOrDefault(client);
        var wad = (Int128)1_000_000_000_000_000_000;
        var left = FixedExp.Exp2Neg((BigInteger)((Int128)(chain.Time - at) * wad / (7 * 86_400)));
        _usage[client] = ((usage == 0 ? 0 : (ulong)(usage * left / (BigInteger)wad)) + delivered, chain.Time);
        return _usage[client].Usage;
    }

    public void Book(ulong first, ulong last, int change)
    {
        for (var word = first / 16; word <= last / 16; word++)
        {
            if (!_calendar.TryGetValue(word, out var lanes))
            {
                _calendar[word] = lanes = new int[16];
            }

            for (var lane = 0UL; lane < 16; lane++)
            {
                var bucket = (word * 16) + lane;
                lanes[lane] += bucket >= first && bucket <= last ? change : 0;
            }

            var packed = "0x" + string.Concat(lanes.Reverse().Select(lane => lane.ToString("x4")));
            chain.Emit(
                SyntheticLedger.Addresses.EntanglementNetwork,
                Network.CalendarChangedEvent.Topic0,
                [SyntheticLedger.Word(SyntheticLedger.Pool), SyntheticLedger.Word(0), SyntheticLedger.Word(word)],
                e => e.WriteBytes32(Bytes32.Parse(packed)));
        }
    }

    public void Lock(Address payer, UInt128 price, UInt128 surplus, UInt128 cause)
    {
        chain.Emit(
            SyntheticLedger.Addresses.Treasury,
            Money.ReceivedEvent.Topic0,
            [SyntheticLedger.Word(payer)],
            e => e.WriteUInt(price + surplus));
        _credits[payer] = _credits.GetValueOrDefault(payer) + surplus;
        _escrows[payer] = _escrows.GetValueOrDefault(payer) + price;
        Log(payer, cause);
    }

    public void Settle(Address payer, UInt128 escrow, Address provider, UInt128 paid, UInt128 cause)
    {
        _escrows[payer] -= escrow;
        _credits[payer] = _credits.GetValueOrDefault(payer) + escrow - paid;
        Log(payer, cause);
        if (paid > 0)
        {
            _credits[provider] = _credits.GetValueOrDefault(provider) + paid;
            Log(provider, cause);
        }
    }

    /// <summary>As <see cref="Settle"/>, in one log.</summary>
    public void SettleTogether(Address payer, UInt128 escrow, Address provider, UInt128 paid, UInt128 cause)
    {
        _escrows[payer] -= escrow;
        _credits[payer] = _credits.GetValueOrDefault(payer) + escrow - paid;
        var entries = Entry(payer, cause);
        if (paid > 0)
        {
            _credits[provider] = _credits.GetValueOrDefault(provider) + paid;
            entries = [.. entries, .. Entry(provider, cause)];
        }

        chain.Emit(
            SyntheticLedger.Addresses.Treasury, Money.AccountsChangedEvent.Topic0, [],
            e => e.WriteBytes(entries));
    }

    // Credit above the account, cause above the escrow: 12, 20, 16 after 4 of zeros, and 12 bytes.
    private byte[] Entry(Address account, UInt128 cause)
    {
        var entry = new byte[64];
        Wei(_credits.GetValueOrDefault(account)).CopyTo(entry, 0);
        account.ToArray().CopyTo(entry, 12);
        SyntheticLedger.Word(cause).ToArray().AsSpan(16).CopyTo(entry.AsSpan(36));
        Wei(_escrows.GetValueOrDefault(account)).CopyTo(entry, 52);
        return entry;
    }

    private static byte[] Wei(UInt128 amount) => SyntheticLedger.Word(amount).ToArray()[20..];

    public void Withdraw(Address account)
    {
        chain.Emit(
            SyntheticLedger.Addresses.Treasury,
            Money.WithdrawnEvent.Topic0,
            [SyntheticLedger.Word(account), SyntheticLedger.Word(account)],
            e => e.WriteUInt(_credits[account]));
        _credits[account] = 0;
    }

    private void Log(Address account, UInt128 cause) => chain.Emit(
        SyntheticLedger.Addresses.Treasury, Money.AccountChangedEvent.Topic0, [SyntheticLedger.Word(account)], e =>
        {
            e.WriteUInt(_credits.GetValueOrDefault(account));
            e.WriteUInt(_escrows.GetValueOrDefault(account));
            e.WriteUInt(cause);
        });
}
