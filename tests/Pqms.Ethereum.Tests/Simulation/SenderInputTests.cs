using Pqms.Ethereum.Transactions;

namespace Pqms.Ethereum.Tests.Simulation;

/// <summary>What the sender refuses, and in which words.</summary>
public sealed class SenderInputTests : SenderFixture
{
    public static TheoryData<SenderOptions, string> BadOptions => new()
    {
        { new SenderOptions { GasHeadroomPercent = -1 }, "GasHeadroomPercent is -1; 0 to 1000 is allowed" },
        { new SenderOptions { BaseFeeMultiple = 0 }, "BaseFeeMultiple is 0; 1 to 1000" },
        { new SenderOptions { FeeHistoryBlocks = 2_000 }, "FeeHistoryBlocks is 2000; 1 to 1024" },
        { new SenderOptions { MaxFailures = 0 }, "MaxFailures is 0" },
        { new SenderOptions { SupersededAfter = 0 }, "SupersededAfter is 0" },
        { new SenderOptions { Confirmations = -1 }, "Confirmations is -1; 0 to 100000" },
        { new SenderOptions { PollInterval = TimeSpan.Zero }, "PollInterval is 00:00:00" },
        { new SenderOptions { ResendInterval = TimeSpan.FromDays(2) }, "ResendInterval is 2.00:00:00" },
        { new SenderOptions { ReplaceAfter = TimeSpan.Zero }, "ReplaceAfter is 00:00:00" },
        { new SenderOptions { FeeLifetime = TimeSpan.FromTicks(-1) }, "FeeLifetime is" },
        { new SenderOptions { MaxFeePerGasLimit = 0 }, "MaxFeePerGasLimit is 0; 1 to" },
        { new SenderOptions { MinPriorityFeePerGas = 5, MaxFeePerGasLimit = 4 }, "MinPriorityFeePerGas is 5; 0 to 4" },
    };

    [Theory]
    [MemberData(nameof(BadOptions))]
    public void Constructor_WhenAnOptionIsOutOfRange_namesValueAndRange(SenderOptions options, string words)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => Sender(options));
        Assert.Contains(words, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllMethods_WhenArgumentsAreMissing_throw()
    {
        Assert.Throws<ArgumentNullException>(() => new TransactionSender(null!, Key, 1, Store));
        Assert.Throws<ArgumentNullException>(() => new TransactionSender(Node, null!, 1, Store));
        Assert.Throws<ArgumentNullException>(() => new TransactionSender(Node, Key, 1, null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TransactionSender(Node, Key, 0, Store));
        var sender = Sender();
        await Assert.ThrowsAsync<ArgumentNullException>(
            () => sender.SendAsync((Ethereum.Contracts.ContractCall)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(
            () => sender.SendAsync((Ethereum.Contracts.ContractDeployment)null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => sender.ConfirmAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => sender.CancelAsync(null!));
    }

    // Garbage where fees or gas are asked for must end as documented, not as an overflow.
    [Theory]
    [InlineData("eth_feeHistory", typeof(FeeLimitException))]
    [InlineData("eth_estimateGas", typeof(Ethereum.Rpc.RpcFormatException))]
    public async Task SendAsync_WhenTheNodeAsksForTheMoon_signsNothing(string method, Type expected)
    {
        var most = "0x" + new string('f', method == "eth_feeHistory" ? 64 : 16);
        Node.Garble = (asked, answer) => asked != method ? answer
            : method == "eth_estimateGas" ? most
            : new { oldestBlock = "0x0", baseFeePerGas = new[] { most }, gasUsedRatio = Array.Empty<double>() };
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => Sender().SendAsync(Call(1)));
        Assert.IsType(expected, exception);
        Assert.Empty(await OpenAsync());
    }
}
