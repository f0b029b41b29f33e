using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Pqms.Node.Api;
using Pqms.Sdk.Ledger;

namespace Pqms.Node.Live;

/// <summary>Server-sent events: the state whenever it changed, once a second at most.</summary>
/// <remarks>A listener that is slow gets the newest state next, never a backlog.</remarks>
internal sealed class EventStream(
    LiveDesk desk, Func<NodeStatus> status, Func<Readiness> readiness, bool signs, TimeProvider clock)
{
    /// <summary>Listeners at once; a page has one.</summary>
    private const int MostListeners = 16;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Sign = TimeSpan.FromSeconds(15);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private int _listeners;

    public void Map(WebApplication application)
    {
        async Task HandleAsync(HttpContext context, CancellationToken gone)
        {
            // Who stops the node need not wait until every page is closed.
            using var left = CancellationTokenSource.CreateLinkedTokenSource(
                gone, application.Lifetime.ApplicationStopping);
            await ListenAsync(context, left.Token);
        }

        application.MapGet("/events", (Delegate)HandleAsync)
            .WithSummary("Server-sent events: \"state\" with status, pools and totals, whenever they changed")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .Produces<ProblemAnswer>(StatusCodes.Status503ServiceUnavailable);
    }

    private async Task ListenAsync(HttpContext context, CancellationToken left)
    {
        if (Interlocked.Increment(ref _listeners) > MostListeners)
        {
            Interlocked.Decrement(ref _listeners);
            await ApiServer.Problem(
                StatusCodes.Status503ServiceUnavailable, "too many listeners", $"at most {MostListeners} at once")
                .ExecuteAsync(context);
            return;
        }

        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            await TellAsync(context.Response, left);
        }
        catch (Exception closed) when (closed is OperationCanceledException or IOException)
        {
            // The page was closed.
        }
        finally
        {
            Interlocked.Decrement(ref _listeners);
        }
    }

    private async Task TellAsync(HttpResponse response, CancellationToken left)
    {
        var told = -1L;
        var last = clock.GetTimestamp();
        while (true)
        {
            if (desk.Version is var version && version != told)
            {
                told = version;
                last = clock.GetTimestamp();
                await WriteAsync(response, Message(), left);
            }
            else if (clock.GetElapsedTime(last) >= Sign)
            {
                last = clock.GetTimestamp();
                await WriteAsync(response, ": still here\n\n", left);
            }

            await Task.Delay(Pause, clock, left);
        }
    }

    private string Message()
    {
        var (reservations,
            reports) = desk.Ledger.Read(static (history, order, _) => (order.Count, history.Reports.Count));
        var state = new StateAnswer(
            status(), readiness(), desk.Pools, reservations, reports, SignersAnswer.Of(desk.Ledger.Signers), signs);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"id: {desk.Ledger.Block}\nevent: state\ndata: {JsonSerializer.Serialize(state, Json)}\n\n");
    }

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken left)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), left);
        await response.Body.FlushAsync(left);
    }
}

/// <summary>What the page shows at any moment.</summary>
/// <param name="Status">As <c>/status</c>.</param>
/// <param name="Readiness">As <c>/health/ready</c>.</param>
/// <param name="Pools">As <c>/pools</c>.</param>
/// <param name="Reservations">How many there are.</param>
/// <param name="Reports">How many stand.</param>
/// <param name="Signers">Whose signatures count; null before the ledger said so.</param>
/// <param name="Signs">Whether this node signs with the development client's key.</param>
public sealed record StateAnswer(
    NodeStatus Status, Readiness Readiness, IReadOnlyList<PoolStatus> Pools, int Reservations, int Reports,
    SignersAnswer? Signers, bool Signs);

/// <summary>The oracle set.</summary>
/// <param name="Threshold">Signatures that a report needs.</param>
/// <param name="Addresses">Whose count.</param>
/// <param name="ChallengeSeconds">How long a report can be disabled.</param>
public sealed record SignersAnswer(int Threshold, IReadOnlyList<string> Addresses, uint ChallengeSeconds)
{
    internal static SignersAnswer? Of(ConfigSet? config) => config is null ? null : new SignersAnswer(
        config.Data.Threshold, [.. config.Data.Signers.Select(static one => one.ToString())],
        config.Data.ChallengeSeconds);
}
