using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;

namespace Pqms.EndToEnd.Tests.Transactions;

/// <summary>Sends many transactions of one account through a proxy that cuts connections, and counts in the blocks
/// themselves how often each was mined.</summary>
internal sealed class ExactlyOnceRun(Uri node, int count, int seed)
{
    // Cuts of one in so many pieces: each request has one, its answer another.
    private const int CutOneIn = 12;

    // So many users at once share the account.
    private const int AtOnce = 16;

    private const int Account = 5;

    private static readonly Address Receiver = Address.Parse("0x00000000000000000000000000000000000000aa");
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Runs until all are confirmed.</summary>
    /// <param name="mine">Mines blocks until it is cancelled; null when the node does by itself.</param>
    /// <returns>What happened, for the log.</returns>
    public async Task<string> RunAsync(Func<HttpRpc, CancellationToken, Task>? mine = null)
    {
        var watch = Stopwatch.StartNew();
        using var direct = new HttpRpc(node);
        using var key = EthereumKey.FromMnemonic(Mnemonic.Development, Account);
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var done = new CancellationTokenSource(Limit);
        var mining = mine is null ? Task.CompletedTask : mine(direct, done.Token);
        int cutsBefore, cutsAfter, sends;
        await using (var proxy = CutProxy.Start(node, seed, CutOneIn))
        {
            using var rpc = new HttpRpc(proxy.Url, options: new HttpRpcOptions { Timeout = TimeSpan.FromSeconds(10) });
            var counting = new CountingRpc(rpc);
            using (var store = new FileTransactionStore(path))
            {
                var options = new SenderOptions { ResendInterval = TimeSpan.FromSeconds(2) };
                var sender = new TransactionSender(
                    new RetryingRpc(counting), key, await direct.ChainIdAsync(), store, options);
                await SendAllAsync(sender, done.Token);
            }

            (cutsBefore, cutsAfter, sends) = (proxy.CutsBefore, proxy.CutsAfter, counting.Sends);
        }

        await done.CancelAsync();
        await mining;
        File.Delete(path);
        var mined = await CountAsync(direct, key.Address);
        var missing = Enumerable.Range(0, count).Count(i => !mined.ContainsKey(i));
        var doubled = mined.Values.Sum(times => times - 1);
        Assert.Equal((0, 0, count), (missing, doubled, mined.Count));
        Assert.True(cutsBefore > 0 && cutsAfter > 0, "No connection was cut.");
        return string.Create(CultureInfo.InvariantCulture,
            $"{count} transactions, seed {seed}: {cutsBefore} requests and {cutsAfter} answers cut, "
            + $"{sends - count} resends, {doubled} duplicates, {missing} missing, {watch.Elapsed.TotalSeconds:F1} s");
    }

    private static ContractCall Call(int i)
    {
        var data = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(data, i);
        return new ContractCall(Receiver, data, "note(int32)");
    }

    private async Task SendAllAsync(TransactionSender sender, CancellationToken cancellation)
    {
        using var room = new SemaphoreSlim(AtOnce);
        await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
        {
            PendingTransaction? pending = null;
            while (pending is null)
            {
                await room.WaitAsync(cancellation);
                try
                {
                    pending = await sender.SendAsync(Call(i), gasLimit: 60_000, cancellationToken: cancellation);
                }
                catch (RpcUnreachableException)
                {
                    // The promise: no nonce was used, so the caller may try again.
                }
                finally
                {
                    room.Release();
                }
            }

            await sender.ConfirmAsync(pending, cancellation);
        }));
    }

    // From the blocks, not from receipts: what the sender doesn't know of would be seen too.
    private static async Task<Dictionary<int, int>> CountAsync(HttpRpc direct, Address account)
    {
        var mined = new Dictionary<int, int>();
        var head = await direct.BlockNumberAsync();
        for (ulong number = 0; number <= head; number++)
        {
            var block = await direct.SendAsync(
                "eth_getBlockByNumber", [(BlockTag)number, true], CancellationToken.None);
            foreach (var transaction in block.GetProperty("transactions").EnumerateArray())
            {
                if (Address.Parse(transaction.GetProperty("from").GetString()!) == account)
                {
                    var i = BinaryPrimitives.ReadInt32BigEndian(
                        Hex.Decode(transaction.GetProperty("input").GetString()!));
                    mined[i] = mined.GetValueOrDefault(i) + 1;
                }
            }
        }

        return mined;
    }

    private sealed class CountingRpc(IEthereumRpc inner) : IEthereumRpc
    {
        private int _sends;

        public int Sends => Volatile.Read(ref _sends);

        public Task<JsonElement> SendAsync(
            string method, object?[] parameters, CancellationToken cancellationToken)
        {
            if (method == "eth_sendRawTransaction")
            {
                Interlocked.Increment(ref _sends);
            }

            return inner.SendAsync(method, parameters, cancellationToken);
        }

        public Task<IReadOnlyList<RpcResult>> SendBatchAsync(
            IReadOnlyList<RpcCall> calls, CancellationToken cancellationToken) =>
            inner.SendBatchAsync(calls, cancellationToken);
    }
}
