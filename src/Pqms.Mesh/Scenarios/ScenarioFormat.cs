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

    /// <summary>Site names keep '~' and '#' for inserted repeaters.</summary>
    public const string SiteNamePattern = "^[^~#]{1,64}$";

    /// <summary>Names that stand in commands and file names.</summary>
    public const string KeyPattern = "^[a-z0-9][a-z0-9-]{0,63}$";

    private const double MaxMeters = 40_100_000;
    private const double MaxSeconds = 1e9;

    /// <summary>One figure of a profile with its range.</summary>
    public static readonly IReadOnlyList<Field> Figures =
    [
        Field.Whole("communicationMemoriesPerLinkEnd", 1, 4096),
        Field.Whole("storageMemoriesPerEndNode", 1, 1_000_000),
        Field.Real("emitTimesDetect", 0, 1, Open.Least),
        Field.Real("attemptOverheadSeconds", 0, 1),
        Field.Real("linkFidelity", 0.5, 1, Open.Least),
        Field.Real("gateFidelity", 0.5, 1),
        Field.Real("readoutFidelity", 0.5, 1, Open.Least),
        Field.Real("t2Seconds", 0, MaxSeconds, Open.Least),
        Field.Real("linkCutOffSeconds", 0, 3600, Open.Least),
        Field.Real("attenuationDbPerKm", 0, 10),
        Field.Real("stockFactor", 1, 10),
    ];

    private static readonly Field[] Site =
    [
        Field.Text("name", 64, SiteNamePattern),
        Field.Real("latitude", -90, 90),
        Field.Real("longitude", -180, 180),
    ];

    private static readonly Field[] Link =
    [
        Field.Text("a", 64, SiteNamePattern),
        Field.Text("b", 64, SiteNamePattern),
        Field.Real("lengthMeters", 1, MaxMeters).Optional(),
    ];

    private static readonly Field[] Pool =
    [
        Field.Text("name", 64, KeyPattern),
        Field.Text("a", 64, SiteNamePattern),
        Field.Text("b", 64, SiteNamePattern),
        Field.OneOf("class", [.. FidelityClasses.All.Select(c => c.Key)]),
        Field.Real("fidelityFloor", 0.5, 1, Open.Both).Optional(),
        Field.Whole("slots", 1, 0x7FFF),
        Field.Whole("pricePerSlotSecondWei", 0, ulong.MaxValue),
    ];

    private static readonly Field[] Profile =
    [
        Field.Text("name", 64, KeyPattern),
        Field.Text("provenance", 500),
        .. Figures.Select(f => Field.Record(f.Name, [f with { Name = "value" }, Field.Text("source", 500)])),
    ];

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
            Field.List("profiles", 1, 16, Profile),
            Field.List("sites", 2, 10_000, Site),
            Field.List("links", 1, 100_000, Link),
            Field.List("pools", 1, 10_000, Pool),
        ]);
}
