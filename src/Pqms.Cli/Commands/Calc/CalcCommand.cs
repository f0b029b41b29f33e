using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Pqms.Node;
using Pqms.Physics.States;

namespace Pqms.Cli.Commands.Calc;

/// <summary><c>pqms calc</c>: the functions of Pqms.Physics as a calculator, made from a table of operations.</summary>
internal static class CalcCommand
{
    /// <summary>Greatest length of a document on standard input: some 10,000 objects.</summary>
    public const int MaxInputBytes = 1 << 20;

    /// <summary>Most calculations in one list: at 10 ms each, as the slowest takes, 10 s.</summary>
    public const int MaxListLength = 1000;

    private static readonly Option<bool> Stdin = new("--stdin")
    {
        Description = "read the operands from standard input: one JSON object, or a list of objects",
    };

    // Takes whatever is no known option, so that it can be refused by its name.
    private static readonly Argument<string[]> Dash = new("-")
    {
        Description = "the same as --stdin",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create(CommandHost host) => CommandHost.Group(
        "calc", "calculate with the functions of Pqms.Physics; needs no chain, project folder or settings",
        OperationTable.All.Select(operation => Make(host, operation)));

    private static Command Make(CommandHost host, Operation operation)
    {
        var options = operation.Operands.ToDictionary(
            operand => operand.Name,
            operand => new Option<string?>(operand.Flag)
            {
                Description = Join(", ", operand.Meaning, operand.Unit, operand.Otherwise),
                HelpName = operand.Range,
            },
            StringComparer.Ordinal);
        return host.MakeWithoutSettings(
            operation.Name, operation.Meaning, operation.Line + Gives(operation),
            [.. options.Values, Stdin, Dash],
            (parsed, cancel) => Run(
                host, operation, parsed, operand => parsed.GetValue(options[operand.Name]), cancel));
    }

    private static string Gives(Operation operation)
    {
        var text = new StringBuilder("\n\nGives:");
        foreach (var figure in operation.Figures)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {figure.Name}: {Join(", ", figure.Meaning, figure.Unit)}");
        }

        return text.ToString();
    }

    private static Task<int> Run(
        CommandHost host, Operation operation, ParseResult parsed, Func<Operand, string?> text,
        CancellationToken cancel)
    {
        var json = parsed.GetValue(host.Json);
        var words = parsed.GetValue(Dash) ?? [];
        if (words.FirstOrDefault(word => word != "-") is { } unknown)
        {
            var flags = string.Join(", ", operation.Operands.Select(operand => operand.Flag));
            throw Refused(
                operation, $"'{OperandReader.Cut(unknown)}' is no option", $"{flags}, or - for standard input");
        }

        if (words.Length == 0 && !parsed.GetValue(Stdin))
        {
            var problems = new List<OperandProblem>();
            var values = OperandReader.FromOptions(operation, text, problems);
            RefuseProblems(operation, problems);
            Print(host.Screen, operation, json, [Calculate(operation, values, operand => operand.Flag)], isList: false);
            return Task.FromResult((int)ExitCode.Ok);
        }

        if (operation.Operands.FirstOrDefault(operand => text(operand) is not null) is { } extra)
        {
            throw Refused(operation, $"{extra.Flag} is given beside standard input", "either options or a document");
        }

        RunDocument(host, operation, json, cancel);
        return Task.FromResult((int)ExitCode.Ok);
    }

    private static void RunDocument(CommandHost host, Operation operation, bool json, CancellationToken cancel)
    {
        using var document = ReadDocument(host, operation);
        var root = document.RootElement;
        var isList = root.ValueKind == JsonValueKind.Array;
        if (isList && root.GetArrayLength() > MaxListLength)
        {
            throw Refused(
                operation, $"$ is a list of {root.GetArrayLength()}", $"at most {MaxListLength} calculations at once");
        }

        var problems = new List<OperandProblem>();
        var items = isList ? root.EnumerateArray().ToList() : [root];
        var paths = items.Select((_, index) => isList ? $"$[{index}]" : "$").ToList();
        var values = ReadItems(operation, items, paths, problems);
        RefuseProblems(operation, problems);
        var results = new List<Result>();
        foreach (var (value, path) in values.Zip(paths))
        {
            cancel.ThrowIfCancellationRequested();
            results.Add(Calculate(operation, value, operand => $"{path}.{operand.Name}"));
        }

        Print(host.Screen, operation, json, results, isList);
    }

