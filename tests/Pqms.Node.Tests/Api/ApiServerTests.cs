using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Pqms.Ethereum;
using Pqms.Node.Api;
using Pqms.Node.Chain;
using Pqms.Node.Peers;
using Pqms.Oracle.Peers;

namespace Pqms.Node.Tests.Api;

public sealed class ApiServerTests : IAsyncLifetime
{
    private const int FirstPort = 21_000;
    internal static readonly Bytes32 Held = Bytes32.Parse("0x" + new string('1', 64));

    private readonly FakeView _view = new();
    private readonly HttpClient _http = new();
    private ApiServer? _server;

    public async Task InitializeAsync()
    {
        _server = await ApiServer.StartAsync(IPAddress.Loopback, Ports.FirstFree(FirstPort), _view, default);
        _http.BaseAddress = _server.Url;
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server!.DisposeAsync();
    }

    [Theory]
    [InlineData("/status", HttpStatusCode.OK)]
    [InlineData("/openapi.json", HttpStatusCode.OK)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/health/ready", HttpStatusCode.OK)]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    [InlineData("/batches/12", HttpStatusCode.BadRequest)]
    [InlineData("/scenarios/xyz", HttpStatusCode.BadRequest)]
    [InlineData("/batches/0x2222222222222222222222222222222222222222222222222222222222222222", HttpStatusCode.NotFound)]
    public async Task Get_GivenAnAddress_answersJson(string path, HttpStatusCode status)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(status, answer.StatusCode);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
    }

    [Theory]
    [InlineData("/batches/", "batch")]
    [InlineData("/scenarios/", "scenario")]
    public async Task Get_GivenAHeldHash_answersTheBytes(string path, string content)
    {
        using var answer = await _http.GetAsync(new Uri(path + Held, UriKind.Relative));

        Assert.Equal(content, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Get_GivenAFailedService_isUnhealthy()
    {
        _view.IsHealthy = false;

        using var answer = await _http.GetAsync(new Uri("/health/live", UriKind.Relative));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task Get_GivenAnOracleBehind_isAliveButNotReady()
    {
        _view.Readiness = new Readiness(false, "behind");

        using var ready = await _http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        using var live = await _http.GetAsync(new Uri("/health/live", UriKind.Relative));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("behind", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }

    [Fact]
    public async Task Get_WhenMetricsAreAsked_answersThemAsText()
    {
        using var answer = await _http.GetAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("pqms_lag_seconds 3\n", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Get_WhenPoolsAreAsked_answersAList()
    {
        var pools = await _http.GetFromJsonAsync<JsonElement>(new Uri("/pools", UriKind.Relative));

        Assert.Equal("a-b", pools[0].GetProperty("name").GetString());
        Assert.Equal(0.95, pools[0].GetProperty("fidelityFloor").GetDouble());
    }

    [Fact]
    public async Task OpenApi_GivenEveryAddressThatIsServed_describesIt()
    {
        var document = await _http.GetFromJsonAsync<JsonElement>(new Uri("/openapi.json", UriKind.Relative));

        var paths = document.GetProperty("paths").EnumerateObject().ToDictionary(path => path.Name, path => path.Value);
        Assert.Equal(
            [
                "/batches/{hash}", "/health/live", "/health/ready", "/metrics", "/peers/events/{block}",
                "/peers/signatures", "/peers/traces/{block}", "/pools", "/scenarios/{hash}", "/status",
            ],
            paths.Keys.Order(StringComparer.Ordinal));
        Assert.All(paths.Values, path =>
        {
            var operation = path.EnumerateObject().Single().Value;
            Assert.NotEmpty(operation.GetProperty("summary").GetString()!);
            Assert.True(operation.GetProperty("responses").TryGetProperty("200", out _));
        });
        Assert.True(document.GetProperty("components").GetProperty("schemas").TryGetProperty("OracleState", out _));
    }

    [Theory]
    [InlineData("/status", 4096)]
    [InlineData("/batches/", 100_000)]
    public async Task Get_WhenTheAddressIsTooLong_isCut(string path, int length)
    {
        using var answer = await _http.GetAsync(new Uri(path + "?" + new string('a', length), UriKind.Relative));

        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.RequestUriTooLong);
        Assert.Equal(length > 8192, answer.StatusCode == HttpStatusCode.RequestUriTooLong);
    }

    [Fact]
    public async Task Get_GivenAnotherSitesName_isRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/status", UriKind.Relative));
        request.Headers.Host = "example.org";

        using var answer = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Post_GivenAnything_changesNothing()
    {
        using var answer = await _http.PostAsync(new Uri("/status", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task Peer_GivenTheApi_getsWhatTheNodeAnswers()
    {
        using var peer = new HttpPeer(_server!.Url);
        var question = new SignatureQuestion(1, ulong.MaxValue, Held, 3, Bytes32.Zero, [1, 2, 3]);

        var answer = await peer.AskAsync(question, default);

        Assert.Equal(PeerOutcome.Signed, answer.Outcome);
        Assert.Equal(Held, answer.OwnHash);
        Assert.Equal(Enumerable.Repeat((byte)7, 65), answer.Signatures.Single());
        Assert.Equal(question with { Signature = _view.Asked!.Signature }, _view.Asked);
        Assert.Equal(question.Signature, _view.Asked.Signature);
        Assert.Equal(_view.Trace(7), await peer.TraceAsync(7, default));
        Assert.Equal(_view.Events(7), await peer.EventsAsync(7, default));
        Assert.Null(await peer.TraceAsync(8, default));
        Assert.Null(await peer.EventsAsync(8, default));
    }

    [Theory]
    [InlineData("{}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("null", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("[1,2", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{\"era\":-1}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("era=1", "application/x-www-form-urlencoded", HttpStatusCode.MethodNotAllowed)]
    [InlineData("{}", "text/plain", HttpStatusCode.MethodNotAllowed)]
    public async Task Post_GivenNoQuestion_isRefusedWithWhatIsAllowed(string body, string type, HttpStatusCode status)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var answer = await _http.PostAsync(new Uri("/peers/signatures", UriKind.Relative), content);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains("allowed", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(_view.Asked);
    }

    [Fact]
    public async Task Post_GivenAnOversizedQuestion_isCut()
    {
        using var content = new StringContent(
            $"{{\"signature\":\"0x{new string('a', 4096)}\"}}", Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri("/peers/signatures", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Peer_GivenNobodyThere_isUnreachableAndNamesIt()
    {
        using var peer = new HttpPeer(new Uri("http://127.0.0.1:1/"));

        var failure = await Assert.ThrowsAsync<PeerUnreachableException>(() => peer.TraceAsync(1, default));

        Assert.Contains("http://127.0.0.1:1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_GivenATakenPort_throwsWhatTheHostRetries() =>
        await Assert.ThrowsAsync<IOException>(() => ApiServer.StartAsync(
            IPAddress.Loopback, _server!.Url.Port, _view, default));
}
