namespace Pqms.Mesh.Scenarios;

/// <summary>Fields of a hardware profile.</summary>
internal static class ProfileFields
{
    private const double MaxWatts = 1e9;

    /// <summary>One figure of a profile with its range; in the file each has a value and a source.</summary>
    public static readonly IReadOnlyList<Field> Figures =
    [
        Field.Whole("communicationMemoriesPerLinkEnd", 1, ScenarioFormat.MaxLinkMemories),
        Field.Whole("storageMemoriesPerEndNode", 1, 1_000_000),
        Field.Real("emitTimesDetect", 0, 1, Open.Least),
        Field.Real("attemptOverheadSeconds", 0, 1),
        Field.Real("linkFidelity", 0.5, 1, Open.Least),
        Field.Real("gateFidelity", 0.5, 1),
        Field.Real("readoutFidelity", 0.5, 1, Open.Least),
        Field.Real("t2Seconds", ScenarioFormat.TickSeconds, ScenarioFormat.MaxSeconds),
        Field.Real("linkCutOffSeconds", 0, 3600, Open.Least),
        Field.Real("attenuationDbPerKm", 0, 10),
        Field.Real("stockFactor", 1, 10),
        Field.Real("t1Seconds", ScenarioFormat.TickSeconds, ScenarioFormat.MaxSeconds).Optional(),
        Field.Real("depolarisingSeconds", ScenarioFormat.TickSeconds, ScenarioFormat.MaxSeconds).Optional(),
        Field.Real("swapSuccess", 0, 1, Open.Least).Optional(),
        Field.Real("infidelitySpread", 0, 1).Optional(),
        Field.Real("joulesPerAttempt", 0, 1000).Optional(),
        Field.Real("wattsPerStoredPair", 0, MaxWatts).Optional(),
        Field.Real("siteWatts", 0, MaxWatts).Optional(),
        Field.Real("temperatureKelvin", 0, 10_000, Open.Least).Optional(),
        Field.Whole("isolationGrade", 1, 3).Optional(),
    ];

    public static readonly IReadOnlyList<Field> All =
    [
        Field.Text("name", 64, ScenarioFormat.KeyPattern),
        Field.Text("provenance", 500),
        Field.Text("platform", 64).Optional(),
        .. Figures.Select(Figure),
    ];

    private static Field Figure(Field figure)
    {
        Field record = Field.Record(figure.Name, [figure.Named("value"), Field.Text("source", 500)]);
        return figure.IsRequired ? record : record.Optional();
    }
}
