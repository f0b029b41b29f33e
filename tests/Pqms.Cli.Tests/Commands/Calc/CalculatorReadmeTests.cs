using Pqms.Cli.Commands.Calc;
using Pqms.Node.Settings;

namespace Pqms.Cli.Tests.Commands.Calc;

public sealed class CalculatorReadmeTests
{
    [Fact]
    public void Calculator_GivenTheReadmeOfPhysics_listsTheTableOfOperations()
    {
        var root = ProjectFolders.FindRoot(AppContext.BaseDirectory)!;
        var readme = File.ReadAllLines(Path.Combine(root, "src", "Pqms.Physics", "README.md"));
        var section = readme.SkipWhile(line => line != "## Calculator").Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));

        Assert.Equal(
            ["| operation | operands | figures |", "|---|---|---|", .. OperationTable.All.Select(Row)],
            section.Where(line => line.StartsWith('|')));
    }

    private static string Row(Operation operation)
    {
        var operands = operation.Operands.Select(operand =>
            $"`{operand.Name}` {Join(operand.Kind == OperandKind.Pair ? "pair" : operand.Range, operand.Unit)}"
            + (operand.Otherwise.Length > 0 ? $", {operand.Otherwise}" : ""));
        var figures = operation.Figures.Select(figure => Join($"`{figure.Name}`", figure.Unit));
        return $"| `{operation.Name}`: {operation.Meaning} | {string.Join("; ", operands).Replace("|", "\\|")} | "
            + $"{string.Join(", ", figures)} |";
    }

    private static string Join(string first, string second) => second.Length > 0 ? $"{first} {second}" : first;
}
