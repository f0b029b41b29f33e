using System.Buffers;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;

namespace Pqms.Ethereum.Rpc;

/// <summary>JSON-RPC over HTTP. Retries nothing: whoever asks knows what may be asked twice.</summary>
/// <remarks>Safe across threads; requests run in parallel over pooled connections.</remarks>
public sealed class HttpRpc : IEthereumRpc, IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly Uri _endpoint;
    private readonly HttpRpcOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _client;
    private readonly bool _ownsClient;
    private long _lastId;

    /// <summary>Prepares a connection; nothing is sent yet.</summary>
    /// <param name="endpoint">An http or https address.</param>
    /// <param name="client">A client to use, which stays the caller's; null for one of its own.</param>
    /// <param name="options">Limits; null for the defaults. Connection limits only hold for a client of its
    /// own.</param>
    /// <param name="clock">Measures the timeout; null for the system's.</param>
    /// <exception cref="ArgumentException">The address is neither http nor https.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of the range that the message names.</exception>
    public HttpRpc(Uri endpoint, HttpClient? client = null, HttpRpcOptions? options = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var scheme = endpoint.IsAbsoluteUri ? endpoint.Scheme : "none";
        if (scheme is not ("http" or "https"))
        {
            throw new ArgumentException(
                $"The node's address has the scheme '{scheme}'; http or https is allowed.", nameof(endpoint));
        }

        _endpoint = endpoint;
        _options = options ?? new HttpRpcOptions();
        _options.Check();
        _clock = clock ?? TimeProvider.System;
        _ownsClient = client is null;
        _client = client ?? CreateClient(_options);
    }

    /// <inheritdoc/>
    public async Task<JsonElement> SendAsync(string method, object?[] parameters, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        ArgumentNullException.ThrowIfNull(parameters);
        var id = Interlocked.Increment(ref _lastId);
        var answer = await PostAsync(writer => RpcJsonWriter.WriteRequest(writer, id, method, parameters),
            cancellationToken);
        if (answer.ValueKind != JsonValueKind.Object)
        {
            throw Garbled($"{method}: an object is needed, not {answer.ValueKind}");
        }

        return Read(method, answer).Value;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RpcResult>> SendBatchAsync(IReadOnlyList<RpcCall> calls,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(calls);
        if (calls.Count <= _options.MaxBatchSize)
        {
            return calls.Count == 0 ? [] : await SendPartAsync(calls, cancellationToken);
        }

        var results = new List<RpcResult>(calls.Count);
        foreach (var part in calls.Chunk(_options.MaxBatchSize))
        {
            results.AddRange(await SendPartAsync(part, cancellationToken));
        }

        return results;
    }

    /// <summary>Closes the connections of a client of its own.</summary>
    public void Dispose()
    {
        if (_ownsClient)
        {
            _client.Dispose();
        }
    }

    private static HttpClient CreateClient(HttpRpcOptions options) => new(new SocketsHttpHandler
    {
        ConnectTimeout = options.ConnectTimeout,
        AllowAutoRedirect = false,

        // A name may come to mean another machine: connections older than this are made anew.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private static void WriteBatch(Utf8JsonWriter writer, IReadOnlyList<RpcCall> calls, long firstId)
    {
        writer.WriteStartArray();
        for (var i = 0; i < calls.Count; i++)
        {
            RpcJsonWriter.WriteRequest(writer, firstId + i, calls[i].Method, calls[i].Parameters);
        }

        writer.WriteEndArray();
    }

    private async Task<RpcResult[]> SendPartAsync(IReadOnlyList<RpcCall> calls, CancellationToken cancellationToken)
    {
        var firstId = Interlocked.Add(ref _lastId, calls.Count) - calls.Count + 1;
        var answer = await PostAsync(writer => WriteBatch(writer, calls, firstId), cancellationToken);
        if (answer.ValueKind == JsonValueKind.Object)
        {
            // A node that refuses the batch as a whole answers with one error.
            _ = Read($"a batch of {calls.Count}", answer).Value;
        }

        if (answer.ValueKind != JsonValueKind.Array)
        {
            throw Garbled($"a batch of {calls.Count}: an array is needed, not {answer.ValueKind}");
        }

        return Match(calls, firstId, answer);
    }

    private RpcResult[] Match(IReadOnlyList<RpcCall> calls, long firstId, JsonElement answers)
    {
        var results = new RpcResult[calls.Count];
        var seen = new bool[calls.Count];
        foreach (var answer in answers.EnumerateArray())
        {
            if (answer.ValueKind != JsonValueKind.Object
                || !answer.TryGetProperty("id", out var idElement)
                || idElement.ValueKind != JsonValueKind.Number
                || !idElement.TryGetInt64(out var id)
                || id < firstId || id - firstId >= calls.Count || seen[id - firstId])
            {
                throw Garbled($"a batch of {calls.Count}: an answer has an id that wasn't asked for");
            }

            seen[id - firstId] = true;
            results[id - firstId] = Read(calls[(int)(id - firstId)].Method, answer);
        }

        return Array.IndexOf(seen, false) is var missing and >= 0
            ? throw Garbled($"a batch of {calls.Count}: the answer to {calls[missing].Method} is missing")
            : results;
    }

    private RpcResult Read(string method, JsonElement answer)
    {
        if (answer.TryGetProperty("error", out var error) && error.ValueKind != JsonValueKind.Null)
        {
            return RpcResult.Failure(RpcErrorReader.Read(method, error));
        }

        return answer.TryGetProperty("result", out var result)
            ? RpcResult.Success(result)
            : throw Garbled($"{method}: the answer has neither result nor error");
    }

    private async Task<JsonElement> PostAsync(Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>(512);
        await using (var writer = new Utf8JsonWriter(body))
        {
            write(writer);
        }

        using var timeout = new CancellationTokenSource(_options.Timeout, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var content = new ReadOnlyMemoryContent(body.WrittenMemory);
            content.Headers.ContentType = Json;
            using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = content };
            using var response = await _client.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            using var answer = await AnswerBuffer.ReadAsync(response.Content, _options.MaxResponseBytes, both.Token);
            return answer.IsTooLong
                ? throw Garbled($"the answer has more than the {_options.MaxResponseBytes} bytes that are allowed")
                : Parse(answer.Bytes, (int)response.StatusCode);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RpcUnreachableException(
                _endpoint, RpcFailure.TimedOut, $"{_options.Timeout.TotalSeconds} s are over", exception);
        }
        catch (HttpRequestException exception)
        {
            throw Unreachable(exception);
        }
        catch (IOException exception)
        {
            throw new RpcUnreachableException(_endpoint, RpcFailure.Broken, exception.Message, exception);
        }
    }

    private JsonElement Parse(ReadOnlySpan<byte> bytes, int status)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            return JsonElement.ParseValue(ref reader);
        }
        catch (JsonException exception)
        {
            throw new RpcUnreachableException(
                _endpoint, RpcFailure.Garbled, $"HTTP status {status}, {bytes.Length} bytes", exception);
        }
    }

    private RpcUnreachableException Unreachable(HttpRequestException exception)
    {
        var refused =
            exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            || exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused };
        return new RpcUnreachableException(
            _endpoint,
            refused ? RpcFailure.Refused : RpcFailure.Broken,
            exception.InnerException is SocketException socket ? socket.Message : exception.Message,
            exception);
    }

    private RpcUnreachableException Garbled(string detail) => new(_endpoint, RpcFailure.Garbled, detail);
}
