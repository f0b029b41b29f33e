using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Transactions;

/// <summary>Looks for the receipts of an account's transactions while somebody waits for one, and has repaired what
/// stays away.</summary>
/// <remarks>Runs only while somebody waits. Mostly one batch a look, however many wait.</remarks>
internal sealed class TransactionTracker(
    AccountBook book, AttemptWriter writer, AccountReader reader, TransactionRepair repair, SenderOptions options,
    TimeProvider clock)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly List<Waiter> _waiters = [];
    private bool _running;

    /// <summary>Waits until one of the nonce's transactions is in a block, deep enough.</summary>
    /// <returns>Which bytes were mined, and their receipt.</returns>
    public async Task<MinedTransaction> WaitAsync(PendingTransaction pending, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(pending, book.Find(pending, clock.GetTimestamp()));
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
                failures = 0;
            }
            catch (Exception exception) when (
                exception is RpcUnreachableException or RpcException or RpcFormatException)
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
                // A bug, another chain or a full disk must reach those who wait instead of leaving them waiting.
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
        NonceSlot[] slots =
            [.. book.Open.Concat(waiters.Select(waiter => waiter.Slot)).Distinct().OrderBy(slot => slot.Nonce)];
        var (count, views) = await reader.ReadAsync(slots);

        // Before the judgement: a block between the answers of one batch must not look like a reorganisation.
        foreach (var reopened in book.ReopenFrom(count, clock.GetTimestamp()))
        {
            await writer.KeepAgainAsync(reopened.Stored);
        }

        foreach (var view in views)
        {
            await JudgeAsync(view);
        }

        var asked = Waiting().Select(waiter => waiter.Slot);
        NonceSlot[] open = [.. book.Open.Concat(asked).Distinct()
            .Where(slot => slot.Nonce >= count && !slot.IsIncluded).OrderBy(slot => slot.Nonce)];
        await repair.RunAsync(open, count, (slot, reason) => Finish(slot, w => w.Done.TrySetException(reason)));
    }

    private async Task JudgeAsync(SlotView view)
    {
        var slot = view.Slot;
        if (view is { Mined: { } mined, Receipt: { } receipt })
        {
            slot.IsIncluded = true;
            slot.LooksSinceTaken = 0;
            if (options.Confirmations == 0 || view.Head >= receipt.BlockNumber + (ulong)options.Confirmations)
            {
                await CloseAsync(slot, mined);
                Finish(slot, w => w.Done.TrySetResult(new MinedTransaction(mined, receipt)));
            }

            return;
        }

        // It was in a block that the chain gave up.
        slot.MustSend |= slot.IsIncluded;
        slot.IsIncluded = false;
        if (slot.Nonce >= view.TransactionCount)
        {
            slot.LooksSinceTaken = 0;
        }
        else if (view.IsComplete && ++slot.LooksSinceTaken >= options.SupersededAfter)
        {
            await CloseAsync(slot, mined: null);
            Finish(slot, w => w.Done.TrySetException(new TransactionSupersededException(w.Pending)));
        }
    }

    private async Task CloseAsync(NonceSlot slot, PendingTransaction? mined)
    {
        await slot.Gate.WaitAsync();
        try
        {
            book.Close(slot, mined);
            await writer.CloseAsync(slot, mined);
        }
        finally
        {
            slot.Gate.Release();
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

    private void Finish(NonceSlot slot, Action<Waiter> finish)
    {
        Waiter[] waiters;
        lock (_lock)
        {
            waiters = [.. _waiters.Where(waiter => waiter.Slot == slot)];
        }

        foreach (var waiter in waiters)
        {
            Finish(waiter, finish);
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

    private sealed class Waiter(PendingTransaction pending, NonceSlot slot)
    {
        public PendingTransaction Pending { get; } = pending;

        public NonceSlot Slot { get; } = slot;

        public TaskCompletionSource<MinedTransaction> Done { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>Which of a nonce's bytes were mined, and their receipt.</summary>
internal sealed record MinedTransaction(PendingTransaction Attempt, TransactionReceipt Receipt);
