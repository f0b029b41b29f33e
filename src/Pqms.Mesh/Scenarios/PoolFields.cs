using Pqms.Physics.Purification;
using CutOffRule = Pqms.Mesh.Scenarios.KindRules<Pqms.Mesh.Scenarios.CutOffKind>.Rule;
using DemandRule = Pqms.Mesh.Scenarios.KindRules<Pqms.Mesh.Scenarios.DemandKind>.Rule;

namespace Pqms.Mesh.Scenarios;

/// <summary>Fields of pools and of the reservations that a scenario asks for itself.</summary>
internal static class PoolFields
{
    public static readonly IReadOnlyList<Field> CutOff =
    [
        Field.OneOf<CutOffKind>("kind"),
        Field.Real("seconds", ScenarioFormat.TickSeconds, ScenarioFormat.MaxMeanSeconds).Optional(),
    ];

    public static readonly KindRules<CutOffKind> CutOffRules = new(
        CutOff, [CutOffRule.Needed("seconds", CutOffKind.Hard, CutOffKind.Exponential)]);

    private static readonly IReadOnlyList<Field> Demand =
    [
        Field.OneOf<DemandKind>("kind"),
        Field.Real("ratePerSecond", ScenarioFormat.LeastRatePerSecond, 1e9).Optional(),
        Field.Real("slotSeconds", ScenarioFormat.TickSeconds, 1e6).Optional(),
        Field.Real("probability", 0, 1, Open.Least).Optional(),
        Field.Flag("waits").Optional(),
        Field.Flag("probe").Optional(),
        Field.Whole("queueLimit", 1, 1_000_000).Optional(),
    ];

    public static readonly KindRules<DemandKind> DemandRules = new(
        Demand,
        [
            DemandRule.Needed("ratePerSecond", DemandKind.Poisson),
            DemandRule.Optional("slotSeconds", DemandKind.Slotted),
            DemandRule.Needed("probability", DemandKind.Slotted),
            DemandRule.Optional("waits", DemandKind.Poisson, DemandKind.Slotted),
            DemandRule.Optional("probe", DemandKind.Poisson, DemandKind.Slotted),
            DemandRule.Optional("queueLimit", DemandKind.Poisson, DemandKind.Slotted),
        ]);

    private static readonly IReadOnlyList<Field> Purify =
    [
        Field.OneOf<PurificationProtocol>("protocol"),
        Field.Real("arrivalProbability", 0, 1).Optional(),
        Field.Whole("pumpingRounds", 0, 8).Optional(),
        Field.Whole("linkRounds", 0, 4).Optional(),
    ];

    public static readonly IReadOnlyList<Field> All =
    [
        Field.Text("name", 64, ScenarioFormat.KeyPattern),
        Field.Text("a", 64, ScenarioFormat.SiteNamePattern),
        Field.Text("b", 64, ScenarioFormat.SiteNamePattern),
        Field.OneOf("class", [.. FidelityClasses.All.Select(c => c.Key)]),
        Field.Real("fidelityFloor", 0.5, 1, Open.Both).Optional(),
        Field.Whole("slots", 1, 0x7FFF),
        Field.Whole("pricePerSlotSecondWei", 0, ulong.MaxValue),
        Field.OneOf<PoolMode>("mode").Optional(),
        Field.OneOf<TakeOrder>("order").Optional(),
        Field.Record("cutOff", CutOff).Optional(),
        Field.Whole("places", 1, 1_000_000).Optional(),
        Field.OneOf<SwapOrder>("swapOrder").Optional(),
        Field.Record("purify", Purify).Optional(),
        Field.Record("demand", Demand).Optional(),
        Field.Text("vqn", 64, ScenarioFormat.KeyPattern).Optional(),
        Field.Real("weight", 1e-6, 1000).Optional(),
        Field.Flag("gate").Optional(),
        Field.Real("takeSeconds", 0, 3600).Optional(),
        Field.Whole("pathMemories", 0, ScenarioFormat.MaxLinkMemories).Optional(),
        Field.Whole("backupRoutes", 0, 1).Optional(),
    ];

    public static readonly IReadOnlyList<Field> Reservations =
    [
        Field.Text("pool", 64, ScenarioFormat.KeyPattern),
        Field.Whole("atSeconds", 0, 1_000_000_000),
        Field.Whole("durationSeconds", 1, 14_400),
        Field.Whole("slots", 1, 0x7FFF),
        Field.Whole("takesPerMinute", 0, 1_000_000).Optional(),
    ];
}
