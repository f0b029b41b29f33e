using Pqms.Ethereum;

namespace Pqms.Sdk.Tests.Audit;

/// <summary>A reservation of the synthetic ledger.</summary>
internal sealed class SyntheticBooking(
    Address client, uint slots, ulong start, ulong bookedEnd, UInt128 price, ulong requestedAt)
{
    public Address Client { get; } = client;

    public uint Slots { get; } = slots;

    public ulong Start { get; } = start;

    public ulong RequestedAt { get; } = requestedAt;

    public ulong BookedEnd { get; } = bookedEnd;

    public ulong End { get; set; } = bookedEnd;

    public UInt128 Price { get; } = price;

    public UInt128 Due { get; set; } = price;

    public bool IsGranted { get; set; }

    public bool IsReleased { get; set; }

    public ulong Takes { get; set; }

    public ulong Tokens { get; private set; } = slots * 60UL;

    public ulong RefilledAt { get; private set; } = start;

    /// <summary>Counts takes off the entitlement, at 30 a minute, and gives the thousandths of a take left.</summary>
    public ulong Use(ulong count, ulong time)
    {
        Tokens = Math.Min(Tokens + ((time - RefilledAt) * 30), Slots * 60UL) - (count * 60);
        RefilledAt = time;
        return Tokens * 1_000 / 60;
    }
}
