namespace Pqms.Ethereum.Transactions;

/// <summary>Which nonces of an account are free. Used by one writer at a time.</summary>
internal sealed class NonceBook
{
    private readonly SortedSet<ulong> _reserved = [];
    private ulong _floor;

    /// <summary>The nonce that the next transaction gets: the smallest free one, so gaps are filled first.</summary>
    public ulong Next
    {
        get
        {
            var next = _floor;
            foreach (var nonce in _reserved)
            {
                if (nonce > next)
                {
                    break;
                }

                next = nonce == next ? next + 1 : next;
            }

            return next;
        }
    }

    /// <summary>Starts at the chain's count; all lower nonces are used.</summary>
    public void StartAt(ulong transactionCount) => _floor = transactionCount;

    /// <summary>Takes a nonce until it is released or mined.</summary>
    public void Reserve(ulong nonce)
    {
        if (!_reserved.Add(nonce))
        {
            throw new InvalidOperationException($"Nonce {nonce} is reserved already.");
        }
    }

    /// <summary>Gives a nonce back whose transaction nobody can have.</summary>
    public void Release(ulong nonce) => _reserved.Remove(nonce);

    /// <summary>Notes that a nonce is used up, and with it all lower ones.</summary>
    public void Consumed(ulong nonce)
    {
        _floor = Math.Max(_floor, nonce + 1);
        _reserved.RemoveWhere(reserved => reserved < _floor);
    }
}
