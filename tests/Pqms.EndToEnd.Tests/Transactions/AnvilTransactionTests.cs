using Pqms.EndToEnd.Tests.Serving;
using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;
using Pqms.Tests;
using Xunit.Abstractions;

namespace Pqms.EndToEnd.Tests.Transactions;

/// <summary>The client alone against a real anvil node that mines a block a second.</summary>
[Collection(RunningCollection.Name)]
public sealed class AnvilTransactionTests(ITestOutputHelper output)
{
    [AnvilFact]
    public async Task Sender_GivenCutConnections_hasEachMinedExactlyOnce()
    {
        await using var node = await AnvilNode.StartAsync();
        var run = new ExactlyOnceRun(node.Url, TestProfile.Count(200, nightly: 2_000), seed: 2);
        output.WriteLine(await run.RunAsync());
    }

    [AnvilFact]
    public async Task Sender_GivenACustomError_tellsItsData()
    {
        await using var node = await AnvilNode.StartAsync();
        using var rpc = new HttpRpc(node.Url);
        using var key = EthereumKey.FromMnemonic(Mnemonic.Development, 6);
        var sender = new TransactionSender(rpc, key, await rpc.ChainIdAsync(), new MemoryTransactionStore());
        await RevertingContract.AssertToldAsync(rpc, sender);
    }

    // The base fee jumps above what waits in the pool: only a replacement gets in.
    [AnvilFact]
    public async Task Sender_WhenTheBaseFeeJumps_replacesWhatWaits()
    {
        await using var node = await AnvilNode.StartAsync("--base-fee", "1000000000");
        using var rpc = new HttpRpc(node.Url);
        using var key = EthereumKey.FromMnemonic(Mnemonic.Development, 7);
        var options = new SenderOptions { ReplaceAfter = TimeSpan.FromSeconds(2) };
        var sender = new TransactionSender(
            rpc, key, await rpc.ChainIdAsync(), new MemoryTransactionStore(), options);
        await rpc.SendAsync("evm_setIntervalMining", [0.0], CancellationToken.None);
        var receiver = Address.Parse("0x00000000000000000000000000000000000000aa");
        var pending = await sender.SendAsync(new ContractCall(receiver, [1], "note()"), gasLimit: 60_000);
        await rpc.SendAsync(
            "anvil_setNextBlockBaseFeePerGas", [100UL * Ether.WeiPerGwei], CancellationToken.None);
        await rpc.SendAsync("evm_mine", [], CancellationToken.None);
        Assert.Null(await rpc.GetReceiptAsync(pending.Hash));
        await rpc.SendAsync("evm_setIntervalMining", [1.0], CancellationToken.None);
        await rpc.SendAsync(
            "anvil_setNextBlockBaseFeePerGas", [100UL * Ether.WeiPerGwei], CancellationToken.None);
        var receipt = await sender.ConfirmAsync(pending);
        output.WriteLine($"sent {pending.Hash} for {pending.Transaction.MaxFeePerGas} wei, mined "
            + $"{receipt.TransactionHash} for {receipt.EffectiveGasPrice} wei");
        Assert.True(receipt.Succeeded);
        Assert.Equal(1UL, await rpc.GetTransactionCountAsync(key.Address));
    }
}
