using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pqms.Ethereum;

namespace Pqms.Node.Api;

/// <summary>The read-only HTTP API on 127.0.0.1. It changes nothing, so it needs no keys; it still bounds every
/// input.</summary>
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

    /// <summary>Starts listening.</summary>
    /// <param name="port">A free port of 127.0.0.1.</param>
    /// <param name="view">What is served.</param>
    /// <param name="cancel">Ends the start.</param>
    /// <exception cref="IOException">Somebody else listens on the port.</exception>
    public static async Task<ApiServer> StartAsync(int port, INodeView view, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(options =>
            options.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = Connections;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxRequestLineSize = RequestBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = RequestBytes;
        });

        var application = builder.Build();
        application.Use(GuardAsync);
        Map(application, view);
        try
        {
            await application.StartAsync(cancel);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        return new ApiServer(application, new Uri($"http://127.0.0.1:{port}"));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    // A page of another site may point its own name at 127.0.0.1 and read us; it cannot change the Host header.
    private static Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            return Problem(StatusCodes.Status405MethodNotAllowed, "nothing can be changed here", "GET")
                .ExecuteAsync(context);
        }

        if (context.Request.Host.Host is "127.0.0.1" or "localhost")
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return next(context);
        }

        return Problem(
            StatusCodes.Status421MisdirectedRequest, "this host name is not served", "127.0.0.1 or localhost")
            .ExecuteAsync(context);
    }

    private static void Map(WebApplication application, INodeView view)
    {
        application.MapGet("/status", () => Results.Json(view.Status));
        application.MapGet("/pools", () => Results.Json(view.Pools));
        application.MapGet("/health/live", () => view.IsHealthy
            ? Results.Json(new { healthy = true })
            : Results.Json(new { healthy = false }, statusCode: StatusCodes.Status503ServiceUnavailable));
        application.MapGet("/scenarios/{hash}", (string hash) => File(hash, view.Scenario, "application/json"));
        application.MapGet("/batches/{hash}", (string hash) => File(hash, view.Batch, "application/octet-stream"));
        application.MapFallback(() => Problem(
            StatusCodes.Status404NotFound, "no such address",
            "/status, /pools, /scenarios/{hash}, /batches/{hash}, /health/live"));
    }

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

    private static IResult Problem(int status, string error, string allowed) =>
        Results.Json(new { error, allowed }, (JsonSerializerOptions?)null, "application/json", status);
}
