using System.Diagnostics.CodeAnalysis;

namespace Pqms.Mesh.Scenarios;

/// <summary>What putting values into a scenario's text gave: the new text, or every problem found.</summary>
public sealed class OverrideResult
{
    private OverrideResult(string? json, IReadOnlyList<ScenarioProblem> problems)
    {
        Json = json;
        Problems = problems;
    }

    /// <summary>The new text, not yet checked as a scenario; null exactly when there are problems.</summary>
    public string? Json { get; }

    /// <summary>
    /// The problems in the order of the overrides, at most <see cref="ScenarioReader.MaxProblems"/>; empty on success.
    /// </summary>
    public IReadOnlyList<ScenarioProblem> Problems { get; }

    /// <summary>Whether there is a new text.</summary>
    [MemberNotNullWhen(true, nameof(Json))]
    public bool IsValid => Json is not null;

    internal static OverrideResult Made(string json) => new(json, []);

    internal static OverrideResult Refused(IReadOnlyList<ScenarioProblem> problems) => new(null, problems);
}
