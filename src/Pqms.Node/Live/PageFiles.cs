using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pqms.Ethereum.Crypto;

namespace Pqms.Node.Live;

/// <summary>The page's built files, embedded in this assembly; served by their exact names, compressed.</summary>
internal static class PageFiles
{
    private const string Prefix = "Pqms.Node.Page.";
    private const string Index = "index.html";

    /// <summary>Maps the page and its files.</summary>
    /// <param name="application">The server.</param>
    /// <param name="chain">The one other origin that the page may ask: the chain's JSON-RPC.</param>
    public static void Map(WebApplication application, Uri chain)
    {
        var policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            + $"connect-src 'self' {chain.GetLeftPart(UriPartial.Authority)}; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'";
        var assembly = typeof(PageFiles).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(IsPage))
        {
            var name = resource[Prefix.Length..];
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var file = PageFile.Of(name, stream);
            application.MapGet(name == Index ? "/" : "/assets/" + name, context => file.SendAsync(context, policy))
                .ExcludeFromDescription();
        }
    }

    private static bool IsPage(string resource) => resource.StartsWith(Prefix, StringComparison.Ordinal);

    private sealed record PageFile(string Type, byte[] Bytes, byte[] Compressed, string Tag, bool IsIndex)
    {
        public static PageFile Of(string name, Stream stream)
        {
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            using var compressed = new MemoryStream();
            using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
            {
                gzip.Write(bytes.ToArray());
            }

            var type = Path.GetExtension(name) switch
            {
                ".html" => "text/html; charset=utf-8",
                ".js" => "text/javascript; charset=utf-8",
                ".css" => "text/css; charset=utf-8",
                ".svg" => "image/svg+xml",
                var other => throw new InvalidOperationException($"No type is known for {other} ({name})."),
            };
            return new PageFile(
                type, bytes.ToArray(), compressed.ToArray(), $"\"{Keccak256.Hash(bytes.ToArray())}\"", name == Index);
        }

        public async Task SendAsync(HttpContext context, string policy)
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = policy;
            headers["Referrer-Policy"] = "no-referrer";
            headers.ETag = Tag;
            // Every build has other names for its files; only the page itself must be looked at again.
            headers.CacheControl = IsIndex ? "no-cache" : "public, max-age=31536000, immutable";
            headers.Vary = "Accept-Encoding";
            if (context.Request.Headers.IfNoneMatch == Tag)
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            var packed = context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal);
            if (packed)
            {
                headers.ContentEncoding = "gzip";
            }

            context.Response.ContentType = Type;
            var body = packed ? Compressed : Bytes;
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
