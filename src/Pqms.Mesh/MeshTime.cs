namespace Pqms.Mesh;

/// <summary>A moment of mesh time: nanoseconds since the Unix epoch of chain time.</summary>
/// <remarks>
/// Mesh time is chain time with a finer unit; it never comes from a wall clock. The range of <see cref="long"/> reaches
/// the year 2262. <c>default</c> is the epoch itself. Immutable, hence safe to share between threads.
/// </remarks>
/// <param name="Nanoseconds">Nanoseconds since the epoch; negative only while a warm-up reaches before it.</param>
public readonly record struct MeshTime(long Nanoseconds) : IComparable<MeshTime>
{
    /// <summary>Nanoseconds in one second.</summary>
    public const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>The moment <paramref name="seconds"/> after the epoch.</summary>
    /// <param name="seconds">Chain time, seconds; at most 9,223,372,036.</param>
    /// <exception cref="OverflowException">The moment does not fit into 64 bits of nanoseconds.</exception>
    public static MeshTime FromSeconds(long seconds) => new(checked(seconds * NanosecondsPerSecond));

    /// <summary>
    /// Seconds since the epoch, for people and plots; exact arithmetic uses <see cref="Nanoseconds"/>.
    /// </summary>
    public double Seconds => Nanoseconds / (double)NanosecondsPerSecond;

    /// <summary>The whole second that contains this moment (rounded down).</summary>
    public long WholeSeconds =>
        (Nanoseconds / NanosecondsPerSecond) - (Nanoseconds % NanosecondsPerSecond < 0 ? 1 : 0);

    /// <inheritdoc/>
    public int CompareTo(MeshTime other) => Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>True if <paramref name="left"/> is earlier.</summary>
    public static bool operator <(MeshTime left, MeshTime right) => left.Nanoseconds < right.Nanoseconds;

    /// <summary>True if <paramref name="left"/> is later.</summary>
    public static bool operator >(MeshTime left, MeshTime right) => left.Nanoseconds > right.Nanoseconds;

    /// <summary>True if <paramref name="left"/> is not later.</summary>
    public static bool operator <=(MeshTime left, MeshTime right) => left.Nanoseconds <= right.Nanoseconds;

    /// <summary>True if <paramref name="left"/> is not earlier.</summary>
    public static bool operator >=(MeshTime left, MeshTime right) => left.Nanoseconds >= right.Nanoseconds;
}
