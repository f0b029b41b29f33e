using Pqms.Mesh.Engine;
using Pqms.Mesh.Faults;
using Pqms.Mesh.Memories;
using Pqms.Physics.Channels;
using Pqms.Physics.Numerics;
using Pqms.Physics.States;

namespace Pqms.Mesh.Links;

/// <summary>The communication memories of one span that belong to one pool, and the pairs they hold.</summary>
/// <remarks>
/// With rounds of purification, two pairs of one level become one of the next: the measured one's memories are free at
/// once, the kept one's stay occupied until both ends know the result, one light time of the span later.
/// </remarks>
internal sealed class LinkShare
{
    private const int MaxHeld = 8192;

    private readonly LinkShareSettings _settings;
    private readonly AttemptProcess _attempts;
    private readonly RandomStream _truths;
    private readonly RandomStream _disturbances;
    private readonly RandomStream _purifications;
    private readonly List<LinkPair> _held = [];
    private readonly Queue<PendingRound> _pending = [];
    private readonly SpanFigures _nominal;
    private SpanFigures _figures;
    private SpanConditions _conditions = SpanConditions.Nominal;
    private ulong _rounds;
    private int _overhang;

    public LinkShare(SpanFigures figures, int memories, LinkShareSettings settings)
    {
        _nominal = figures;
        _figures = figures;
        _settings = settings;
        Memories = memories;
        _attempts = new AttemptProcess(figures, settings.Seed, settings.Entity, settings.PerAttempt);
        _truths = new RandomStream(settings.Seed, RandomPurpose.LinkTruth, settings.Entity);
        _disturbances = new RandomStream(settings.Seed, RandomPurpose.LinkDisturbance, settings.Entity);
        _purifications = new RandomStream(settings.Seed, RandomPurpose.LinkPurification, settings.Entity);
        TruthMemory = settings.Memory;
    }

    public int Memories { get; private set; }

    /// <summary>Pairs that wait and are ready for a swap.</summary>
    public int Held { get; private set; }

    /// <summary>Memories at the left end whose pair is part of something longer.</summary>
    public int BusyLeft { get; set; }

    /// <summary>Memories at the right end whose pair is part of something longer.</summary>
    public int BusyRight { get; set; }

    public ulong Generated { get; private set; }

    public ulong Swapped { get; private set; }

    /// <summary>Pairs dropped by the cut-off, or with their memories.</summary>
    public ulong CutOff { get; private set; }

    /// <summary>Pairs measured in purification, and pairs lost when it failed.</summary>
    public ulong PurifiedAway { get; private set; }

    /// <summary>Pairs used up by tests of this span.</summary>
    public ulong Tested { get; private set; }

    /// <summary>Memories in which control believes the pairs to age.</summary>
    public PauliMemory Memory => _settings.Memory;

    /// <summary>Memories in which the pairs really age.</summary>
    public PauliMemory TruthMemory { get; set; }

    /// <summary>What control believes of a fresh pair.</summary>
    public double FreshFidelity => _figures.Nominal.Fidelity;

    /// <summary>What holds on the span now.</summary>
    public SpanConditions Conditions => _conditions;

    /// <summary>When the next round of attempts ends that must be looked at.</summary>
    public long NextHerald => _attempts.Next;

    /// <summary>When the oldest pair reaches the cut-off, or <see cref="TimerHeap.Never"/>.</summary>
    public long NextCutOff
    {
        get
        {
            int oldest = Oldest();
            return oldest < 0 ? TimerHeap.Never : _held[oldest].HeraldedNanoseconds + _settings.CutOffNanoseconds;
        }
    }

    /// <summary>When the next result of a purification is known, or <see cref="TimerHeap.Never"/>.</summary>
    public long NextResult => _pending.Count == 0 ? TimerHeap.Never : _pending.Peek().KnownAt;

    private int Occupied => _held.Count + _pending.Count + (BusyLeft > BusyRight ? BusyLeft : BusyRight);

    /// <summary>Attempts begun before a moment.</summary>
    public ulong AttemptsUntil(long now) => _attempts.AttemptsUntil(now);

    /// <summary>Starts, stops or re-sizes the attempts, so that at most <paramref name="wanted"/> pairs wait.</summary>
    public void Regulate(long now, int wanted)
    {
        int free = Memories - Occupied;
        _attempts.Run(now, Held < wanted && free > 0 ? free : 0);
    }

    /// <summary>Gives the share another number of memories; the oldest pairs give way.</summary>
    /// <remarks>
    /// Memories that are busy with a swap or a purification finish it first. With fewer memories the round under way is
    /// lost; with more it goes on, and the new ones join with the next.
    /// </remarks>
    public void Resize(long now, int memories)
    {
        if (memories < Memories)
        {
            _attempts.Run(now, 0);
        }

        Memories = memories;
        while (_held.Count > 0 && Occupied > Memories)
        {
            Drop(Oldest());
        }

        _overhang = Occupied > Memories ? Occupied - Memories : 0;
    }

