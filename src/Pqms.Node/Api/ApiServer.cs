using System.Net;
using System.Net.Sockets;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.OpenApi;
using Pqms.Ethereum;
using Pqms.Node.Live;

namespace Pqms.Node.Api;

/// <summary>The HTTP API and the page. It holds no key but the development client's, and bounds every input.</summary>
public sealed class ApiServer : IAsyncDisposable
{
    /// <summary>Longest request line and header block; the longest address served has under 100 bytes.</summary>
    private const int RequestBytes = 8 * 1024;

    /// <summary>Connections at once: a page and a few tools; more would only hide a loop.</summary>
    private const int Connections = 64;

    private readonly WebApplication _application;

    private ApiServer(WebApplication application, Uri url)
    {
        _application = application;
        Url = url;
    }

    /// <summary>Where the API listens.</summary>
    public Uri Url { get; }

    /// <summary>Starts listening, without the page and what it reads.</summary>
    /// <param name="address">Where to listen; the default everywhere is 127.0.0.1.</param>
    /// <param name="port">A free port of that address.</param>
    /// <param name="view">What is served.</param>
    /// <param name="cancel">Ends the start.</param>
    /// <exception cref="IOException">Somebody else listens on the port.</exception>
    public static Task<ApiServer> StartAsync(
        IPAddress address, int port, INodeView view, CancellationToken cancel) =>
        StartAsync(address, port, view, null, cancel);

    /// <summary>Starts listening.</summary>
    /// <param name="address">Where to listen; the default everywhere is 127.0.0.1.</param>
    /// <param name="port">A free port of that address.</param>
    /// <param name="view">What is served.</param>
    /// <param name="live">What the page is served; null for no page.</param>
    /// <param name="cancel">Ends the start.</param>
    /// <exception cref="IOException">Somebody else listens on the port.</exception>
    internal static async Task<ApiServer> StartAsync(
        IPAddress address, int port, INodeView view, LiveDesk? live, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders();
        builder.Services.AddOpenApi(Describe);
        builder.Services.ConfigureHttpJsonOptions(options =>
            options.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(address, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = Connections;
            kestrel.Limits.MaxRequestBodySize = PeerRoutes.QuestionBytes;
            kestrel.Limits.MaxRequestLineSize = RequestBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = RequestBytes;
        });

        var application = builder.Build();
        application.Use((context, next) => GuardAsync(address, context, next));
        Map(application, view);
        if (live is not null)
        {
            MapLive(application, view, live, address);
        }

        try
        {
            await application.StartAsync(cancel);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        return new ApiServer(application, new Uri($"http://{Reachable(address)}:{port}"));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    // Who listens everywhere is asked by this machine's own commands at its loopback address.
    private static string Reachable(IPAddress address) =>
        address.Equals(IPAddress.Any) ? "127.0.0.1"
        : address.Equals(IPAddress.IPv6Any) ? "[::1]"
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    // A page of another site may point its own name at our address and read us; it cannot change the Host header.
    private static Task GuardAsync(IPAddress address, HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !PeerRoutes.MayPost(context.Request)
            && !TransactionRoutes.MayPost(context.Request))
        {
            return Problem(
                StatusCodes.Status405MethodNotAllowed, "nothing can be changed here",
                $"GET, and POST of JSON to {PeerRoutes.Signatures}, /transactions/… or, from this page, "
                + "/development/transactions/…").ExecuteAsync(context);
        }

        if (IsOurs(address, context.Request.Host.Host))
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return AnswerAsync(context, next);
        }

        return Problem(
            StatusCodes.Status421MisdirectedRequest, "this host name is not served",
            "localhost or the address that this node listens on").ExecuteAsync(context);
    }

