using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Pqms.Ethereum;
using Pqms.Node;
using Pqms.Sdk;
using Pqms.Sdk.Client;
using Pqms.Sdk.Contracts;

namespace Pqms.Cli.Commands;

/// <summary><c>quote</c> and <c>reserve</c>: the same terms, asked for or sent.</summary>
internal static class ReserveCommands
{
    private static readonly Option<UInt256?> Escrow = Inputs.Amount("--escrow",
        "wei to send along; what the credit lacks of the price when not given, a surplus stays credit");

    private static readonly Option<UInt128?> Id = new("--id")
    {
        Description = "an id drawn before, to repeat a request; drawn when not given",
        HelpName = "id",
        CustomParser = result => ReservationIds.TryParse(result.Tokens[0].Value, out var id)
            ? id
            : Inputs.Refuse<UInt128?>(result, "is no reservation id",
                "resource-id-<number> or the number, below 2^128"),
    };

    private static readonly Option<uint[]> Links = new("--path")
    {
        Description = "also book lanes on these links, in order from one end of the pool to the other",
        HelpName = "1,4,7",
        CustomParser = result => ParseLinks(result),
    };

    private static readonly Option<GroupMember[]> Group = new("--group")
    {
        Description = "a further pool in the same window, granted or refused together; may come again, up to 7 times",
        HelpName = "POOL=SLOTS",
        CustomParser = result => MeshInputs.ParseAll(
            result, GroupMember.Parse, "is no member of a group",
            "a pool's id or name, '=', and slots from 1 to 32767"),
    };

    public static IEnumerable<Command> Create(CommandHost host)
    {
        var terms = TermsOptions.All;
        yield return host.Make(
            "quote", "price a reservation and name everything the ledger would refuse it for",
            "quote --pool berlin-muenchen --slots 15 --duration 10m", terms, QuoteAsync);
        yield return host.Make(
            "reserve", "request slots and lock the price; the mesh decides in a later report",
            "reserve --pool berlin-muenchen --slots 15 --duration 10m --takes-per-minute 30 --max-cost \"1 ether\"",
            [.. terms, Escrow, Id, Group, Links], ReserveAsync);
    }

    private static async Task<int> QuoteAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        var (terms, quote) = await TermsOptions.QuotedAsync(run, access);
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
        var (terms, quote) = await TermsOptions.QuotedAsync(run, access);
        if (run.Get(Group) is { Length: > 0 } members)
        {
            return await ReserveGroupAsync(run, access, terms, quote, members);
        }

        var repeats = run.Get(Id) is { } known
            && await access.Client.GetReservationAsync(known, default, run.Cancel) is not null;
        if (!repeats)
        {
            RequireNoProblems(quote);
        }

        var id = run.Get(Id) ?? ReservationIds.New();
        Keep(run, access, id);
        if (run.Get(Links) is { Length: > 0 } links)
        {
            return await access.SendAsync(
                access.Allocation.RequestPath(id, terms.ToTerms(), links), EscrowOf(run, quote.PriceWei), id);
        }

        // The client sends what the credit lacks of the price, when nothing else was asked for.
        var sent = run.Has(Escrow) || TermsOptions.PayerOf(run) is not null ? EscrowOf(run, 0) : (UInt128?)null;
        var result = await access.Client.RequestAsync(id, terms, sent, run.Cancel);
        if (result.Receipt is { } receipt)
        {
            return Receipts.Print(run, access, receipt, id);
        }

        run.Screen.Say("this id was requested before with the same terms; nothing was sent");
        return Receipts.PrintKnown(run, result.Requested);
    }

    private static async Task<int> ReserveGroupAsync(
        Invocation run, LedgerAccess access, ReservationTerms first, Quote firstQuote, GroupMember[] members)
    {
        if (run.Has(Links) || run.Has(Id))
        {
            throw new RefusedException(
                ExitCode.Usage, "--group together with --path or --id", "a group without them",
                "leave them out, or make separate requests");
        }

        RequireNoProblems(firstQuote);
        var terms = new List<Terms> { first.ToTerms() };
        var price = firstQuote.PriceWei;
        foreach (var member in members)
        {
            var pool = await LedgerInputs.FindPoolAsync(access.Client, member.Pool, run.Cancel);
            var (further, quote) = await TermsOptions.QuotedAsync(run, access, pool, member.Slots);
            RequireNoProblems(quote);
            terms.Add(further.ToTerms());
            price += quote.PriceWei;
        }

        var ids = terms.Select(_ => ReservationIds.New()).ToArray();
        foreach (var id in ids)
        {
            Keep(run, access, id);
        }

        return await access.SendAsync(
            access.Allocation.RequestGroup(ids, [.. terms]), EscrowOf(run, price), ids[0]);
    }

    // A payer who is somebody else pays from its own credit; what is sent along would become that payer's.
    private static UInt128 EscrowOf(Invocation run, UInt128 price) => run.Get(Escrow) is { } given
        ? LedgerInputs.Wei(given, "--escrow")
        : TermsOptions.PayerOf(run) is null ? price : UInt128.Zero;

    private static void Keep(Invocation run, LedgerAccess access, UInt128 id)
    {
        access.DrawnIds.Keep(id, access.Key!.Address);
        run.Screen.Say($"id {ReservationIds.ToText(id)} (kept in {run.DataFolder})");
    }

    private static void RequireNoProblems(Quote quote)
    {
        if (quote.Problems.Count > 0)
        {
            throw new RefusedException(
                ExitCode.Refused,
                "the ledger would refuse this request:\n  " + string.Join("\n  ", quote.Problems), "",
                "correct it and try 'pqms quote' with the same options");
        }
    }

    private static uint[] ParseLinks(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var links = new List<uint>();
        foreach (var part in text.Split(','))
        {
            if (!uint.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var link) || link == 0)
            {
                return Inputs.Refuse<uint[]>(result, "is no path", "ids of links, from 1, with commas: 1,4,7")!;
            }

            links.Add(link);
        }

        return [.. links];
    }

    private readonly record struct GroupMember(string Pool, uint Slots)
    {
        public static GroupMember? Parse(string text)
        {
            var at = text.LastIndexOf('=');
            return at > 0 && uint.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture,
                out var slots) && slots is >= 1 and <= ReservationTerms.MaxSlots
                    ? new GroupMember(text[..at], slots)
                    : null;
        }
    }
}
