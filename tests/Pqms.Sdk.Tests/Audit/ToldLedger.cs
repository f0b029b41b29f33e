using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;
using Money = Pqms.Sdk.Contracts.TreasuryContract;
using Network = Pqms.Sdk.Contracts.EntanglementNetworkContract;

namespace Pqms.Sdk.Tests.Audit;

/// <summary>An honest ledger told event by event, with transactions and times; what is told can be dropped, doubled or
/// altered afterwards.</summary>
internal class ToldLedger
{
    public const uint Pool = 1;
    public const ulong Floor = 7;
    public const ulong Genesis = 1_900_000_800; // A bucket begins here.

    public static readonly Address Provider = SyntheticLedger.Account(20);
    public static readonly Address Client = SyntheticLedger.Account(21);
    public static readonly Address Other = SyntheticLedger.Account(22);

    private readonly List<TimedEvent> _events = [];
    private readonly Dictionary<Address, (UInt128 Credit, UInt128 Escrow)> _accounts = [];
    private readonly Dictionary<(byte Cohort, ulong Word), int[]> _calendar = [];
    private ulong _transactions;
    private LogPlace _place;

    public ToldLedger()
    {
        Next();
        var terms = new PoolTerms(
            Pool, "a", 1, 1, 2, 950_000, 10, 1, new PriceCurve(Floor, 0, 0), Provider);
        Tell(place => new KindRegistered(place, new(1, new Kind(1, 3, 2, 0, "ions", "", 0, 0, 10))));
        Tell(place => new PoolRegistered(place, new Network.PoolRegisteredEvent(Pool, Provider, terms)));
        Tell(place => new LinkRegistered(place, new(1, 1, 3, 1_000, 4)));
        Tell(place => new LinkRegistered(place, new(2, 3, 2, 1_000, 4)));
    }

    public ulong Time { get; private set; } = Genesis;

    public IReadOnlyList<TimedEvent> Events => _events;

    public Bond Bond { get; private set; }

    /// <summary>Begins a transaction in a block of its own.</summary>
    public void Next(ulong seconds = 1)
    {
        Time += seconds;
        var transaction = Keccak256.Hash(BitConverter.GetBytes(++_transactions));
        _place = new LogPlace(_transactions, transaction, transaction, 0);
    }

    public void Tell(Func<LogPlace, LedgerEvent> tell)
    {
        _events.Add(new TimedEvent(tell(_place), Time));
        _place = _place with { LogIndex = _place.LogIndex + 1 };
    }

    public void Deposit(Address account, UInt128 amount)
    {
        Next();
        Tell(place => new Received(place, new Money.ReceivedEvent(account, amount)));
        Change(account, (Int128)amount, 0, 0);
    }

    public void Change(Address account, Int128 credit, Int128 escrow, UInt128 cause)
    {
        var (before, locked) = _accounts.GetValueOrDefault(account);
        var after = ((UInt128)((Int128)before + credit), (UInt128)((Int128)locked + escrow));
        _accounts[account] = after;
        Tell(place => new AccountChanged(
            place, new Money.AccountChangedEvent(account, after.Item1, after.Item2, cause)));
    }

    public void ChangeBond(Bond bond, UInt128 cause)
    {
        Bond = bond;
        Tell(place => new BondChanged(place, new Money.BondChangedEvent(Provider, bond, cause)));
    }

    public void AddBond(UInt128 amount)
    {
        Next();
        Tell(place => new Received(place, new Money.ReceivedEvent(Provider, amount)));
        ChangeBond(Bond with { Free = Bond.Free + amount }, 0);
    }

    public void Book(byte cohort, ulong start, ulong end, int change)
    {
        var (first, last) = (start / 900, (end - 1) / 900);
        for (var word = first / 16; word <= last / 16; word++)
        {
            if (!_calendar.TryGetValue((cohort, word), out var lanes))
            {
                _calendar[(cohort, word)] = lanes = new int[16];
            }

            for (var lane = 0UL; lane < 16; lane++)
            {
                var bucket = (word * 16) + lane;
                lanes[lane] += bucket >= first && bucket <= last ? change : 0;
            }

            var (at, packed) = (word, Pack(lanes));
            Tell(place => new CalendarChanged(place, new Network.CalendarChangedEvent(Pool, cohort, at, packed)));
        }
    }

    /// <summary>Rebuilds the ledger from what was told.</summary>
    public static LedgerHistory Rebuild(IEnumerable<TimedEvent> events) => LedgerHistory.Rebuild(events);

    /// <summary>Rebuilds it as if one event had not been told.</summary>
    public LedgerHistory Without<T>(int which = 0)
        where T : LedgerEvent => Rebuild(_events.Where((_, i) => i != Find<T>(which)));

    /// <summary>Rebuilds it as if one event had been told twice, the second time in a transaction of its
    /// own.</summary>
    public LedgerHistory Twice<T>(int which = 0)
        where T : LedgerEvent
    {
        var doubled = _events[Find<T>(which)];
        var hash = Keccak256.Hash([1, 2, 3]);
        var place = new LogPlace(_transactions + 1, hash, hash, 0);
        return Rebuild(_events.Append(new TimedEvent(doubled.Event with { Place = place }, Time)));
    }

    /// <summary>Rebuilds it as if one event had told something else.</summary>
    public LedgerHistory With<T>(Func<T, T> alter, int which = 0)
        where T : LedgerEvent
    {
        var events = _events.ToArray();
        var at = Find<T>(which);
        events[at] = events[at] with { Event = alter((T)events[at].Event) };
        return Rebuild(events);
    }

    public static UInt256 Pack(int[] lanes) =>
        UInt256.Parse("0x" + string.Concat(lanes.Reverse().Select(static lane => lane.ToString("x4"))));

    private int Find<T>(int which) => _events.Select((timed, i) => (timed.Event, Index: i))
        .Where(static pair => pair.Event is T).ElementAt(which).Index;

}