    // A number that is none is refused before any route sees it, without a word.
    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception cut) when (cut is IOException && !context.Response.HasStarted)
        {
            // A body that is too long, broken or cut off.
            var status = (cut as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
            await Problem(status, "the body cannot be read", $"at most {PeerRoutes.QuestionBytes} bytes, whole")
                .ExecuteAsync(context);
        }

        if (context.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false, ContentType: null })
        {
            await Problem(
                StatusCodes.Status400BadRequest, "a value cannot be read", "what /openapi.json says")
                .ExecuteAsync(context);
        }
    }

    // A name that is an address cannot be pointed elsewhere by its owner.
    private static bool IsOurs(IPAddress address, string host) =>
        host is "127.0.0.1" or "localhost" or "[::1]"
        || (!IPAddress.IsLoopback(address) && IPAddress.TryParse(host, out _));

    private static void Describe(OpenApiOptions options) =>
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "PQMS node",
                Version = "1",
                Description = "Everything here can be checked against the chain: files are "
                    + "named by their hash, and nothing that this API says is needed to audit the ledger.",
            };
            document.Servers?.Clear();
            return Task.CompletedTask;
        });

    private static void Map(WebApplication application, INodeView view)
    {
        application.MapOpenApi("/openapi.json");
        application.MapGet("/status", () => view.Status)
            .WithSummary("The chain, the oracle, the era's scenario, and where the ledger is deployed");
        application.MapGet("/pools", () => view.Pools).WithSummary("Every pool as it stands");
        application.MapGet("/metrics", () => Results.Text(view.Metrics, "text/plain; version=0.0.4; charset=utf-8"))
            .WithSummary("Metrics in Prometheus' text format")
            .Produces<string>(StatusCodes.Status200OK, "text/plain");
        application.MapGet("/health/live", () => Health(view.IsHealthy, new LiveAnswer(view.IsHealthy)))
            .WithSummary("200 while every service runs, else 503: restart it")
            .Produces<LiveAnswer>().Produces<LiveAnswer>(StatusCodes.Status503ServiceUnavailable);
        application.MapGet("/health/ready", () => Health(view.Readiness.Ready, view.Readiness))
            .WithSummary("200 while the oracle follows and reports, else 503 with the reason: wait, or look at it")
            .Produces<Readiness>().Produces<Readiness>(StatusCodes.Status503ServiceUnavailable);
        MapFile(application, "/scenarios/{hash}", view.Scenario, "application/json", "A scenario file by its hash");
        MapFile(application, "/batches/{hash}", view.Batch, "application/octet-stream", "A report's batch by its hash");
        PeerRoutes.Map(application, view);
        application.MapFallback(() => Problem(
            StatusCodes.Status404NotFound, "no such address", "what /openapi.json describes"));
    }

    private static void MapLive(WebApplication application, INodeView view, LiveDesk live, IPAddress address)
    {
        LiveRoutes.Map(application, live);
        TransactionRoutes.Map(application, live, address);
        new EventStream(
            live, () => view.Status, () => view.Readiness, TransactionRoutes.Signs(live, address), TimeProvider.System)
            .Map(application);
        PageFiles.Map(application, live.Session.Url);
    }

    private static void MapFile(
        WebApplication application, string path, Func<Bytes32, ReadOnlyMemory<byte>?> find, string type,
        string summary) =>
        application.MapGet(path, (string hash) => File(hash, find, type)).WithSummary(summary)
            .Produces<byte[]>(StatusCodes.Status200OK, type)
            .Produces<ProblemAnswer>(StatusCodes.Status400BadRequest)
            .Produces<ProblemAnswer>(StatusCodes.Status404NotFound);

    private static IResult Health<T>(bool well, T answer) =>
        Results.Json(answer, statusCode: well ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);

    private static IResult File(string hash, Func<Bytes32, ReadOnlyMemory<byte>?> find, string type)
    {
        if (!Bytes32.TryParse(hash, out var parsed))
        {
            return Problem(StatusCodes.Status400BadRequest, "that is no hash", "0x and 64 hexadecimal digits");
        }

        var bytes = find(parsed);
        return bytes is null
            ? Problem(StatusCodes.Status404NotFound, $"this node does not hold {parsed}", "a hash that a report names")
            : Results.Bytes(bytes.Value, type);
    }

    internal static IResult Problem(int status, string error, string allowed) => Results.Json(
        new ProblemAnswer(error, allowed), (JsonSerializerOptions?)null, "application/json", status);
}

/// <summary>Whether every service of a node runs.</summary>
/// <param name="Healthy">False once one has ended.</param>
internal sealed record LiveAnswer(bool Healthy);

/// <summary>Why a question was not answered.</summary>
/// <param name="Error">What is wrong.</param>
/// <param name="Allowed">What is served.</param>
internal sealed record ProblemAnswer(string Error, string Allowed);
