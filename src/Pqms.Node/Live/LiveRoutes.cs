using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Pqms.Ethereum.Rpc;
using Pqms.Node.Api;
using Pqms.Sdk;

namespace Pqms.Node.Live;

/// <summary>Addresses that the page reads. Everything is bounded; lists come in parts.</summary>
internal static class LiveRoutes
{
    /// <summary>Longest part of a list.</summary>
    private const int MostItems = 200;

    private const int UsualItems = 50;

    public static void Map(WebApplication application, LiveDesk desk)
    {
        application.MapGet("/mesh", () => desk.Mesh)
            .WithSummary("Sites and links with what they do now: for a map");
        Get<IReadOnlyList<PoolSample>>(application, "/pools/{id}/recent",
            "The last five minutes of a pool, oldest first",
            (int id) => Found(desk.Recent(id), $"pool {id}", $"1..{desk.Pools.Count}"));
        Get<PageAnswer<ReservationAnswer>>(
            application, "/reservations", "Reservations, the newest first; limit 1 to 200, before as next says",
            (int? before, int? limit, string? status) => Part(
                before, limit, most => Results.Ok(desk.Reservations(before, most, status))));
        Get<LifeAnswer>(application, "/reservations/{id}", "One reservation with its life",
            (string id) => ReservationIds.TryParse(id, out var parsed)
                ? Found(desk.Reservation(parsed), id, "an id that was requested on this ledger")
                : Wrong($"{id} is no reservation id", "resource-id-<number> or the number"));
        Get<PageAnswer<ReportAnswer>>(
            application, "/reports", "Accepted reports, the newest first",
            (int? before, int? limit, CancellationToken cancel) => PartAsync(
                before, limit, async most => Results.Ok(await desk.ReportsAsync(before, most, cancel))));
        Get<PageAnswer<LeafAnswer>>(
            application, "/reports/{sequence}/leaves", "Events that a report proves, the last first",
            (ulong sequence, int? before, int? limit) => Part(
                before, limit, most => Found(
                    desk.Leaves(sequence, before, most), $"report {sequence} or its batch", "a report of /reports")));
        Get<ProofAnswer>(
            application, "/reports/{sequence}/leaves/{index}",
            "All that is needed to check one event against the chain",
            (ulong sequence, int index) => Found(
                desk.Proof(sequence, index), $"leaf {index} of report {sequence}", "a leaf of the report"));
        Get<QuoteAnswer>(
            application, "/price", "What a request would cost now, or why the ledger would refuse it",
            (uint pool, uint slots, ulong seconds, double fidelity, CancellationToken cancel) =>
                QuoteAsync(desk, pool, slots, seconds, fidelity, cancel));
    }

    private static void Get<T>(WebApplication application, string path, string summary, Delegate handler) =>
        application.MapGet(path, handler).WithSummary(summary).Produces<T>()
            .Produces<ProblemAnswer>(StatusCodes.Status400BadRequest)
            .Produces<ProblemAnswer>(StatusCodes.Status404NotFound);

    private static async Task<IResult> QuoteAsync(
        LiveDesk desk, uint pool, uint slots, ulong seconds, double fidelity, CancellationToken cancel)
    {
        if (TermsOf(pool, slots, seconds, fidelity) is not { } terms)
        {
            return Wrong($"fidelity {fidelity} is none", "above 0.5, at most 1");
        }

        try
        {
            return Results.Ok(QuoteAnswer.Of(await desk.QuoteAsync(terms, cancel)));
        }
        catch (RpcUnreachableException gone)
        {
            return ApiServer.Problem(StatusCodes.Status503ServiceUnavailable, gone.Message, "a chain that answers");
        }
    }

    internal static ReservationTerms? TermsOf(uint pool, uint slots, ulong seconds, double fidelity) =>
        fidelity is > 0.5 and <= 1 ? new ReservationTerms
        {
            PoolId = pool,
            Slots = slots,
            DurationSeconds = seconds,
            FidelityMin = Ppm.Down(fidelity),
            MaxCostWei = UInt128.MaxValue,
        }
        : null;

    private static IResult Part(int? before, int? limit, Func<int, IResult> answer) =>
        Bounds(before, limit) ?? answer(limit ?? UsualItems);

    private static async Task<IResult> PartAsync(int? before, int? limit, Func<int, Task<IResult>> answer) =>
        Bounds(before, limit) ?? await answer(limit ?? UsualItems);

    private static IResult? Bounds(int? before, int? limit) =>
        limit is < 1 or > MostItems ? Wrong($"limit {limit}", $"1 to {MostItems}")
        : before is < 0 ? Wrong($"before {before}", "0 or more")
        : null;

    private static IResult Found<T>(T? value, string what, string allowed)
        where T : class => value is null
            ? ApiServer.Problem(StatusCodes.Status404NotFound, $"{what} is not here", allowed)
            : Results.Ok(value);

    internal static IResult Wrong(string error, string allowed) =>
        ApiServer.Problem(StatusCodes.Status400BadRequest, error, allowed);
}
