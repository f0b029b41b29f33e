using Pqms.Ethereum;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;
using Allocation = Pqms.Sdk.Contracts.ParticleAllocationContract;
using Network = Pqms.Sdk.Contracts.EntanglementNetworkContract;

namespace Pqms.Sdk.Tests.Audit;

/// <summary>Uses of a told ledger: reservations, paths and reports, as the contracts log them.</summary>
internal sealed partial class ToldUse : ToldLedger
{
    public const ulong Duration = 1_800;
    public const uint ChallengeSeconds = 100;

    public static readonly UInt128 Price = 2 * Duration * Floor;

    private readonly Dictionary<UInt128, ulong> _starts = [];
    private readonly List<Report> _reports = [];
    private Bytes32 _head;
    private uint _open;

    /// <summary>Two slots for half an hour from now on; the price is locked by <see cref="Lock"/>.</summary>
    public void Request(UInt128 id, ulong startIn = 0, byte cohort = 0, bool inQuota = false)
    {
        var start = Time + startIn;
        _starts[id] = start;
        Book(0, start, start + Duration, 2);
        if (inQuota)
        {
            Book((byte)(1 + cohort), start, start + Duration, 2);
        }

        _open++;
        var terms = new Terms(
            Pool, 2, startIn == 0 ? 0 : start, Duration, 900_000, 0, 30, 0, 1, Price, 0, Address.Zero);
        var data = new Allocation.ReservationRequestedEvent(
            id, Client, Pool, terms, start, start + Duration, Price, Client, cohort, inQuota, _open * 2, _open);
        Tell(place => new ReservationRequested(place, data));
    }

    public void Lock(UInt128 cause, int count = 1) =>
        Change(Client, -(Int128)(Price * (uint)count), (Int128)(Price * (uint)count), cause);

    public void Single(UInt128 id, ulong startIn = 0, byte cohort = 0, bool inQuota = false)
    {
        Next();
        Request(id, startIn, cohort, inQuota);
        Lock(id);
    }

    public void Group(params UInt128[] ids)
    {
        Next();
        Tell(place => new GroupRequested(place, new Allocation.GroupRequestedEvent(ids[0], ids)));
        foreach (var id in ids)
        {
            Request(id);
        }

        Lock(ids[0], ids.Length);
    }

    /// <summary>Both links between the pool's ends, as many lanes as slots.</summary>
    public void AlongPath(UInt128 id, ulong startIn)
    {
        Next();
        Request(id, startIn);
        ChangePath(SyntheticLedger.Word(id), _starts[id], _starts[id] + Duration, 2, 2);
        Lock(id);
    }

    public void ChangePath(Bytes32 key, ulong start, ulong end, ushort lanes, int held)
    {
        var (word, booked) = (start / 14_400, new int[16]);
        for (var bucket = start / 900; bucket <= (end - 1) / 900; bucket++)
        {
            booked[bucket % 16] = held;
        }

        var packed = Pack(booked);
        Tell(place => new PathChanged(
            place, new Network.PathChangedEvent(key, [1, 2], start, end, lanes, word, [packed, packed])));
    }

    public void Cancel(UInt128 id, bool hasPath = false)
    {
        Next();
        var (start, end) = (_starts[id], _starts[id] + Duration);
        Tell(place => new ReservationCancelled(place, new Allocation.ReservationCancelledEvent(id, 0)));
        _open--;
        Tell(place => new OpenSlotsChanged(
            place, new Allocation.OpenSlotsChangedEvent(Client, _open * 2, _open)));
        Book(0, start, end, -2);
        if (hasPath)
        {
            ChangePath(SyntheticLedger.Word(id), start / 900 * 900, ((end - 1) / 900 * 900) + 900, 0, 0);
        }

        Change(Client, (Int128)Price, -(Int128)Price, id);
    }

    public void StartEra(ulong number)
    {
        Next();
        if (number == 1)
        {
            Tell(place => new ConfigSet(place, new(
                1, SyntheticLedger.Word(1), [SyntheticLedger.Account(30), SyntheticLedger.Account(31)], 2,
                ChallengeSeconds)));
        }

        _head = ReportHashes.OfEra(_head, number, 1, SyntheticLedger.Word(5), 42, Bytes32.Zero);
        var head = _head;
        Tell(place => new EraStarted(place, new(number, 1, SyntheticLedger.Word(5), 42, Bytes32.Zero, head)));
    }

    public void Grant(ulong era, params UInt128[] ids)
    {
        Decision[] decisions = [.. ids.Select(static id => new Decision(id, 1, 980_000, 5, 5, 990_000))];
        Report(era, decisions, []);
        foreach (var decision in decisions)
        {
            Tell(place => new ReservationDecided(place, new(decision.Id, 2, decision)));
        }
    }

    public void Report(ulong era, Decision[] decisions, Line[] lines)
    {
        Next();
        var before = Events[^1].Event.Place.BlockNumber;
        var report = new Report(
            era, (ulong)_reports.Count + 1, before, SyntheticLedger.Word(before), Time - 1, 0, _head, Bytes32.Zero,
            SyntheticLedger.Word(7), SyntheticLedger.Word(8), ReportHashes.OfDecisions(decisions),
            ReportHashes.OfLines(lines));
        _head = ReportHashes.OfReport(report);
        _reports.Add(report);
        var (hash, at) = (_head, Time);
        Tell(place => new ReportAccepted(
            place, new(report.Sequence, hash, SyntheticLedger.Account(30), at, 3, report)));
    }

    public void Disable(ulong from)
    {
        Next();
        var (through, head) = ((ulong)_reports.Count, _reports[(int)from - 1].PreviousHead);
        _head = head;
        _reports.RemoveRange((int)from - 1, _reports.Count - (int)from + 1);
        Tell(place => new ReportsDisabled(place, new(from, through, head)));
    }

    public void Reopen(ulong sequence, params UInt128[] ids)
    {
        Next();
        Tell(place => new ReportReopened(place, new(sequence, (ulong)ids.Length)));
        var at = Time;
        foreach (var id in ids)
        {
            Tell(place => new ReservationReopened(place, new(id, at)));
        }
    }

    /// <summary>Settles the report of one line in which only a part was delivered; the bond pays what it
    /// holds.</summary>
    public void Settle(UInt128 id, uint percent, UInt128 penalty)
    {
        var promised = (UInt128)2 * Duration * Ppm.One;
        var delivered = promised * percent / 100;
        Report(1, [], [new Line(id, delivered)]);
        Next(ChallengeSeconds);
        var sequence = (ulong)_reports.Count;
        Tell(place => new ReportSettled(place, new(sequence, 1)));
        if (penalty > 0)
        {
            var fromFree = UInt128.Min(penalty, Bond.Free);
            var rest = Bond.Unbonding - (penalty - fromFree);
            ChangeBond(
                Bond with
                {
                    Free = Bond.Free - fromFree,
                    Unbonding = rest,
                    ReleasableAt = rest == 0 ? 0 : Bond.ReleasableAt,
                },
                id);
            Change(Client, (Int128)penalty, 0, id);
        }

        _open--;
        var (paid, usage) = (Price * percent / 100, (ulong)(delivered / Ppm.One));
        var data = new Allocation.ReservationSettledEvent(
            id, delivered, promised, paid, Price - paid, penalty, _open * 2, _open, usage);
        Tell(place => new ReservationSettled(place, data));
        Change(Client, (Int128)(Price - paid), -(Int128)Price, id);
        Change(Provider, (Int128)paid, 0, id);
    }
}
