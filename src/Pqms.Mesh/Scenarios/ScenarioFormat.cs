namespace Pqms.Mesh.Scenarios;

/// <summary>
/// The fields of a scenario file with their ranges: one table for the reader and for the check of the schema.
/// </summary>
internal static class ScenarioFormat
{
    /// <summary>Longest file in characters: 10,000 sites with as many pools need about 4 million.</summary>
    public const int MaxCharacters = 16 * 1024 * 1024;

    /// <summary>Most spans after splitting; keeps a mistyped repeater distance from filling the memory.</summary>
    public const int MaxSpans = 1_000_000;

    /// <summary>Most virtual quantum networks; each has its own view of up to 100,000 links.</summary>
    public const int MaxVqns = 256;

    /// <summary>Most memories at one end of a span.</summary>
    public const int MaxLinkMemories = 4096;

    /// <summary>Longest fibre in m: once round the Earth.</summary>
    public const double MaxMeters = 40_100_000;

    /// <summary>Latest time and longest duration in s, about 30 years.</summary>
    public const double MaxSeconds = 1e9;

    /// <summary>Longest mean of an exponentially distributed time in s: its longest draw, 36.8 means, still fits the
    /// mesh's clock of 64-bit nanoseconds.</summary>
    public const double MaxMeanSeconds = 1e8;

    /// <summary>Least rate per second of random arrivals; see <see cref="MaxMeanSeconds"/>.</summary>
    public const double LeastRatePerSecond = 1.0 / MaxMeanSeconds;

    /// <summary>Shortest duration in s: one tick of the mesh's clock.</summary>
    public const double TickSeconds = 1e-9;

    /// <summary>Shortest period of what comes again for the whole of a run, in s.</summary>
    public const double LeastPeriodSeconds = 1e-3;

    /// <summary>Site names keep '~' and '#' for inserted repeaters.</summary>
    public const string SiteNamePattern = "^[^~#]{1,64}$";

    /// <summary>Names that stand in commands and file names.</summary>
    public const string KeyPattern = "^[a-z0-9][a-z0-9-]{0,63}$";

    /// <summary>The whole file.</summary>
    public static readonly Field Root = Field.Record(
        "$",
        [
            Field.Text("$schema", 200).Optional(),
            Field.Text("name", 64, KeyPattern),
            Field.Text("description", 1000),
            Field.Text("coordinateSource", 500).Optional(),
            Field.Whole("seed", 0, ulong.MaxValue),
            Field.Whole("warmUpSeconds", 0, 86_400).Optional(),
            Field.Whole("blockSeconds", 1, 3600).Optional(),
            Field.Real("fibreFactor", 1, 10).Optional(),
            Field.Real("repeaterEveryMeters", 1000, MaxMeters).Optional(),
            Field.Real("splitAboveMeters", 1000, MaxMeters).Optional(),
            Field.Text("profile", 64, KeyPattern),
            Field.List("profiles", 1, 16, ProfileFields.All),
            Field.List("sites", 2, 10_000, LinkFields.Sites),
            Field.List("links", 1, 100_000, LinkFields.Links),
            Field.List("pools", 1, 10_000, PoolFields.All),
            Field.List("reservations", 0, 100_000, PoolFields.Reservations).Optional(),
            Field.List("faults", 0, 10_000, RunFields.Faults).Optional(),
            Field.Record("health", RunFields.Health).Optional(),
            Field.Record("planner", RunFields.Planner).Optional(),
        ]);

    /// <summary>The figures of a profile.</summary>
    public static IReadOnlyList<Field> Figures => ProfileFields.Figures;
}
