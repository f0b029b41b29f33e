namespace Pqms.Ethereum.Transactions;

/// <summary>A nonce with the signed bytes that were made for it: the first ones, then replacements. At most one of them
/// can be mined.</summary>
internal sealed class NonceSlot(PendingTransaction first, long now)
{
    private readonly Lock _lock = new();
    private readonly List<PendingTransaction> _attempts = [first];

    public ulong Nonce { get; } = first.Nonce;

    /// <summary>Held while bytes are added, and while the nonce is closed: bytes that are kept after the others were
    /// closed would look like an open transaction to the next run.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>Whether the nonce's fate is known.</summary>
    public bool IsClosed { get; set; }

    /// <summary>The bytes that were made last: those that are sent again.</summary>
    public PendingTransaction Newest
    {
        get
        {
            lock (_lock)
            {
                return _attempts[^1];
            }
        }
    }

    public PendingTransaction[] Attempts
    {
        get
        {
            lock (_lock)
            {
                return [.. _attempts];
            }
        }
    }

    /// <summary>When bytes were sent last.</summary>
    public long SentAt { get; set; } = now;

    /// <summary>Whether the newest bytes are to be sent at the next look, however short ago they were sent.</summary>
    public bool MustSend { get; set; }

    /// <summary>When the fees were chosen last.</summary>
    public long PricedAt { get; set; } = now;

    /// <summary>What the next replacement is dearer than: more than the newest bytes offer when a node wanted
    /// more.</summary>
    public FeeOffer LastOffer { get; set; } = first.Transaction.Fee;

    /// <summary>Whether the last look found it in a block.</summary>
    public bool IsIncluded { get; set; }

    /// <summary>Looks in a row that showed the nonce used, and no receipt.</summary>
    public int LooksSinceTaken { get; set; }

    /// <summary>Refusals of the same bytes in a row.</summary>
    public int Rejections { get; set; }

    /// <summary>Takes further bytes for the nonce.</summary>
    public void Add(PendingTransaction attempt, long now)
    {
        lock (_lock)
        {
            if (_attempts.Exists(known => known.Hash == attempt.Hash))
            {
                return;
            }

            _attempts.Add(attempt);
        }

        LastOffer = attempt.Transaction.Fee;
        SentAt = now;
        PricedAt = now;
        Rejections = 0;
    }

    /// <summary>Takes bytes that aren't sent again, or are so no longer: only their receipt is looked for.</summary>
    public void AddEarlier(PendingTransaction attempt)
    {
        lock (_lock)
        {
            _attempts.RemoveAll(known => known.Hash == attempt.Hash);
            _attempts.Insert(0, attempt);
        }
    }
}
