using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pqms.Mesh;
using Pqms.Oracle.Peers;

namespace Pqms.Node.Peers;

/// <summary>Another oracle behind its HTTP API. Nothing it says is believed: signatures are checked by the one who
/// asked.</summary>
public sealed class HttpPeer : IPeer, IDisposable
{
    /// <summary>Longest answer read: the events of a busy block; the others have under 5 KB.</summary>
    private const int AnswerBytes = 32 * 1024 * 1024;

    /// <summary>A peer that takes longer is passed over until the next block.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    private readonly HttpClient _http;

    /// <summary>A peer at an address.</summary>
    /// <param name="api">Its HTTP API.</param>
    public HttpPeer(Uri api)
    {
        Name = api.GetLeftPart(UriPartial.Authority);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = Patience })
        {
            BaseAddress = api,
            Timeout = Patience,
            MaxResponseContentBufferSize = AnswerBytes,
        };
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Task<PeerAnswer> AskAsync(SignatureQuestion question, CancellationToken cancellation) =>
        GuardAsync(
            async () =>
            {
                using var body = JsonContent.Create(QuestionMessage.Of(question), options: Json);
                await body.LoadIntoBufferAsync(cancellation);
                using var answer = await _http.PostAsync("peers/signatures", body, cancellation);
                answer.EnsureSuccessStatusCode();
                return (await answer.Content.ReadFromJsonAsync<AnswerMessage>(Json, cancellation))!.Read();
            },
            cancellation);

    /// <inheritdoc/>
    public Task<BlockTrace?> TraceAsync(ulong block, CancellationToken cancellation) => GuardAsync(
        async () =>
        {
            using var answer = await _http.GetAsync($"peers/traces/{block}", cancellation);
            return IsThere(answer)
                ? (await answer.Content.ReadFromJsonAsync<TraceMessage>(Json, cancellation))!.Read()
                : null;
        },
        cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MeshEvent>?> EventsAsync(ulong block, CancellationToken cancellation) => GuardAsync(
        async () =>
        {
            using var answer = await _http.GetAsync($"peers/events/{block}", cancellation);
            return IsThere(answer)
                ? EventCodec.Decode(await answer.Content.ReadAsByteArrayAsync(cancellation))
                : null;
        },
        cancellation);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static bool IsThere(HttpResponseMessage answer) =>
        answer.StatusCode != HttpStatusCode.NotFound && answer.EnsureSuccessStatusCode().IsSuccessStatusCode;

    private async Task<T> GuardAsync<T>(Func<Task<T>> ask, CancellationToken cancellation)
    {
        try
        {
            return await ask();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure)
            when (failure is HttpRequestException or OperationCanceledException or JsonException or FormatException)
        {
            throw new PeerUnreachableException($"{Name} gave no answer: {failure.Message}", failure);
        }
    }
}
