using Pqms.Mesh.Engine;
using Pqms.Mesh.Memories;
using Pqms.Physics.Channels;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Links;

/// <summary>Joins spans one swap at a time: as soon as possible, or in the order of a balanced tree.</summary>
/// <remarks>
/// A repeater swaps as soon as it holds, and knows, pairs to both sides that the order lets it join: the freshest of
/// each. Its two memories are free at once. The outcome reaches both ends of the new segment after the light's way
/// from the repeater; only then may the segment be swapped again, or is it born as an end-to-end pair. After a failure
/// both parts are lost, and the memories at the ends are free when the ends learn of it. At one moment the repeaters
/// swap in their order from the A side; without light time each knows what the one before it did. A segment is cut off
/// at the age of its oldest part, or when its outcome is known if that comes later.
/// </remarks>
internal sealed class SegmentChain : Chain
{
    private const int MaxSegments = 1 << 20;

    private readonly List<Segment> _waiting = [];
    private readonly List<Segment> _onTheWay = [];
    private readonly int[] _covered;
    private readonly SwapTree _tree;
    private readonly RandomStream _outcomes;
    private PauliRates[] _truthSides;
    private int _whole;
    private ulong _swaps;
    private ulong _lost;
    private ulong _cutOff;
    private ulong _delivered;

    public SegmentChain(ChainPlan plan, IChainOwner owner)
        : base(plan, owner)
    {
        _covered = new int[Shares.Length];
        _tree = SwapTree.Of(plan.SwapOrder, Shares.Length);
        _outcomes = new RandomStream(plan.Seed, RandomPurpose.SwapOutcome, plan.Entity);
        _truthSides = plan.Sides;
    }

    /// <summary>Whole pairs whose last outcome is on its way.</summary>
    public override int InFlight => _whole;

    public override void DropAll(long now)
    {
        foreach (Segment segment in _waiting)
        {
            Forget(segment);
        }

        foreach (Segment segment in _onTheWay)
        {
            Forget(segment);
        }

        _waiting.Clear();
        _onTheWay.Clear();
        foreach (LinkShare share in Shares)
        {
            share.DropAll(now);
        }

        SetTimers();
        RegulateAll(now);
    }

    public override void DropAt(int node, long now)
    {
        ForgetAt(_waiting, node);
        ForgetAt(_onTheWay, node);
        for (int i = 0; i < Shares.Length; i++)
        {
            if (i == node || i + 1 == node)
            {
                Shares[i].DropAll(now);
            }
        }

        SetTimers();
        RegulateAll(now);
    }

    public override void Rebase(long now, PauliRates[] truthSides)
    {
        RebaseAll(_waiting, now);
        RebaseAll(_onTheWay, now);
        for (int i = 0; i < Shares.Length; i++)
        {
            Shares[i].Rebase(now, PauliMemory.Create(truthSides[i], truthSides[i + 1]));
        }

        _truthSides = truthSides;
    }

    public override void CheckConservation()
    {
        base.CheckConservation();
        ulong swapped = 0;
        foreach (LinkShare share in Shares)
        {
            swapped += share.Swapped;
        }

        ulong held = 0;
        _waiting.ForEach(segment => held += (ulong)segment.Spans);
        _onTheWay.ForEach(segment => held += (ulong)segment.Spans);
        if (swapped != _delivered + _lost + _cutOff + held)
        {
            throw new InvalidOperationException(
                $"Segments are not conserved: {swapped} link pairs joined, {_delivered} delivered, {_lost} lost, "
                + $"{_cutOff} cut off, {held} held.");
        }
    }

    public override void Restore(PauliRates[] truthSides)
    {
        base.Restore(truthSides);
        _truthSides = truthSides;
    }

    public override void Exchange(StateExchange state)
    {
        base.Exchange(state);
        state.Items(_waiting, MaxSegments, Segment.Exchange);
        state.Items(_onTheWay, MaxSegments, Segment.Exchange);
        state.Items(_covered, static (StateExchange s, ref int item) => s.Value(ref item));
        state.Value(ref _whole);
        state.Value(ref _swaps);
        state.Value(ref _lost);
        state.Value(ref _cutOff);
        state.Value(ref _delivered);
    }

