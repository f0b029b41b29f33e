using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Transactions;

/// <summary>What a transaction offers per gas.</summary>
/// <param name="MaxPriorityFeePerGas">Wei per gas for the block's builder, at most.</param>
/// <param name="MaxFeePerGas">Wei per gas in all, at most.</param>
public readonly record struct FeeOffer(UInt256 MaxPriorityFeePerGas, UInt256 MaxFeePerGas);

/// <summary>What the network asks per gas now.</summary>
/// <param name="Needed">The least that the next block takes: its base fee and the usual priority fee.</param>
/// <param name="Offer">What is offered, with headroom.</param>
internal readonly record struct FeeMarket(UInt256 Needed, FeeOffer Offer);

/// <summary>Chooses fees from eth_feeHistory: the next base fee with headroom, and the usual priority fee.</summary>
internal sealed class FeeOracle(IEthereumRpc rpc, SenderOptions options, TimeProvider clock)
{
    // Half of those who were included paid this much or less.
    private static readonly double[] Median = [50];

    private readonly Lock _lock = new();
    private FeeMarket? _last;
    private long _lastAt;

    public async Task<FeeMarket> MarketAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_last is { } known && clock.GetElapsedTime(_lastAt) < options.FeeLifetime)
            {
                return known;
            }
        }

        var asked = clock.GetTimestamp();
        var history = await rpc.FeeHistoryAsync(options.FeeHistoryBlocks, BlockTag.Latest, Median, cancellationToken);
        var market = Choose(history);
        lock (_lock)
        {
            _last = market;
            _lastAt = asked;
        }

        return market;
    }

    /// <summary>Asks the node the next time, since it called the last fees too low.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _last = null;
        }
    }

    /// <summary>The offer of a replacement: what the network asks, and at least a tenth more than before on both fees,
    /// since nodes refuse less; null when that is above the limit.</summary>
    public FeeOffer? Raise(FeeOffer before, FeeMarket market)
    {
        var least = new FeeOffer(TenthMore(before.MaxPriorityFeePerGas), TenthMore(before.MaxFeePerGas));
        if (least.MaxFeePerGas > options.MaxFeePerGasLimit || least.MaxPriorityFeePerGas > options.MaxFeePerGasLimit)
        {
            return null;
        }

        var most = Larger(least.MaxFeePerGas, Smaller(market.Offer.MaxFeePerGas, options.MaxFeePerGasLimit));
        var priority = Larger(least.MaxPriorityFeePerGas, market.Offer.MaxPriorityFeePerGas);
        return new FeeOffer(Smaller(priority, most), most);
    }

    internal FeeMarket Choose(FeeHistory history)
    {
        var nextBaseFee = history.BaseFeePerGas.Length == 0 ? UInt256.Zero : history.BaseFeePerGas[^1];
        var rewards = history.Rewards.Where(block => block.Length > 0).Select(block => block[0]).Order().ToArray();
        var usual = rewards.Length == 0 ? UInt256.Zero : rewards[rewards.Length / 2];
        var priority = Larger(usual, options.MinPriorityFeePerGas);
        var larger = Larger(nextBaseFee, priority);
        var needed = larger > options.MaxFeePerGasLimit ? larger : nextBaseFee + priority;
        if (needed > options.MaxFeePerGasLimit)
        {
            throw new FeeLimitException(needed, options.MaxFeePerGasLimit);
        }

        var wanted = (nextBaseFee * (ulong)options.BaseFeeMultiple) + priority;
        return new FeeMarket(needed, new FeeOffer(priority, Smaller(wanted, options.MaxFeePerGasLimit)));
    }

    // Rounded up, and never the same: a fee of zero couldn't be raised otherwise.
    private static UInt256 TenthMore(UInt256 fee) =>
        fee > UInt256.MaxValue / 2 ? UInt256.MaxValue : fee + Larger(UInt256.One, (fee + 9) / 10);

    private static UInt256 Larger(UInt256 left, UInt256 right) => left > right ? left : right;

    private static UInt256 Smaller(UInt256 left, UInt256 right) => left < right ? left : right;
}
