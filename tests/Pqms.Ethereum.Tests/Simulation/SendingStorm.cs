using System.Text.Json;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;
using Xunit.Abstractions;

namespace Pqms.Ethereum.Tests.Simulation;

/// <summary>Makes a <see cref="FakeNode"/> as bad as nodes get: each seed mixes other faults.</summary>
/// <remarks>
/// The node calls under its lock, so the random numbers are drawn one after another. Which question meets which fault
/// still depends on the scheduling of the sender's tasks: a seed gives the same mix, not the same run.
/// </remarks>
internal sealed class SendingStorm : IDisposable
{
    private static readonly JsonElement[] Garbage =
    [
        .. new[] { "5", "\"0x\"", "{}", "[]", "\"garbage\"", "true", "\"0xfffffffffffffffffffffffffffff\"" }
            .Select(text => JsonDocument.Parse(text).RootElement),
    ];

    private readonly FakeNode _node;
    private readonly ITestOutputHelper _output;
    private readonly int _seed;
    private readonly Random _random;
    private readonly Dictionary<string, int> _counts = [];
    private readonly double[] _odds;
    private readonly bool _mayKill;
    private readonly int _reorgDepth;
    private bool _isOver;

    public SendingStorm(FakeNode node, ITestOutputHelper output, int seed, bool mayKill, int reorgDepth)
    {
        _node = node;
        _output = output;
        _seed = seed;
        _random = new Random(seed);
        _mayKill = mayKill;
        _reorgDepth = reorgDepth;

        // A third of the faults are absent from a mix, the others seldom to frequent.
        _odds = [.. Enumerable.Range(0, 20).Select(_ => _random.Next(3) == 0 ? 0 : _random.NextDouble() * 0.12)];
        node.Before = Before;
        node.After = After;
        node.Garble = Garble;
        node.Lag = () => !_isOver && Happens("lag", 0) ? _random.Next(1, 4) : 0;
        node.BlockSize = () => _isOver ? int.MaxValue : _random.Next(0, 12);
    }

    /// <summary>The process that sends now; a fault may kill it.</summary>
    public Life Life { get; private set; } = new();

    public int Faults => _counts.Values.Sum();

    /// <summary>Prints the seed and how often each fault happened, whatever the test came to.</summary>
    public void Dispose() => _output.WriteLine(
        $"seed {_seed}: {string.Join(", ", _counts.OrderBy(c => c.Key).Select(c => $"{c.Key} {c.Value}"))}; "
        + $"{_node.Sent.Count} sends");

    /// <summary>Another process begins; the one before is over.</summary>
    public Life BeginLife()
    {
        Life.IsOver = true;
        return Life = new Life();
    }

    /// <summary>From now on the node is well.</summary>
    public void End()
    {
        _isOver = true;
        _node.BaseFee = 7;
        _node.RefusesBelowBaseFee = false;
        _node.MineEvery = 5;
    }

    private Exception? Before(string method)
    {
        if (_isOver)
        {
            return null;
        }

        MoveTheChain();
        if (Happens("cut before", 1))
        {
            return FakeNode.Unreachable(_random.Next(2) == 0 ? RpcFailure.Broken : RpcFailure.Garbled);
        }

        if (Happens("nobody listens", 2))
        {
            return FakeNode.Unreachable(RpcFailure.Refused);
        }

        if (method != "eth_sendRawTransaction")
        {
            return null;
        }

        return Happens("definite refusal", 3) ? new RpcException(method, -32000, "insufficient funds for gas * price")
            : Happens("wrong 'nonce too low'", 4) ? new RpcException(method, -32000, "nonce too low")
            : Happens("wrong 'underpriced'", 5)
                ? new RpcException(method, -32000, "replacement transaction underpriced")
            : Happens("killed before", 6, _mayKill) ? Kill()
            : null;
    }