    protected override int Wanted(int span) => Owner.Deficit - _covered[span];

    protected override void Join(long now)
    {
        for (int i = 0; i < Shares.Length; i++)
        {
            while (Shares[i].Held > 0)
            {
                TakeInLink(i, now);
            }
        }

        bool joined = false;
        while (TrySwaps(now))
        {
            joined = true;
        }

        if (joined)
        {
            RegulateAll(now);
        }

        SetTimers();
    }

    private bool TrySwaps(long now)
    {
        bool joined = false;
        for (int node = 1; node < Shares.Length; node++)
        {
            joined |= TrySwap(node, now);
        }

        return joined;
    }

    protected override void FireOwn(int timer, long now)
    {
        if (timer == 0)
        {
            CutOffOldest(now);
        }
        else
        {
            Learn(now);
        }

        SetTimers();
        RegulateAll(now);
    }

    private void TakeInLink(int span, long now)
    {
        LinkPair pair = Shares[span].TakeYoungest();
        _covered[span]++;
        _waiting.Add(new Segment(
            span,
            span + 1,
            pair.HeraldedNanoseconds,
            now,
            now - pair.StartNanoseconds,
            now,
            true,
            pair.Estimate,
            pair.Truth));
    }

    private bool TrySwap(int node, long now)
    {
        int left = FreshestLeftOf(node);
        int right = FreshestRightOf(node);
        if (left < 0 || right < 0)
        {
            return false;
        }

        Segment a = _waiting[left];
        Segment b = _waiting[right];
        _waiting.RemoveAt(left > right ? left : right);
        _waiting.RemoveAt(left > right ? right : left);
        Shares[node - 1].BusyRight--;
        Shares[node].BusyLeft--;
        double likely = Plan.SwapSuccess[node];
        bool succeeds = likely >= 1.0 || _outcomes.Uniform(_swaps + 1) < likely;
        Owner.Log.Append(now, MeshEventKind.Swapped, ++_swaps, succeeds ? 1UL : 0UL);
        Segment joined = Swap(a, b, now, succeeds);
        if (joined.Spans == Shares.Length)
        {
            _onTheWay.Add(joined);
            _whole++;
            Cover(joined, -1);
        }
        else if (joined.KnownAt > now)
        {
            _onTheWay.Add(joined);
        }
        else
        {
            LearnPart(joined, now);
        }

        return true;
    }

    private Segment Swap(in Segment a, in Segment b, long now, bool succeeds)
    {
        int node = a.To;
        PairState estimate = PairState.Swap(
            a.Estimate, b.Estimate, now, Plan.Noise[node], Between(Plan.Sides, a), Between(Plan.Sides, b));
        PairTruth truth = PairTruth.Swap(
            a.Truth, b.Truth, now, Plan.Noise[node], Between(_truthSides, a), Between(_truthSides, b));
        long toLeft = Plan.LightBetween(a.From, node);
        long toRight = Plan.LightBetween(node, b.To);
        long heralded = a.HeraldedNanoseconds < b.HeraldedNanoseconds ? a.HeraldedNanoseconds : b.HeraldedNanoseconds;
        long age = a.AgeNanoseconds + (now - a.AgeAt) + b.AgeNanoseconds + (now - b.AgeAt);
        long knownAt = now + (toLeft > toRight ? toLeft : toRight);
        return new Segment(a.From, b.To, heralded, knownAt, age, now, succeeds, estimate, truth);
    }

    private static PauliMemory Between(PauliRates[] sides, in Segment segment) =>
        PauliMemory.Create(sides[segment.From], sides[segment.To]);

    /// <summary>The ends learn the outcome of the swap that is due.</summary>
    private void Learn(long now)
    {
        int due = Earliest(_onTheWay, static segment => segment.KnownAt);
        Segment segment = _onTheWay[due];
        _onTheWay.RemoveAt(due);
        if (segment.Spans < Shares.Length)
        {
            LearnPart(segment, now);
            Join(now);
        }
        else if (segment.Succeeded)
        {
            Finish(segment, now);
        }
        else
        {
            _lost += (ulong)segment.Spans;
            Free(segment);
            Owner.Lose();
        }
    }

