using System.Numerics;
using Pqms.Ethereum;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>Computes what every entitlement and every share of it allows: no take may go beyond.</summary>
internal sealed class EntitlementBook(Action<AuditRule, LedgerEvent, UInt128?, string> fault)
{
    // The ledger counts in sixtieths of a take, so that any rate per minute refills exactly.
    private const ulong Unit = 60;
    private const ulong Milli = 1_000;

    /// <summary>Takes a take before the life counts it.</summary>
    public void Add(ReservationLife life, TakeRequested e, ulong time)
    {
        if (time < life.Start)
        {
            return;
        }

        var allowed = Left(life, e.Data.Taker, time);
        if (e.Data.Count > allowed)
        {
            fault(AuditRule.Transition, e, e.Id,
                $"{e.Data.Count} takes of {e.Data.Taker}, its entitlement has {allowed}");
        }

        var tokens = Tokens(life, time);
        life.Tokens = tokens - Math.Min(tokens, e.Data.Count * Unit);
        life.RefilledAt = time;
        if (e.Data.TokensMilli != life.Tokens * Milli / Unit)
        {
            fault(AuditRule.Transition, e, e.Id,
                $"{e.Data.TokensMilli} thousandths of a take are left, should be {life.Tokens * Milli / Unit}");
        }
    }

    /// <summary>Whole takes that an account may make at a time.</summary>
    public static uint TakesLeft(ReservationLife life, Address taker, ulong time)
    {
        var active = life.Status == ReservationStatus.Granted && time >= life.Start && time < life.End;
        var accepted = life.MemberTable.GetValueOrDefault(taker).Accepted;
        return active && (taker == life.Client || accepted) ? Left(life, taker, time) : 0;
    }

    private static ulong Tokens(ReservationLife life, ulong time)
    {
        var since = Math.Max(life.RefilledAt, life.Start);
        var full = life.Terms.Slots * Unit;
        var held = life.RefilledAt == 0 ? full : life.Tokens;
        return Math.Min(held + ((time - Math.Min(time, since)) * life.Terms.TakesPerMinute), full);
    }

    private static uint Left(ReservationLife life, Address taker, ulong time)
    {
        var inBucket = (uint)(Tokens(life, time) / Unit);
        if (!life.WasShared)
        {
            return inBucket;
        }

        var (share, taken) = life.MemberTable.TryGetValue(taker, out var member) && taker != life.Client
            ? (member.SharePpm, (ulong)member.Takes)
            : (Ppm.One - Math.Min(life.SharedPpm, Ppm.One), life.Takes - Math.Min(life.Takes, TakesOfMembers(life)));
        var ever = (Unit * life.Terms.Slots) + ((time - life.Start) * life.Terms.TakesPerMinute);
        var budget = new BigInteger(share) * ever / (Unit * Ppm.One);
        return budget <= taken ? 0 : (uint)BigInteger.Min(inBucket, budget - taken);
    }

    private static ulong TakesOfMembers(ReservationLife life)
    {
        var sum = 0UL;
        foreach (var member in life.MemberTable.Values)
        {
            sum += member.Accepted ? member.Takes : 0;
        }

        return sum;
    }
}
