using System.Globalization;
using System.Text;
using System.Text.Json;
using Pqms.Cli.Commands.Calc;
using Pqms.Cli.Tests.Support;
using Pqms.Node.Settings;

namespace Pqms.Cli.Tests.Commands.Calc;

public sealed class OperationTableTests
{
    public static TheoryData<string> Names => [.. OperationTable.All.Select(operation => operation.Name)];

    [Fact]
    public void All_GivenTheTable_namesEverythingOnceAndCollidesWithNoOption()
    {
        string[] taken =
            ["--json", "--stdin", "--help", "--version", .. SettingTable.All.Select(setting => setting.Flag)];
        Assert.Distinct(OperationTable.All.Select(operation => operation.Name));
        foreach (var operation in OperationTable.All)
        {
            Assert.Distinct(operation.Operands.Select(operand => operand.Name));
            Assert.Distinct(operation.Figures.Select(figure => figure.Name));
            Assert.DoesNotContain(operation.Operands, operand => taken.Contains(operand.Flag));
            Assert.All(operation.Operands, operand => Assert.EndsWith(Suffix(operand.Unit), operand.Name));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Help_GivenAnOperation_listsOperandsWithUnitRangeDefaultFiguresAndExample(string name)
    {
        var operation = OperationTable.All.Single(operation => operation.Name == name);
        var ran = await Ran.PqmsAsync($"calc {name} --help");
        var list = await Ran.PqmsAsync("calc --help");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains($"Example:\n  pqms calc {name} ", ran.Output.ReplaceLineEndings("\n"));
        Assert.All(operation.Figures, figure => Assert.Contains($"  {figure.Name}: ", ran.Output));
        Assert.All(operation.Operands, operand => Assert.Contains($"{operand.Flag} <{operand.Range}>", ran.Output));
        Assert.All(operation.Operands, operand => Assert.Contains(operand.Otherwise, ran.Output));
        Assert.Contains(operation.Meaning, list.Output);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Example_GivenAnOperation_runsAndGivesTheSameFromADocument(string name)
    {
        var operation = OperationTable.All.Single(operation => operation.Name == name);
        var table = await Ran.PqmsAsync(operation.Line);
        var typed = await Ran.PqmsAsync(operation.Line + " --json");
        Assert.Equal(0, typed.ExitCode);
        using var document = JsonDocument.Parse(typed.Output);
        var operands = document.RootElement.GetProperty("operands").GetRawText();
        var read = await Ran.PqmsAsync($"calc {name} --stdin --json", input: Encoding.UTF8.GetBytes(operands));

        Assert.Equal(typed.Output, read.Output);
        Assert.All(operation.Figures, figure => Assert.Contains(figure.Name, table.Output));
        Assert.Equal(
            operation.Figures.Select(figure => figure.Name),
            document.RootElement.GetProperty("figures").EnumerateObject().Select(figure => figure.Name));
        Assert.Equal(
            operation.Operands.Select(operand => operand.Name),
            document.RootElement.GetProperty("operands").EnumerateObject().Select(operand => operand.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Function_GivenTheEndsOfEveryRange_givesNumbersOrANamedRefusal(string name)
    {
        // All pairs of ends (just inside where the end is refused) and words of two operands, the others as in the
        // example. Counts end at 100,000 alone and at 100 in pairs, for the time that they take.
        var operation = OperationTable.All.Single(operation => operation.Name == name);
        var example = operation.Example.Split(' ').Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        var given = 0;
        foreach (var first in operation.Operands)
        {
            foreach (var second in operation.Operands)
            {
                var most = first == second ? 100_000 : 100;
                foreach (var (a, b) in Ends(first, most).SelectMany(a => Ends(second, most).Select(b => (a, b))))
                {
                    var line = new Dictionary<string, string>(example) { [second.Flag] = b, [first.Flag] = a };
                    given += Calculate(operation, line) ? 1 : 0;
                }
            }
        }

        Assert.True(given > 0);
    }

    private static bool Calculate(Operation operation, Dictionary<string, string> line)
    {
        var problems = new List<OperandProblem>();
        var values = OperandReader.FromOptions(
            operation, operand => line.GetValueOrDefault(operand.Flag), problems);
        Assert.Empty(problems);
        try
        {
            var figures = operation.Function(values);
            Assert.Equal(operation.Figures.Count, figures.Length);
            var typed = string.Join(' ', line.Select(option => $"{option.Key} {option.Value}"));
            Assert.All(figures, figure => Assert.False(figure is double.NaN, $"NaN for {typed}"));
            return true;
        }
        catch (OperandException refused)
        {
            Assert.Contains(operation.Operands, operand => operand.Name == refused.Operand);
            return false;
        }
    }

    private static IEnumerable<string> Ends(Operand operand, int most) => operand.Kind switch
    {
        OperandKind.Choice => operand.Words,
        OperandKind.Pair => ["0.25", "1", "0,1,0,0", "0,0,0,1"],
        OperandKind.Whole => [End(operand.Least), End(Math.Min(operand.Greatest, most))],
        _ =>
        [
            End(operand.AboveLeast ? Math.Max(operand.Least + 1e-12, Math.BitIncrement(operand.Least)) : operand.Least),
            End(operand.BelowGreatest ? Math.BitDecrement(operand.Greatest) : operand.Greatest),
        ],
    };

    private static string End(double value) =>
        double.IsInfinity(value) ? "infinity" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Suffix(string unit) => unit switch
    {
        "m" => "Meters",
        "dB/km" => "DbPerKm",
        "slots" => "Slots",
        "1/slot" => "PerSlot",
        _ => "",
    };
}
