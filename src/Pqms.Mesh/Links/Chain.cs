using Pqms.Mesh.Engine;
using Pqms.Mesh.Memories;
using Pqms.Physics.Channels;

namespace Pqms.Mesh.Links;

/// <summary>What a chain needs of the pool that it serves.</summary>
internal interface IChainOwner
{
    /// <summary>Places neither filled nor about to be.</summary>
    int Deficit { get; }

    EventLog Log { get; }

    /// <summary>Sets the timer of a chain, counted from 0 within the chain.</summary>
    void SetTimer(int timer, long time);

    /// <summary>Takes in a pair that both end nodes know from now on.</summary>
    void Bear(in NewPair pair);

    /// <summary>A pair of a span is ready, and not yet joined to others.</summary>
    void Ready(int span);

    /// <summary>A pair on its way was lost at a swap; its place is empty again.</summary>
    void Lose();
}

/// <summary>An end-to-end pair at its birth.</summary>
/// <param name="AgeNanoseconds">Sum of the ages of its link pairs at their swaps, plus the time since.</param>
/// <param name="Estimate">What control believes it to be.</param>
/// <param name="Truth">Its true state.</param>
internal readonly record struct NewPair(long AgeNanoseconds, PairState Estimate, PairTruth Truth);

/// <summary>The spans of one route with the rule that joins their pairs: makes the end-to-end pairs of one
/// pool.</summary>
/// <remarks>
/// Timers, in the order in which equal times are served: heralds of the spans, their cut-offs (a pair may still be used
/// at the moment of its cut-off), results of link purification, then what the kind of chain adds.
/// </remarks>
internal abstract class Chain
{
    protected Chain(ChainPlan plan, IChainOwner owner)
    {
        Plan = plan;
        Owner = owner;
        Shares = new LinkShare[plan.Spans.Count];
        for (int i = 0; i < Shares.Length; i++)
        {
            Shares[i] = new LinkShare(plan.Spans[i], plan.Memories[i], plan.ShareSettings(i));
        }
    }

    public ChainPlan Plan { get; }

    public LinkShare[] Shares { get; }

    /// <summary>Timers that every chain of a number of spans uses at most.</summary>
    public static int TimersFor(int spans) => (3 * spans) + 2;

    /// <summary>Pairs ordered but not yet born.</summary>
    public abstract int InFlight { get; }

    protected IChainOwner Owner { get; }

    protected int HeraldTimer => 0;

    protected int CutOffTimer => Shares.Length;

    protected int ResultTimer => 2 * Shares.Length;

    /// <summary>First timer of the kind of chain.</summary>
    protected int OwnTimer => 3 * Shares.Length;

    /// <summary>Carries out what a timer of the chain stands for.</summary>
    public void Fire(int timer, long now)
    {
        if (timer < CutOffTimer)
        {
            Herald(timer, now);
        }
        else if (timer < ResultTimer)
        {
            int span = timer - CutOffTimer;
            Owner.Log.Append(now, MeshEventKind.LinkPairCutOff, (ulong)span, Shares[span].DropOldest());
            Regulate(span, now);
        }
        else if (timer < OwnTimer)
        {
            Learn(timer - ResultTimer, now);
        }
        else
        {
            FireOwn(timer - OwnTimer, now);
        }
    }

    /// <summary>A place may have become empty: use pairs that wait, start attempts.</summary>
    public void Refill(long now)
    {
        RegulateAll(now);
        Join(now);
    }

    /// <summary>Starts and stops attempts on every span and sets its timers.</summary>
    public void RegulateAll(long now)
    {
        for (int i = 0; i < Shares.Length; i++)
        {
            Regulate(i, now);
        }
    }

    /// <summary>Drops every pair that is not end to end yet.</summary>
    public abstract void DropAll(long now);

    /// <summary>A node loses every half that it holds.</summary>
    public abstract void DropAt(int node, long now);

    /// <summary>The true memories of the nodes change at a moment.</summary>
    public abstract void Rebase(long now, PauliRates[] truthSides);

    /// <summary>Sets the true memories of the nodes after a snapshot was read.</summary>
    public virtual void Restore(PauliRates[] truthSides)
    {
        for (int i = 0; i < Shares.Length; i++)
        {
            Shares[i].TruthMemory = PauliMemory.Create(truthSides[i], truthSides[i + 1]);
        }
    }

    /// <summary>Throws if a pair was lost or made from nothing.</summary>
    public virtual void CheckConservation()
    {
        foreach (LinkShare share in Shares)
        {
            share.CheckConservation();
        }
    }

    public virtual void Exchange(StateExchange state)
    {
        foreach (LinkShare share in Shares)
        {
            share.Exchange(state);
        }
    }

    /// <summary>Joins whatever can be joined.</summary>
    protected abstract void Join(long now);

    /// <summary>Carries out a timer of the kind of chain.</summary>
    protected abstract void FireOwn(int timer, long now);

    /// <summary>Pairs that a span should hold ready.</summary>
    protected abstract int Wanted(int span);

    protected void Regulate(int span, long now)
    {
        LinkShare share = Shares[span];
        share.Regulate(now, Wanted(span));
        Owner.SetTimer(CutOffTimer + span, share.NextCutOff);
        Owner.SetTimer(HeraldTimer + span, share.NextHerald);
        if (Plan.LinkRounds > 0)
        {
            Owner.SetTimer(ResultTimer + span, share.NextResult);
        }
    }

    private void Learn(int span, long now)
    {
        ulong dropped = Shares[span].Learn(now);
        Owner.Log.Append(now, MeshEventKind.LinkPairPurified, (ulong)span, (ulong)Shares[span].Held);
        if (dropped > 0)
        {
            Owner.Log.Append(now, MeshEventKind.LinkPairCutOff, (ulong)span, dropped);
        }

        Owner.Ready(span);
        Join(now);
        Regulate(span, now);
    }

    private void Herald(int span, long now)
    {
        LinkShare share = Shares[span];
        ulong first = share.Generated + 1;
        int successes = share.Herald(now);
        for (int i = 0; i < successes; i++)
        {
            Owner.Log.Append(now, MeshEventKind.LinkPairHeralded, (ulong)span, first + (ulong)i);
        }

        if (successes > 0)
        {
            Owner.Ready(span);
            Join(now);
        }

        Regulate(span, now);
    }
}
