using System.Text.Json;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Contracts;

/// <summary>Calls of any contracts and result types, read from a node in one request.</summary>
/// <remarks>
/// <see cref="Add"/> gives a place for the answer; after <see cref="CallAsync"/> each place holds a value or the reason
/// why there is none, so that one refused call doesn't fail the others. Not safe across threads; may be called again.
/// </remarks>
public sealed class ContractBatch
{
    /// <summary>Most calls in one batch: nodes and proxies refuse long ones, many at 1,000.</summary>
    public const int MaxCalls = 1000;

    private readonly List<Slot> _slots = [];

    /// <summary>How many calls were added.</summary>
    public int Count => _slots.Count;

    /// <summary>Adds a call.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="call">The call.</param>
    /// <returns>The place for its answer.</returns>
    /// <exception cref="InvalidOperationException">The batch has <see cref="MaxCalls"/> calls.</exception>
    public BatchAnswer<T> Add<T>(ContractCall<T> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (_slots.Count == MaxCalls)
        {
            throw new InvalidOperationException($"A batch holds at most {MaxCalls} calls: begin another.");
        }

        var answer = new BatchAnswer<T>();
        _slots.Add(new Slot(call, bytes => answer.Set(ContractCallExtensions.DecodeAnswer(call, bytes)), answer.Fail));
        return answer;
    }

    /// <summary>Runs all calls after one block and fills the places.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="at">The block after which they run. The default is the latest: name a number where a block that
    /// comes in between must not tear the answers apart.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when all places are filled.</returns>
    /// <exception cref="RpcException">The node refused the batch as a whole.</exception>
    /// <exception cref="RpcUnreachableException">No valid answer came.</exception>
    public async Task CallAsync(IEthereumRpc rpc, BlockTag? at = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rpc);
        var block = at ?? BlockTag.Latest;
        RpcCall[] calls = [.. _slots.Select(slot => Request(slot.Call, block))];
        var results = await rpc.SendBatchAsync(calls, cancellationToken);
        for (var i = 0; i < results.Count; i++)
        {
            Fill(_slots[i], results[i]);
        }
    }

    private static RpcCall Request(ContractCall call, BlockTag block) => new(
        "eth_call",
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["to"] = call.To, ["data"] = call.Data },
        block);

    private static void Fill(Slot slot, RpcResult result)
    {
        if (result.Error is { } error)
        {
            slot.Fail(error.RevertData is { } data ? ContractCallExtensions.Reverted(slot.Call, data) : error);
            return;
        }

        try
        {
            var text = result.Value.ValueKind == JsonValueKind.String ? result.Value.GetString()! : string.Empty;
            slot.Decode(Hex.Decode(text));
        }
        catch (FormatException exception)
        {
            slot.Fail(exception as AbiException ?? new AbiException($"{slot.Call}: {exception.Message}", exception));
        }
    }

    private sealed record Slot(ContractCall Call, Action<byte[]> Decode, Action<Exception> Fail);
}

/// <summary>The place for one answer of a <see cref="ContractBatch"/>.</summary>
/// <typeparam name="T">The answer.</typeparam>
public sealed class BatchAnswer<T>
{
    private T? _value;
    private bool _isSet;

    internal BatchAnswer()
    {
    }

    /// <summary>Why there is no value: a <see cref="RevertException"/>, another <see cref="RpcException"/> or an
    /// <see cref="AbiException"/>.</summary>
    /// <value>Null when there is a value, and before the batch was called.</value>
    public Exception? Error { get; private set; }

    /// <summary>The answer.</summary>
    /// <exception cref="InvalidOperationException">There is none: the batch was not called yet, or
    /// <see cref="Error"/>, which is the inner exception, says why.</exception>
    public T Value => _isSet
        ? _value!
        : throw new InvalidOperationException(
            Error is null
                ? "The batch was not called yet: await CallAsync first."
                : $"The call failed: {Error.Message}",
            Error);

    internal void Set(T value) => (_value, _isSet, Error) = (value, true, null);

    internal void Fail(Exception error) => (_value, _isSet, Error) = (default, false, error);
}
