using System.CommandLine;
using System.Globalization;
using Pqms.Ethereum;
using Pqms.Node;
using Pqms.Sdk;
using Pqms.Sdk.Client;

namespace Pqms.Cli.Commands;

/// <summary><c>quote</c> and <c>reserve</c>: the same terms, asked for or sent.</summary>
internal static class ReserveCommands
{
    private static readonly Option<string> Pool = new("--pool")
    {
        Description = "pool, by id or name",
        HelpName = "id|name",
        Required = true,
    };

    private static readonly Option<uint> Slots =
        Inputs.Number("--slots", "standing pairs", 1U, ReservationTerms.MaxSlots, 1U);

    private static readonly Option<TimeSpan> Duration =
        Inputs.Duration("--duration", "length of the window, whole seconds up to 4h", TimeSpan.FromMinutes(10));

    private static readonly Option<ulong> Start = Inputs.Moment("--start",
        "start of the window in chain time; 0 is the request's block");

    private static readonly Option<Ppm?> Fidelity = Inputs.Fidelity("--fidelity",
        "least fidelity; the pool's class when not given");

    private static readonly Option<TimeSpan?> Coherence =
        Inputs.OptionalDuration("--coherence", "least time that a fresh pair stays above the floor");

    private static readonly Option<uint> TakesPerMinute = Inputs.Number(
        "--takes-per-minute", "entitlement; bursts up to the slots", 0U, ReservationTerms.MaxTakesPerMinute, 0U);

    private static readonly Option<byte> Purpose =
        Inputs.Number("--purpose", "a code of your own", byte.MinValue, byte.MaxValue, byte.MinValue);

    private static readonly Option<ReservationPriority> Priority =
        Inputs.Choice("--priority", "weight in planning", ReservationPriority.Normal);

    private static readonly Option<UInt256?> MaxCost = Inputs.Amount("--max-cost",
        "most you will pay; the quoted price when not given");

    private static readonly Option<UInt256?> Escrow = Inputs.Amount("--escrow",
        "wei to lock; the price when not given, a surplus comes back");

    private static readonly Option<ulong> Deadline = Inputs.Moment("--deadline",
        "last chain time of inclusion; 0 is none");

    private static readonly Option<UInt128?> Id = new("--id")
    {
        Description = "an id drawn before, to repeat a request; drawn when not given",
        HelpName = "id",
        CustomParser = result => ReservationIds.TryParse(result.Tokens[0].Value, out var id)
            ? id
            : Inputs.Refuse<UInt128?>(result, "is no reservation id",
                "resource-id-<number> or the number, below 2^128"),
    };

    public static IEnumerable<Command> Create(CommandHost host)
    {
        Option[] terms = [Pool, Slots, Duration, Start, Fidelity, Coherence, TakesPerMinute, Purpose, Priority, MaxCost,
            Deadline];
        yield return host.Make(
            "quote", "price a reservation and name everything the ledger would refuse it for",
            "quote --pool berlin-muenchen --slots 15 --duration 10m", terms, QuoteAsync);
        yield return host.Make(
            "reserve", "request slots and lock the price; the mesh decides in a later report",
            "reserve --pool berlin-muenchen --slots 15 --duration 10m --takes-per-minute 30 --max-cost \"1 ether\"",
            [.. terms, Escrow, Id], ReserveAsync);
    }

    private static async Task<int> QuoteAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        var (terms, quote) = await QuotedAsync(run, access);
        if (run.Json)
        {
            run.Screen.Document(new
            {
                asOf = Views.Moment(quote.AsOf),
                pool = quote.Pool is null ? null : Views.Pool(quote.Pool),
                slots = terms.Slots,
                startSeconds = quote.StartSeconds,
                endSeconds = quote.EndSeconds,
                priceWei = quote.PriceWei.ToString(),
                freeSlots = quote.FreeSlots,
                problems = quote.Problems,
            });
        }
        else
        {
            run.Screen.Facts(
            [
                ("pool", quote.Pool is { } pool ? $"{pool.Id} {pool.Name}, class {pool.FidelityFloor}" : "unknown"),
                ("window", $"{quote.StartSeconds} to {quote.EndSeconds} (chain time, seconds)"),
                ("free slots", quote.FreeSlots.ToString(CultureInfo.InvariantCulture)),
                ("price", Ether.Format(quote.PriceWei)),
                ("as of", $"block {quote.AsOf.Block}, chain time {quote.AsOf.TimeSeconds}"),
                ("verdict", quote.Problems.Count == 0 ? "the ledger would accept it" : "refused: "
                    + string.Join("; ", quote.Problems)),
            ]);
        }

