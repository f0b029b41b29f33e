using Pqms.Ethereum;

namespace Pqms.Oracle.Tests.Simulation;

internal enum FakeStatus
{
    Requested,
    Granted,
    Refused,
    Released,
    Settled,
    Cancelled,
}

internal sealed record FakeReservation(
    FakeStatus Status, int Slots, ulong Start, ulong End, ulong Takes, int Decided, int Settlements);

internal enum FakeOrderStatus
{
    Open,
    Accepted,
    Delivered,
    Failed,
}

internal sealed record FakeOrder(FakeOrderStatus Status, uint Pool, uint Count);

internal sealed record FakeReservoir(uint Threshold, bool Low, ulong PoolSequence, int Proofs);

/// <summary>What the contracts remember after one block; cloned for every block, so that a reorganisation restores
/// it.</summary>
internal sealed class ChainState
{
    public ulong Era { get; set; }

    public ulong Sequence { get; set; }

    public Bytes32 Head { get; set; }

    public bool ReportsPaused { get; set; }

    public bool EraClosed { get; set; }

    /// <summary>The last void report that is not reopened; 0 for none.</summary>
    public ulong VoidThrough { get; set; }

    public ulong StandsThrough => EraClosed ? Sequence : ulong.MaxValue;

    /// <summary>What each report granted, void ones included.</summary>
    public Dictionary<ulong, UInt128[]> Grants { get; private init; } = [];

    public SortedDictionary<UInt128, FakeOrder> Orders { get; private init; } = [];

    public SortedDictionary<uint, FakeReservoir> Reservoirs { get; private init; } = [];

    public Dictionary<ulong, (Bytes32 Hash, ulong AcceptedAt)> Ring { get; private init; } = [];

    public HashSet<ulong> Settled { get; private init; } = [];

    public SortedDictionary<UInt128, FakeReservation> Reservations { get; private init; } = [];

    public int Skipped { get; set; }

    public ChainState Clone() => new()
    {
        Era = Era,
        Sequence = Sequence,
        Head = Head,
        ReportsPaused = ReportsPaused,
        EraClosed = EraClosed,
        VoidThrough = VoidThrough,
        Grants = new(Grants),
        Orders = new(Orders),
        Reservoirs = new(Reservoirs),
        Skipped = Skipped,
        Ring = new(Ring),
        Settled = [.. Settled],
        Reservations = new(Reservations),
    };
}
