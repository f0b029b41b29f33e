namespace Pqms.Ethereum.Transactions;

/// <summary>Fees, headroom and patience of a <see cref="TransactionSender"/>.</summary>
public sealed record SenderOptions
{
    /// <summary>Gas added to an estimate, in percent.</summary>
    /// <value>
    /// The default is 20: storage that others touch between estimate and inclusion changes the need by less.
    /// </value>
    public int GasHeadroomPercent { get; init; } = 20;

    /// <summary>The most gas that an estimate with its headroom may come to; an estimate above it gets no
    /// headroom.</summary>
    /// <value>The default is 2^24, the most that a transaction may use since EIP-7825.</value>
    public ulong GasLimitWithHeadroom { get; init; } = 1 << 24;

    /// <summary>The base fee that is accepted, as a multiple of the next block's.</summary>
    /// <value>The default is 2, which six full blocks in a row (each +12.5 %) don't exceed.</value>
    public int BaseFeeMultiple { get; init; } = 2;

    /// <summary>The least priority fee in wei per gas.</summary>
    /// <value>The default is 1 gwei, what wallets offer when blocks aren't full.</value>
    public UInt256 MinPriorityFeePerGas { get; init; } = Ether.WeiPerGwei;

    /// <summary>The most that is ever offered, in wei per gas; above it nothing is sent.</summary>
    /// <value>The default is 1,000 gwei: higher base fees were seen on no public network for more than minutes.</value>
    public UInt256 MaxFeePerGasLimit { get; init; } = 1000 * Ether.WeiPerGwei;

    /// <summary>Recent blocks whose priority fees are looked at.</summary>
    /// <value>The default is 10: two minutes of the main network.</value>
    public int FeeHistoryBlocks { get; init; } = 10;

    /// <summary>How long fees are used before they are asked for again.</summary>
    /// <value>The default is 1 s, the shortest block time met.</value>
    public TimeSpan FeeLifetime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Pause between two looks for receipts; one batch asks for all that are waited for.</summary>
    /// <value>The default is 100 ms, a tenth of a development chain's block.</value>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>After how long without a receipt the same bytes are sent again.</summary>
    /// <value>The default is 5 s, five blocks of a development chain.</value>
    public TimeSpan ResendInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many looks in a row may fail before those who wait are told.</summary>
    /// <value>The default is 60; pauses grow to 5 s, so about five minutes.</value>
    public int MaxFailures { get; init; } = 60;

    /// <summary>How many looks in a row must show a nonce used and no receipt before a transaction counts as
    /// superseded.</summary>
    /// <value>The default is 10: nodes behind one address lag one another by a block or two.</value>
    public int SupersededAfter { get; init; } = 10;

    /// <summary>After how long without a block a transaction that offers too little, or is the next to be mined, is
    /// replaced by one with higher fees: at least a tenth more on both, at most
    /// <see cref="MaxFeePerGasLimit"/>.</summary>
    /// <value>The default is 60 s, five blocks of the main network.</value>
    public TimeSpan ReplaceAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many blocks must follow a transaction's block before it counts as mined. Until then it stays
    /// kept, and is sent again should a reorganisation take it back.</summary>
    /// <value>The default is 0: a block suffices. What the sender saw mined it still sends again after a
    /// reorganisation, but only as long as the process lives.</value>
    public int Confirmations { get; init; }

    /// <summary>Refuses figures that would never work.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A figure is out of range; the message names it.</exception>
    internal void Check()
    {
        InRange(nameof(GasHeadroomPercent), GasHeadroomPercent, 0, 1_000);
        InRange(nameof(BaseFeeMultiple), BaseFeeMultiple, 1, 1_000);
        InRange(nameof(FeeHistoryBlocks), FeeHistoryBlocks, 1, 1_024);
        InRange(nameof(MaxFailures), MaxFailures, 1, int.MaxValue);
        InRange(nameof(SupersededAfter), SupersededAfter, 1, int.MaxValue);
        InRange(nameof(Confirmations), Confirmations, 0, 100_000);
        InRange(nameof(PollInterval), PollInterval, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
        InRange(nameof(ResendInterval), ResendInterval, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1));
        InRange(nameof(ReplaceAfter), ReplaceAfter, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1));
        InRange(nameof(FeeLifetime), FeeLifetime, TimeSpan.Zero, TimeSpan.FromHours(1));
        InRange(nameof(MaxFeePerGasLimit), MaxFeePerGasLimit, UInt256.One, UInt128.MaxValue);
        InRange(nameof(MinPriorityFeePerGas), MinPriorityFeePerGas, UInt256.Zero, MaxFeePerGasLimit);
    }

    private static void InRange<T>(string name, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; {least} to {most} is allowed.");
        }
    }
}
