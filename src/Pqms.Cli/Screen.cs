using System.Text.Encodings.Web;
using System.Text.Json;
using Pqms.Cli.Runs;
using Pqms.Node;
using Spectre.Console;

namespace Pqms.Cli;

/// <summary>Where a command writes: results on standard output, progress and problems on standard error.</summary>
internal sealed class Screen
{
    /// <summary>Columns used when the output is no terminal: so many that no cell is ever broken into lines.</summary>
    private const int FileColumns = 1000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly IAnsiConsole _output;
    private readonly IAnsiConsole _error;
    private readonly IAnsiConsole? _live;

    /// <summary>Writes to two writers.</summary>
    /// <param name="output">Results.</param>
    /// <param name="error">Progress and problems.</param>
    /// <param name="outputIsTerminal">Whether colours and the terminal's width are wanted for results.</param>
    /// <param name="errorIsTerminal">The same for progress.</param>
    public Screen(TextWriter output, TextWriter error, bool outputIsTerminal = false, bool errorIsTerminal = false)
    {
        Output = output;
        Error = error;
        _output = Console(output, outputIsTerminal);
        _error = Console(error, errorIsTerminal);
        _live = errorIsTerminal ? Console(error, isTerminal: true, InteractionSupport.Yes) : null;
    }

    /// <summary>Standard output, for text that needs no layout.</summary>
    public TextWriter Output { get; }

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; }

    /// <summary>The screen of this process; colours only on a terminal, and never when NO_COLOR is set.</summary>
    public static Screen OfThisProcess()
    {
        var colours = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Screen(
            System.Console.Out, System.Console.Error, colours && !System.Console.IsOutputRedirected,
            colours && !System.Console.IsErrorRedirected);
    }

    /// <summary>One line of progress, on standard error.</summary>
    public void Say(string line) => _error.WriteLine(line);

    /// <summary>Long work with a progress bar on a terminal, else with a line every few seconds.</summary>
    /// <param name="what">What is going on.</param>
    /// <param name="work">Gets a function to tell the share done, from 0 to 1, from any thread.</param>
    public T WithProgress<T>(string what, Func<Action<double>, T> work)
    {
        if (_live is null)
        {
            return work(new LineProgress(what, Say).Report);
        }

        return Bar(_live).Start(context =>
        {
            var task = context.AddTask(Markup.Escape(what), maxValue: 1.0);
            return work(share => task.Value = share);
        });
    }

    /// <summary>As <see cref="WithProgress{T}"/>, for work that waits.</summary>
    /// <param name="what">What is going on.</param>
    /// <param name="work">Gets a function to tell the share done, from 0 to 1, from any thread.</param>
    public Task<T> WithProgressAsync<T>(string what, Func<Action<double>, Task<T>> work) => _live is null
        ? work(new LineProgress(what, Say).Report)
        : Bar(_live).StartAsync(context =>
        {
            var task = context.AddTask(Markup.Escape(what), maxValue: 1.0);
            return work(share => task.Value = share);
        });

    /// <summary>One line of result.</summary>
    public void Line(string line) => Output.WriteLine(line);

    /// <summary>A heading above a table.</summary>
    public void Heading(string text)
    {
        _output.WriteLine();
        _output.MarkupLine($"[bold]{Markup.Escape(text)}[/]");
    }

    /// <summary>One JSON document.</summary>
    public void Document(object document) => Output.WriteLine(JsonSerializer.Serialize(document, Json));

    /// <summary>A table, or paragraphs where a terminal is too narrow for it; cells are shown as they are.</summary>
    /// <param name="columns">Headings; a leading '>' aligns the column to the right.</param>
    /// <param name="rows">As many cells as headings each.</param>
    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var lines = rows.ToList();
        var headings = columns.Select(column => column.TrimStart('>')).ToList();
        if (NarrowTable.WidthAsTable(headings, lines) > _output.Profile.Width)
        {
            foreach (var line in NarrowTable.Lines(headings, lines))
            {
                Output.WriteLine(line);
            }

            return;
        }

        var table = new Table { Border = TableBorder.Rounded };
        foreach (var (column, heading) in columns.Zip(headings))
        {
            var right = column.StartsWith('>');
            table.AddColumn(new TableColumn(Markup.Escape(heading))
            {
                Alignment = right ? Justify.Right : Justify.Left,
                NoWrap = right,
            });
        }

        foreach (var row in lines)
        {
            table.AddRow(row.Select(Markup.Escape).ToArray());
        }

        _output.Write(table);
    }

    /// <summary>Names and values below each other.</summary>
    public void Facts(IEnumerable<(string Name, string Value)> facts)
    {
        var list = facts.ToList();
        var width = list.Max(fact => fact.Name.Length);
        foreach (var (name, value) in list)
        {
            Output.WriteLine($"  {name.PadRight(width)}  {value}");
        }
    }

    /// <summary>What was refused, what is allowed, what to do next; on standard error.</summary>
    public void Problem(Refusal refusal)
    {
        _error.MarkupLine($"[red]error[/]: {Markup.Escape(refusal.What)}");
        if (refusal.Allowed.Length > 0)
        {
            _error.MarkupLine($"  [yellow]allowed[/]: {Markup.Escape(refusal.Allowed)}");
        }

        if (refusal.Next.Length > 0)
        {
            _error.MarkupLine($"  [green]next[/]: {Markup.Escape(refusal.Next)}");
        }
    }

    private static Progress Bar(IAnsiConsole console) => console.Progress().AutoClear(true).Columns(
        new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn());

    private static IAnsiConsole Console(
        TextWriter writer, bool isTerminal, InteractionSupport interaction = InteractionSupport.No)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = interaction,
            Out = new AnsiConsoleOutput(writer),
        });
        if (!isTerminal)
        {
            console.Profile.Width = FileColumns;
        }

        return console;
    }
}
