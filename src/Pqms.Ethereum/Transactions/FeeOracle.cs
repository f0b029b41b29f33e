using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Transactions;

/// <summary>What a transaction offers per gas.</summary>
/// <param name="MaxPriorityFeePerGas">Wei per gas for the block's builder, at most.</param>
/// <param name="MaxFeePerGas">Wei per gas in all, at most.</param>
public readonly record struct FeeOffer(UInt256 MaxPriorityFeePerGas, UInt256 MaxFeePerGas);

/// <summary>Chooses fees from eth_feeHistory: the next base fee with headroom, and the usual priority fee.</summary>
internal sealed class FeeOracle(IEthereumRpc rpc, SenderOptions options, TimeProvider clock)
{
    // Half of those who were included paid this much or less.
    private static readonly double[] Median = [50];

    private readonly Lock _lock = new();
    private FeeOffer? _last;
    private long _lastAt;

    public async Task<FeeOffer> OfferAsync(CancellationToken cancellationToken)
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
        var offer = Choose(history);
        lock (_lock)
        {
            _last = offer;
            _lastAt = asked;
        }

        return offer;
    }

    internal FeeOffer Choose(FeeHistory history)
    {
        var nextBaseFee = history.BaseFeePerGas.Length == 0 ? UInt256.Zero : history.BaseFeePerGas[^1];
        var rewards = history.Rewards.Where(block => block.Length > 0).Select(block => block[0]).Order().ToArray();
        var usual = rewards.Length == 0 ? UInt256.Zero : rewards[rewards.Length / 2];
        var priority = usual > options.MinPriorityFeePerGas ? usual : options.MinPriorityFeePerGas;
        var needed = nextBaseFee + priority;
        if (needed > options.MaxFeePerGasLimit)
        {
            throw new FeeLimitException(needed, options.MaxFeePerGasLimit);
        }

        var wanted = (nextBaseFee * (ulong)options.BaseFeeMultiple) + priority;
        return new FeeOffer(priority, wanted < options.MaxFeePerGasLimit ? wanted : options.MaxFeePerGasLimit);
    }
}
