namespace Pqms.Ethereum.Transactions;

/// <summary>Which nonces of an account are free, which have signed bytes, which are used up. Safe across
/// threads.</summary>
internal sealed class AccountBook
{
    // How many mined transactions are remembered in case that a reorganisation takes them back: a proof-of-stake
    // chain gives up 64 blocks at most before it is final, and one account rarely has more than four a block.
    private const int MinedRemembered = 256;

    private readonly Lock _lock = new();
    private readonly SortedSet<ulong> _reserved = [];
    private readonly SortedDictionary<ulong, NonceSlot> _open = [];
    private readonly SortedDictionary<ulong, PendingTransaction> _mined = [];
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

    /// <summary>The nonces with signed bytes whose fate is open, ascending.</summary>
    public NonceSlot[] Open
    {
        get
        {
            lock (_lock)
            {
                return [.. _open.Values];
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

    /// <summary>Takes the next nonce until it is released or gets signed bytes.</summary>
    public ulong ReserveNext()
    {
        lock (_lock)
        {
            var nonce = FindNext();
            _reserved.Add(nonce);
            return nonce;
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

    /// <summary>Keeps signed bytes that somebody may have; bytes for a nonce that has some become its newest.</summary>
    public NonceSlot Add(PendingTransaction pending, long now)
    {
        lock (_lock)
        {
            _reserved.Remove(pending.Nonce);
            if (_open.TryGetValue(pending.Nonce, out var slot))
            {
                slot.Add(pending, now);
                return slot;
            }

            return _open[pending.Nonce] = new NonceSlot(pending, now);
        }
    }

    /// <summary>The open nonce of a transaction; one that is unknown here, as after another sender, is taken
    /// up.</summary>
    public NonceSlot Find(PendingTransaction pending, long now)
    {
        lock (_lock)
        {
            var slot = _open.GetValueOrDefault(pending.Nonce);
            if (slot is null && _mined.Remove(pending.Nonce, out var mined))
            {
                slot = _open[pending.Nonce] = new NonceSlot(mined, now);
            }

            if (slot is not null && Array.Exists(slot.Attempts, attempt => attempt.Replaces(pending)))
            {
                // Replaced with higher fees or cancelled, and perhaps mined before.
                if (!Array.Exists(slot.Attempts, attempt => attempt.Hash == pending.Hash))
                {
                    slot.AddEarlier(pending);
                }

                return slot;
            }

            // Another transaction has the nonce: this one is watched beside it, so that its receipt or its end is seen.
            var own = new NonceSlot(pending, now);
            if (slot is null && !_reserved.Contains(pending.Nonce))
            {
                _open[pending.Nonce] = own;
            }

            return own;
        }
    }

    /// <summary>Whether signed bytes exist or are being made for a nonce.</summary>
    public bool Has(ulong nonce)
    {
        lock (_lock)
        {
            return _open.ContainsKey(nonce) || _reserved.Contains(nonce);
        }
    }

    /// <summary>Takes a certain nonce, below the floor too, unless it has or had bytes.</summary>
    public bool TryReserve(ulong nonce)
    {
        lock (_lock)
        {
            return !_open.ContainsKey(nonce) && !_mined.ContainsKey(nonce) && _reserved.Add(nonce);
        }
    }

    /// <summary>Notes that a nonce is used up, and with it all lower ones.</summary>
    /// <param name="slot">The nonce.</param>
    /// <param name="mined">Which bytes were mined; null when another transaction was.</param>
    public void Close(NonceSlot slot, PendingTransaction? mined)
    {
        slot.IsClosed = true;
        lock (_lock)
        {
            _floor = Math.Max(_floor, slot.Nonce + 1);
            if (_open.GetValueOrDefault(slot.Nonce) == slot)
            {
                _open.Remove(slot.Nonce);
            }

            if (mined is not null)
            {
                _mined[slot.Nonce] = mined;
                if (_mined.Count > MinedRemembered)
                {
                    _mined.Remove(_mined.Keys.First());
                }
            }
        }
    }

    /// <summary>Opens again what was mined and isn't any more: the same bytes must be mined once more.</summary>
    /// <returns>The bytes, by nonce.</returns>
    public PendingTransaction[] ReopenFrom(ulong transactionCount, long now)
    {
        lock (_lock)
        {
            PendingTransaction[] back = [.. _mined.Values.Where(mined => mined.Nonce >= transactionCount)];
            foreach (var mined in back)
            {
                _mined.Remove(mined.Nonce);
                _open.TryAdd(mined.Nonce, new NonceSlot(mined, now) { MustSend = true });
            }

            return back;
        }
    }

    private ulong FindNext()
    {
        var next = _floor;
        while (_open.ContainsKey(next) || _reserved.Contains(next))
        {
            next++;
        }

        return next;
    }
}
