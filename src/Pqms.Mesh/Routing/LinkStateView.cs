using Pqms.Mesh.Engine;

namespace Pqms.Mesh.Routing;

/// <summary>What a span says about itself.</summary>
/// <param name="IsUp">Whether it makes pairs.</param>
/// <param name="PairsPerSecond">Heralded pairs per second.</param>
/// <param name="Fidelity">Estimated fidelity of a fresh pair; never the true one.</param>
internal readonly record struct LinkState(bool IsUp, double PairsPerSecond, double Fidelity)
{
    public static void Exchange(StateExchange state, ref LinkState item)
    {
        (bool isUp, double rate, double fidelity) = item;
        state.Value(ref isUp);
        state.Value(ref rate);
        state.Value(ref fidelity);
        item = new LinkState(isUp, rate, fidelity);
    }
}

/// <summary>A state as it is known somewhere else.</summary>
/// <param name="State">The newest state that has arrived.</param>
/// <param name="SentNs">When it was so.</param>
/// <param name="AgeNs">How long ago that is, at least the delay of the span.</param>
internal readonly record struct LinkReading(LinkState State, long SentNs, long AgeNs);

/// <summary>The states of all spans as one site sees them, each after the time that light needs to get there.</summary>
/// <remarks>
/// A span keeps the newest state that has arrived and those under way, at most a given number together. One more than
/// that takes the place of the newest under way, which then never arrives: a sender that reports more than
/// (history - 2) times per delay is heard less often, but never falls silent. A span's own times may not run backwards.
/// Not thread-safe.
/// </remarks>
internal sealed class LinkStateView
{
    /// <summary>States per span unless told otherwise: one that has arrived and seven under way.</summary>
    public const int DefaultHistory = 8;

    private readonly long[] _delays;
    private readonly int _history;
    private readonly LinkState[] _states;
    private readonly long[] _sent;
    private readonly int[] _first;
    private readonly int[] _count;
    private readonly long[] _clock;

    /// <param name="delaysNs">Delay of every span in ns; see <see cref="ClassicalDelays"/>.</param>
    /// <param name="history">States per span, at least 3.</param>
    /// <exception cref="ArgumentOutOfRangeException">A delay is below 0 or the history below 3.</exception>
    public LinkStateView(ReadOnlySpan<long> delaysNs, int history = DefaultHistory)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(history, 3);
        foreach (long delay in delaysNs)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(delay, nameof(delaysNs));
        }

        _delays = delaysNs.ToArray();
        _history = history;
        _states = new LinkState[delaysNs.Length * history];
        _sent = new long[delaysNs.Length * history];
        _first = new int[delaysNs.Length];
        _count = new int[delaysNs.Length];
        _clock = new long[delaysNs.Length];
        Array.Fill(_clock, long.MinValue);
    }

    /// <summary>Delay of a span in ns; <see cref="ClassicalDelays.Never"/> if it is never heard.</summary>
    public long DelayNs(int span) => _delays[span];

    /// <summary>Sends a state off.</summary>
    /// <param name="span">Position of the span.</param>
    /// <param name="state">Its state.</param>
    /// <param name="atNs">Time at the span, not before anything said or read about it so far.</param>
    /// <exception cref="ArgumentOutOfRangeException">Time runs backwards.</exception>
    public void Advertise(int span, LinkState state, long atNs)
    {
        Forget(span, atNs);
        int place = _count[span] < _history ? _count[span]++ : _history - 1;
        int slot = Slot(span, place);
        _states[slot] = state;
        _sent[slot] = atNs;
    }

    /// <summary>The newest state that has arrived.</summary>
    /// <param name="span">Position of the span.</param>
    /// <param name="nowNs">Time at the reader, not before anything said or read about the span so far.</param>
    /// <param name="reading">The state and its age.</param>
    /// <returns>False when nothing has arrived yet.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Time runs backwards.</exception>
    public bool TryRead(int span, long nowNs, out LinkReading reading)
    {
        Forget(span, nowNs);
        int slot = Slot(span, 0);
        bool arrived = _count[span] > 0 && HasArrived(span, 0, nowNs);
        reading = arrived ? new LinkReading(_states[slot], _sent[slot], nowNs - _sent[slot]) : default;
        return arrived;
    }

    /// <summary>Writes or reads what has arrived and what is under way.</summary>
    public void Exchange(StateExchange state)
    {
        state.Items(_states, LinkState.Exchange);
        state.Items(_sent, static (StateExchange s, ref long item) => s.Value(ref item));
        state.Items(_first, static (StateExchange s, ref int item) => s.Value(ref item));
        state.Items(_count, static (StateExchange s, ref int item) => s.Value(ref item));
        state.Items(_clock, static (StateExchange s, ref long item) => s.Value(ref item));
    }

    // Drops what a newer arrival has replaced.
    private void Forget(int span, long nowNs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nowNs, _clock[span]);
        _clock[span] = nowNs;
        while (_count[span] > 1 && HasArrived(span, 1, nowNs))
        {
            _first[span] = (_first[span] + 1) % _history;
            _count[span]--;
        }
    }

    private bool HasArrived(int span, int place, long nowNs) =>
        _delays[span] != ClassicalDelays.Never && nowNs - _sent[Slot(span, place)] >= _delays[span];

    private int Slot(int span, int place) => (span * _history) + ((_first[span] + place) % _history);
}
