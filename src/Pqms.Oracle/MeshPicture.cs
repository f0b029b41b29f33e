using Pqms.Mesh;

namespace Pqms.Oracle;

/// <summary>The mesh after a block, for people; reports carry their own figures.</summary>
/// <param name="At">Mesh time.</param>
/// <param name="Pools">Every pool, in the scenario's order.</param>
/// <param name="Links">Every link, in the scenario's order.</param>
public sealed record MeshPicture(MeshTime At, IReadOnlyList<PoolPicture> Pools, IReadOnlyList<LinkView> Links)
{
    /// <summary>Before an era began.</summary>
    public static MeshPicture Empty { get; } = new(default, [], []);
}

/// <summary>A pool in a picture.</summary>
/// <param name="View">As it stands.</param>
/// <param name="Estimates">Least and greatest estimate of its standing pairs; both 0 when none stand.</param>
/// <param name="Health">What Bell tests say; null where none are made.</param>
/// <param name="Sums">Sums over its life.</param>
public sealed record PoolPicture(
    PoolView View, (double Least, double Greatest) Estimates, PoolHealth? Health, PoolStatistics Sums);
