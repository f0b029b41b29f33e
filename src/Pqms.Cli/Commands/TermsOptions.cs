using System.CommandLine;
using Pqms.Ethereum;
using Pqms.Sdk;
using Pqms.Sdk.Client;
using Pqms.Sdk.Ledger;

namespace Pqms.Cli.Commands;

/// <summary>The options that make up a request's terms: the same for <c>quote</c>, <c>reserve</c> and
/// <c>sign-request</c>.</summary>
internal static class TermsOptions
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

    private static readonly Option<ulong> Deadline = Inputs.Moment("--deadline",
        "last chain time of inclusion; 0 is none");

    private static readonly Option<Address?> Payer = LedgerInputs.Account(
        "--payer", "whose credit pays and gets the refund; the client when not given, another must have sponsored it");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Option> All { get; } =
        [Pool, Slots, Duration, Start, Fidelity, Coherence, TakesPerMinute, Purpose, Priority, MaxCost, Deadline,
            Payer];

    /// <summary>The account named with --payer; null when the client pays.</summary>
    public static Address? PayerOf(Invocation run) => run.Get(Payer);

    /// <summary>The terms with the most to pay that was quoted when the id was used first, unless it was typed: what
    /// the price is by now must not make another request of it.</summary>
    public static ReservationTerms AsBefore(Invocation run, ReservationTerms terms, ReservationRequested? before) =>
        before is not null && run.Get(MaxCost) is null
            ? terms with { MaxCostWei = before.Data.Terms.MaxCost }
            : terms;

    /// <summary>The terms that were typed, with the quoted price as the most to pay unless one was given.</summary>
    public static async Task<(ReservationTerms Terms, Quote Quote)> QuotedAsync(Invocation run, LedgerAccess access)
    {
        var pool = await LedgerInputs.FindPoolAsync(access.Client, run.Get(Pool)!, run.Cancel);
        return await QuotedAsync(run, access, pool, run.Get(Slots));
    }

    /// <summary>The same for another pool and other slots.</summary>
    public static async Task<(ReservationTerms Terms, Quote Quote)> QuotedAsync(
        Invocation run, LedgerAccess access, PoolInfo pool, uint slots)
    {
        var draft = new ReservationTerms
        {
            PoolId = pool.Id,
            Slots = slots,
            StartSeconds = run.Get(Start),
            DurationSeconds = LedgerInputs.Seconds(run.Get(Duration), "--duration"),
            FidelityMin = run.Get(Fidelity) ?? pool.FidelityFloor,
            CoherenceMinMicroseconds = run.Get(Coherence) is { } span
                ? (ulong)(span.Ticks / TimeSpan.TicksPerMicrosecond) : 0,
            TakesPerMinute = run.Get(TakesPerMinute),
            Purpose = run.Get(Purpose),
            Priority = run.Get(Priority),
            MaxCostWei = run.Get(MaxCost) is { } most ? LedgerInputs.Wei(most, "--max-cost") : UInt128.MaxValue,
            DeadlineSeconds = run.Get(Deadline),
            Payer = run.Get(Payer) ?? Address.Zero,
        };
        var quote = await access.Client.QuoteAsync(draft, cancellationToken: run.Cancel);
        return (run.Get(MaxCost) is null ? draft with { MaxCostWei = quote.PriceWei } : draft, quote);
    }
}
