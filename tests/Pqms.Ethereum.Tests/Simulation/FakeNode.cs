using System.Text.Json;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Tests.Simulation;

/// <summary>A node in memory: a chain that can be reorganised, a pool, and faults on demand.</summary>
internal sealed class FakeNode : IEthereumRpc
{
    public const ulong ChainId = 31337;

    private const int MaxCalls = 100_000;

    private static readonly Uri Endpoint = new("http://fake.example/");

    private readonly Lock _lock = new();
    private readonly Dictionary<Bytes32, DecodedTransaction> _pool = [];
    private int _calls;
    private int _salt;

    public FakeNode(int genesisSalt = 0)
    {
        _salt = genesisSalt;
        Chain.Add(new FakeBlock(0, Hash(Bytes32.Zero, 0, _salt), Bytes32.Zero, [], []));
    }

    public List<FakeBlock> Chain { get; } = [];

    /// <summary>Asked before each request; an exception that it gives is thrown instead of an answer.</summary>
    public Func<string, Exception?> Before { get; set; } = _ => null;

    /// <summary>Asked after each request was carried out; an exception that it gives replaces the answer.</summary>
    public Func<string, Exception?> After { get; set; } = _ => null;

    /// <summary>Mines a block after so many requests; 0 for never.</summary>
    public int MineEvery { get; set; }

    /// <summary>Logs that each new block holds.</summary>
    public int LogsPerBlock { get; set; }

    public int LargestRange { get; set; } = int.MaxValue;

    /// <summary>Transactions to this address revert, in calls and in blocks.</summary>
    public Address? Reverting { get; set; }

    public byte[] RevertData { get; set; } = [];

    /// <summary>The height that the node claims to have, when it lags behind its own chain.</summary>
    public int? ClaimedHead { get; set; }

    public List<(string Method, Bytes32 Hash)> Sent { get; } = [];

    public IReadOnlyList<DecodedTransaction> Mined => [.. Chain.SelectMany(block => block.Transactions)];

    public static RpcUnreachableException Unreachable(RpcFailure failure) => new(Endpoint, failure, "simulated");

