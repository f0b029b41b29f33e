using FaultRule = Pqms.Mesh.Scenarios.KindRules<Pqms.Mesh.Scenarios.FaultKind>.Rule;

namespace Pqms.Mesh.Scenarios;

/// <summary>Fields of faults, Bell tests and the planner.</summary>
internal static class RunFields
{
    public static readonly IReadOnlyList<Field> Faults =
    [
        Field.OneOf<FaultKind>("kind"),
        Field.Real("atSeconds", 0, ScenarioFormat.MaxSeconds),
        Field.Real("durationSeconds", ScenarioFormat.TickSeconds, ScenarioFormat.MaxSeconds),
        Field.Text("target", 160).Optional(),
        Field.Real("strength", 0, 1e6, Open.Least).Optional(),
    ];

    /// <summary>Faults whose strength 1 would mean nothing must state it.</summary>
    public static readonly KindRules<FaultKind> FaultRules = new(
        Faults,
        [
            FaultRule.Optional(
                "target", FaultKind.LinkDown, FaultKind.NoiseBurst, FaultKind.SpaceWeather, FaultKind.SiteCrash,
                FaultKind.MemoryDecay, FaultKind.InterceptResend, FaultKind.Drain)
                .For(
                    FaultKind.LinkDown, FaultKind.NoiseBurst, FaultKind.SiteCrash, FaultKind.MemoryDecay,
                    FaultKind.InterceptResend, FaultKind.Drain),
            FaultRule.Optional(
                "strength", FaultKind.NoiseBurst, FaultKind.SpaceWeather, FaultKind.MemoryDecay,
                FaultKind.InterceptResend, FaultKind.Drain)
                .For(FaultKind.SpaceWeather, FaultKind.MemoryDecay),
        ]);

    public static readonly IReadOnlyList<Field> Health =
    [
        Field.Real("share", 0, 0.5),
        Field.Real("goodMargin", 0, 0.1).Optional(),
        Field.Real("badMargin", 0, 0.5, Open.Least).Optional(),
        Field.Real("falseAlarm", 1e-9, 0.1).Optional(),
        Field.Real("missedAlarm", 1e-9, 0.1).Optional(),
    ];

    public static readonly IReadOnlyList<Field> Planner =
    [
        Field.Real("periodSeconds", 0, 86_400).Optional(),
        Field.Text("site", 64, ScenarioFormat.SiteNamePattern).Optional(),
        Field.Real("forecastSeconds", ScenarioFormat.LeastPeriodSeconds, 86_400).Optional(),
        Field.Real("missCost", 1e-6, 1e6).Optional(),
    ];

    /// <summary>Range of the strength by kind, within that of the table.</summary>
    public static Field Strength(FaultKind kind) => kind switch
    {
        FaultKind.MemoryDecay => Field.Real("strength", 1, 1e6),
        FaultKind.Drain => Field.Real("strength", 0, 1e6, Open.Least),
        _ => Field.Real("strength", 0, 1, Open.Least),
    };
}
