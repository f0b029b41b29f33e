using Pqms.Mesh.Engine;
using Pqms.Mesh.Memories;
using Pqms.Physics.Channels;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Links;

/// <summary>Joins all spans at once, when every one holds a pair.</summary>
/// <remarks>
/// A swap is ordered when the last span holds a pair. The order reaches every repeater within the light time of the
/// route, all swap then (memories are free again), and the outcomes reach both ends one light time later: the pair is
/// born, or lost when one of the swaps failed. Pairs on this way count as filled places.
/// </remarks>
internal sealed class TogetherChain : Chain
{
    private const int MaxPending = 1 << 20;

    private readonly Queue<Ordered> _swapping = new();
    private readonly Queue<Ordered> _heralding = new();
    private readonly RandomStream _outcomes;
    private PauliMemory[] _truthMemories;
    private ulong _ordered;

    public TogetherChain(ChainPlan plan, IChainOwner owner)
        : base(plan, owner)
    {
        _outcomes = new RandomStream(plan.Seed, RandomPurpose.SwapOutcome, plan.Entity);
        _truthMemories = plan.Prefix;
    }

    public override int InFlight => _swapping.Count + _heralding.Count;

    // A route of one span needs no swap: both ends know their pair with the herald.
    private long Light => Shares.Length == 1 ? 0 : Plan.LightNanoseconds;

    public override void DropAll(long now)
    {
        foreach (LinkShare share in Shares)
        {
            share.DropAll(now);
        }

        DropOrdered(now, isAtAnEnd: true);
    }

    public override void DropAt(int node, long now)
    {
        for (int i = 0; i < Shares.Length; i++)
        {
            if (i == node || i + 1 == node)
            {
                Shares[i].DropAll(now);
            }
        }

        DropOrdered(now, node == 0 || node == Shares.Length);
    }

    // Before their swap pairs need every node; after it only the ends.
    private void DropOrdered(long now, bool isAtAnEnd)
    {
        while (_swapping.Count > 0)
        {
            _swapping.Dequeue();
            ReleaseAll();
        }

        if (isAtAnEnd)
        {
            _heralding.Clear();
        }

        SetTimers();
        RegulateAll(now);
    }

    public override void Rebase(long now, PauliRates[] truthSides)
    {
        for (int i = 0; i < Shares.Length; i++)
        {
            Shares[i].Rebase(now, PauliMemory.Create(truthSides[i], truthSides[i + 1]));
        }

        PauliMemory before = _truthMemories[^1];
        RebaseAll(_swapping, now, before);
        RebaseAll(_heralding, now, before);
        _truthMemories = ChainPlan.PrefixMemories(truthSides);
    }

    public override void Restore(PauliRates[] truthSides)
    {
        base.Restore(truthSides);
        _truthMemories = ChainPlan.PrefixMemories(truthSides);
    }

    public override void Exchange(StateExchange state)
    {
        base.Exchange(state);
        state.Items(_swapping, MaxPending, Ordered.Exchange);
        state.Items(_heralding, MaxPending, Ordered.Exchange);
        state.Value(ref _ordered);
    }

    protected override int Wanted(int span) => Owner.Deficit;

    protected override void Join(long now)
    {
        bool ordered = false;
        while (Owner.Deficit > 0 && AllSpansHold())
        {
            Order(now);
            ordered = true;
        }

        if (ordered)
        {
            RegulateAll(now);
        }
    }

    protected override void FireOwn(int timer, long now)
    {
        if (timer == 0)
        {
            Swap(now);
        }
        else
        {
            Bear(now);
        }
    }

    private bool AllSpansHold()
    {
        foreach (LinkShare share in Shares)
        {
            if (share.Held == 0)
            {
                return false;
            }
        }

        return Shares.Length > 0;
    }

    private void Order(long now)
    {
        long swapAt = now + Light;
        LinkPair first = Shares[0].TakeYoungest();
        long age = swapAt - first.StartNanoseconds;
        PairState estimate = first.Estimate;
        PairTruth truth = first.Truth;
        for (int i = 1; i < Shares.Length; i++)
        {
            LinkPair link = Shares[i].TakeYoungest();
            age += swapAt - link.StartNanoseconds;
            estimate = PairState.Swap(
                estimate, link.Estimate, swapAt, Plan.Noise[i], Plan.Prefix[i - 1], Shares[i].Memory);
            truth = PairTruth.Swap(
                truth, link.Truth, swapAt, Plan.Noise[i], _truthMemories[i - 1], Shares[i].TruthMemory);
        }

        ulong counter = ++_ordered;
        bool succeeds = Plan.AllSwapsSucceed >= 1.0 || _outcomes.Uniform(counter) < Plan.AllSwapsSucceed;
        _swapping.Enqueue(new Ordered(counter, swapAt, age, succeeds, estimate, truth));
        SetTimers();
    }

    private void Swap(long now)
    {
        Ordered pair = _swapping.Dequeue();
        Owner.Log.Append(now, MeshEventKind.Swapped, pair.Counter, pair.Succeeds ? 1UL : 0UL);
        _heralding.Enqueue(pair);
        ReleaseAll();
        SetTimers();
        RegulateAll(now);
    }

    private void Bear(long now)
    {
        Ordered pair = _heralding.Dequeue();
        SetTimers();
        if (pair.Succeeds)
        {
            long age = pair.AgeNanoseconds + (now - pair.SwapAtNanoseconds);
            Owner.Bear(new NewPair(age, pair.Estimate, pair.Truth));
        }
        else
        {
            Owner.Lose();
        }
    }

    private void ReleaseAll()
    {
        foreach (LinkShare share in Shares)
        {
            share.Release();
        }
    }

    private void SetTimers()
    {
        Owner.SetTimer(OwnTimer, _swapping.Count == 0 ? TimerHeap.Never : _swapping.Peek().SwapAtNanoseconds);
        Owner.SetTimer(
            OwnTimer + 1, _heralding.Count == 0 ? TimerHeap.Never : _heralding.Peek().SwapAtNanoseconds + Light);
    }

    // The state of a pair whose swap is still to come is that at the swap: only what lies before it can change.
    private static void RebaseAll(Queue<Ordered> queue, long now, PauliMemory memory)
    {
        for (int i = queue.Count; i > 0; i--)
        {
            Ordered pair = queue.Dequeue();
            bool isPast = pair.SwapAtNanoseconds < now;
            queue.Enqueue(isPast ? pair with { Truth = pair.Truth.Rebase(now, memory) } : pair);
        }
    }

    private readonly record struct Ordered(
        ulong Counter, long SwapAtNanoseconds, long AgeNanoseconds, bool Succeeds, PairState Estimate, PairTruth Truth)
    {
        public static void Exchange(StateExchange state, ref Ordered item)
        {
            (ulong counter, long swapAt, long age, bool succeeds, PairState estimate, PairTruth truth) = item;
            state.Value(ref counter);
            state.Value(ref swapAt);
            state.Value(ref age);
            state.Value(ref succeeds);
            PairState.Exchange(state, ref estimate);
            PairTruth.Exchange(state, ref truth);
            item = new Ordered(counter, swapAt, age, succeeds, estimate, truth);
        }
    }
}
