using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Transactions;
using Pqms.Node.Audit;
using Pqms.Node.Hosting;
using Pqms.Node.Running;
using Pqms.Sdk;
using Pqms.Sdk.Client;

namespace Pqms.Node.Demo;

/// <summary>What the first reservation's client does, step by step: each step says what it saw.</summary>
internal sealed class DemoClient
{
    /// <summary>Takes asked for.</summary>
    public const int Takes = 5;

    private const uint Slots = 15;
    private const ulong DurationSeconds = 600;
    private const uint TakesPerMinute = 30;

    /// <summary>What the client is ready to pay, in percent of the quoted price.</summary>
    private const uint MaxCostPercent = 110;

    /// <summary>Chain seconds after which an answer is overdue; the ledger's own limit for decisions is 120.</summary>
    private const ulong PatienceSeconds = 120;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(150);

    private readonly DemoPlace _place;
    private readonly Steps _steps;
    private readonly Address _me;
    private readonly CancellationToken _cancel;

    /// <summary>A client with a sender of its own, which asks the chain for its nonce.</summary>
    /// <param name="place">Where.</param>
    /// <param name="key">The client's key; stays the caller's.</param>
    /// <param name="steps">Told what was seen.</param>
    /// <param name="cancel">Ends every wait.</param>
    public DemoClient(DemoPlace place, EthereumKey key, Steps steps, CancellationToken cancel)
    {
        var sender = new TransactionSender(
            place.Session.Rpc, key, place.Session.ChainId, new MemoryTransactionStore(), new SenderOptions(),
            TimeProvider.System);
        Ledger = new LedgerClient(place.Session.Rpc, place.Addresses, sender);
        _me = key.Address;
        _place = place;
        _steps = steps;
        _cancel = cancel;
    }

    /// <summary>The ledger as this client reaches it.</summary>
    public LedgerClient Ledger { get; }

    public async Task<PoolInfo> FindPoolAsync()
    {
        var pools = await Ledger.ListPoolsAsync(default, _cancel);
        var standard = Ppm.FromParts(950_000);
        var found = pools.FirstOrDefault(pool =>
            pool.FidelityFloor == standard && Joins(pool, "Berlin", "München"));
        return found ?? throw new RefusedException(
            ExitCode.Refused, "the realm has no pool Berlin-München of class standard (0.95)",
            "a scenario with that pool, such as scenarios/german-backbone.json", "'pqms pools' lists what there is");
    }

    private static bool Joins(PoolInfo pool, string a, string b) =>
        (pool.SiteA == a && pool.SiteB == b) || (pool.SiteA == b && pool.SiteB == a);

    public async Task<UInt128> RequestAsync(PoolInfo pool)
    {
        var draft = new ReservationTerms
        {
            PoolId = pool.Id,
            Slots = Slots,
            DurationSeconds = DurationSeconds,
            FidelityMin = pool.FidelityFloor,
            TakesPerMinute = TakesPerMinute,
            Priority = ReservationPriority.High,
            MaxCostWei = UInt128.MaxValue,
        };
        var quote = await Ledger.QuoteAsync(draft, cancellationToken: _cancel);
        var terms = draft with { MaxCostWei = quote.PriceWei * MaxCostPercent / 100 };
        _steps.Say($"quote: {Slots} slots of {pool.Name} for {DurationSeconds} s cost {Ether.Format(quote.PriceWei)}, "
            + $"{quote.FreeSlots} are free");

        var id = ReservationIds.New();
        new DrawnIds(_place.ChainFolder).Keep(id, _me);
        var result = await Ledger.RequestAsync(id, terms, null, _cancel);
        _steps.Say($"requested {ReservationIds.ToText(id)} in block {result.Requested.Place.BlockNumber}");
        return id;
    }

    public async Task GrantAsync(UInt128 id)
    {
        var info = await UntilAsync(id, found => found.Status != ReservationStatus.Requested, "decided");
        if (info.Status != ReservationStatus.Granted)
        {
            throw new RefusedException(
                ExitCode.Refused, $"the mesh answered {info.Status}", "Granted",
                $"'pqms audit {ReservationIds.ToText(id)}' shows why; everything was refunded");
        }

        _steps.Say($"granted, seen in block {info.AsOf.Block}");
    }

    public async Task TakeAsync(UInt128 id)
    {
        await UntilAsync(id, found => found.IsActive, "active");
        var receipts = await Task.WhenAll(
            Enumerable.Range(0, Takes).Select(_ => Ledger.TakeAsync(id, 1, _cancel)));
        _steps.Say(
            $"took {Takes} pairs in block {string.Join(", ", receipts.Select(r => r.Receipt.BlockNumber).Distinct())}");
    }

    public async Task DeliveredAsync(UInt128 id)
    {
        using var files = new ContentClient(_place.ApiUrl);
        var finder = new TakeFinder(Ledger, files);
        var started = await Ledger.MomentAsync(default, _cancel);
        while (await finder.CountAsync(id, _cancel) < Takes)
        {
            var now = await Ledger.MomentAsync(default, _cancel);
            RequireInTime(started, now, "the takes were not reported");
            await Task.Delay(Poll, _cancel);
        }

        _steps.Say("all takes are in accepted reports");
    }

    public async Task ReleaseAsync(UInt128 id)
    {
        var receipt = await Ledger.ReleaseAsync(id, _cancel);
        _steps.Say($"released in block {receipt.Receipt.BlockNumber}");
    }

    public async Task SettledAsync(UInt128 id)
    {
        var info = await UntilAsync(id, found => found.Status == ReservationStatus.Settled, "settled");
        _steps.Say($"settled, seen in block {info.AsOf.Block}");
    }

    private async Task<ReservationInfo> UntilAsync(UInt128 id, Func<ReservationInfo, bool> reached, string what)
    {
        ChainMoment? started = null;
        while (true)
        {
            var info = await Ledger.GetReservationAsync(id, default, _cancel)
                ?? throw new RefusedException(
                    ExitCode.Refused, $"{ReservationIds.ToText(id)} has vanished", "a chain that keeps its blocks",
                    "the chain was reorganised or restarted: run the demo again");
            if (reached(info))
            {
                return info;
            }

            started ??= info.AsOf;
            RequireInTime(started.Value, info.AsOf, $"{ReservationIds.ToText(id)} is {info.Status} and was not {what}");
            await Task.Delay(Poll, _cancel);
        }
    }

    private static void RequireInTime(ChainMoment started, ChainMoment now, string what)
    {
        if (now.TimeSeconds > started.TimeSeconds + PatienceSeconds)
        {
            throw new RefusedException(
                ExitCode.Refused, $"{what} within {PatienceSeconds} s of chain time",
                "an oracle that follows this chain",
                "'pqms status' shows what the oracle does");
        }
    }
}
