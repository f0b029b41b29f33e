using System.Numerics;
using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Leaves;
using Pqms.Sdk.Ledger;
using Allocation = Pqms.Sdk.Contracts.ParticleAllocationContract;
using Hub = Pqms.Sdk.Contracts.ReportHubContract;
using Network = Pqms.Sdk.Contracts.EntanglementNetworkContract;

namespace Pqms.Sdk.Tests.Audit;

/// <summary>A small honest ledger: it writes the logs that the contracts write, in their order.</summary>
internal sealed class SyntheticLedger
{
    public const ulong Genesis = 1_900_000_000;
    public const uint Pool = 1;
    public const ulong PricePerSlotSecond = 7;

    public static readonly LedgerAddresses Addresses =
        new(Account(1), Account(2), Account(3), Account(4), Account(6), Account(5), 1);

    public static readonly Address Provider = Account(20);

    private readonly Dictionary<UInt128, SyntheticBooking> _bookings = [];
    private readonly List<Leaf> _leaves = [];
    private readonly List<Decision> _decisions = [];
    private readonly List<Line> _lines = [];
    private readonly List<byte[]> _batches = [];
    private readonly SyntheticBooks _books;
    private readonly byte[] _scenario = "{\"name\":\"synthetic\"}"u8.ToArray();
    private Bytes32 _head;
    private ulong _sequence;

    public SyntheticLedger()
    {
        _books = new SyntheticBooks(Chain);
        Chain.NextTransaction();
        var terms = new PoolTerms(
            Pool, "berlin-muenchen", 1, 1, 2, 950_000, 100, 1, new PriceCurve(PricePerSlotSecond, 0, 0), Provider);
        Chain.Emit(
            Addresses.EntanglementNetwork,
            Network.PoolRegisteredEvent.Topic0,
            [Word(Pool), Word(Provider)],
            e => e.WriteDynamic(terms.Encode));
        var scenarioHash = Keccak256.Hash(_scenario);
        _head = ReportHashes.OfEra(Bytes32.Zero, 1, 1, scenarioHash, 42, Bytes32.Zero);
        Chain.Emit(Addresses.ReportHub, Hub.EraStartedEvent.Topic0, [Word(1)], e =>
        {
            e.WriteUInt(1UL);
            e.WriteBytes32(scenarioHash);
            e.WriteUInt(42UL);
            e.WriteBytes32(Bytes32.Zero);
            e.WriteBytes32(_head);
        });
        Chain.Close();
    }

    public SyntheticChain Chain { get; } = new(Genesis);

    public IReadOnlyDictionary<Address, UInt128> Credits => _books.Credits;

    public static Address Account(byte tag) => Address.FromBytes([.. new byte[19], tag]);

    public void Request(UInt128 id, Address client, uint slots, ulong duration, ulong startIn = 0, ulong surplus = 0)
    {
        var start = Chain.Time + startIn;
        var price = (UInt128)(slots * duration * PricePerSlotSecond);
        var terms = new Terms(
            Pool, slots, startIn == 0 ? 0 : start, duration, 950_000, 0, 30, 0, 2, price, 0, Address.Zero);
        _bookings.Add(id, new SyntheticBooking(client, slots, start, start + duration, price, Chain.Time));
        Chain.NextTransaction();
        _books.Book(start / 900, (start + duration - 1) / 900, (int)slots);
        var (open, count) = _books.Open(client, (int)slots);
        Chain.Emit(
            Addresses.ParticleAllocation,
            Allocation.ReservationRequestedEvent.Topic0,
            [Word(id), Word(client), Word(Pool)],
            e =>
            {
                terms.Encode(e);
                e.WriteUInt(start);
                e.WriteUInt(start + duration);
                e.WriteUInt(price);
                e.WriteAddress(client);
                e.WriteUInt(0UL);
                e.WriteBool(false);
                e.WriteUInt((ulong)open);
                e.WriteUInt((ulong)count);
            });
        _books.Lock(client, price, surplus, id);
    }

