using LinkRule = Pqms.Mesh.Scenarios.KindRules<Pqms.Mesh.Scenarios.LinkKind>.Rule;

namespace Pqms.Mesh.Scenarios;

/// <summary>Fields of sites and links.</summary>
internal static class LinkFields
{
    private static readonly LinkKind[] Fibres = [LinkKind.DoubleClick, LinkKind.BarrettKok, LinkKind.SingleClick];

    private static readonly IReadOnlyList<Field> Battery =
    [
        Field.Real("capacityJoules", 1e-6, 1e15),
        Field.Real("chargeWatts", 0, 1e9),
        Field.Real("efficiency", 0, 1, Open.Least),
    ];

    private static readonly IReadOnlyList<Field> Transducer =
    [
        Field.Real("efficiency", 0, 1, Open.Least),
        Field.Real("werner", 0, 1, Open.Least).Optional(),
    ];

    private static readonly IReadOnlyList<Field> FreeSpace =
    [
        Field.Real("wavelengthMeters", 1e-7, 1e-5),
        Field.Real("waistMeters", 1e-6, 10),
        Field.Real("receiverRadiusMeters", 1e-6, 50),
        Field.Real("armMeters", 1, 1e12),
        Field.Real("zenithDegrees", 0, 85).Optional(),
        Field.Real("zenithTransmission", 0, 1, Open.Least).Optional(),
        Field.Real("jitterRadians", 0, 1e-3).Optional(),
    ];

    private static readonly IReadOnlyList<Field> Pass =
    [
        Field.Real("periodSeconds", ScenarioFormat.LeastPeriodSeconds, 1e6),
        Field.Real("upSeconds", ScenarioFormat.TickSeconds, 1e6),
        Field.Real("offsetSeconds", 0, 1e6, Open.Greatest).Optional(),
    ];

    public static readonly IReadOnlyList<Field> Sites =
    [
        Field.Text("name", 64, ScenarioFormat.SiteNamePattern),
        Field.Real("latitude", -90, 90).Optional(),
        Field.Real("longitude", -180, 180).Optional(),
        Field.Text("profile", 64, ScenarioFormat.KeyPattern).Optional(),
        Field.Text("vqn", 64, ScenarioFormat.KeyPattern).Optional(),
        Field.Flag("gateway").Optional(),
        Field.Record("battery", Battery).Optional(),
    ];

    public static readonly IReadOnlyList<Field> Links =
    [
        Field.Text("a", 64, ScenarioFormat.SiteNamePattern),
        Field.Text("b", 64, ScenarioFormat.SiteNamePattern),
        Field.OneOf<LinkKind>("kind").Optional(),
        Field.Real("lengthMeters", 1, ScenarioFormat.MaxMeters).Optional(),
        Field.Real("fidelity", 0.5, 1, Open.Least).Optional(),
        Field.Whole("memories", 1, ScenarioFormat.MaxLinkMemories).Optional(),
        Field.Real("dutyCycle", 1e-6, 1).Optional(),
        Field.Text("vqn", 64, ScenarioFormat.KeyPattern).Optional(),
        Field.Record("transducer", Transducer).Optional(),
        Field.Real("ratePerSecond", ScenarioFormat.LeastRatePerSecond, 1e9).Optional(),
        Field.Real("slotSeconds", ScenarioFormat.TickSeconds, 1e6).Optional(),
        Field.Real("probability", 0, 1, Open.Least).Optional(),
        Field.Real("brightPopulation", 0, 0.5, Open.Least).Optional(),
        Field.Real("visibility", 0, 1).Optional(),
        Field.Real("darkCountProbability", 0, 0.1).Optional(),
        Field.Record("freeSpace", FreeSpace).Optional(),
        Field.Record("pass", Pass).Optional(),
    ];

    /// <summary>Which figures a link has by its kind; what stands here with no kind would pass a typing
    /// error.</summary>
    public static readonly KindRules<LinkKind> Rules = new(
        Links,
        [
            LinkRule.Optional("lengthMeters", Fibres),
            LinkRule.Optional("transducer", [.. Fibres, LinkKind.FreeSpace]),
            LinkRule.Needed("ratePerSecond", LinkKind.Poisson),
            LinkRule.Optional("slotSeconds", LinkKind.Slotted),
            LinkRule.Needed("probability", LinkKind.Slotted),
            LinkRule.Optional("brightPopulation", LinkKind.SingleClick),
            LinkRule.Optional("visibility", Fibres),
            LinkRule.Optional("darkCountProbability", Fibres),
            LinkRule.Needed("freeSpace", LinkKind.FreeSpace),
        ]);
}
