using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Pqms.Ethereum;
using Pqms.Node;
using Pqms.Sdk;
using Pqms.Sdk.Client;
using Pqms.Sdk.Ledger;

namespace Pqms.Cli.Commands;

/// <summary><c>quote</c> and <c>reserve</c>: the same terms, asked for or sent.</summary>
internal static class ReserveCommands
{
    private static readonly Option<UInt256?> Escrow = Inputs.Amount("--escrow",
        "wei to send along; what the credit lacks of the price when not given, a surplus stays credit");

    private static readonly Option<UInt128[]> Ids = new("--id")
    {
        Description = "an id drawn before, to repeat a request; drawn when not given; for a group it comes again, once "
            + "for each pool in their order",
        HelpName = "id",
        CustomParser = result => MeshInputs.ParseAll<UInt128>(
            result, text => ReservationIds.TryParse(text, out var id) ? id : null, "is no reservation id",
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
            [.. terms, Escrow, Ids, Group, Links], ReserveAsync);
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
        var members = run.Get(Group) ?? [];
        var given = run.Get(Ids) ?? [];
        if (members.Length > 0 && run.Has(Links))
        {
            throw new RefusedException(
                ExitCode.Usage, "--group together with --path", "one of them",
                "leave one out, or make separate requests");
        }

        if (given.Length != 0 && given.Length != members.Length + 1)
        {
            throw new RefusedException(
                ExitCode.Usage, $"{given.Length} ids for {members.Length + 1} pools", "an id for each pool, or none",
                "name as many --id as pools, in their order");
        }

        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        UInt128[] ids = given.Length > 0 ? given : [.. Enumerable.Range(0, members.Length + 1)
            .Select(_ => ReservationIds.New())];
        var requests = new List<(UInt128 Id, ReservationTerms Terms)>();
        var price = UInt128.Zero;
        for (var i = 0; i < ids.Length; i++)
        {
            var (terms, quote) = i == 0
                ? await TermsOptions.QuotedAsync(run, access)
                : await TermsOptions.QuotedAsync(
                    run, access, await LedgerInputs.FindPoolAsync(access.Client, members[i - 1].Pool, run.Cancel),
                    members[i - 1].Slots);
            var before = given.Length > 0 ? await access.Client.FindRequestAsync(ids[i], run.Cancel) : null;
            if (before is null)
            {
                RequireNoProblems(quote);
            }

            requests.Add((ids[i], TermsOptions.AsBefore(run, terms, before)));
            price += quote.PriceWei;
            Keep(run, access, ids[i]);
        }

        return await SendAsync(run, access, requests, price);
    }

    private static async Task<int> SendAsync(
        Invocation run, LedgerAccess access, List<(UInt128 Id, ReservationTerms Terms)> requests, UInt128 price)
    {
        if (requests.Count > 1)
        {
            var group = await access.Client.RequestGroupAsync(requests, EscrowOf(run, price), run.Cancel);
            return Print(run, access, group.Receipt, group.Requested);
        }

        // The client sends what the credit lacks of the price, when nothing else was asked for.
        var sent = run.Has(Escrow) || TermsOptions.PayerOf(run) is not null ? EscrowOf(run, 0) : (UInt128?)null;
        var (id, terms) = requests[0];
        var result = run.Get(Links) is { Length: > 0 } links
            ? await access.Client.RequestPathAsync(id, terms, links, sent, run.Cancel)
            : await access.Client.RequestAsync(id, terms, sent, run.Cancel);
        return Print(run, access, result.Receipt, [result.Requested]);
    }

    private static int Print(
        Invocation run, LedgerAccess access, LedgerReceipt? receipt, IReadOnlyList<ReservationRequested> requested)
    {
        if (receipt is not null)
        {
            return Receipts.Print(run, access, receipt, requested[0].Id);
        }

        run.Screen.Say(requested.Count == 1
            ? "this id was requested before with the same terms; nothing was sent"
            : "this group was requested before with the same ids and terms; nothing was sent");
        return Receipts.PrintKnown(run, requested);
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

    /// <summary>Reads ids of links with commas.</summary>
    public static uint[] ParseLinks(ArgumentResult result)
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
