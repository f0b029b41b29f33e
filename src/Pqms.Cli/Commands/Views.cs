using Pqms.Node.Audit;
using Pqms.Sdk;
using Pqms.Sdk.Client;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Cli.Commands;

/// <summary>The JSON shapes of reads: names as in the ledger, money in wei and ids as text.</summary>
internal static class Views
{
    public static object Moment(ChainMoment moment) => new { block = moment.Block, timeSeconds = moment.TimeSeconds };

    public static object Pool(PoolInfo pool) => new
    {
        id = pool.Id,
        name = pool.Name,
        siteA = pool.SiteA,
        siteB = pool.SiteB,
        fidelityFloor = pool.FidelityFloor.Fraction,
        capacity = pool.Capacity,
        freeNow = pool.FreeNow,
        pricePerSlotSecondWei = pool.PricePerSlotSecondWei.ToString(),
        provider = pool.Provider.ToString(),
        isolated = pool.Isolated,
    };

    /// <summary>What is kept of a pool, and what is left.</summary>
    public static object Quotas(Quotas quotas, uint capacity) => new
    {
        research = quotas.Research,
        commercial = quotas.Commercial,
        education = quotas.Education,
        humanitarian = quotas.Humanitarian,
        everybody = LeftForEverybody(quotas, capacity),
    };

    /// <summary>Slots of a pool that are kept for nobody.</summary>
    public static long LeftForEverybody(Quotas quotas, uint capacity) => capacity
        - ((long)quotas.Research + quotas.Commercial + quotas.Education + quotas.Humanitarian);

    /// <summary>A reservation as stored, with the terms that only its request's log holds.</summary>
    public static object Reservation(ReservationInfo info, ReservationRequested requested) => new
    {
        id = ReservationIds.ToText(info.Id),
        status = info.Status.ToString(),
        active = info.IsActive,
        client = info.Stored.Client.ToString(),
        pool = info.Stored.Pool,
        slots = info.Stored.Slots,
        startSeconds = info.Stored.Start,
        endSeconds = info.Stored.End,
        requestedAtSeconds = info.Stored.RequestedAt,
        bookedEndSeconds = requested.Data.End,
        fidelityMin = requested.Data.Terms.FidelityMinPpm / 1e6,
        coherenceMinMicroseconds = requested.Data.Terms.CoherenceMinMicroseconds,
        purpose = requested.Data.Terms.Purpose,
        priority = ((ReservationPriority)requested.Data.Terms.Priority).ToString(),
        bookedPriceWei = requested.Data.Price.ToString(),
        takesPerMinute = info.Stored.TakesPerMinute,
        priceWei = info.Stored.Price.ToString(),
        payer = info.Stored.Payer.ToString(),
        shared = info.Stored.SharedPpm / 1e6,
        inQuota = info.Stored.InQuota,
        hasPath = info.Stored.HasPath,
        takes = info.Stored.Takes,
        takesLeft = info.TakesLeft,
    };

    public static object Event(LedgerEvent logged) => new
    {
        @event = logged.Name,
        role = logged.Role.ToString(),
        block = logged.Place.BlockNumber,
        logIndex = logged.Place.LogIndex,
        transactionHash = logged.Place.TransactionHash.ToString(),
        reservation = logged is ReservationEvent about ? ReservationIds.ToText(about.Id) : null,
        note = LifeNotes.Of(logged),
    };
}