    /// <summary>The span's conditions change: attempts under way are lost if they would be of another kind.</summary>
    public void Change(long now, in SpanConditions conditions)
    {
        SpanFigures figures = _nominal.Under(conditions.Up, conditions.Transmission);
        _conditions = conditions;
        if (figures != _figures)
        {
            _figures = figures;
            _attempts.Change(now, figures);
        }
    }

    /// <summary>Sets the span's conditions after a snapshot was read, which holds their consequences.</summary>
    public void Restore(in SpanConditions conditions)
    {
        _conditions = conditions;
        _figures = _nominal.Under(conditions.Up, conditions.Transmission);
        _attempts.Restore(_figures);
    }

    /// <summary>Takes the successes of the round that ends now into the memories.</summary>
    /// <returns>How many; 0 only in the per-attempt mode.</returns>
    public int Herald(long now)
    {
        int successes = _attempts.Finish(now);
        for (int i = 0; i < successes; i++)
        {
            Generated++;
            long start = now - _figures.HeraldNanoseconds;
            var estimate = new PairState(_figures.Nominal, start);
            Add(new LinkPair(Generated, start, now, 0, estimate, PairTruth.Heralded(TrueState(), start)));
        }

        if (_settings.Rounds > 0)
        {
            Purify(now);
        }

        return successes;
    }

    /// <summary>Takes in the purification whose result is due.</summary>
    /// <returns>Number of the kept pair if its cut-off has passed meanwhile, so that it is dropped; else 0.</returns>
    public ulong Learn(long now)
    {
        PendingRound round = _pending.Dequeue();
        if (!round.Succeeded)
        {
            PurifiedAway++;
            return 0;
        }

        if (round.Pair.HeraldedNanoseconds + _settings.CutOffNanoseconds < now)
        {
            CutOff++;
            return round.Pair.Counter;
        }

        Add(round.Pair);
        Purify(now);
        return 0;
    }

    /// <summary>Drops the oldest pair.</summary>
    /// <returns>Its number.</returns>
    public ulong DropOldest()
    {
        int oldest = Oldest();
        ulong counter = _held[oldest].Counter;
        Drop(oldest);
        return counter;
    }

    /// <summary>Drops everything that waits, as when a site crashes or the route is left.</summary>
    public void DropAll(long now)
    {
        while (_held.Count > 0)
        {
            Drop(_held.Count - 1);
        }

        while (_pending.Count > 0)
        {
            _ = _pending.Dequeue();
            CutOff++;
        }

        _attempts.Run(now, 0);
    }

    /// <summary>Hands the youngest ready pair on; both its memories count as busy until released.</summary>
    public LinkPair TakeYoungest()
    {
        int index = _held.Count - 1;
        while (_settings.Rounds > 0 && _held[index].Level != _settings.Rounds)
        {
            index--;
        }

        LinkPair pair = _held[index];
        _held.RemoveAt(index);
        Held--;
        BusyLeft++;
        BusyRight++;
        Swapped++;
        return pair;
    }

    /// <summary>Uses the youngest ready pair up in a test of this span.</summary>
    public LinkPair TakeForTest()
    {
        LinkPair pair = TakeYoungest();
        BusyLeft--;
        BusyRight--;
        Swapped--;
        Tested++;
        return pair;
    }

    /// <summary>One swap of both ends was carried out: its memories are free.</summary>
    public void Release()
    {
        BusyLeft--;
        BusyRight--;
    }

    /// <summary>The memories change at a moment: true states are written down anew up to it.</summary>
    public void Rebase(long now, PauliMemory truthMemory)
    {
        for (int i = 0; i < _held.Count; i++)
        {
            _held[i] = _held[i] with { Truth = _held[i].Truth.Rebase(now, TruthMemory) };
        }

        for (int i = _pending.Count; i > 0; i--)
        {
            PendingRound round = _pending.Dequeue();
            LinkPair pair = round.Pair with { Truth = round.Pair.Truth.Rebase(now, TruthMemory) };
            _pending.Enqueue(round with { Pair = pair });
        }

        TruthMemory = truthMemory;
    }

    /// <summary>Pairs in memories; a purified one counts once, the measured ones are counted as purified
    /// away.</summary>
    public int Stored => _held.Count + _pending.Count;

    /// <summary>Throws if a pair was lost or made from nothing.</summary>
    public void CheckConservation()
    {
        if (Generated != Swapped + CutOff + PurifiedAway + Tested + (ulong)Stored || Occupied > Memories + _overhang)
        {
            throw new InvalidOperationException(
                $"Link pairs are not conserved: {Generated} generated, {Swapped} swapped, {CutOff} dropped, "
                + $"{PurifiedAway} purified away, {Tested} tested, {Stored} stored in {Occupied} of {Memories}.");
        }
    }

