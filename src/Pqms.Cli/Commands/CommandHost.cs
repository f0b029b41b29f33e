using System.CommandLine;
using Pqms.Node.Settings;

namespace Pqms.Cli.Commands;

/// <summary>What every command shares: the screen, the settings' options, the way an action is started.</summary>
/// <param name="screen">Where to write.</param>
/// <param name="environment">Reads one environment variable.</param>
/// <param name="input">Opens standard input; only commands that are told to read it do.</param>
internal sealed class CommandHost(Screen screen, Func<string, string?> environment, Func<Stream> input)
{
    private readonly Dictionary<Command, string> _examples = [];

    /// <summary>One option per setting, understood by every command.</summary>
    public IReadOnlyDictionary<SettingDefinition, Option<string?>> SettingOptions { get; } =
        SettingTable.All.ToDictionary(
            definition => definition,
            definition => new Option<string?>(definition.Flag)
            {
                Description = definition.Meaning,
                HelpName = definition.Allowed,
                Recursive = true,
            });

    /// <summary>Asks for one JSON document on standard output instead of tables.</summary>
    public Option<bool> Json { get; } = new("--json")
    {
        Description = "print one JSON document; progress goes to standard error",
        Recursive = true,
    };

    /// <summary>Where to write.</summary>
    public Screen Screen => screen;

    /// <summary>Opens standard input.</summary>
    public Func<Stream> Input => input;

    /// <summary>The example shown at the end of each command's help.</summary>
    public IReadOnlyDictionary<Command, string> Examples => _examples;

    /// <summary>Makes a command.</summary>
    /// <param name="name">As typed.</param>
    /// <param name="meaning">One sentence for the help.</param>
    /// <param name="example">A command line that works, without the leading "pqms".</param>
    /// <param name="symbols">Its options and arguments.</param>
    /// <param name="action">What it does; answers with the exit code.</param>
    public Command Make(
        string name, string meaning, string example, IEnumerable<Symbol> symbols,
        Func<Invocation, Task<int>> action) => MakeWithoutSettings(
            name, meaning, example, symbols,
            (parsed, cancel) => action(new Invocation(this, parsed, screen, environment, cancel)));

    /// <summary>Makes a command that needs no setting and never looks for a project folder or its file.</summary>
    /// <param name="name">As typed.</param>
    /// <param name="meaning">One sentence for the help.</param>
    /// <param name="example">A command line that works, without the leading "pqms".</param>
    /// <param name="symbols">Its options and arguments.</param>
    /// <param name="action">What it does; answers with the exit code.</param>
    public Command MakeWithoutSettings(
        string name, string meaning, string example, IEnumerable<Symbol> symbols,
        Func<ParseResult, CancellationToken, Task<int>> action)
    {
        var command = new Command(name, meaning);
        foreach (var symbol in symbols)
        {
            switch (symbol)
            {
                case Option option:
                    command.Options.Add(option);
                    break;
                case Argument argument:
                    command.Arguments.Add(argument);
                    break;
                case Command child:
                    command.Subcommands.Add(child);
                    break;
            }
        }

        _examples[command] = example;
        command.SetAction(action);
        return command;
    }

    /// <summary>Makes a command that only holds others.</summary>
    /// <param name="name">As typed.</param>
    /// <param name="meaning">One sentence for the help.</param>
    /// <param name="children">Its sub-commands.</param>
    public static Command Group(string name, string meaning, params IEnumerable<Command> children)
    {
        var command = new Command(name, meaning);
        foreach (var child in children)
        {
            command.Subcommands.Add(child);
        }

        return command;
    }
}
