using System.Net;
using System.Text;
using System.Text.Json;
using Pqms.Ethereum;
using Pqms.Node.Api;
using Pqms.Node.Chain;

namespace Pqms.Node.Tests.Api;

public sealed class ApiServerTests : IAsyncLifetime
{
    private const int FirstPort = 21_000;
    private static readonly Bytes32 Held = Bytes32.Parse("0x" + new string('1', 64));

    private readonly FakeView _view = new();
    private readonly HttpClient _http = new();
    private ApiServer? _server;

    public async Task InitializeAsync()
    {
        _server = await ApiServer.StartAsync(Ports.FirstFree(FirstPort), _view, default);
        _http.BaseAddress = _server.Url;
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server!.DisposeAsync();
    }

    [Theory]
    [InlineData("/status", HttpStatusCode.OK)]
    [InlineData("/pools", HttpStatusCode.OK)]
    [InlineData("/health/live", HttpStatusCode.OK)]
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
    public async Task StartAsync_GivenATakenPort_throwsWhatTheHostRetries() =>
        await Assert.ThrowsAsync<IOException>(() => ApiServer.StartAsync(_server!.Url.Port, _view, default));

    private sealed class FakeView : INodeView
    {
        public bool IsHealthy { get; set; } = true;

        public object Status => new { phase = "Following" };

        public object Pools => new { pools = Array.Empty<int>() };

        public ReadOnlyMemory<byte>? Scenario(Bytes32 hash) => Find(hash, "scenario");

        public ReadOnlyMemory<byte>? Batch(Bytes32 dataHash) => Find(dataHash, "batch");

        private static ReadOnlyMemory<byte>? Find(Bytes32 hash, string text) =>
            hash == Held ? Encoding.UTF8.GetBytes(text) : (ReadOnlyMemory<byte>?)null;
    }
}
