using Pqms.Mesh.Engine;
using Pqms.Mesh.Memories;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Links;

/// <summary>The communication memories of one span that belong to one pool, and the pairs they hold.</summary>
/// <remarks>
/// Free memories attempt together in rounds of one attempt time. Failed rounds are skipped: the number of rounds until
/// one with a success is geometric, its number of successes binomial given at least one. A memory that becomes free
/// joins with the next round; the draw is then renewed from that round on, which is exact because attempts have no
/// memory.
/// </remarks>
internal sealed class LinkShare
{
    private readonly SpanFigures _figures;
    private readonly long _cutOffNanoseconds;
    private readonly double _linkFidelity;
    private readonly RandomStream _rounds;
    private readonly RandomStream _successes;
    private readonly RandomStream _truths;
    private readonly double[] _anySuccess;
    private readonly LinkPair[] _held;
    private int _attempting;
    private long _anchor;
    private ulong _draws;

    public LinkShare(SpanFigures figures, int memories, LinkShareSettings settings)
    {
        _figures = figures;
        Memories = memories;
        _cutOffNanoseconds = settings.CutOffNanoseconds;
        _linkFidelity = settings.LinkFidelity;
        _rounds = new RandomStream(settings.Seed, RandomPurpose.LinkRounds, settings.Entity);
        _successes = new RandomStream(settings.Seed, RandomPurpose.LinkSuccesses, settings.Entity);
        _truths = new RandomStream(settings.Seed, RandomPurpose.LinkTruth, settings.Entity);
        _held = new LinkPair[memories];
        _anySuccess = new double[memories + 1];
        for (int k = 1; k <= memories; k++)
        {
            // P(any of k) without cancellation for small p.
            _anySuccess[k] = _anySuccess[k - 1] + (figures.SuccessProbability * (1.0 - _anySuccess[k - 1]));
        }
    }

    public int Memories { get; }

    /// <summary>Pairs that wait.</summary>
    public int Held { get; private set; }

    /// <summary>Memories whose pair is being swapped.</summary>
    public int Swapping { get; private set; }

    public ulong Generated { get; private set; }

    public ulong Swapped { get; private set; }

    public ulong CutOff { get; private set; }

    /// <summary>When the next round with a success ends, or <see cref="TimerHeap.Never"/>.</summary>
    public long NextHerald { get; private set; } = TimerHeap.Never;

    /// <summary>When the oldest pair reaches the cut-off, or <see cref="TimerHeap.Never"/>.</summary>
    public long NextCutOff => Held == 0 ? TimerHeap.Never : _held[0].HeraldedNanoseconds + _cutOffNanoseconds;

    /// <summary>Starts, stops or re-sizes the attempts, so that at most <paramref name="wanted"/> pairs wait.</summary>
    public void Regulate(long now, int wanted)
    {
        int free = Memories - Held - Swapping;
        int target = Held < wanted && _figures.SuccessProbability > 0.0 ? free : 0;
        if (target == _attempting)
        {
            return;
        }

        if (target == 0)
        {
            Stop();
            return;
        }

        if (_attempting == 0)
        {
            _anchor = now;
            Draw(now, target);
            return;
        }

        long round = _figures.RoundNanoseconds;
        long roundEnd = _anchor + ((now - _anchor + round - 1) / round * round);
        if (NextHerald != roundEnd)
        {
            Draw(roundEnd, target);
        }
    }

    /// <summary>Takes the successes of the round that ends now into the memories.</summary>
    /// <returns>How many, at least 1.</returns>
    public int Herald(long now)
    {
        int successes = Successes();
        for (int i = 0; i < successes; i++)
        {
            Generated++;
            double fidelity = LinkTruth.Sample(_linkFidelity, _truths.Uniform(Generated));
            long start = now - _figures.RoundNanoseconds;
            _held[Held++] = new LinkPair(Generated, start, now, PairTruth.Heralded(fidelity, start));
        }

        Stop();
        return successes;
    }

    /// <summary>Drops the oldest pair.</summary>
    /// <returns>Its number.</returns>
    public ulong DropOldest()
    {
        ulong counter = _held[0].Counter;
        Held--;
        Array.Copy(_held, 1, _held, 0, Held);
        CutOff++;
        return counter;
    }

    /// <summary>Hands the youngest pair to a swap; its memories stay occupied until <see cref="Release"/>.</summary>
    public LinkPair TakeYoungest()
    {
        Swapping++;
        Swapped++;
        return _held[--Held];
    }

    /// <summary>One swap was carried out: its memories are free.</summary>
    public void Release() => Swapping--;

    /// <summary>Throws if a pair was lost or made from nothing.</summary>
    public void CheckConservation()
    {
        if (Generated != Swapped + CutOff + (ulong)Held || Held + Swapping > Memories)
        {
            throw new InvalidOperationException(
                $"Link pairs are not conserved: {Generated} generated, {Swapped} swapped, {CutOff} cut off, "
                + $"{Held} held.");
        }
    }

    private void Stop()
    {
        _attempting = 0;
        NextHerald = TimerHeap.Never;
    }

    private void Draw(long from, int attempting)
    {
        _attempting = attempting;
        ulong rounds = _rounds.GeometricFromLog(++_draws, _figures.LogFailure * attempting);
        unchecked
        {
            // Modulo 2^64, because a warm-up may begin before the epoch: then Never - from has no room in a long.
            ulong round = (ulong)_figures.RoundNanoseconds;
            ulong most = ((ulong)(TimerHeap.Never - 1) - (ulong)from) / round;
            NextHerald = rounds > most ? TimerHeap.Never : (long)((ulong)from + (rounds * round));
        }
    }

    private int Successes()
    {
        double p = _figures.SuccessProbability;
        if (_attempting == 1 || p >= 1.0)
        {
            return _attempting;
        }

        double left = _successes.Uniform(_draws) * _anySuccess[_attempting];
        double term = _attempting * p * PortableMath.Exp((_attempting - 1) * _figures.LogFailure);
        for (int k = 1; k < _attempting; k++)
        {
            if (left < term)
            {
                return k;
            }

            left -= term;
            term *= (_attempting - k) / (k + 1.0) * (p / (1.0 - p));
        }

        return _attempting;
    }
}

/// <summary>What all shares of one run have in common, and which one this is.</summary>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Entity">Pool index times 2^32 plus position on the route.</param>
/// <param name="CutOffNanoseconds">Age after heralding at which a waiting pair is dropped.</param>
/// <param name="LinkFidelity">Nominal fidelity of a fresh pair.</param>
internal sealed record LinkShareSettings(ulong Seed, ulong Entity, long CutOffNanoseconds, double LinkFidelity);