    private static List<OperandValues> ReadItems(
        Operation operation, List<JsonElement> items, List<string> paths, List<OperandProblem> problems)
    {
        try
        {
            return items.Zip(paths)
                .Select(item => OperandReader.FromJson(operation, item.First, item.Second, problems)).ToList();
        }
        catch (InvalidOperationException)
        {
            // The parser lets names and texts pass that are no Unicode, and throws when they are looked at.
            throw Refused(operation, "standard input holds a text that is no Unicode", "texts in UTF-8");
        }
    }

    private static JsonDocument ReadDocument(CommandHost host, Operation operation)
    {
        using var stream = host.Input();
        var bytes = new byte[MaxInputBytes + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > MaxInputBytes)
        {
            throw Refused(operation, "standard input is too long", $"at most {MaxInputBytes} bytes");
        }

        try
        {
            return JsonDocument.Parse(bytes.AsMemory(0, length), new JsonDocumentOptions { MaxDepth = 8 });
        }
        catch (JsonException error)
        {
            throw Refused(
                operation, $"standard input is no JSON: {error.Message}", "one object, or a list of objects, in UTF-8");
        }
    }

    private static Result Calculate(Operation operation, OperandValues values, Func<Operand, string> path)
    {
        try
        {
            return new Result(values, operation.Function(values));
        }
        catch (OperandException refused)
        {
            var operand = operation.Operands.Single(operand => operand.Name == refused.Operand);
            var shown = Cell(values.All[operand.Name]);
            throw Refused(operation, $"{path(operand)}: {shown} {refused.What}", refused.Allowed);
        }
    }

    private static void RefuseProblems(Operation operation, List<OperandProblem> problems)
    {
        if (problems.Count > 0)
        {
            var more = problems.Count > 1 ? $" (and {problems.Count - 1} more)" : "";
            throw Refused(operation, $"{problems[0].Path}: {problems[0].What}{more}", problems[0].Allowed);
        }
    }

    private static RefusedException Refused(Operation operation, string what, string allowed) =>
        new(ExitCode.Usage, what, allowed, $"pqms calc {operation.Name} --help");

    private static void Print(
        Screen screen, Operation operation, bool json, IReadOnlyList<Result> results, bool isList)
    {
        if (json)
        {
            var documents = results.Select(result => Document(operation, result)).ToList();
            screen.Document(isList ? documents : documents[0]);
        }
        else if (isList)
        {
            screen.Table(
                ["", .. operation.Figures.Select(figure => ">" + figure.Name)],
                results.Select((result, index) => (IReadOnlyList<string>)
                    [index.ToString(CultureInfo.InvariantCulture), .. result.Figures.Select(Cell)]));
        }
        else
        {
            screen.Table(
                ["figure", ">value", "unit", "meaning"],
                operation.Figures.Zip(results[0].Figures).Select(row => (IReadOnlyList<string>)
                    [row.First.Name, Cell(row.Second), row.First.Unit, row.First.Meaning]));
        }
    }

    private static object Document(Operation operation, Result result) => new
    {
        operation = operation.Name,
        operands = operation.Operands.ToDictionary(
            operand => operand.Name, operand => Plain(result.Operands.All[operand.Name])),
        figures = operation.Figures.Zip(result.Figures).ToDictionary(row => row.First.Name, row => Plain(row.Second)),
    };

    private static object Plain(object value) => value switch
    {
        double.PositiveInfinity => OperandReader.Infinity,
        BellDiagonal pair => Vector(pair),
        _ => value,
    };

    private static string Cell(object value) => value switch
    {
        double.PositiveInfinity => OperandReader.Infinity,
        double number => number.ToString("G9", CultureInfo.InvariantCulture),
        BellDiagonal pair => string.Join(' ', Vector(pair).Select(part => Cell(part))),
        bool truth => truth ? "yes" : "no",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };

    private static double[] Vector(BellDiagonal pair) => [pair.PhiPlus, pair.PsiPlus, pair.PsiMinus, pair.PhiMinus];

    private static string Join(string separator, params string[] parts) =>
        string.Join(separator, parts.Where(part => part.Length > 0));

    private sealed record Result(OperandValues Operands, object[] Figures);
}
