namespace Pqms.Mesh.Engine;

/// <summary>Advances entities that share no state to the same moment, on one thread or on several.</summary>
/// <remarks>
/// The only file of the mesh that knows threads. Groups of pools and blocks of zones share no state and each keeps its
/// own log or
/// digest, so the order in which they run cannot be seen in any result.
/// </remarks>
internal static class PoolRunner
{
    public static void AdvanceTo(PoolGroup[] groups, long time, int threads) =>
        ForEach(groups.Length, threads, i => groups[i].AdvanceTo(time));

    /// <summary>Calls <paramref name="body"/> once with each number from 0 to <paramref name="count"/> - 1.</summary>
    public static void ForEach(int count, int threads, Action<int> body)
    {
        if (threads == 1)
        {
            for (int i = 0; i < count; i++)
            {
                body(i);
            }

            return;
        }

#pragma warning disable RS0030 // The one engine file that may run things in parallel.
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads };
        Parallel.For(0, count, options, body);
#pragma warning restore RS0030
    }
}
