using System.Net;
using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;

namespace Pqms.Node.Audit;

/// <summary>Fetches batches and scenarios by hash from a node's HTTP API. Nothing is trusted: the hash is
/// checked.</summary>
/// <param name="api">The API's address.</param>
public sealed class ContentClient(Uri api) : IDisposable
{
    /// <summary>Largest file that is taken: a report of 10,000 leaves has 1 MB, one of the most leaves that a batch can
    /// hold 96 MB.</summary>
    public const int MostBytes = 128 * 1024 * 1024;

    private readonly Dictionary<Bytes32, ReadOnlyMemory<byte>> _known = [];

    private readonly HttpClient _http = new()
    {
        BaseAddress = api,
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = MostBytes,
    };

    /// <summary>Fetches a report's batch file; one fetched before is not fetched again.</summary>
    /// <param name="hash">The hash that the report names.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Null when the node does not hold it.</returns>
    /// <exception cref="RefusedException">The node is gone, or its answer has another hash.</exception>
    public Task<ReadOnlyMemory<byte>?> BatchAsync(Bytes32 hash, CancellationToken cancel) =>
        FetchAsync("batches", hash, cancel);

    /// <summary>Fetches an era's scenario file.</summary>
    /// <param name="hash">The hash that the era names.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Null when the node does not hold it.</returns>
    /// <exception cref="RefusedException">The node is gone, or its answer has another hash.</exception>
    public Task<ReadOnlyMemory<byte>?> ScenarioAsync(Bytes32 hash, CancellationToken cancel) =>
        FetchAsync("scenarios", hash, cancel);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<ReadOnlyMemory<byte>?> FetchAsync(string kind, Bytes32 hash, CancellationToken cancel)
    {
        if (_known.TryGetValue(hash, out var known))
        {
            return known;
        }

        try
        {
            using var answer = await _http.GetAsync(new Uri($"{kind}/{hash}", UriKind.Relative), cancel);
            if (answer.StatusCode == HttpStatusCode.NotFound)
            {
                return null;
            }

            answer.EnsureSuccessStatusCode();
            var bytes = await answer.Content.ReadAsByteArrayAsync(cancel);
            _known[hash] = Keccak256.Hash(bytes) == hash
                ? bytes
                : throw new RefusedException(
                    ExitCode.Refused, $"the node at {api} answers other bytes for {kind}/{hash}",
                    "bytes with the hash that the ledger names", "do not trust this node; ask another");
            return bytes;
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new RefusedException(
                new Refusal($"the node at {api} answers more than {MostBytes} bytes for {kind}/{hash}",
                    "a batch or a scenario", "do not trust this node; ask another"),
                error);
        }
        catch (HttpRequestException error)
        {
            throw new RefusedException(
                new Refusal($"the node's HTTP API at {api} does not answer: {error.Message}", "", "pqms status"),
                error);
        }
    }
}
