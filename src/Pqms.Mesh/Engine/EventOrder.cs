namespace Pqms.Mesh.Engine;

/// <summary>Merges what the pools did in one step: by time, then entity, then the entity's own counter.</summary>
internal static class EventOrder
{
    /// <summary>Sorts the items from a position on by time; equal times keep their order, which is by pool.</summary>
    public static void SortTail(List<(long At, MeshReportItem Item)> items, int first)
    {
        if (items.Count - first > 1)
        {
            List<(long At, MeshReportItem Item)> sorted = [.. items.Skip(first).OrderBy(entry => entry.At)];
            items.RemoveRange(first, items.Count - first);
            items.AddRange(sorted);
        }
    }

    /// <summary>Passes the step's events to an observer in log order.</summary>
    public static void Pass(PoolEngine[] pools, EventLog unaddressed, IMeshObserver observer)
    {
        List<MeshEvent> events = [];
        foreach (PoolEngine pool in pools)
        {
            events.AddRange(pool.Log.Observed);
            pool.Log.ClearObserved();
        }

        events.AddRange(unaddressed.Observed);
        unaddressed.ClearObserved();
        events.Sort(Compare);
        foreach (MeshEvent meshEvent in events)
        {
            observer.Observe(meshEvent);
        }
    }

    private static int Compare(MeshEvent left, MeshEvent right)
    {
        int byTime = left.At.CompareTo(right.At);
        int byEntity = byTime != 0 ? byTime : left.Entity.CompareTo(right.Entity);
        return byEntity != 0 ? byEntity : left.Counter.CompareTo(right.Counter);
    }
}