    public void Exchange(StateExchange state)
    {
        _attempts.Exchange(state);
        state.Items(_held, MaxHeld, LinkPair.Exchange);
        state.Items(_pending, MaxHeld, PendingRound.Exchange);
        state.Value(ref _rounds);
        state.Value(ref _overhang);
        (int memories, int held, int left, int right) = (Memories, Held, BusyLeft, BusyRight);
        state.Value(ref memories);
        state.Value(ref held);
        state.Value(ref left);
        state.Value(ref right);
        (Memories, Held, BusyLeft, BusyRight) = (memories, held, left, right);
        ulong[] counts = [Generated, Swapped, CutOff, PurifiedAway, Tested];
        state.Items(counts, static (StateExchange s, ref ulong item) => s.Value(ref item));
        (Generated, Swapped, CutOff, PurifiedAway, Tested) = (counts[0], counts[1], counts[2], counts[3], counts[4]);
    }

    private BellDiagonal TrueState()
    {
        BellDiagonal nominal = _figures.Nominal;
        double uniform = _truths.Uniform(Generated);
        double fidelity = LinkTruth.Sample(nominal.PhiPlus, _settings.InfidelitySpread, uniform);
        BellDiagonal state = LinkTruth.WithFidelity(nominal, fidelity);
        bool isDisturbed = _conditions.NoiseProbability > 0.0 || _conditions.InterceptedShare > 0.0;
        return isDisturbed ? LinkDisturbance.Apply(state, _conditions, _disturbances.Uniform(Generated)) : state;
    }

    private void Add(in LinkPair pair)
    {
        _held.Add(pair);
        Held += pair.Level == _settings.Rounds ? 1 : 0;
    }

    private void Drop(int index)
    {
        Held -= _held[index].Level == _settings.Rounds ? 1 : 0;
        _held.RemoveAt(index);
        CutOff++;
    }

    // Without purification pairs stand in the order of their heralds; results of rounds come out of order.
    private int Oldest()
    {
        int oldest = _held.Count == 0 ? -1 : 0;
        for (int i = 1; _settings.Rounds > 0 && i < _held.Count; i++)
        {
            oldest = _held[i].HeraldedNanoseconds < _held[oldest].HeraldedNanoseconds ? i : oldest;
        }

        return oldest;
    }

    private void Purify(long now)
    {
        for (int level = 0; level < _settings.Rounds; level++)
        {
            while (TryFindTwo(level, out int first, out int second))
            {
                LinkPair kept = _held[second];
                LinkPair measured = _held[first];
                _held.RemoveAt(second);
                _held.RemoveAt(first);
                PurifiedAway++;
                _pending.Enqueue(Round(now, kept, measured));
            }
        }
    }

    private PendingRound Round(long now, in LinkPair kept, in LinkPair measured)
    {
        PurificationRule rule = _settings.Rule;
        (_, PairState estimate) = PairState.Purify(kept.Estimate, measured.Estimate, now, _settings.Memory, rule);
        bool succeeded = PairTruth.TryPurify(
            kept.Truth, measured.Truth, now, TruthMemory, rule, _purifications.Uniform(++_rounds), out PairTruth truth);
        long start = kept.StartNanoseconds < measured.StartNanoseconds
            ? kept.StartNanoseconds
            : measured.StartNanoseconds;
        long heralded = kept.HeraldedNanoseconds < measured.HeraldedNanoseconds
            ? kept.HeraldedNanoseconds
            : measured.HeraldedNanoseconds;
        LinkPair pair = new(kept.Counter, start, heralded, kept.Level + 1, estimate, truth);
        return new PendingRound(now + _figures.LightNanoseconds, succeeded, pair);
    }

    private bool TryFindTwo(int level, out int first, out int second)
    {
        first = _held.FindIndex(pair => pair.Level == level);
        second = first < 0 ? -1 : _held.FindIndex(first + 1, pair => pair.Level == level);
        return second >= 0;
    }

    private readonly record struct PendingRound(long KnownAt, bool Succeeded, LinkPair Pair)
    {
        public static void Exchange(StateExchange state, ref PendingRound item)
        {
            (long knownAt, bool succeeded, LinkPair pair) = item;
            state.Value(ref knownAt);
            state.Value(ref succeeded);
            LinkPair.Exchange(state, ref pair);
            item = new PendingRound(knownAt, succeeded, pair);
        }
    }
}

/// <summary>What all shares of one run have in common, and which one this is.</summary>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Entity">Pool index times 2^32 plus position on the route; see <c>Chain</c>.</param>
/// <param name="CutOffNanoseconds">Age after heralding at which a waiting pair is dropped.</param>
/// <param name="InfidelitySpread">Relative half-width of the true infidelity.</param>
/// <param name="Memory">Nominal memories at the two ends.</param>
/// <param name="Rounds">Rounds of purification before a pair is ready.</param>
/// <param name="Rule">Circuit of a round.</param>
/// <param name="PerAttempt">Whether every attempt is drawn.</param>
internal sealed record LinkShareSettings(
    ulong Seed,
    ulong Entity,
    long CutOffNanoseconds,
    double InfidelitySpread,
    PauliMemory Memory,
    int Rounds,
    PurificationRule Rule,
    bool PerAttempt);
