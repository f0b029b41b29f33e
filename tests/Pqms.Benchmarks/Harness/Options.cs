using System.Globalization;

namespace Pqms.Benchmarks.Harness;

/// <summary>What the command line asks for.</summary>
/// <param name="Only">Part of the names that are wanted; empty for all.</param>
/// <param name="IsQuick">Whether to end within a minute.</param>
/// <param name="IsJson">Whether to print JSON instead of the table.</param>
/// <param name="IsList">Whether to name the benchmarks only.</param>
/// <param name="Child">The one benchmark that this process measures itself; empty for none.</param>
/// <param name="Folder">Where the table and the JSON are written; empty for nowhere.</param>
/// <param name="Minutes">How long to use a node instead; 0 for benchmarks.</param>
internal sealed record Options(
    string Only, bool IsQuick, bool IsJson, bool IsList, string Child, string Folder, double Minutes)
{
    private const double MostMinutes = 10_000;

    /// <summary>Reads the arguments; the problem is null when there is none.</summary>
    public static Options Parse(string[] arguments, out string? problem)
    {
        Options options = new("", IsQuick: false, IsJson: false, IsList: false, "", "", 0);
        problem = null;
        for (int i = 0; i < arguments.Length; i++)
        {
            string? next = i + 1 < arguments.Length ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "--quick":
                    options = options with { IsQuick = true };
                    break;
                case "--json":
                    options = options with { IsJson = true };
                    break;
                case "--list":
                    options = options with { IsList = true };
                    break;
                case "--soak" when double.TryParse(next, CultureInfo.InvariantCulture, out double minutes)
                    && minutes is > 0 and <= MostMinutes:
                    options = options with { Minutes = minutes };
                    i++;
                    break;
                case "--only" or "--child" or "--folder" when next is not null:
                    options = options.With(arguments[i], next);
                    i++;
                    break;
                default:
                    problem = $"unknown or incomplete: {arguments[i]} (allowed: --quick --json --list --only NAME)";
                    break;
            }
        }

        return options;
    }

    private Options With(string name, string value) => name switch
    {
        "--only" => this with { Only = value },
        "--child" => this with { Child = value },
        _ => this with { Folder = value },
    };
}