    public Task<JsonElement> SendAsync(string method, object?[] parameters, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult(Handle(method, parameters));
        }
        catch (Exception exception)
        {
            return Task.FromException<JsonElement>(exception);
        }
    }

    public Task<IReadOnlyList<RpcResult>> SendBatchAsync(IReadOnlyList<RpcCall> calls,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            IReadOnlyList<RpcResult> results = [.. calls.Select((call, i) => HandleOne(call, isFirst: i == 0))];
            return Task.FromResult(results);
        }
        catch (Exception exception)
        {
            return Task.FromException<IReadOnlyList<RpcResult>>(exception);
        }
    }

    public void Mine(int blocks = 1)
    {
        lock (_lock)
        {
            for (var i = 0; i < blocks; i++)
            {
                MineOne();
            }
        }
    }

    /// <summary>Gives up the last blocks and mines others; their transactions go back to the pool.</summary>
    public void Reorganise(int depth, int newBlocks)
    {
        lock (_lock)
        {
            foreach (var transaction in Chain.Skip(Chain.Count - depth).SelectMany(block => block.Transactions))
            {
                _pool[transaction.Hash] = transaction;
            }

            Chain.RemoveRange(Chain.Count - depth, depth);
            _salt++;
        }

        Mine(newBlocks);
    }

    public void LosePool()
    {
        lock (_lock)
        {
            _pool.Clear();
        }
    }

    /// <summary>How many logs the block of that hash has: none in the first block and a third of all.</summary>
    public int LogCount(Bytes32 hash) => hash == Chain[0].Hash || hash.ToArray()[0] % 3 == 0 ? 0 : LogsPerBlock;

    public LogEntry[] CanonicalLogs() => [.. Chain.SelectMany(block => block.Logs)];

    private static Bytes32 Hash(Bytes32 parent, int number, int salt) => Keccak256.Hash(
        [.. parent.ToArray(), .. BitConverter.GetBytes(number), .. BitConverter.GetBytes(salt)]);

    // A batch is one request: only its first call can find the node out of reach.
    private RpcResult HandleOne(RpcCall call, bool isFirst)
    {
        try
        {
            return RpcResult.Success(Handle(call.Method, call.Parameters, isFirst));
        }
        catch (RpcException exception)
        {
            return RpcResult.Failure(exception);
        }
    }

    private JsonElement Handle(string method, object?[] parameters, bool isFirst = true)
    {
        lock (_lock)
        {
            // A test that would wait for ever fails instead.
            if (++_calls > MaxCalls)
            {
                throw new InvalidOperationException($"More than {MaxCalls} requests: nothing goes on any more.");
            }

            if (MineEvery > 0 && _calls % MineEvery == 0)
            {
                MineOne();
            }

            if (Before(method) is { } before && (isFirst || before is RpcException))
            {
                throw before;
            }

            var answer = JsonSerializer.SerializeToElement(Answer(method, parameters));
            return After(method) is { } after ? throw after : answer;
        }
    }

    private object? Answer(string method, object?[] parameters) => method switch
    {
        "eth_chainId" => Quantity(ChainId),
        "eth_blockNumber" => Quantity((ulong)Chain[^1].Number),
        "eth_getBlockByNumber" => Find((BlockTag)parameters[0]!)?.ToJson(),
        "eth_getBlockByHash" => Chain.Find(block => block.Hash == (Bytes32)parameters[0]!)?.ToJson(),
        "eth_getTransactionCount" => Quantity(Count((Address)parameters[0]!, ((BlockTag)parameters[1]!).ToString())),
        "eth_sendRawTransaction" => Accept((byte[])parameters[0]!).ToString(),
        "eth_getTransactionByHash" => Knows((Bytes32)parameters[0]!) ? new { } : null,
        "eth_getTransactionReceipt" => Receipt((Bytes32)parameters[0]!),
        "eth_feeHistory" =>
            new { oldestBlock = "0x0", baseFeePerGas = new[] { "0x7", "0x7" }, gasUsedRatio = new[] { 0.0 } },
        "eth_estimateGas" => Run(method, Call(parameters), "0x5208"),
        "eth_call" => Run(method, Call(parameters), "0x"),
        "eth_getLogs" => Logs((Dictionary<string, object?>)parameters[0]!),
        _ => throw new RpcException(method, -32601, "unknown method"),
    };

    private static string Quantity(ulong value) => $"0x{value:x}";

    private static Address? Call(object?[] parameters) =>
        (Address?)((Dictionary<string, object?>)parameters[0]!).GetValueOrDefault("to");

    private string Run(string method, Address? to, string answer) => Reverting is not null && to == Reverting
        ? throw new RpcException(method, 3, "execution reverted", RevertData)
        : answer;

    private FakeBlock? Find(BlockTag tag)
    {
        var head = ClaimedHead ?? Chain.Count - 1;
        var number = tag.Number ?? (tag.ToString() == "earliest" ? 0 : (ulong)head);
        return number <= (ulong)head ? Chain[(int)number] : null;
    }

    private ulong Count(Address account, string tag)
    {
        var next = (ulong)Mined.Count(transaction => transaction.From == account);
        while (tag == "pending"
            && _pool.Values.Any(transaction => transaction.From == account && transaction.Nonce == next))
        {
            next++;
        }

        return next;
    }

    private bool Knows(Bytes32 hash) => _pool.ContainsKey(hash) || Mined.Any(transaction => transaction.Hash == hash);

    private Bytes32 Accept(byte[] raw)
    {
        var transaction = DecodedTransaction.Read(raw);
        Assert.Equal(ChainId, transaction.ChainId);
        Sent.Add(("eth_sendRawTransaction", transaction.Hash));
        if (_pool.ContainsKey(transaction.Hash))
        {
            throw new RpcException("eth_sendRawTransaction", -32000, "already known");
        }

        if (transaction.Nonce < Count(transaction.From, "latest"))
        {
            throw new RpcException("eth_sendRawTransaction", -32000, "nonce too low");
        }

        if (_pool.Values.Any(other => other.From == transaction.From && other.Nonce == transaction.Nonce))
        {
            throw new RpcException("eth_sendRawTransaction", -32000, "replacement transaction underpriced");
        }

        _pool[transaction.Hash] = transaction;
        return transaction.Hash;
    }

    private object? Receipt(Bytes32 hash)
    {
        var block = Chain.Find(b => b.Transactions.Exists(transaction => transaction.Hash == hash));
        var transaction = block?.Transactions.Find(t => t.Hash == hash);
        return transaction is null ? null : new
        {
            transactionHash = hash.ToString(),
            status = Reverting is not null && transaction.To == Reverting ? "0x0" : "0x1",
            blockNumber = Quantity((ulong)block!.Number),
            blockHash = block.Hash.ToString(),
            gasUsed = "0x5208",
            effectiveGasPrice = "0x7",
            from = transaction.From.ToString(),
            to = transaction.To?.ToString(),
            contractAddress = (string?)null,
            logs = Array.Empty<object>(),
        };
    }

    private object Logs(Dictionary<string, object?> filter)
    {
        if (filter.TryGetValue("blockHash", out var hash))
        {
            var block = Chain.Find(b => b.Hash == (Bytes32)hash!)
                ?? throw new RpcException("eth_getLogs", -32000, "unknown block");
            return block.Logs.Select(FakeBlock.ToJson).ToArray();
        }

        var from = (int)((BlockTag)filter["fromBlock"]!).Number!;
        var to = (int)((BlockTag)filter["toBlock"]!).Number!;
        if (to - from + 1 > LargestRange)
        {
            throw new RpcException("eth_getLogs", -32005, $"range of {to - from + 1} blocks is too large");
        }

        return Chain.Where(b => b.Number >= from
            && b.Number <= to).SelectMany(b => b.Logs).Select(FakeBlock.ToJson).ToArray();
    }

    private void MineOne()
    {
        var parent = Chain[^1];
        var included = new List<DecodedTransaction>();
        foreach (var transaction in _pool.Values.OrderBy(transaction => transaction.Nonce).ToArray())
        {
            var expected = Count(transaction.From, "latest")
                + (ulong)included.Count(other => other.From == transaction.From);
            if (transaction.Nonce == expected)
            {
                included.Add(transaction);
                _pool.Remove(transaction.Hash);
            }
            else if (transaction.Nonce < expected)
            {
                _pool.Remove(transaction.Hash);
            }
        }

        var number = parent.Number + 1;
        var hash = Hash(parent.Hash, number, _salt);
        var logs = Enumerable.Range(0, LogCount(hash)).Select(i => new LogEntry(
            Address.Zero, [hash], [(byte)i], (ulong)number, hash, Keccak256.Hash(hash.ToArray()), 0,
            (uint)i)).ToArray();
        Chain.Add(new FakeBlock(number, hash, parent.Hash, included, logs));
    }
}
