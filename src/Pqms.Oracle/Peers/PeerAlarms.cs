namespace Pqms.Oracle.Peers;

/// <summary>Reports in which this oracle and another one differ, until the chain has decided. Safe for any
/// thread.</summary>
internal sealed class PeerAlarms
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<ulong, string> _texts = [];

    /// <summary>The oldest difference in words; empty if there is none.</summary>
    public string Current
    {
        get
        {
            lock (_gate)
            {
                return _texts.Values.FirstOrDefault() ?? string.Empty;
            }
        }
    }

    /// <summary>Notes a difference.</summary>
    /// <param name="sequence">The report.</param>
    /// <param name="text">What differs.</param>
    /// <returns>True if it is the first that is known of this report.</returns>
    public bool Raise(ulong sequence, string text)
    {
        lock (_gate)
        {
            return _texts.TryAdd(sequence, text);
        }
    }

    /// <summary>Says more of a difference that is known.</summary>
    public void Explain(ulong sequence, string text)
    {
        lock (_gate)
        {
            _texts[sequence] = text;
        }
    }

    /// <summary>Forgets what the chain has decided in this oracle's favour.</summary>
    /// <param name="sequence">The last report accepted.</param>
    public void Accepted(ulong sequence)
    {
        lock (_gate)
        {
            foreach (ulong decided in _texts.Keys.TakeWhile(known => known <= sequence).ToArray())
            {
                _texts.Remove(decided);
            }
        }
    }
}
