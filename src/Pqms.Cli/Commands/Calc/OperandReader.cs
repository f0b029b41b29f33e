using System.Globalization;
using System.Text.Json;
using Pqms.Physics.States;

namespace Pqms.Cli.Commands.Calc;

/// <summary>Reads operands from options and JSON, by the table alone; what is wrong comes back as values.</summary>
internal static class OperandReader
{
    /// <summary>How an infinite time is written, in options and in documents.</summary>
    public const string Infinity = "infinity";

    /// <summary>Characters of a refused value that are shown.</summary>
    private const int Shown = 40;

    /// <summary>Reads operands given as options.</summary>
    /// <param name="operation">Whose operands.</param>
    /// <param name="text">The option's text per operand; null when not given.</param>
    /// <param name="problems">Filled with what is wrong.</param>
    public static OperandValues FromOptions(
        Operation operation, Func<Operand, string?> text, List<OperandProblem> problems)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var operand in operation.Operands)
        {
            if (text(operand) is { } given && FromText(operand, given, operand.Flag, problems) is { } value)
            {
                values[operand.Name] = value;
            }
        }

        AddStandards(operation, values, operand => operand.Flag, operand => text(operand) is not null, problems);
        return new OperandValues(values);
    }

    /// <summary>Reads operands given as the members of a JSON object.</summary>
    /// <param name="operation">Whose operands.</param>
    /// <param name="document">Any JSON value; what is no object is refused.</param>
    /// <param name="path">Where it stands: $ or $[3].</param>
    /// <param name="problems">Filled with what is wrong.</param>
    public static OperandValues FromJson(
        Operation operation, JsonElement document, string path, List<OperandProblem> problems)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        if (document.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new OperandProblem(path, $"{Show(document)} is no object", "an object of operands"));
            return new OperandValues(values);
        }

        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in document.EnumerateObject())
        {
            var where = $"{path}.{Cut(member.Name)}";
            var operand = operation.Operands.FirstOrDefault(known => known.Name == member.Name);
            if (operand is null)
            {
                problems.Add(new OperandProblem(where, "is no operand", Names(operation)));
            }
            else if (!given.Add(member.Name))
            {
                problems.Add(new OperandProblem(where, "is given twice", "each operand once"));
            }
            else if (FromElement(operand, member.Value, where, problems) is { } value)
            {
                values[operand.Name] = value;
            }
        }

        AddStandards(
            operation, values, operand => $"{path}.{operand.Name}", operand => given.Contains(operand.Name), problems);
        return new OperandValues(values);
    }

    /// <summary>The operands' names, for a refusal.</summary>
    public static string Names(Operation operation) =>
        string.Join(", ", operation.Operands.Select(operand => operand.Name));

    /// <summary>The beginning of a text, enough to recognise it by.</summary>
    public static string Cut(string text) => text.Length <= Shown ? text : text[..Shown] + "...";

    private static void AddStandards(
        Operation operation, Dictionary<string, object> values, Func<Operand, string> path,
        Func<Operand, bool> given, List<OperandProblem> problems)
    {
        foreach (var operand in operation.Operands.Where(operand => !given(operand)))
        {
            if (operand.SameAs is not null)
            {
                if (values.TryGetValue(operand.SameAs, out var other))
                {
                    values[operand.Name] = other;
                }
            }
            else if (operand.Standard is null)
            {
                problems.Add(new OperandProblem(path(operand), "is missing", operand.Allowed));
            }
            else if (FromText(operand, operand.Standard, path(operand), problems) is { } standard)
            {
                values[operand.Name] = standard;
            }
        }
    }

    private static object? FromText(Operand operand, string text, string path, List<OperandProblem> problems)
    {
        object? value = operand.Kind switch
        {
            OperandKind.Choice => operand.Words.Contains(text) ? text : null,
            OperandKind.Pair => ToPair(text.Split(',').Select(ToNumber).ToArray()),
            _ => InRange(operand, ToNumber(text)),
        };
        return value ?? Refuse(operand, $"'{Cut(text)}'", path, problems);
    }

    private static object? FromElement(
        Operand operand, JsonElement element, string path, List<OperandProblem> problems)
    {
        object? value = (operand.Kind, element.ValueKind) switch
        {
            (OperandKind.Choice, JsonValueKind.String) =>
                operand.Words.Contains(element.GetString()!) ? element.GetString() : null,
            (OperandKind.Pair, JsonValueKind.Array) when element.GetArrayLength() == 4 =>
                ToPair(element.EnumerateArray().Select(ToNumber).ToArray()),
            (OperandKind.Pair, _) => ToPair([ToNumber(element)]),
            (OperandKind.Choice, _) => null,
            _ => InRange(operand, ToNumber(element)),
        };
        return value ?? Refuse(operand, Show(element), path, problems);
    }

    private static object? Refuse(Operand operand, string shown, string path, List<OperandProblem> problems)
    {
        var what = operand.Kind switch
        {
            OperandKind.Choice => "is none of them",
            OperandKind.Pair => "is no pair",
            _ => "is out of range",
        };
        problems.Add(new OperandProblem(path, $"{shown} {what}", operand.Allowed));
        return null;
    }

    // NaN stands for whatever is no number and is refused by every range.
    private static double ToNumber(string text)
    {
        if (text == Infinity)
        {
            return double.PositiveInfinity;
        }

        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number);
        return isNumber && double.IsFinite(number) ? number : double.NaN;
    }

    private static double ToNumber(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.TryGetDouble(out var number) && double.IsFinite(number) ? number : double.NaN,
        JsonValueKind.String => element.ValueEquals(Infinity) ? double.PositiveInfinity : double.NaN,
        _ => double.NaN,
    };

    private static object? InRange(Operand operand, double value)
    {
        if (!(value >= operand.Least && value <= operand.Greatest)
            || (operand.AboveLeast && value <= operand.Least)
            || (operand.BelowGreatest && value >= operand.Greatest))
        {
            return null;
        }

        if (operand.Kind == OperandKind.Number)
        {
            return value;
        }

        return value == Math.Floor(value) ? (object)(int)value : null;
    }

    private static object? ToPair(double[] numbers)
    {
        try
        {
            return numbers.Length switch
            {
                1 => BellDiagonal.Werner(numbers[0]),
                4 => BellDiagonal.Create(numbers[0], numbers[1], numbers[2], numbers[3]),
                _ => null,
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static string Show(JsonElement element) => Cut(element.GetRawText());
}
