namespace Pqms.Mesh.Engine;

/// <summary>Advances all pools to the same moment, on one thread or on several.</summary>
/// <remarks>
/// The only file of the mesh that knows threads. Pools share no state and each keeps its own log and digest, so the
/// order in which they run cannot be seen in any result.
/// </remarks>
internal static class PoolRunner
{
    public static void AdvanceTo(PoolEngine[] pools, long time, int threads)
    {
        if (threads == 1)
        {
            foreach (PoolEngine pool in pools)
            {
                pool.AdvanceTo(time);
            }

            return;
        }

#pragma warning disable RS0030 // The one engine file that may run things in parallel.
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads };
        Parallel.For(0, pools.Length, options, i => pools[i].AdvanceTo(time));
#pragma warning restore RS0030
    }
}
