using System.Globalization;

namespace Pqms.Cli.Commands.Calc;

/// <summary>What an operand is made of.</summary>
internal enum OperandKind
{
    /// <summary>A number of double precision.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>A pair: a fidelity (then a Werner pair), or four Bell probabilities.</summary>
    Pair,
}

/// <summary>One operand of an operation: all that option, help, JSON reader and reference need to know.</summary>
internal sealed record Operand
{
    private Operand(string name, OperandKind kind, string unit, string meaning)
    {
        Name = name;
        Kind = kind;
        Unit = unit;
        Meaning = meaning;
    }

    /// <summary>Name in JSON documents, with its unit at the end: t2Seconds.</summary>
    public string Name { get; }

    /// <summary>What it is made of.</summary>
    public OperandKind Kind { get; }

    /// <summary>Unit as a person writes it; empty where there is none.</summary>
    public string Unit { get; }

    /// <summary>A few words for the help.</summary>
    public string Meaning { get; }

    /// <summary>Least value, itself allowed unless <see cref="AboveLeast"/>.</summary>
    public double Least { get; private init; }

    /// <summary>Greatest value, itself allowed unless <see cref="BelowGreatest"/>; infinity is written so.</summary>
    public double Greatest { get; private init; }

    /// <summary>Whether the least value itself is refused.</summary>
    public bool AboveLeast { get; private init; }

    /// <summary>Whether the greatest value itself is refused.</summary>
    public bool BelowGreatest { get; private init; }

    /// <summary>The words of a choice.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>Value when left out, as typed; null when the operand must be given.</summary>
    public string? Standard { get; private init; }

    /// <summary>Operand whose value is taken when this one is left out.</summary>
    public string? SameAs { get; private init; }

    /// <summary>The option: --t2-seconds for t2Seconds.</summary>
    public string Flag => "--" + string.Concat(Name.Select(
        letter => char.IsAsciiLetterUpper(letter) ? "-" + char.ToLowerInvariant(letter) : letter.ToString()));

    /// <summary>The allowed values in words.</summary>
    public string Allowed => Kind switch
    {
        OperandKind.Choice => string.Join(", ", Words),
        OperandKind.Pair => "a fidelity in [0.25, 1], or four probabilities of sum 1 (Phi+, Psi+, Psi-, Phi-)",
        OperandKind.Whole => $"a whole number in {Range}",
        _ => $"a number in {Range}",
    };

    /// <summary>The allowed values in one word, for tables.</summary>
    public string Range => Kind switch
    {
        OperandKind.Choice => string.Join('|', Words),
        OperandKind.Pair => "F|I,X,Y,Z",
        _ => $"{(AboveLeast ? '(' : '[')}{Text(Least)}, {Text(Greatest)}{(BelowGreatest ? ')' : ']')}",
    };

    /// <summary>What happens when it is left out; empty when it must be given.</summary>
    public string Otherwise => SameAs is not null ? $"default {SameAs}" : Standard is null ? "" : $"default {Standard}";

    /// <summary>A number in a closed range.</summary>
    public static Operand Number(
        string name, string unit, string meaning, double least, double greatest, string? standard = null) =>
        new(name, OperandKind.Number, unit, meaning) { Least = least, Greatest = greatest, Standard = standard };

    /// <summary>A probability in [0, 1].</summary>
    public static Operand Probability(string name, string meaning, string? standard = null) =>
        Number(name, "", meaning, 0, 1, standard);

    /// <summary>A whole number in a closed range.</summary>
    public static Operand Whole(
        string name, string unit, string meaning, int least, int greatest, string? standard = null) =>
        new(name, OperandKind.Whole, unit, meaning) { Least = least, Greatest = greatest, Standard = standard };

    /// <summary>One of a few words; the first is the default.</summary>
    public static Operand Choice(string name, string meaning, params string[] words) =>
        new(name, OperandKind.Choice, "", meaning) { Words = words, Standard = words[0] };

    /// <summary>A pair.</summary>
    public static Operand Pair(string name, string meaning) => new(name, OperandKind.Pair, "", meaning);

    /// <summary>The same operand, its least value refused.</summary>
    public Operand Above() => this with { AboveLeast = true };

    /// <summary>The same operand, its greatest value refused.</summary>
    public Operand Below() => this with { BelowGreatest = true };

    /// <summary>The same operand, taken from another when left out.</summary>
    public Operand OrAs(string other) => this with { SameAs = other };

    /// <summary>A number as it is printed in full: the shortest text that reads back to the same bits.</summary>
    public static string Text(double value) => double.IsPositiveInfinity(value)
        ? OperandReader.Infinity
        : value.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
}
