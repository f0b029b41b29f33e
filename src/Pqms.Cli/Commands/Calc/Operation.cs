using Pqms.Physics.States;

namespace Pqms.Cli.Commands.Calc;

/// <summary>One figure that an operation gives.</summary>
/// <param name="Name">Name in JSON documents, with its unit at the end.</param>
/// <param name="Unit">Unit as a person writes it; empty where there is none.</param>
/// <param name="Meaning">A few words.</param>
internal sealed record Figure(string Name, string Unit, string Meaning);

/// <summary>One operation of the calculator: a name, operands, figures, and the function of Pqms.Physics.</summary>
/// <param name="Name">As typed.</param>
/// <param name="Meaning">One sentence for the help.</param>
/// <param name="Operands">What goes in.</param>
/// <param name="Figures">What comes out, in the function's order.</param>
/// <param name="Example">Options of an example that works.</param>
/// <param name="Function">
/// Numbers, words, truth values or Bell vectors, one a figure; throws <see cref="OperandException"/> where operands
/// that are allowed alone do not go together.
/// </param>
internal sealed record Operation(
    string Name,
    string Meaning,
    IReadOnlyList<Operand> Operands,
    IReadOnlyList<Figure> Figures,
    string Example,
    Func<OperandValues, object[]> Function)
{
    /// <summary>The example as a command line without the leading "pqms".</summary>
    public string Line => $"calc {Name} {Example}";
}

/// <summary>The operands of one calculation, each of the kind and in the range that the table states.</summary>
/// <param name="values">A double, int, string or <see cref="BellDiagonal"/> per operand.</param>
internal sealed class OperandValues(IReadOnlyDictionary<string, object> values)
{
    /// <summary>Every operand with its value, in no order.</summary>
    public IReadOnlyDictionary<string, object> All => values;

    /// <summary>A number.</summary>
    public double Number(string name) => (double)values[name];

    /// <summary>A whole number.</summary>
    public int Whole(string name) => (int)values[name];

    /// <summary>A word.</summary>
    public string Word(string name) => (string)values[name];

    /// <summary>A pair.</summary>
    public BellDiagonal Pair(string name) => (BellDiagonal)values[name];
}

/// <summary>Why an operand is refused.</summary>
/// <param name="Path">Where it stands: --t2-seconds, or $[3].t2Seconds in a document.</param>
/// <param name="What">The value and what is wrong with it.</param>
/// <param name="Allowed">What would have been accepted.</param>
internal sealed record OperandProblem(string Path, string What, string Allowed);

/// <summary>Thrown by an operation whose operands do not go together.</summary>
internal sealed class OperandException : Exception
{
    /// <summary>Names the operand that is out of place.</summary>
    /// <param name="operand">Its name.</param>
    /// <param name="what">What is wrong, beginning with a verb.</param>
    /// <param name="allowed">What would have been accepted.</param>
    public OperandException(string operand, string what, string allowed)
        : base($"{operand} {what}")
    {
        Operand = operand;
        What = what;
        Allowed = allowed;
    }

    /// <summary>The operand's name.</summary>
    public string Operand { get; }

    /// <summary>What is wrong.</summary>
    public string What { get; }

    /// <summary>What would have been accepted.</summary>
    public string Allowed { get; }
}
