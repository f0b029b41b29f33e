using Pqms.Mesh;

namespace Pqms.Cli.Runs;

/// <summary>The sums of a pool as far as the emulator counts them.</summary>
internal static class Readings
{
    public static Func<int, PoolStatistics> Of(MeshEmulator mesh) => pool =>
    {
        var counters = mesh.View(pool).Counters;
        return new PoolStatistics(
            mesh.Now, counters.Generated, counters.Delivered, counters.Discarded, 0, 0, 0, (ulong)counters.Stock, 0, 0,
            0, 0, 0, 0, 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0, 0, 0, 0.0);
    };
}
