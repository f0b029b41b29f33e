using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;
using Pqms.Tests;
using Xunit.Abstractions;

namespace Pqms.Ethereum.Tests.Simulation;

/// <summary>The sender's promise against a hostile node: every intended transaction is mined exactly once.</summary>
public sealed class SendingStormTests(ITestOutputHelper output) : SenderFixture
{
    private const int Intents = 24;

    // Blocks that a storm's reorganisations replace, at most.
    private const int ReorgDepth = 6;

    private readonly Dictionary<int, PendingTransaction> _known = [];
    private readonly HashSet<int> _done = [];
    private readonly HashSet<int> _cancelled = [];
    private readonly Lock _lock = new();
    private bool _restarts;

    public static TheoryData<int> Seeds => TestProfile.Range(1, 20, nightlyLast: 1_000);

    // The process lives on: reorganisations of what was confirmed are repaired from memory.
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task SendAndConfirm_GivenHostileNode_minesEachExactlyOnce(int seed)
    {
        using var storm = new SendingStorm(Node, output, seed, mayKill: false, ReorgDepth);
        var sender = Sender(Patience);
        await RunLifeAsync(sender, [], cancelSome: false);
        storm.End();

        // Whoever waits for any transaction has the account's earlier ones repaired too.
        for (var i = 0; i < 20; i++)
        {
            await sender.ConfirmAsync(await sender.SendAsync(Call((byte)(Intents + i))));
        }

        AssertExactlyOnce(storm, extra: 20);
    }

    // With confirmations, some are cancelled meanwhile.
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task ConfirmAndCancel_GivenConfirmations_minesOneOfTheTwo(int seed)
    {
        using var storm = new SendingStorm(Node, output, 10_000 + seed, mayKill: false, ReorgDepth);
        var sender = Sender(Patience with { Confirmations = 2 * ReorgDepth });
        await RunLifeAsync(sender, [], cancelSome: true);
        storm.End();

        // A filled gap is open as long as nobody waits for anything.
        await sender.ConfirmAsync(await sender.SendAsync(Call(Intents)));
        AssertExactlyOnce(storm, extra: 1);
        Assert.Empty(await OpenAsync());
    }

    // The process is killed again and again, before and after the node has the bytes.
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task SendAndConfirm_GivenRestartsFromTheStore_minesEachExactlyOnce(int seed)
    {
        using var storm = new SendingStorm(Node, output, 20_000 + seed, mayKill: true, reorgDepth: 0);
        var lives = 0;
        _restarts = true;
        while (_done.Count < Intents)
        {
            Assert.True(++lives < 500, "The process is killed for ever.");
            if (lives == 100)
            {
                storm.End();
            }

            var sender = MortalSender(Patience, storm.BeginLife());
            var recovered = await RetryAsync(() => sender.StartAsync());
            if (recovered is not null)
            {
                // What was sent and isn't open any more was mined, perhaps as a replacement.
                var open = recovered.Where(pending => pending.Transaction.Data.Length > 0)
                    .Select(pending => (int)pending.Transaction.Data[^1]).ToHashSet();
                _done.UnionWith(_known.Keys.Where(i => !open.Contains(i)));
                await RunLifeAsync(sender, recovered, cancelSome: false);
            }
        }

        storm.End();
        output.WriteLine($"{lives} lives");
        AssertExactlyOnce(storm, extra: 0);
    }

    private static SenderOptions Patience => new()
    {
        PollInterval = TimeSpan.FromSeconds(1),
        ResendInterval = TimeSpan.FromSeconds(4),
        ReplaceAfter = TimeSpan.FromSeconds(15),
        MaxFailures = 1_000,
    };

    // One life of the process: what is known from the store is confirmed, the rest is sent, all at once.
    private async Task RunLifeAsync(TransactionSender sender, IReadOnlyList<PendingTransaction> open, bool cancelSome)
    {
        foreach (var pending in open.Where(pending => pending.Transaction.Data.Length > 0))
        {
            _known[pending.Transaction.Data[^1]] = pending;
        }

        using var life = new CancellationTokenSource();
        await Task.WhenAll(Enumerable.Range(0, Intents).Where(i => !_done.Contains(i)).Select(i => Task.Run(async () =>
        {
            try
            {
                await LiveOrResendAsync(sender, i, cancelSome && i % 6 == 0, life.Token);
            }
            catch (Exception exception) when (exception is KilledException or OperationCanceledException)
            {
                await life.CancelAsync();
            }
        })));
    }

    // A restart that reads the used nonces from a node that lags may take a used one again. What is superseded then was
    // never mined, as the documentation says: it is sent anew, and the count at the end would show a double.
    private async Task LiveOrResendAsync(TransactionSender sender, int i, bool cancel, CancellationToken life)
    {
        while (true)
        {
            try
            {
                await LiveAsync(sender, i, cancel, life);
                return;
            }
            catch (TransactionSupersededException) when (_restarts)
            {
                lock (_lock)
                {
                    _known.Remove(i);
                }
            }
        }
    }

    private async Task LiveAsync(TransactionSender sender, int i, bool cancel, CancellationToken life)
    {
        PendingTransaction? pending;
        lock (_lock)
        {
            pending = _known.GetValueOrDefault(i);
        }

        while (pending is null)
        {
            life.ThrowIfCancellationRequested();
            pending = await RetryAsync(() => sender.SendAsync(Call((byte)i), gasLimit: 50_000,
                cancellationToken: life));
        }

        lock (_lock)
        {
            _known[i] = pending;
        }

        var isCancelled = false;
        object? end = null;
        while (end is null)
        {
            life.ThrowIfCancellationRequested();
            if (cancel)
            {
                var result = await RetryAsync(() => sender.CancelAsync(pending, life));
                isCancelled = result?.IsCancelled ?? false;
                end = result;
            }
            else
            {
                end = await RetryAsync(() => sender.ConfirmAsync(pending, life));
            }
        }

        lock (_lock)
        {
            _done.Add(i);
            _ = isCancelled && _cancelled.Add(i);
        }
    }

    // What the documentation allows to fail and to be tried again.
    private static async Task<T?> RetryAsync<T>(Func<Task<T>> attempt)
        where T : class
    {
        try
        {
            return await attempt();
        }
        catch (Exception exception) when (
            exception is RpcUnreachableException or RpcException or RpcFormatException or KilledException)
        {
            return exception is KilledException && typeof(T) != typeof(IReadOnlyList<PendingTransaction>)
                ? throw new KilledException() : null;
        }
    }

    private void AssertExactlyOnce(SendingStorm storm, int extra)
    {
        var counts = Node.Mined.Where(mined => mined.To == Contract)
            .GroupBy(mined => (int)mined.Data[^1]).ToDictionary(group => group.Key, group => group.Count());
        foreach (var i in Enumerable.Range(0, Intents + extra))
        {
            Assert.Equal((i, _cancelled.Contains(i) ? 0 : 1), (i, counts.GetValueOrDefault(i)));
        }

        Assert.All(Node.Mined, mined => Assert.True(mined.To == Contract || mined.To == Key.Address));
        Assert.True(storm.Faults > 0, "No fault happened.");
    }
}
