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
    private readonly FakePool _pool = new();
    private int _calls;
    private int _salt;
    private int _lag;
    private List<FakeBlock> _lagging = [];

    public FakeNode(int genesisSalt = 0)
    {
        _salt = genesisSalt;
        Chain.Add(new FakeBlock(0, Hash(Bytes32.Zero, 0, _salt), Bytes32.Zero, [], [], BaseFee));
    }

    public List<FakeBlock> Chain { get; } = [];

    /// <summary>Asked before each request; an exception that it gives is thrown instead of an answer.</summary>
    public Func<string, Exception?> Before { get; set; } = _ => null;

    /// <summary>Asked after each request was carried out; an exception that it gives replaces the answer.</summary>
    public Func<string, Exception?> After { get; set; } = _ => null;

    /// <summary>May put another answer in an answer's place.</summary>
    public Func<string, object?, object?> Garble { get; set; } = (_, answer) => answer;

    /// <summary>Asked for each request: how many blocks the member of the load balancer that answers lags
    /// behind.</summary>
    public Func<int> Lag { get; set; } = () => 0;

    /// <summary>Wei per gas that the next block burns; what offers less isn't mined.</summary>
    public UInt256 BaseFee { get; set; } = 7;

    /// <summary>Whether the node takes no transaction that offers less than the base fee.</summary>
    public bool RefusesBelowBaseFee { get; set; }

    /// <summary>How many transactions a block holds.</summary>
    public Func<int> BlockSize { get; set; } = () => int.MaxValue;

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

    /// <summary>The height of the safe block; none unless it is set.</summary>
    public int? SafeHead { get; set; }

    /// <summary>Whether <see cref="Before"/> is asked before <see cref="Lag"/>.</summary>
    public bool IsLagAskedAfterBefore { get; set; }

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
            lock (_lock)
            {
                IReadOnlyList<RpcResult> results = [.. calls.Select((call, i) => HandleOne(call, isFirst: i == 0))];
                return Task.FromResult(results);
            }
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
            _pool.PutBack(Chain.Skip(Chain.Count - depth).SelectMany(block => block.Transactions));

            Chain.RemoveRange(Chain.Count - depth, depth);
            _salt++;
        }

        Mine(newBlocks);
    }

    public void LosePool(Func<DecodedTransaction, bool>? which = null)
    {
        lock (_lock)
        {
            _pool.Lose(which ?? (_ => true));
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
            _calls += isFirst ? 1 : 0;
            if (_calls > MaxCalls)
            {
                throw new InvalidOperationException($"More than {MaxCalls} requests: nothing goes on any more.");
            }

            if (MineEvery > 0 && isFirst && _calls % MineEvery == 0)
            {
                MineOne();
            }

            // One member of a load balancer answers a whole batch. What lags keeps what it has meanwhile.
            var lag = !isFirst || IsLagAskedAfterBefore ? 0 : Lag();
            if (Before(method) is { } before && (isFirst || before is RpcException))
            {
                throw before;
            }

            if (isFirst)
            {
                _lag = Math.Min(IsLagAskedAfterBefore ? Lag() : lag, Chain.Count - 1);
                _lagging = _lag == 0 ? [] : [.. Chain.Take(Chain.Count - _lag)];
            }
            var answer = JsonSerializer.SerializeToElement(Garble(method, Answer(method, parameters)));
            return After(method) is { } after ? throw after : answer;
        }
    }

    private object? Answer(string method, object?[] parameters) => method switch
    {
        "eth_chainId" => Quantity(ChainId),
        "eth_blockNumber" => Quantity((ulong)(ClaimedHead ?? Seen.Count - 1)),
        "eth_getBlockByNumber" => Find((BlockTag)parameters[0]!)?.ToJson(),
        "eth_getBlockByHash" => Seen.Find(block => block.Hash == (Bytes32)parameters[0]!)?.ToJson(),
        "eth_getTransactionCount" => Quantity(Count((Address)parameters[0]!, ((BlockTag)parameters[1]!).ToString())),
        "eth_sendRawTransaction" => Accept((byte[])parameters[0]!).ToString(),
        "eth_getTransactionByHash" => Knows((Bytes32)parameters[0]!)
            ? new { hash = parameters[0]!.ToString() } : null,
        "eth_getTransactionReceipt" => Receipt((Bytes32)parameters[0]!),
        "eth_feeHistory" =>
            new
            {
                oldestBlock = "0x0",
                baseFeePerGas = new[] { BaseFee.ToHexQuantity(), BaseFee.ToHexQuantity() },
                gasUsedRatio = new[] { 0.0 },
            },
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
        var head = ClaimedHead ?? Seen.Count - 1;
        if (tag == BlockTag.Safe && SafeHead is null)
        {
            return null;
        }

        var number = tag.Number ?? tag.ToString() switch
        {
            "earliest" => 0,
            "safe" => (ulong)SafeHead!,
            _ => (ulong)head,
        };
        return number <= (ulong)head ? Seen[(int)number] : null;
    }

    private List<FakeBlock> Seen => _lag == 0 ? Chain : _lagging;

    private ulong Count(Address account, string tag)
    {
        var next = Used(Seen, account);
        return tag == "pending" && _lag == 0 ? _pool.NextAfter(account, next) : next;
    }

    private static ulong Used(IEnumerable<FakeBlock> blocks, Address account) => (ulong)blocks.Sum(
        block => block.Transactions.Count(transaction => transaction.From == account));

    // What lags has no pool.
    private bool Knows(Bytes32 hash) => (_lag == 0 && _pool.Has(hash))
        || Seen.Exists(block => block.Transactions.Exists(transaction => transaction.Hash == hash));

    private Bytes32 Accept(byte[] raw)
    {
        var transaction = DecodedTransaction.Read(raw);
        Assert.Equal(ChainId, transaction.ChainId);
        Sent.Add(("eth_sendRawTransaction", transaction.Hash));
        _pool.Accept(transaction, Used(Chain, transaction.From), RefusesBelowBaseFee ? BaseFee : UInt256.Zero);
        return transaction.Hash;
    }

    private object? Receipt(Bytes32 hash)
    {
        var block = Seen.Find(b => b.Transactions.Exists(transaction => transaction.Hash == hash));
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
            var block = Seen.Find(b => b.Hash == (Bytes32)hash!)
                ?? throw new RpcException("eth_getLogs", -32000, "unknown block");
            return block.Logs.Select(FakeBlock.ToJson).ToArray();
        }

        var from = (int)((BlockTag)filter["fromBlock"]!).Number!;
        var to = (int)((BlockTag)filter["toBlock"]!).Number!;
        if (to - from + 1 > LargestRange)
        {
            throw new RpcException("eth_getLogs", -32005, $"range of {to - from + 1} blocks is too large");
        }

        return Seen.Where(b => b.Number >= from
            && b.Number <= to).SelectMany(b => b.Logs).Select(FakeBlock.ToJson).ToArray();
    }

    private void MineOne()
    {
        var parent = Chain[^1];
        var included = _pool.Take(account => Used(Chain, account), BaseFee, BlockSize());
        var number = parent.Number + 1;
        var hash = Hash(parent.Hash, number, _salt);
        var logs = Enumerable.Range(0, LogCount(hash)).Select(i => new LogEntry(
            Address.Zero, [hash], [(byte)i], (ulong)number, hash, Keccak256.Hash(hash.ToArray()), 0,
            (uint)i)).ToArray();
        Chain.Add(new FakeBlock(number, hash, parent.Hash, included, logs, BaseFee));
    }
}
