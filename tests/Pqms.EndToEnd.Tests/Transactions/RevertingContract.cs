using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;

namespace Pqms.EndToEnd.Tests.Transactions;

/// <summary>A contract that refuses every call with a custom error of one value, and what a client must see of
/// it.</summary>
internal static class RevertingContract
{
    // Code: 0xabcdef01 to memory 0, 5 as a word to memory 4, revert with the first 36 bytes. Before it, the usual
    // copy-and-return of a constructor.
    private const string InitCode =
        "0x6015600c60003960156000f3" + "63abcdef0160e01b600052600560045260246000fd";

    private const string RevertData =
        "0xabcdef010000000000000000000000000000000000000000000000000000000000000005";

    /// <summary>Has a node refuse a call, an estimate, a send and a mined transaction: each tells the error's
    /// data.</summary>
    public static async Task AssertToldAsync(IEthereumRpc rpc, TransactionSender sender)
    {
        var deployed = await sender.DeployAsync(new ContractDeployment(Hex.Decode(InitCode), "Reverting"));
        var call = new ContractCall(deployed.ContractAddress!.Value, [1, 2, 3, 4], "any()")
        {
            Errors = data => data[0] == 0xab ? new ContractError("Own", "Own(5)") : null,
        };
        Func<Task>[] refusals =
        [
            () => call.CallAsync(rpc, from: sender.Address),
            () => call.EstimateAsync(rpc, sender.Address, UInt256.Zero),
            () => sender.SendAsync(call),
            () => sender.SendAndConfirmAsync(call, gasLimit: 100_000),
        ];
        foreach (var refusal in refusals)
        {
            var exception = await Assert.ThrowsAsync<RevertException>(refusal);
            Assert.Equal(RevertData, Hex.Encode(exception.RevertData));
            Assert.Equal("Own(5)", exception.Decoded!.Text);
        }
    }
}
