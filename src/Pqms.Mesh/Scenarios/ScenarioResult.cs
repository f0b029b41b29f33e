using System.Diagnostics.CodeAnalysis;

namespace Pqms.Mesh.Scenarios;

/// <summary>One reason why a scenario file was refused.</summary>
/// <param name="Path">Where in the file, for example "$.pools[2].slots".</param>
/// <param name="Value">
/// The value found there as written, shortened to 64 characters; "(missing)" when there is none.
/// </param>
/// <param name="Allowed">What is allowed there.</param>
public sealed record ScenarioProblem(string Path, string Value, string Allowed)
{
    /// <summary>One line for a terminal: path, value, what is allowed.</summary>
    public override string ToString() => $"{Path}: {Value} is not allowed; allowed: {Allowed}";
}

/// <summary>What reading a scenario gave: the scenario, or every problem found.</summary>
public sealed class ScenarioResult
{
    private ScenarioResult(Scenario? scenario, IReadOnlyList<ScenarioProblem> problems)
    {
        Scenario = scenario;
        Problems = problems;
    }

    /// <summary>The scenario; null exactly when there are problems.</summary>
    public Scenario? Scenario { get; }

    /// <summary>
    /// The problems in file order, at most <see cref="ScenarioReader.MaxProblems"/>; empty on success.
    /// </summary>
    public IReadOnlyList<ScenarioProblem> Problems { get; }

    /// <summary>Whether the scenario may be used.</summary>
    [MemberNotNullWhen(true, nameof(Scenario))]
    public bool IsValid => Scenario is not null;

    internal static ScenarioResult Read(Scenario scenario) => new(scenario, []);

    internal static ScenarioResult Refused(IReadOnlyList<ScenarioProblem> problems) => new(null, problems);
}
