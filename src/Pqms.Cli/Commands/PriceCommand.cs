using System.CommandLine;
using Pqms.Ethereum;
using Pqms.Node;
using Pqms.Sdk;
using Pqms.Sdk.Client;
using Pqms.Sdk.Contracts;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms price</c>: what a pool costs now, what is free, and what is kept for whom.</summary>
internal static class PriceCommand
{
    // A price is kept with 18 decimals of a wei.
    private const ulong Wad = 1_000_000_000_000_000_000;

    private static readonly Argument<string> Pool = LedgerInputs.Pool();

    private static readonly Option<uint> Slots =
        Inputs.Number("--slots", "standing pairs", 1U, ReservationTerms.MaxSlots, 1U);

    private static readonly Option<TimeSpan> Duration =
        Inputs.Duration("--duration", "length of the window, whole seconds up to 4h", TimeSpan.FromMinutes(10));

    private static readonly Option<ulong> Start = Inputs.Moment(
        "--start", "start of the window in chain time; 0 is the next second");

    private static readonly Option<Address?> Client = LedgerInputs.Account(
        "--client", "whose cohort decides; an open one when not given");

    public static Command Create(CommandHost host) => host.Make(
        "price", "show a pool's price now, a quote, free slots and quotas",
        "price berlin-muenchen --slots 15 --duration 10m", [Pool, Slots, Duration, Start, Client], RunAsync);

    private static async Task<int> RunAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        var pool = await LedgerInputs.FindPoolAsync(access.Client, run.Get(Pool), run.Cancel);
        var now = await access.Client.MomentAsync(default, run.Cancel);
        var start = run.Get(Start) == 0 ? now.TimeSeconds + 1 : run.Get(Start);
        var end = start + LedgerInputs.Seconds(run.Get(Duration), "--duration");
        var client = run.Get(Client) ?? Address.Zero;
        var terms = await access.ReadAsync(access.Network.Pool(pool.Id), now.Block);
        var facts = new PriceFacts(
            now, pool, terms.Terms.Price, start, end, run.Get(Slots),
            (await access.ReadAsync(access.Allocation.ClientOf(client), now.Block)).Cohort,
            await access.ReadAsync(access.Network.SpotPriceWad(pool.Id), now.Block),
            await access.ReadAsync(access.Network.ExcessOf(pool.Id), now.Block),
            await access.ReadAsync(access.Network.FreeSlots(pool.Id, start, end), now.Block),
            await access.ReadAsync(access.Network.QuotasOf(pool.Id), now.Block));
        var price = await access.ReadAsync(
            access.Network.Quote(pool.Id, facts.Cohort, start, end, facts.Slots), now.Block);
        Print(run, facts, price);
        return (int)ExitCode.Ok;
    }

    private static void Print(Invocation run, PriceFacts facts, UInt256 price)
    {
        if (run.Json)
        {
            run.Screen.Document(new
            {
                asOf = Views.Moment(facts.AsOf),
                pool = Views.Pool(facts.Pool),
                spotPriceWad = facts.SpotWad.ToString(),
                curve = new
                {
                    floorWei = facts.Curve.Floor.ToString(),
                    target = facts.Curve.Target,
                    scale = facts.Curve.Scale,
                    excess = facts.Excess,
                },
                quote = new
                {
                    slots = facts.Slots,
                    startSeconds = facts.Start,
                    endSeconds = facts.End,
                    cohort = Cohorts.Name(facts.Cohort),
                    priceWei = price.ToString(),
                },
                freeSlots = facts.Free,
                quotas = Views.Quotas(facts.Quotas, facts.Pool.Capacity),
            });
            return;
        }

        run.Screen.Facts(
        [
            ("pool", $"{facts.Pool.Id} {facts.Pool.Name}, class {facts.Pool.FidelityFloor}, capacity "
                + $"{facts.Pool.Capacity}"),
            ("price now", $"{Ether.Format(facts.SpotWad / Wad)} for one slot and one second"),
            ("curve", facts.Curve.Scale == 0
                ? $"fixed at {Ether.Format(facts.Curve.Floor)}"
                : $"floor {Ether.Format(facts.Curve.Floor)}, times e for every {facts.Curve.Scale} slot-seconds sold "
                    + $"above {facts.Curve.Target} slots; {facts.Excess} now"),
            ("quote", $"{facts.Slots} slots from {facts.Start} to {facts.End} cost {Ether.Format(price)} for cohort "
                + Cohorts.Name(facts.Cohort)),
            ("free slots", $"{facts.Free} in that window"),
            ("quotas", $"research {facts.Quotas.Research}, commercial {facts.Quotas.Commercial}, education "
                + $"{facts.Quotas.Education}, humanitarian {facts.Quotas.Humanitarian}; "
                + $"{Views.LeftForEverybody(facts.Quotas, facts.Pool.Capacity)} for everybody"),
            ("as of", $"block {facts.AsOf.Block}, chain time {facts.AsOf.TimeSeconds}"),
        ]);
    }

    private sealed record PriceFacts(
        ChainMoment AsOf, PoolInfo Pool, PriceCurve Curve, ulong Start, ulong End, uint Slots, byte Cohort,
        UInt256 SpotWad, ulong Excess, uint Free, Quotas Quotas);
}

/// <summary>Names of the ledger's enum Cohort.</summary>
internal static class Cohorts
{
    private static readonly string[] Names = ["open", "research", "commercial", "education", "humanitarian"];

    /// <summary>The name.</summary>
    public static string Name(byte cohort) => cohort < Names.Length ? Names[cohort] : $"{cohort}";
}
