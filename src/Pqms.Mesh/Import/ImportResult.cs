using System.Diagnostics.CodeAnalysis;

namespace Pqms.Mesh.Import;

/// <summary>One reason why an imported text was refused.</summary>
/// <param name="Line">Line of the text, from 1; 0 for the text as a whole.</param>
/// <param name="Value">The value found there, on one line and shortened to 64 characters.</param>
/// <param name="Allowed">What is allowed there.</param>
public sealed record ImportProblem(int Line, string Value, string Allowed)
{
    /// <summary>One line for a terminal: line, value, what is allowed.</summary>
    public override string ToString() =>
        $"{(Line > 0 ? $"line {Line}" : "text")}: {Value} is not allowed; allowed: {Allowed}";
}

/// <summary>What an import gave: a value, or every problem found.</summary>
/// <typeparam name="T">The value.</typeparam>
public sealed class ImportResult<T>
    where T : class
{
    private ImportResult(T? value, IReadOnlyList<ImportProblem> problems)
    {
        Value = value;
        Problems = problems;
    }

    /// <summary>The value; null exactly when there are problems.</summary>
    public T? Value { get; }

    /// <summary>The problems in the order found, at most 100; empty on success.</summary>
    public IReadOnlyList<ImportProblem> Problems { get; }

    /// <summary>Whether the value may be used.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsValid => Value is not null;

    internal static ImportResult<T> Of(T value) => new(value, []);

    internal static ImportResult<T> Refused(IReadOnlyList<ImportProblem> problems) => new(null, problems);

    internal static ImportResult<T> Refused(int line, string value, string allowed) =>
        new(null, [new ImportProblem(line, ImportText.Shorten(value), allowed)]);
}

/// <summary>Gathers problems up to the limit.</summary>
internal sealed class ProblemList
{
    private readonly List<ImportProblem> _problems = [];

    public IReadOnlyList<ImportProblem> Problems => _problems;

    public bool IsFull => _problems.Count >= ImportLimits.MaxProblems;

    public void Report(int line, string value, string allowed)
    {
        if (!IsFull)
        {
            _problems.Add(new ImportProblem(line, value.Length == 0 ? "(empty)" : ImportText.Shorten(value), allowed));
        }
    }
}
