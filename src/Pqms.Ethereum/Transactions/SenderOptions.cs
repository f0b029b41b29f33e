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
}
