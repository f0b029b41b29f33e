namespace Pqms.Mesh.Engine;

/// <summary>Advances all groups of pools to the same moment, on one thread or on several.</summary>
/// <remarks>
/// The only file of the mesh that knows threads. Groups share no state and each pool keeps its own log and digest, so the
/// order in which they run cannot be seen in any result.
/// </remarks>
internal static class PoolRunner
{
    public static void AdvanceTo(PoolGroup[] groups, long time, int threads)
    {
        if (threads == 1)
        {
            foreach (PoolGroup group in groups)
            {
                group.AdvanceTo(time);
            }

            return;
        }

#pragma warning disable RS0030 // The one engine file that may run things in parallel.
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads };
        Parallel.For(0, groups.Length, options, i => groups[i].AdvanceTo(time));
#pragma warning restore RS0030
    }
}
