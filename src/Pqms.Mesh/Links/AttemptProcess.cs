using Pqms.Mesh.Engine;
using Pqms.Mesh.Scenarios;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Links;

/// <summary>When the attempts of one share of a span succeed.</summary>
/// <remarks>
/// Free memories attempt together in rounds. By default failed rounds are skipped: the number of rounds until one with
/// a success is geometric, its number of successes binomial given at least one. A memory that becomes free joins with
/// the next round; the draw is then renewed from that round on, which is exact because attempts have no memory. In
/// the per-attempt mode every round is an event and every attempt a draw: slower, equal in distribution (a test holds
/// it). A Poisson link has no rounds: the next success comes after an exponential time.
/// </remarks>
internal sealed class AttemptProcess
{
    private readonly RandomStream _waits;
    private readonly RandomStream _counts;
    private readonly bool _perAttempt;
    private SpanFigures _figures;
    private (double Any, double One)[] _terms = [];
    private double _odds;
    private int _attempting;
    private int _joining;
    private long _from;
    private ulong _draws;
    private ulong _attempts;
    private long _next = TimerHeap.Never;

    public AttemptProcess(SpanFigures figures, ulong seed, ulong entity, bool perAttempt)
    {
        _figures = figures;
        Restore(figures);
        _perAttempt = perAttempt && figures.Kind != LinkKind.Poisson;
        _waits = new RandomStream(seed, RandomPurpose.LinkRounds, entity);
        _counts = new RandomStream(seed, RandomPurpose.LinkSuccesses, entity);
    }

    /// <summary>When the next round ends that must be looked at, or <see cref="TimerHeap.Never"/>.</summary>
    public long Next => _next;

    /// <summary>Attempts begun so far, failed ones included; of the present draw those up to its start.</summary>
    public ulong Attempts => _attempts;

    /// <summary>Sets how many memories attempt, from the next round on; 0 stops at once.</summary>
    public void Run(long now, int memories)
    {
        int wanted = _figures.CanSucceed ? memories : 0;
        if (wanted == (_perAttempt ? _joining : _attempting))
        {
            return;
        }

        if (wanted == 0)
        {
            Stop(now);
        }
        else if (_attempting == 0 || _figures.Kind == LinkKind.Poisson)
        {
            Count(now);
            Begin(now, wanted);
        }
        else if (_perAttempt)
        {
            _joining = wanted;
        }
        else
        {
            long roundEnd = RoundEnd(now);
            if (_next != roundEnd)
            {
                Count(roundEnd);
                Begin(roundEnd, wanted);
            }
        }
    }

    /// <summary>Ends the round that is due.</summary>
    /// <returns>Its successes. With any, all memories stop and wait for <see cref="Run"/>.</returns>
    public int Finish(long now)
    {
        Count(now);
        int successes = _perAttempt ? Trials() : Successes();
        if (successes > 0)
        {
            Halt();
            return successes;
        }

        Begin(now, _joining);
        return 0;
    }

    /// <summary>The conditions of the span change: attempts under way are lost and begin anew.</summary>
    public void Change(long now, SpanFigures figures)
    {
        int memories = _perAttempt ? _joining : _attempting;
        Stop(now);
        Restore(figures);
        Run(now, memories);
    }

    /// <summary>Sets the span's figures after a snapshot was read.</summary>
    public void Restore(SpanFigures figures)
    {
        _figures = figures;
        _terms = [];
        _odds = figures.SuccessProbability / (1.0 - figures.SuccessProbability);
    }

    public void Exchange(StateExchange state)
    {
        state.Value(ref _attempting);
        state.Value(ref _joining);
        state.Value(ref _from);
        state.Value(ref _draws);
        state.Value(ref _attempts);
        state.Value(ref _next);
    }

    private void Stop(long now)
    {
        Count(now);
        Halt();
    }

    private void Halt()
    {
        _attempting = 0;
        _joining = 0;
        _next = TimerHeap.Never;
    }

    private void Begin(long from, int memories)
    {
        _from = from;
        _attempting = memories;
        _joining = memories;
        if (_perAttempt)
        {
            _next = from + _figures.RoundNanoseconds;
            return;
        }

        _next = _figures.Kind == LinkKind.Poisson ? AfterExponential(from) : AfterRounds(from);
    }

    private long AfterRounds(long from)
    {
        ulong rounds = _waits.GeometricFromLog(++_draws, _figures.LogFailure * _attempting);
        unchecked
        {
            // Modulo 2^64, because a warm-up may begin before the epoch: then Never - from has no room in a long.
            ulong round = (ulong)_figures.RoundNanoseconds;
            ulong most = ((ulong)(TimerHeap.Never - 1) - (ulong)from) / round;
            return rounds > most ? TimerHeap.Never : (long)((ulong)from + (rounds * round));
        }
    }

    private long AfterExponential(long from)
    {
        double nanoseconds = _waits.Exponential(++_draws) / (_figures.RatePerSecond * _attempting) * 1e9;
        return nanoseconds < SpanFigures.LongestWait ? from + (long)(nanoseconds + 0.5) : TimerHeap.Never;
    }

    /// <summary>Books the attempts since the draw's start; a round that is cut short has cost its energy.</summary>
    private void Count(long until)
    {
        if (_attempting > 0 && _figures.Kind != LinkKind.Poisson)
        {
            long round = _figures.RoundNanoseconds;
            _attempts += (ulong)((until - _from + round - 1) / round) * (ulong)_attempting;
        }
    }

    private long RoundEnd(long now)
    {
        long round = _figures.RoundNanoseconds;
        return _from + ((now - _from + round - 1) / round * round);
    }

    private int Trials()
    {
        int successes = 0;
        for (int i = 0; i < _attempting; i++)
        {
            successes += _counts.Uniform(++_draws) < _figures.SuccessProbability ? 1 : 0;
        }

        return successes;
    }

    /// <summary>P(any of k succeeds) and P(one of k does), kept because every herald asks.</summary>
    private (double Any, double One) FirstTerms(int attempting)
    {
        if (attempting >= _terms.Length)
        {
            Array.Resize(ref _terms, attempting + 1);
        }

        ref (double Any, double One) terms = ref _terms[attempting];
        if (terms.Any == 0.0)
        {
            // Without cancellation for small p.
            double any = -PortableMath.ExpMinus1(attempting * _figures.LogFailure);
            double p = _figures.SuccessProbability;
            terms = (any, attempting * p * PortableMath.Exp((attempting - 1) * _figures.LogFailure));
        }

        return terms;
    }

    private int Successes()
    {
        double p = _figures.SuccessProbability;
        if (_figures.Kind == LinkKind.Poisson)
        {
            _attempts++;
            return 1;
        }

        if (_attempting == 1 || p >= 1.0)
        {
            return _attempting;
        }

        (double any, double term) = FirstTerms(_attempting);
        double left = _counts.Uniform(_draws) * any;
        for (int k = 1; k < _attempting; k++)
        {
            if (left < term)
            {
                return k;
            }

            left -= term;
            term *= (_attempting - k) / (k + 1.0) * _odds;
        }

        return _attempting;
    }
}
