namespace Pqms.Mesh.Import;

/// <summary>What was found in an imported text and repaired or left out.</summary>
public enum ImportNoteKind
{
    /// <summary>Directions of edges were ignored: a link carries pairs both ways.</summary>
    DirectionIgnored,

    /// <summary>Entities in texts that are not known stayed as written.</summary>
    UnknownEntity,

    /// <summary>Edges between more than two sites were left out.</summary>
    HyperedgeDropped,

    /// <summary>Edges from a site to itself were dropped.</summary>
    SelfLoopDropped,

    /// <summary>Parallel edges were merged into one.</summary>
    ParallelEdgeMerged,

    /// <summary>Sites without coordinates were placed at the mean of their neighbours.</summary>
    SitePlaced,

    /// <summary>Sites whose whole component has no coordinates were dropped with their edges.</summary>
    SiteDropped,

    /// <summary>Sites outside the largest component were kept.</summary>
    ComponentsKept,

    /// <summary>Sites outside the largest component were dropped.</summary>
    ComponentDropped,

    /// <summary>Sites without a label were named by their id.</summary>
    NamedById,

    /// <summary>Names had characters or a length that sites may not have.</summary>
    NameChanged,

    /// <summary>Names that several sites had were made unique with a number.</summary>
    NameNumbered,

    /// <summary>Links shorter than 1 m were made 1 m long.</summary>
    LinkLengthened,

    /// <summary>Fewer pools than asked for fit the sites and their memories.</summary>
    FewerPools,

    /// <summary>Partial executions of jobs were left out; the job's whole line counts.</summary>
    PartialJobSkipped,

    /// <summary>Jobs out of the order of their submit times were sorted.</summary>
    JobsSorted,

    /// <summary>Jobs whose run time or number of processors is unknown or zero ask for nothing.</summary>
    JobWithoutWork,

    /// <summary>Jobs submitted after the wanted hours were left out.</summary>
    JobAfterHours,

    /// <summary>Jobs beyond the most reservations of a scenario were left out.</summary>
    JobBeyondLimit,

    /// <summary>Durations were capped at the longest reservation.</summary>
    DurationCapped,

    /// <summary>Slots were capped at the pool's.</summary>
    SlotsCapped,

    /// <summary>Jobs of no known user count as user 0's.</summary>
    UserUnknown,
}

/// <summary>One finding of an import.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Count">How often, above 0.</param>
/// <param name="What">What was found and what was done, for people, without the count.</param>
/// <param name="Names">The first 20 sites, links or jobs concerned; empty where names say nothing.</param>
public sealed record ImportNote(ImportNoteKind Kind, int Count, string What, IReadOnlyList<string> Names)
{
    /// <summary>One line for a terminal.</summary>
    public override string ToString() => Names.Count == 0
        ? $"{Count} {What}"
        : $"{Count} {What}: {string.Join(", ", Names)}{(Count > Names.Count ? ", ..." : "")}";
}

/// <summary>Counts one kind of finding while it is looked for.</summary>
internal sealed class NoteCounter(ImportNoteKind kind, string what)
{
    private readonly List<string> _names = [];

    public int Count { get; private set; }

    public void Add(string name = "")
    {
        Count++;
        if (name.Length > 0 && _names.Count < ImportLimits.NamesShown)
        {
            _names.Add(ImportText.Shorten(name));
        }
    }

    /// <summary>Appends the note when there is anything to say.</summary>
    public void AppendTo(List<ImportNote> notes)
    {
        if (Count > 0)
        {
            notes.Add(new ImportNote(kind, Count, what, _names));
        }
    }
}
