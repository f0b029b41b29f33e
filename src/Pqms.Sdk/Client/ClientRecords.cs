using Pqms.Ethereum;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Client;

/// <summary>A block as the client's time: chain time comes from here, never from a wall clock.</summary>
/// <param name="Block">Height.</param>
/// <param name="TimeSeconds">Chain time of the block.</param>
public readonly record struct ChainMoment(ulong Block, ulong TimeSeconds);

/// <summary>A pool as the ledger knows it.</summary>
/// <param name="Id">1-based.</param>
/// <param name="Name">The scenario's name.</param>
/// <param name="KindId">What stands in it, from the inventory's catalogue.</param>
/// <param name="SiteA">Name of the site, or of one end node.</param>
/// <param name="SiteB">Name of the other end; empty for kinds with one end.</param>
/// <param name="FidelityFloor">Class: every standing pair's estimate is above it.</param>
/// <param name="Capacity">Slots that may be booked at once.</param>
/// <param name="FreeNow">Slots free in the bucket of the block's time.</param>
/// <param name="PricePerSlotSecondWei">Wei for one slot and one second when there is no excess demand.</param>
/// <param name="Curve">How the price follows demand; scale 0 means that it does not.</param>
/// <param name="Provider">Who is credited for what was delivered.</param>
/// <param name="Isolated">True while no request is taken.</param>
public sealed record PoolInfo(
    uint Id,
    string Name,
    uint KindId,
    string SiteA,
    string SiteB,
    Ppm FidelityFloor,
    uint Capacity,
    uint FreeNow,
    UInt128 PricePerSlotSecondWei,
    PriceCurve Curve,
    Address Provider,
    bool Isolated);

/// <summary>What a request would cost and whether the ledger would take it, after one block.</summary>
/// <param name="AsOf">The block.</param>
/// <param name="Pool">The pool; null when it is unknown.</param>
/// <param name="StartSeconds">First second of the window; with start 0 the next block's time at the earliest.</param>
/// <param name="EndSeconds">First second after it.</param>
/// <param name="PriceWei">What the ledger would charge in the block; 0 when it would refuse.</param>
/// <param name="FreeSlots">Slots free in every bucket of the window.</param>
/// <param name="Problems">Why the ledger would refuse; empty when it would accept. The mesh's answer comes
/// later.</param>
public sealed record Quote(
    ChainMoment AsOf,
    PoolInfo? Pool,
    ulong StartSeconds,
    ulong EndSeconds,
    UInt128 PriceWei,
    uint FreeSlots,
    IReadOnlyList<string> Problems);

/// <summary>A reservation after one block.</summary>
/// <param name="Id">Its id.</param>
/// <param name="AsOf">The block.</param>
/// <param name="Status">With time taken in: Granted reads as Ended from the end on.</param>
/// <param name="Stored">What the ledger stores; its status is without time.</param>
/// <param name="TakesLeft">Whole takes that the client may make now; 0 unless active.</param>
public sealed record ReservationInfo(
    UInt128 Id, ChainMoment AsOf, ReservationStatus Status, Reservation Stored, uint TakesLeft)
{
    /// <summary>True while pairs can be taken: Granted and start ≤ now &lt; end.</summary>
    public bool IsActive => Status == ReservationStatus.Granted
        && AsOf.TimeSeconds >= Stored.Start && AsOf.TimeSeconds < Stored.End;

    /// <summary>True when nothing can change any more.</summary>
    public bool IsFinal => Status is ReservationStatus.Refused or >= ReservationStatus.Settled;
}

/// <summary>A mined transaction with what the ledger said in it.</summary>
/// <param name="Receipt">Hash, block, gas.</param>
/// <param name="Events">The ledger's events of the transaction, in order.</param>
public sealed record LedgerReceipt(TransactionReceipt Receipt, IReadOnlyList<LedgerEvent> Events);

/// <summary>What became of requests that are booked together.</summary>
/// <param name="Requested">The logs that booked them, in the group's order.</param>
/// <param name="Receipt">The transaction; null when an earlier one had booked the same group.</param>
public sealed record GroupResult(IReadOnlyList<ReservationRequested> Requested, LedgerReceipt? Receipt);

/// <summary>What became of a request.</summary>
/// <param name="Requested">The log that booked it.</param>
/// <param name="Receipt">The transaction; null when an earlier one had booked the same id with the same terms.</param>
public sealed record RequestResult(ReservationRequested Requested, LedgerReceipt? Receipt);

/// <summary>How a report was handed in.</summary>
/// <param name="GasUsed">Gas of the transaction.</param>
/// <param name="Submitter">Who sent it.</param>
/// <param name="Signers">Whose signatures it carried, in their order; zero for one that is nobody's.</param>
public sealed record ReportSubmission(ulong GasUsed, Address Submitter, IReadOnlyList<Address> Signers);