        return (int)(quote.Problems.Count == 0 ? ExitCode.Ok : ExitCode.Refused);
    }

    private static async Task<int> ReserveAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        var (terms, quote) = await QuotedAsync(run, access);
        var repeats = run.Get(Id) is { } known
            && await access.Client.GetReservationAsync(known, default, run.Cancel) is not null;
        if (!repeats && quote.Problems.Count > 0)
        {
            throw new RefusedException(
                ExitCode.Refused,
                "the ledger would refuse this request:\n  " + string.Join("\n  ", quote.Problems), "",
                "correct it and try 'pqms quote' with the same options");
        }

        var id = run.Get(Id) ?? ReservationIds.New();
        access.DrawnIds.Keep(id, access.Key!.Address);
        run.Screen.Say($"id {ReservationIds.ToText(id)} (kept in {run.DataFolder})");
        var result = await access.Client.RequestAsync(id, terms, AsUInt128(run.Get(Escrow), "--escrow"), run.Cancel);
        if (result.Receipt is { } receipt)
        {
            return Receipts.Print(run, access, receipt, id);
        }

        run.Screen.Say("this id was requested before with the same terms; nothing was sent");
        return Receipts.PrintKnown(run, result.Requested);
    }

    private static async Task<(ReservationTerms Terms, Quote Quote)> QuotedAsync(Invocation run, LedgerAccess access)
    {
        var duration = run.Get(Duration);
        if (duration.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            throw new RefusedException(
                ExitCode.Usage,
                $"the duration {Node.Settings.Durations.Format(duration)} is no whole number of seconds",
                "1s to 4h in whole seconds", "correct --duration");
        }

        var pool = await FindPoolAsync(access.Client, run.Get(Pool)!, run.Cancel);
        var draft = new ReservationTerms
        {
            PoolId = pool.Id,
            Slots = run.Get(Slots),
            StartSeconds = run.Get(Start),
            DurationSeconds = (ulong)duration.TotalSeconds,
            FidelityMin = run.Get(Fidelity) ?? pool.FidelityFloor,
            CoherenceMinMicroseconds = run.Get(Coherence) is { } span
                ? (ulong)(span.Ticks / TimeSpan.TicksPerMicrosecond) : 0,
            TakesPerMinute = run.Get(TakesPerMinute),
            Purpose = run.Get(Purpose),
            Priority = run.Get(Priority),
            MaxCostWei = AsUInt128(run.Get(MaxCost), "--max-cost") ?? UInt128.MaxValue,
            DeadlineSeconds = run.Get(Deadline),
        };
        var quote = await access.Client.QuoteAsync(draft, default, run.Cancel);
        var terms = run.Get(MaxCost) is null ? draft with { MaxCostWei = quote.PriceWei } : draft;
        return (terms, quote);
    }

    private static async Task<PoolInfo> FindPoolAsync(LedgerClient client, string wanted, CancellationToken cancel)
    {
        var pools = await client.ListPoolsAsync(default, cancel);
        var isId = uint.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var id);
        return pools.FirstOrDefault(pool => isId ? pool.Id == id : pool.Name == wanted)
            ?? throw new RefusedException(
                ExitCode.Refused, $"pool '{wanted}' is unknown",
                string.Join(", ", pools.Select(pool => $"{pool.Id} {pool.Name}")),
                "correct --pool; 'pqms pools' lists them");
    }

    private static UInt128? AsUInt128(UInt256? amount, string option)
    {
        if (amount is null)
        {
            return null;
        }

        return amount.Value <= (UInt256)UInt128.MaxValue
            ? (UInt128)amount.Value
            : throw new RefusedException(
                ExitCode.Usage, $"{amount} wei are out of range", "below 2^128 wei", $"correct {option}");
    }
}
