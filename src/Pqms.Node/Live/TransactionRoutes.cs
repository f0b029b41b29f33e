using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;
using Pqms.Node.Api;
using Pqms.Node.Keys;
using Pqms.Sdk;
using Pqms.Sdk.Client;

namespace Pqms.Node.Live;

/// <summary>Requests, takes and releases: as transactions for one's own wallet, and on a development chain signed with
/// its well-known client key.</summary>
internal static class TransactionRoutes
{
    private const string Plain = "/transactions/";
    private const string Signed = "/development/transactions/";
    private static readonly string[] Kinds = ["request", "take", "release"];

    /// <summary>Whether a request may change something, judged before its body is read: JSON, which a page of another
    /// site cannot send unasked, and for signing ones from no other page than ours.</summary>
    public static bool MayPost(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        return HttpMethods.IsPost(request.Method) && request.HasJsonContentType()
            && (Kinds.Any(kind => path == Plain + kind)
                || (Kinds.Any(kind => path == Signed + kind) && IsOurs(request)));
    }

    public static void Map(WebApplication application, LiveDesk desk, IPAddress address)
    {
        foreach (var kind in Kinds)
        {
            application.MapPost(Plain + kind, (HttpRequest request) => AnswerAsync(
                    request, order => TransactionAsync(desk, kind, order, request.HttpContext.RequestAborted)))
                .WithSummary($"The transaction of a {kind}, to be signed and sent by one's own wallet")
                .Accepts<OrderMessage>("application/json").Produces<TransactionAnswer>()
                .Produces<ProblemAnswer>(StatusCodes.Status400BadRequest);
            application.MapPost(Signed + kind, (HttpRequest request) => AnswerAsync(
                    request, order => SendAsync(desk, address, kind, order, request.HttpContext.RequestAborted)))
                .WithSummary($"Sends a {kind} with the development client's key; on chain 31337 and loopback only")
                .Accepts<OrderMessage>("application/json").Produces<SentAnswer>()
                .Produces<ProblemAnswer>(StatusCodes.Status400BadRequest)
                .Produces<ProblemAnswer>(StatusCodes.Status403Forbidden);
        }
    }

    /// <summary>Whether this node signs for the development client.</summary>
    public static bool Signs(LiveDesk desk, IPAddress address) =>
        desk.Session.ChainId == KeyRing.DevelopmentChainId && IPAddress.IsLoopback(address);

    private static bool IsOurs(HttpRequest request) =>
        request.Headers.Origin.Count == 0
        || string.Equals(request.Headers.Origin, $"http://{request.Host}", StringComparison.OrdinalIgnoreCase);

    private static async Task<IResult> AnswerAsync(HttpRequest request, Func<OrderMessage, Task<IResult>> answer)
    {
        try
        {
            var order = await request.ReadFromJsonAsync<OrderMessage>(request.HttpContext.RequestAborted);
            return order is null ? LiveRoutes.Wrong("that is no order", OrderMessage.Allowed) : await answer(order);
        }
        catch (JsonException error)
        {
            return LiveRoutes.Wrong($"that is no order: {error.Message}", OrderMessage.Allowed);
        }
        catch (RevertException refused)
        {
            return LiveRoutes.Wrong($"the ledger refuses: {refused.Decoded?.Text ?? refused.Message}", "see the error");
        }
        catch (RpcUnreachableException gone)
        {
            return ApiServer.Problem(StatusCodes.Status503ServiceUnavailable, gone.Message, "a chain that answers");
        }
    }

    private static async Task<IResult> TransactionAsync(
        LiveDesk desk, string kind, OrderMessage order, CancellationToken cancel)
    {
        var client = new LedgerClient(desk.Session.Rpc, desk.Addresses);
        if (order.Check(kind) is { } problem)
        {
            return problem;
        }

        var id = order.IdFor(kind);
        var (call, value) = kind switch
        {
            "request" => (client.Contracts.Allocation.Request(id, order.Terms!.ToTerms()),
                (await desk.QuoteAsync(order.Terms!, cancel)).PriceWei),
            "take" => (client.Contracts.Allocation.Take(id, order.Count), UInt128.Zero),
            _ => ((ContractCall)client.Contracts.Allocation.Release(id), UInt128.Zero),
        };
        return Results.Ok(new TransactionAnswer(
            ReservationIds.ToText(id), call.To.ToString(), Hex.Encode(call.Data), value.ToString(),
            desk.Session.ChainId));
    }

    private static async Task<IResult> SendAsync(
        LiveDesk desk, IPAddress address, string kind, OrderMessage order, CancellationToken cancel)
    {
        if (!Signs(desk, address))
        {
            return ApiServer.Problem(
                StatusCodes.Status403Forbidden, "this node signs for nobody",
                $"chain {KeyRing.DevelopmentChainId}, a loopback address; else POST {Plain}{kind} and sign yourself");
        }

        if (order.Check(kind) is { } problem)
        {
            return problem;
        }

        using var client = new DevelopmentClient(desk);
        var id = order.IdFor(kind);
        var receipt = kind switch
        {
            "request" => (await client.Ledger.RequestAsync(id, order.Terms!, cancellationToken: cancel)).Receipt,
            "take" => await client.Ledger.TakeAsync(id, order.Count, cancel),
            _ => await client.Ledger.ReleaseAsync(id, cancel),
        };
        await desk.Ledger.UntilAsync(receipt?.Receipt.BlockNumber ?? 0, cancel);
        return Results.Ok(new SentAnswer(
            ReservationIds.ToText(id), receipt?.Receipt.TransactionHash.ToString(), receipt?.Receipt.BlockNumber));
    }
}
