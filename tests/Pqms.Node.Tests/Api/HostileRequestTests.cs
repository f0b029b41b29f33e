using System.Net;
using System.Net.Sockets;
using System.Text;
using Pqms.Node.Api;
using Pqms.Node.Chain;

namespace Pqms.Node.Tests.Api;

/// <summary>Bytes that no client sends: answered or cut, and the node goes on.</summary>
public sealed class HostileRequestTests : IAsyncLifetime
{
    private const int FirstPort = 21_300;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly FakeView _view = new();
    private ApiServer? _server;

    public static TheoryData<string, string> Requests => new()
    {
        { "nothing", "\r\n\r\n" },
        { "no HTTP", "hello\r\n\r\n" },
        { "another protocol", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001" },
        { "no host", "GET /status HTTP/1.1\r\n\r\n" },
        { "two hosts", "GET /status HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n" },
        { "a zero in the path", "GET /sta\0tus HTTP/1.1\r\nHost: localhost\r\n\r\n" },
        { "an escaped zero", "GET /batches/%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" },
        { "a way upwards", "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" },
        { "an escaped way", "GET /batches/..%2f..%2fx HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" },
        { "a thousand headers", "GET /status HTTP/1.1\r\nHost: localhost\r\n" + Many("a: b\r\n", 1_000) + "\r\n" },
        { "one long header", "GET /status HTTP/1.1\r\nHost: localhost\r\na: " + Many("b", 100_000) + "\r\n\r\n" },
        { "two lengths", Post("Content-Length: 2\r\nContent-Length: 3\r\n", "{}") },
        { "a negative length", Post("Content-Length: -1\r\n", "{}") },
        { "a length beyond all bounds", Post("Content-Length: 99999999999999\r\n", "{}") },
        { "length and chunks", Post("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n") },
        { "a chunk beyond all bounds", Post("Transfer-Encoding: chunked\r\n", "ffffffffffffffff\r\n") },
        { "many chunks", Post("Transfer-Encoding: chunked\r\n", Many("400\r\n" + Many(" ", 1_024) + "\r\n", 8)) },
        { "deep nesting", Body(Many("[", 900) + Many("]", 900)) },
        { "deep objects", Body(Many("{\"era\":", 200) + "1" + Many("}", 200)) },
        { "the same name twice", Body("{\"era\":1,\"era\":2}") },
        { "a number beyond 64 bits", Body("{\"era\":99999999999999999999999999}") },
        { "half a character", Body("{\"era\":\"\u00ff") },
    };

    public async Task InitializeAsync() => _server = await ApiServer.StartAsync(
        IPAddress.Loopback, Ports.FirstFree(FirstPort), _view, default);

    public async Task DisposeAsync() => await _server!.DisposeAsync();

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Server_GivenARequestThatNoClientSends_refusesOrCutsIt(string what, string request)
    {
        var answer = await SendAsync(Encoding.Latin1.GetBytes(request));

        Assert.DoesNotMatch("^HTTP/1.1 (2|5)", answer);
        Assert.Null(_view.Asked);
        await StillServesAsync(what);
    }

    [Fact]
    public async Task Server_GivenRandomBytes_goesOn()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var bytes = new byte[random.Next(1, 400)];
            random.NextBytes(bytes);
            var start = random.Next(3) switch { 0 => "GET /", 1 => "POST /peers/signatures HTTP/1.1\r\n", _ => "" };
            await SendAsync([.. Encoding.Latin1.GetBytes(start), .. bytes]);
        }

        Assert.Null(_view.Asked);
        await StillServesAsync("random bytes");
    }

    [Fact]
    public async Task Server_GivenMoreConnectionsThanItHolds_servesWhenTheyAreGone()
    {
        var idle = new List<TcpClient>();
        for (var i = 0; i < 200; i++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, _server!.Url.Port);
            await client.GetStream().WriteAsync("GET /sta"u8.ToArray());
            idle.Add(client);
        }

        idle.ForEach(client => client.Dispose());

        await StillServesAsync("200 idle connections");
    }

    private static string Many(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static string Post(string headers, string body) =>
        "POST /peers/signatures HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
        + headers + "\r\n" + body;

    private static string Body(string body) => Post($"Content-Length: {body.Length}\r\n", body);

    // Half a request is ended by us: no more will come.
    private async Task<string> SendAsync(byte[] request)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _server!.Url.Port, limit.Token);
        try
        {
            await using var stream = client.GetStream();
            await stream.WriteAsync(request, limit.Token);
            client.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return await reader.ReadToEndAsync(limit.Token);
        }
        catch (Exception cut) when (cut is IOException or SocketException)
        {
            return "";
        }
    }

    private async Task StillServesAsync(string after)
    {
        using var http = new HttpClient { BaseAddress = _server!.Url, Timeout = Limit };
        for (var look = 0; look < 100; look++)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/health/live", UriKind.Relative));
                Assert.True(answer.IsSuccessStatusCode, after);
                return;
            }
            catch (HttpRequestException)
            {
                // Connections that are being given up still count; the next look may be let in.
                await Task.Yield();
            }
        }

        Assert.Fail($"not served after {after}");
    }
}
