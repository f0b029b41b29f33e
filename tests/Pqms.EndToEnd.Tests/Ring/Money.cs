using System.Numerics;
using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Client;

namespace Pqms.EndToEnd.Tests.Ring;

/// <summary>Money of a realm, to the wei.</summary>
internal static class Money
{
    /// <summary>The treasury holds all credits, escrows and bonds, and the logs say the same.</summary>
    public static async Task ConservedAsync(RealmChain realm)
    {
        var treasury = realm.Client().Contracts.Treasury;
        var at = (BlockTag)(await realm.NowAsync()).Block;
        var history = await realm.HistoryAsync();
        var sum = BigInteger.Zero;
        foreach (var (account, state) in history.Accounts)
        {
            var credit = (BigInteger)await treasury.CreditOf(account).CallAsync(realm.Rpc, at);
            var escrow = (BigInteger)await treasury.EscrowOf(account).CallAsync(realm.Rpc, at);
            var bond = await treasury.BondOf(account).CallAsync(realm.Rpc, at);
            Assert.Equal((state.Credit, state.Escrow, state.Bond), (credit, escrow, bond));
            sum += credit + escrow + (BigInteger)bond.Free + (BigInteger)bond.Locked + (BigInteger)bond.Unbonding;
        }

        Assert.Equal(Big(await realm.Rpc.GetBalanceAsync(realm.Addresses.Treasury, at)), sum);
    }

    public static async Task<BigInteger> CreditAsync(RealmChain realm, Address account) =>
        (BigInteger)await realm.Client().Contracts.Treasury.CreditOf(account).CallAsync(realm.Rpc);

    /// <summary>Withdraws and proves that the account has its credit, less the gas, and the treasury has it no
    /// more.</summary>
    public static async Task<BigInteger> WithdrawAsync(RealmChain realm, int account)
    {
        var address = realm.AddressOf(account);
        var credit = await CreditAsync(realm, address);
        var before = Big(await realm.Rpc.GetBalanceAsync(address, BlockTag.Latest));
        var treasuryBefore = Big(await realm.Rpc.GetBalanceAsync(realm.Addresses.Treasury, BlockTag.Latest));

        LedgerReceipt receipt = await realm.Client(account).WithdrawAsync();

        var gas = new BigInteger(receipt.Receipt.GasUsed) * Big(receipt.Receipt.EffectiveGasPrice);
        var after = Big(await realm.Rpc.GetBalanceAsync(address, BlockTag.Latest));
        var treasuryAfter = Big(await realm.Rpc.GetBalanceAsync(realm.Addresses.Treasury, BlockTag.Latest));
        Assert.Equal(before + credit - gas, after);
        Assert.Equal(treasuryBefore - credit, treasuryAfter);
        Assert.Equal(BigInteger.Zero, await CreditAsync(realm, address));
        return credit;
    }

    private static BigInteger Big(UInt256 value) => (BigInteger)value;
}
