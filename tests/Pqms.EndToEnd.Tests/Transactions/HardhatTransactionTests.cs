using Pqms.EndToEnd.Tests.Serving;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Logs;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;
using Pqms.Node.Chain;
using Pqms.Tests;
using Xunit.Abstractions;

namespace Pqms.EndToEnd.Tests.Transactions;

/// <summary>The client alone, without any ledger, against a real Hardhat node.</summary>
[Collection(RunningCollection.Name)]
public sealed class HardhatTransactionTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int FirstPort = 18_650;

    // A block every twentieth of a second holds about twenty transactions: a run sees dozens of blocks.
    private static readonly TimeSpan BlockTime = TimeSpan.FromMilliseconds(50);

    private ChainSupervisor? _node;

    private Uri Url => _node!.Url;

    public async Task InitializeAsync()
    {
        if (HardhatFactAttribute.SkipReason is null)
        {
            _node = await ChainSupervisor.StartAsync(
                ChainLaunch.Hardhat(Repository.Root, FirstPort), _ => { }, CancellationToken.None);
            using var rpc = new HttpRpc(Url);
            await rpc.SendAsync("hardhat_setLoggingEnabled", [false], CancellationToken.None);
        }
    }

    public async Task DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }
    }

    [HardhatFact]
    public async Task Sender_GivenCutConnections_hasEachMinedExactlyOnce()
    {
        using (var rpc = new HttpRpc(Url))
        {
            await rpc.SendAsync("evm_setAutomine", [false], CancellationToken.None);
            await rpc.SendAsync("evm_setIntervalMining", [0.0], CancellationToken.None);
        }

        var run = new ExactlyOnceRun(Url, TestProfile.Count(200, nightly: 2_000), seed: 1);
        output.WriteLine(await run.RunAsync(MineAsync));
    }

    // Mining at once reports a revert as the send's error although the transaction is in a block.
    [HardhatFact]
    public async Task Sender_GivenACustomError_tellsItsDataWhereverTheNodeHidesIt()
    {
        using var rpc = new HttpRpc(Url);
        await rpc.SendAsync("evm_setAutomine", [true], CancellationToken.None);
        using var key = EthereumKey.FromMnemonic(Mnemonic.Development, 6);
        var options = new SenderOptions { PollInterval = TimeSpan.FromMilliseconds(10) };
        var sender = new TransactionSender(
            rpc, key, await rpc.ChainIdAsync(), new MemoryTransactionStore(), options);
        await RevertingContract.AssertToldAsync(rpc, sender);
    }

    [HardhatFact]
    public async Task Follower_GivenHeadsOverAWebSocket_looksAtOnce()
    {
        using var rpc = new HttpRpc(Url);
        await rpc.SendAsync("evm_setIntervalMining", [0.0], CancellationToken.None);
        await using var heads = new WebSocketHeads(
            new UriBuilder(Url) { Scheme = "ws" }.Uri,
            new WebSocketHeadsOptions { ChainId = await rpc.ChainIdAsync() });
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!heads.Status.IsSubscribed)
        {
            await heads.WaitAsync(TimeSpan.FromMilliseconds(20), limit.Token);
        }

        // Without the hints the second block would be told an hour later.
        var options = new FollowerOptions { PollInterval = TimeSpan.FromHours(1) };
        var follower = new BlockFollower(rpc, options, wakeUp: heads);
        var told = 0UL;
        await foreach (var update in follower.FollowAsync(limit.Token))
        {
            told = ((BlockAdded)update).Header.Number;
            if (told == 5)
            {
                break;
            }

            await rpc.SendAsync("evm_mine", [], limit.Token);
        }

        Assert.Equal(5UL, told);
        Assert.True(heads.Status.Heads > 0);
    }

    private static async Task MineAsync(HttpRpc rpc, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(BlockTime);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                await rpc.SendAsync("evm_mine", [], CancellationToken.None);
            }
        }
        catch (OperationCanceledException)
        {
            // All are mined.
        }
    }
}