    /// <summary>What the mesh decides; the log comes with the next report.</summary>
    public void Decide(UInt128 id, DecisionOutcome outcome)
    {
        var leaf = new DecisionLeaf(id, outcome, 981_234, 5_000, 33_000_000, 999_000);
        _leaves.Add(leaf);
        _decisions.Add(new Decision(id, (byte)outcome, 981_234, 5_000, 33_000_000, 999_000));
    }

    public void Take(UInt128 id, uint count)
    {
        var booking = _bookings[id];
        Chain.NextTransaction();
        Chain.Emit(Addresses.ParticleAllocation, Allocation.TakeRequestedEvent.Topic0, [Word(id), Word(booking.Client)],
            e =>
        {
            e.WriteUInt(booking.Takes + 1);
            e.WriteUInt((ulong)count);
            e.WriteUInt(booking.Use(count, Chain.Time));
            e.WriteUInt(0UL);
        });
        for (uint i = 1; i <= count; i++)
        {
            _leaves.Add(new TakeLeaf(
                id, booking.Takes + i, Pool, TakeResult.Delivered, 1, i, (long)Chain.Time, 0, 970_000, 970_000, 0, 1, i,
                3));
        }

        booking.Takes += count;
    }

    public void Release(UInt128 id)
    {
        var booking = _bookings[id];
        var end = Math.Max(Chain.Time, booking.Start);
        var (length, left) = (booking.BookedEnd - booking.Start, booking.BookedEnd - end);
        booking.Due = (UInt128)((BigInteger)booking.Price * (end - booking.Start) / length);
        var fee = (UInt128)((BigInteger)booking.Price * Math.Min(left, 900) / (length * 10));
        booking.End = end;
        booking.IsReleased = true;
        Chain.NextTransaction();
        Chain.Emit(Addresses.ParticleAllocation, Allocation.ReservationReleasedEvent.Topic0, [Word(id)], e =>
        {
            e.WriteUInt(end);
            e.WriteUInt(booking.Due);
            e.WriteUInt(fee);
        });
        CloseSlots(booking);
        var first = end == booking.Start ? end / 900 : ((end - 1) / 900) + 1;
        if (first <= (booking.BookedEnd - 1) / 900)
        {
            _books.Book(first, (booking.BookedEnd - 1) / 900, -(int)booking.Slots);
        }

        _books.Settle(booking.Client, booking.Price - booking.Due, Provider, fee, id);
    }

    public void Cancel(UInt128 id)
    {
        var booking = _bookings[id];
        var lead = booking.IsGranted ? booking.Start - booking.RequestedAt : 0;
        var fee = (UInt128)((BigInteger)booking.Price * lead / (100UL * 28 * 86_400));
        Chain.NextTransaction();
        Chain.Emit(
            Addresses.ParticleAllocation,
            Allocation.ReservationCancelledEvent.Topic0,
            [Word(id)],
            e => e.WriteUInt(fee));
        GiveBack(id, fee);
    }

    /// <summary>The mesh's score; the line runs with <see cref="Report"/>.</summary>
    public void Score(UInt128 id, uint ppm)
    {
        var booking = _bookings[id];
        var promised = (UInt128)(booking.Slots * (booking.End - booking.Start)) * Ppm.One;
        var delivered = (UInt128)((BigInteger)promised * ppm / Ppm.One);
        _leaves.Add(new SettlementLeaf(id, delivered, promised));
        _lines.Add(new Line(id, delivered));
    }

    public void Withdraw(Address account)
    {
        Chain.NextTransaction();
        _books.Withdraw(account);
    }