    private void LearnPart(in Segment segment, long now)
    {
        if (!segment.Succeeded)
        {
            _lost += (ulong)segment.Spans;
            Free(segment);
        }
        else if (segment.HeraldedNanoseconds + Plan.CutOffNanoseconds < now)
        {
            CutOff(segment, now);
        }
        else
        {
            _waiting.Add(segment);
        }
    }

    private void Finish(in Segment segment, long now)
    {
        _delivered += (ulong)segment.Spans;
        Free(segment);
        long age = segment.AgeNanoseconds + (now - segment.AgeAt);
        Owner.Bear(new NewPair(age, segment.Estimate, segment.Truth));
    }

    private void CutOffOldest(long now)
    {
        int oldest = Earliest(_waiting, static segment => segment.HeraldedNanoseconds);
        Segment segment = _waiting[oldest];
        _waiting.RemoveAt(oldest);
        CutOff(segment, now);
    }

    private void CutOff(in Segment segment, long now)
    {
        Owner.Log.Append(now, MeshEventKind.LinkPairCutOff, (ulong)segment.From, (ulong)segment.Spans);
        Forget(segment);
    }

    private void ForgetAt(List<Segment> segments, int node)
    {
        for (int i = segments.Count - 1; i >= 0; i--)
        {
            if (segments[i].From == node || segments[i].To == node)
            {
                Forget(segments[i]);
                segments.RemoveAt(i);
            }
        }
    }

    private void Forget(in Segment segment)
    {
        _cutOff += (ulong)segment.Spans;
        Free(segment);
    }

    /// <summary>The memories at both ends of a segment are free.</summary>
    private void Free(in Segment segment)
    {
        Shares[segment.From].BusyLeft--;
        Shares[segment.To - 1].BusyRight--;
        if (segment.Spans == Shares.Length)
        {
            _whole--;
        }
        else
        {
            Cover(segment, -1);
        }
    }

    private void Cover(in Segment segment, int change)
    {
        for (int i = segment.From; i < segment.To; i++)
        {
            _covered[i] += change;
        }
    }

    private int FreshestLeftOf(int node)
    {
        int best = -1;
        for (int i = 0; i < _waiting.Count; i++)
        {
            Segment segment = _waiting[i];
            bool fits = segment.To == node && _tree.AllowsLeft(node, segment.From);
            best = fits && IsFresher(segment, best) ? i : best;
        }

        return best;
    }

    private int FreshestRightOf(int node)
    {
        int best = -1;
        for (int i = 0; i < _waiting.Count; i++)
        {
            Segment segment = _waiting[i];
            bool fits = segment.From == node && _tree.AllowsRight(node, segment.To);
            best = fits && IsFresher(segment, best) ? i : best;
        }

        return best;
    }

    private bool IsFresher(in Segment segment, int best) =>
        best < 0 || segment.HeraldedNanoseconds > _waiting[best].HeraldedNanoseconds;

    private static int Earliest(List<Segment> segments, Func<Segment, long> moment)
    {
        int best = 0;
        for (int i = 1; i < segments.Count; i++)
        {
            best = moment(segments[i]) < moment(segments[best]) ? i : best;
        }

        return best;
    }

    private void SetTimers()
    {
        long cutOff = TimerHeap.Never;
        foreach (Segment segment in _waiting)
        {
            long at = segment.HeraldedNanoseconds + Plan.CutOffNanoseconds;
            cutOff = at < cutOff ? at : cutOff;
        }

        long known = TimerHeap.Never;
        foreach (Segment segment in _onTheWay)
        {
            known = segment.KnownAt < known ? segment.KnownAt : known;
        }

        Owner.SetTimer(OwnTimer, cutOff);
        Owner.SetTimer(OwnTimer + 1, known);
    }

    private void RebaseAll(List<Segment> segments, long now)
    {
        for (int i = 0; i < segments.Count; i++)
        {
            PauliMemory memory = Between(_truthSides, segments[i]);
            segments[i] = segments[i] with { Truth = segments[i].Truth.Rebase(now, memory) };
        }
    }
}
