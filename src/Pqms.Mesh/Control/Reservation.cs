using Pqms.Mesh.Engine;

namespace Pqms.Mesh.Control;

/// <summary>A reservation that the mesh was asked for; open while it is granted and not over.</summary>
internal sealed class Reservation(UInt128 id, RequestCommand terms)
{
    public UInt128 Id { get; } = id;

    public RequestCommand Terms { get; } = terms;

    public int PoolIndex { get; } = terms.PoolIndex;

    public int Slots { get; } = terms.Slots;

    public int TakesPerMinute { get; } = terms.TakesPerMinute;

    public double FidelityMin { get; } = terms.FidelityMin;

    public long Start { get; } = terms.Start.Nanoseconds;

    /// <summary>End of the window; an extension moves it.</summary>
    public long End { get; set; } = terms.End.Nanoseconds;

    /// <summary>When the pool begins to fill the places; set by the grant.</summary>
    public long FillFrom { get; set; }

    /// <summary>How long an emptied place counts as filled; set by the grant.</summary>
    public long CreditNanoseconds { get; set; }

    /// <summary>Standing probability that the grant rests on.</summary>
    public double Predicted { get; set; }

    public bool Open { get; set; }

    /// <summary>Sum of the scores of all slots and seconds so far.</summary>
    public UInt128 ScoreTrillionths { get; set; }

    /// <summary>Writes or reads what changes in a reservation; its terms are its owner's.</summary>
    public void Exchange(StateExchange state)
    {
        (long fillFrom, long credit, bool open) = (FillFrom, CreditNanoseconds, Open);
        UInt128 score = ScoreTrillionths;
        (double predicted, long end) = (Predicted, End);
        state.Value(ref fillFrom);
        state.Value(ref credit);
        state.Value(ref open);
        state.Value(ref score);
        state.Value(ref predicted);
        state.Value(ref end);
        (FillFrom, CreditNanoseconds, Open) = (fillFrom, credit, open);
        ScoreTrillionths = score;
        (Predicted, End) = (predicted, end);
    }

    /// <summary>Whether the window runs at a moment: [start, end).</summary>
    public bool ActiveAt(long now) => Open && Start <= now && now < End;

    /// <summary>Whether the second that ends at a moment belongs to the window.</summary>
    public bool CoversSecondBefore(long tick) => Open && Start < tick && tick <= End;
}