    /// <summary>Closes the block, and reports and settles in the next one.</summary>
    public void Report()
    {
        Chain.Close();
        var batch = new Batch(1, ++_sequence, [.. _leaves]);
        _batches.Add(batch.Bytes.ToArray());
        var report = new Report(
            1, _sequence, Chain.Last.Number, Chain.Last.Hash, Chain.Last.Timestamp, (ulong)_leaves.Count, _head,
            batch.Tree.Root, Word(_sequence), batch.DataHash, ReportHashes.OfDecisions(_decisions),
            ReportHashes.OfLines(_lines));
        _head = ReportHashes.OfReport(report);
        Chain.NextTransaction();
        Chain.Emit(
            Addresses.ReportHub,
            Hub.ReportAcceptedEvent.Topic0,
            [Word(_sequence), _head, Word(Account(30))],
            e =>
            {
                e.WriteUInt(Chain.Time);
                e.WriteUInt(1UL);
                report.Encode(e);
            });
        _decisions.ForEach(LogDecision);
        Chain.NextTransaction();
        _lines.ForEach(Settle);
        Chain.Emit(
            Addresses.ReportHub, Hub.ReportSettledEvent.Topic0, [Word(_sequence)], e =>
                e.WriteUInt((ulong)_lines.Count));
        _leaves.Clear();
        _decisions.Clear();
        _lines.Clear();
        Chain.Close();
    }

    public HistoryFile ToFile()
    {
        Chain.Close();
        return new HistoryFile
        {
            Format = HistoryFile.FormatName,
            Version = HistoryFile.CurrentVersion,
            ChainId = 31337,
            GenesisHash = Chain.Headers[0].Hash,
            Addresses = Addresses,
            Headers = [.. Chain.Headers],
            Logs = [.. Chain.Logs],
            Batches = [.. _batches],
            Scenarios = [_scenario],
        };
    }

    internal static Bytes32 Word(UInt128 number) => Bytes32.Parse("0x" + number.ToString("x64"));

    internal static Bytes32 Word(Address address) => Bytes32.FromBytes([.. new byte[12], .. address.ToArray()]);

    private void LogDecision(Decision decision)
    {
        var granted = decision.Outcome == (byte)DecisionOutcome.Granted;
        Chain.Emit(Addresses.ParticleAllocation, Allocation.ReservationDecidedEvent.Topic0, [Word(decision.Id)], e =>
        {
            e.WriteUInt((ulong)(granted ? ReservationStatus.Granted : ReservationStatus.Refused));
            decision.Encode(e);
        });
        _bookings[decision.Id].IsGranted = granted;
        if (!granted)
        {
            GiveBack(decision.Id, 0);
        }
    }

    private void Settle(Line line)
    {
        var booking = _bookings[line.Id];
        var promised = (UInt128)(booking.Slots * (booking.End - booking.Start)) * Ppm.One;
        var paid = promised == 0 ? 0
            : (UInt128)((BigInteger)booking.Due * (BigInteger)line.Delivered / (BigInteger)promised);
        var (open, count) = booking.IsReleased ? _books.OpenOf(booking.Client) : _books.Open(booking.Client,
            -(int)booking.Slots);
        Chain.Emit(Addresses.ParticleAllocation, Allocation.ReservationSettledEvent.Topic0, [Word(line.Id)], e =>
        {
            e.WriteUInt(line.Delivered);
            e.WriteUInt(paid);
            var usage = _books.Use(booking.Client, (ulong)(line.Delivered / Ppm.One));
            e.WriteUInt((UInt256)(
                (BigInteger)open + ((BigInteger)count << 32) + ((BigInteger)usage << 104)
                + ((BigInteger)Chain.Time << 168)));
        });
        _books.SettleTogether(booking.Client, booking.Due, Provider, paid, line.Id);
    }

    private void GiveBack(UInt128 id, UInt128 fee)
    {
        var booking = _bookings[id];
        CloseSlots(booking);
        if (Chain.Time < booking.BookedEnd)
        {
            _books.Book(booking.Start / 900, (booking.BookedEnd - 1) / 900, -(int)booking.Slots);
        }

        _books.Settle(booking.Client, booking.Price, Provider, fee, id);
    }

    private void CloseSlots(SyntheticBooking booking)
    {
        var (open, count) = _books.Open(booking.Client, -(int)booking.Slots);
        Chain.Emit(
            Addresses.ParticleAllocation, Allocation.OpenSlotsChangedEvent.Topic0, [Word(booking.Client)], e =>
            {
                e.WriteUInt((ulong)open);
                e.WriteUInt((ulong)count);
            });
    }
}
