namespace Pqms.Mesh.Import;

/// <summary>How an imported topology becomes a scenario; the defaults are those of the default scenario.</summary>
/// <remarks>Values outside the scenario format's ranges are found by <see cref="Scenarios.ScenarioReader"/>.</remarks>
public sealed record ImportOptions
{
    /// <summary>Name of the scenario: 1 to 64 small letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the imported file, for the provenance.</summary>
    public required string FileName { get; init; }

    /// <summary>Longest span of a split link in m; 75,000 unless given.</summary>
    public double RepeaterEveryMeters { get; init; } = 75_000;

    /// <summary>Links longer than this are split, in m; 80,000 unless given.</summary>
    public double SplitAboveMeters { get; init; } = 80_000;

    /// <summary>Fibre length over great circle, 1 to 10; 1.2 unless given.</summary>
    public double FibreFactor { get; init; } = 1.2;

    /// <summary>Pools to make, 1 to 10,000; 8 unless given.</summary>
    public int Pools { get; init; } = 8;

    /// <summary>Class of every pool; standard unless given.</summary>
    public string ClassName { get; init; } = "standard";

    /// <summary>Planned slots of every pool, 1 to 32,767; 40 unless given.</summary>
    public int Slots { get; init; } = 40;

    /// <summary>Key of all random draws; 1 unless given.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How a trace becomes demand.</summary>
    public TraceOptions Trace { get; init; } = new();
}

/// <summary>How the jobs of a workload become reservations.</summary>
public sealed record TraceOptions
{
    /// <summary>Slots for each processor of a job, in (0, 1000], rounded up per job; 0.125 unless given: 128 processors
    /// are 16 slots.</summary>
    public double SlotsPerProcessor { get; init; } = 0.125;

    /// <summary>Jobs submitted in so many hours after the log's start count, above 0; infinite unless given.</summary>
    public double Hours { get; init; } = double.PositiveInfinity;

    /// <summary>Takes per minute that every reservation asks for, 0 to 1,000,000; 0 unless given.</summary>
    public int TakesPerMinute { get; init; }
}

/// <summary>A scenario made of an imported topology.</summary>
/// <param name="Json">The scenario's text; <see cref="Scenarios.ScenarioReader"/> has the last word on it.</param>
/// <param name="Topology">The cleaned topology it holds.</param>
/// <param name="Pools">The pools chosen.</param>
/// <param name="Reservations">The demand of the trace; empty without one.</param>
/// <param name="Notes">What was found and repaired, from reading to conversion.</param>
public sealed record ConvertedScenario(
    string Json,
    ImportedTopology Topology,
    IReadOnlyList<Scenarios.ScenarioPool> Pools,
    IReadOnlyList<Scenarios.ScenarioReservation> Reservations,
    IReadOnlyList<ImportNote> Notes);
