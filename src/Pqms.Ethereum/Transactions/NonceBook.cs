namespace Pqms.Ethereum.Transactions;

/// <summary>Which nonces of an account are free. Safe across threads.</summary>
internal sealed class NonceBook
{
    private readonly Lock _lock = new();
    private readonly SortedSet<ulong> _reserved = [];
    private ulong _floor;

    /// <summary>The nonce that the next transaction gets: the smallest free one, so gaps are filled first.</summary>
    public ulong Next
    {
        get
        {
            lock (_lock)
            {
                return FindNext();
            }
        }
    }

    /// <summary>Counts all lower nonces as used.</summary>
    public void RaiseFloor(ulong transactionCount)
    {
        lock (_lock)
        {
            _floor = Math.Max(_floor, transactionCount);
        }
    }

    /// <summary>Takes the next nonce until it is released or mined.</summary>
    public ulong ReserveNext()
    {
        lock (_lock)
        {
            var nonce = FindNext();
            _reserved.Add(nonce);
            return nonce;
        }
    }

    /// <summary>Takes a nonce that a kept transaction has.</summary>
    public void Reserve(ulong nonce)
    {
        lock (_lock)
        {
            _reserved.Add(nonce);
        }
    }

    /// <summary>Gives a nonce back whose transaction nobody can have.</summary>
    public void Release(ulong nonce)
    {
        lock (_lock)
        {
            _reserved.Remove(nonce);
        }
    }

    /// <summary>Notes that a nonce is used up, and with it all lower ones.</summary>
    public void Consumed(ulong nonce)
    {
        lock (_lock)
        {
            _floor = Math.Max(_floor, nonce + 1);
            _reserved.RemoveWhere(reserved => reserved < _floor);
        }
    }

    private ulong FindNext()
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
