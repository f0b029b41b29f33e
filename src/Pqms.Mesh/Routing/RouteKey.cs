namespace Pqms.Mesh.Routing;

/// <summary>What routes are compared by before their names: cost, then length, then number of links.</summary>
/// <remarks>
/// Whole numbers, so that a sum does not depend on its order and equal routes really compare as equal. The number of
/// links makes every step cost something: links without length or error exist.
/// </remarks>
/// <param name="Cost">Sum of -ln w over spans and swaps, in 2^-40.</param>
/// <param name="Millimeters">Length in mm.</param>
/// <param name="Links">Number of links between end nodes.</param>
internal readonly record struct RouteKey(long Cost, long Millimeters, int Links) : IComparable<RouteKey>
{
    /// <summary>Sorts after every route.</summary>
    public static RouteKey Worst => new(long.MaxValue, long.MaxValue, int.MaxValue);

    public static RouteKey operator +(RouteKey a, RouteKey b) =>
        new(a.Cost + b.Cost, a.Millimeters + b.Millimeters, a.Links + b.Links);

    public static RouteKey operator -(RouteKey a) => new(-a.Cost, -a.Millimeters, -a.Links);

    public static bool operator <(RouteKey a, RouteKey b) => a.CompareTo(b) < 0;

    public static bool operator >(RouteKey a, RouteKey b) => a.CompareTo(b) > 0;

    public static bool operator <=(RouteKey a, RouteKey b) => a.CompareTo(b) <= 0;

    public static bool operator >=(RouteKey a, RouteKey b) => a.CompareTo(b) >= 0;

    public int CompareTo(RouteKey other)
    {
        if (Cost != other.Cost)
        {
            return Cost < other.Cost ? -1 : 1;
        }

        return Millimeters != other.Millimeters
            ? Millimeters.CompareTo(other.Millimeters)
            : Links.CompareTo(other.Links);
    }
}