    private Exception? After(string method)
    {
        if (_isOver)
        {
            return null;
        }

        if (Happens("cut after", 7))
        {
            return FakeNode.Unreachable(_random.Next(2) == 0 ? RpcFailure.Broken : RpcFailure.TimedOut);
        }

        if (method != "eth_sendRawTransaction")
        {
            return null;
        }

        if (Happens("mined at once, 'nonce too low'", 8))
        {
            var last = _node.Sent[^1].Hash;
            _node.Mine();
            return _node.Mined.Any(mined => mined.Hash == last) ? new RpcException(method, -32000, "nonce too low")
                : null;
        }

        return Happens("accepted, then timed out", 9) ? FakeNode.Unreachable(RpcFailure.TimedOut)
            : Happens("accepted, 'already known'", 10) ? new RpcException(method, -32000, "already known")
            : Happens("accepted, gateway's time-out", 11) ? new RpcException(method, -32603, "upstream timed out")
            : Happens("killed after", 12, _mayKill) ? Kill()
            : null;
    }

    private KilledException Kill()
    {
        Life.IsOver = true;
        return new KilledException();
    }

    private object? Garble(string method, object? answer) =>
        !_isOver && Happens("garbage", 13) ? Garbage[_random.Next(Garbage.Length)] : answer;

    private void MoveTheChain()
    {
        if (_random.Next(8) == 0)
        {
            _node.Mine();
        }

        if (Happens("pool lost", 14))
        {
            var odds = _random.NextDouble();
            _node.LosePool(_ => _random.NextDouble() < odds);
        }

        if (Happens("base fee jumps", 15))
        {
            _node.BaseFee = (ulong)_random.Next(1, 40) * (UInt256)Ether.WeiPerGwei;
            _node.RefusesBelowBaseFee = _random.Next(2) == 0;
        }

        if (_reorgDepth > 0 && Happens("reorganisation", 16))
        {
            var depth = _random.Next(1, _reorgDepth + 1);
            if (depth < _node.Chain.Count - 1)
            {
                _node.Reorganise(depth, depth + 1);
            }
        }
    }

    private bool Happens(string fault, int index, bool isPossible = true)
    {
        if (!isPossible || _random.NextDouble() >= _odds[index] * (fault is "reorganisation" ? 0.2 : 1))
        {
            return false;
        }

        _counts[fault] = _counts.GetValueOrDefault(fault) + 1;
        return true;
    }
}

/// <summary>A process's life: once it is over, nothing that the process asks or writes comes through.</summary>
internal sealed class Life
{
    public volatile bool IsOver;

    public void ThrowIfOver()
    {
        if (IsOver)
        {
            throw new KilledException();
        }
    }
}

/// <summary>A node as a process that may be killed reaches it.</summary>
internal sealed class MortalRpc(IEthereumRpc inner, Life life) : IEthereumRpc
{
    public Task<JsonElement> SendAsync(string method, object?[] parameters, CancellationToken cancellationToken)
    {
        life.ThrowIfOver();
        return inner.SendAsync(method, parameters, cancellationToken);
    }

    public Task<IReadOnlyList<RpcResult>> SendBatchAsync(
        IReadOnlyList<RpcCall> calls, CancellationToken cancellationToken)
    {
        life.ThrowIfOver();
        return inner.SendBatchAsync(calls, cancellationToken);
    }
}

/// <summary>A store as a process that may be killed reaches it.</summary>
internal sealed class MortalStore(ITransactionStore inner, Life life) : ITransactionStore
{
    public Task<IReadOnlyList<StoredTransaction>> LoadOpenAsync(
        AccountScope scope, CancellationToken cancellationToken)
    {
        life.ThrowIfOver();
        return inner.LoadOpenAsync(scope, cancellationToken);
    }

    public Task SaveAsync(StoredTransaction transaction, CancellationToken cancellationToken)
    {
        life.ThrowIfOver();
        return inner.SaveAsync(transaction, cancellationToken);
    }

    public Task CloseAsync(
        AccountScope scope, Bytes32 hash, TransactionFate fate, CancellationToken cancellationToken)
    {
        life.ThrowIfOver();
        return inner.CloseAsync(scope, hash, fate, cancellationToken);
    }
}

/// <summary>The process ends here; another one starts from the store.</summary>
internal sealed class KilledException : Exception;
