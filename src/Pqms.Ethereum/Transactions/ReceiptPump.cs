using System.Text.Json;
using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Transactions;

/// <summary>Looks for the receipts of all transactions that are waited for, and sends again what stays away.</summary>
/// <remarks>Runs only while somebody waits. One batch a look, however many wait.</remarks>
internal sealed class ReceiptPump(IEthereumRpc rpc, SenderOptions options, TimeProvider clock)
{
    // Receipts with their logs are a few KB each: a batch stays well below the body limits of nodes.
    private const int ReceiptsPerBatch = 100;

    // A node that refuses the same bytes three times, a resend interval apart, won't take them the fourth time.
    private const int MaxRejections = 3;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly List<Waiter> _waiters = [];
    private bool _running;

    /// <summary>Waits for the receipt.</summary>
    public async Task<TransactionReceipt> WaitAsync(PendingTransaction pending, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(pending, clock.GetTimestamp());
        lock (_lock)
        {
            _waiters.Add(waiter);
            if (!_running)
            {
                _running = true;
                _ = Task.Run(RunAsync, CancellationToken.None);
            }
        }

        await using var registration = cancellationToken.Register(() => Finish(waiter,
            w => w.Done.TrySetCanceled(cancellationToken)));
        return await waiter.Done.Task;
    }

    private async Task RunAsync()
    {
        var failures = 0;
        while (Waiting() is { Length: > 0 } waiters)
        {
            try
            {
                await LookAsync(waiters);
                await ResendAsync([.. waiters.Where(waiter => !waiter.Done.Task.IsCompleted)]);
                failures = 0;
            }
            catch (Exception exception) when (exception is RpcUnreachableException or RpcException or FormatException)
            {
                failures++;
                if (failures >= options.MaxFailures)
                {
                    FinishAll(waiters, exception);
                    failures = 0;
                }
            }
            catch (Exception exception)
            {
                // A bug must reach those who wait instead of leaving them waiting.
                FinishAll(waiters, exception);
            }

            await Task.Delay(Pause(failures), clock);
        }
    }

    private TimeSpan Pause(int failures)
    {
        var pause = options.PollInterval * Math.Pow(2, Math.Min(failures, 10));
        return pause < LongestPause || failures == 0 ? pause : LongestPause;
    }

    private async Task LookAsync(Waiter[] waiters)
    {
        foreach (var part in waiters.Chunk(ReceiptsPerBatch))
        {
            var calls = part.Select(waiter => new RpcCall("eth_getTransactionReceipt", waiter.Pending.Hash)).ToArray();
            var results = await rpc.SendBatchAsync(calls, CancellationToken.None);
            for (var i = 0; i < part.Length; i++)
            {
                var waiter = part[i];
                if (results[i].Value.ValueKind != JsonValueKind.Null)
                {
                    var receipt = RpcJsonReader.Receipt(results[i].Value);
                    Finish(waiter, w => w.Done.TrySetResult(receipt));
                }
                else if (waiter.NonceTaken && ++waiter.LooksSinceTaken >= options.SupersededAfter)
                {
                    Finish(waiter, w => w.Done.TrySetException(new TransactionSupersededException(w.Pending)));
                }
            }
        }
    }

    private async Task ResendAsync(Waiter[] waiters)
    {
        foreach (var waiter in waiters.OrderBy(waiter => waiter.Pending.Nonce))
        {
            if (clock.GetElapsedTime(waiter.SentAt) < options.ResendInterval || waiter.NonceTaken)
            {
                continue;
            }

            waiter.SentAt = clock.GetTimestamp();
            var (outcome, reason) = await RawSender.SendAsync(rpc, waiter.Pending.Stored, CancellationToken.None);
            waiter.NonceTaken = outcome == SendOutcome.NonceTaken;
            waiter.Rejections = outcome == SendOutcome.Rejected && reason is RpcException ? waiter.Rejections + 1 : 0;
            if (waiter.Rejections >= MaxRejections)
            {
                Finish(waiter, w => w.Done.TrySetException(reason!));
            }
        }
    }

    private Waiter[] Waiting()
    {
        lock (_lock)
        {
            _running = _waiters.Count > 0;
            return [.. _waiters];
        }
    }

    private void Finish(Waiter waiter, Action<Waiter> finish)
    {
        lock (_lock)
        {
            _waiters.Remove(waiter);
        }

        finish(waiter);
    }

    private void FinishAll(Waiter[] waiters, Exception exception)
    {
        foreach (var waiter in waiters)
        {
            Finish(waiter, w => w.Done.TrySetException(exception));
        }
    }

    private sealed class Waiter(PendingTransaction pending, long sentAt)
    {
        public PendingTransaction Pending { get; } = pending;

        public TaskCompletionSource<TransactionReceipt> Done { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long SentAt { get; set; } = sentAt;

        public bool NonceTaken { get; set; }

        public int LooksSinceTaken { get; set; }

        public int Rejections { get; set; }
    }
}
