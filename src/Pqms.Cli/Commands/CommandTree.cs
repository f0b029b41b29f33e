using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Pqms.Cli.Commands.Calc;

namespace Pqms.Cli.Commands;

/// <summary>Every command of <c>pqms</c>.</summary>
internal static class CommandTree
{
    private const string ExitCodes = """
        Exit codes:
          0   done
          1   refused by the ledger, a check or a service that failed
          2   the command line or a setting cannot be understood
          3   no chain answers
          4   something that must be installed or writable is missing
          70  a bug in pqms
        """;

    /// <summary>Builds the tree.</summary>
    public static RootCommand Create(CommandHost host)
    {
        var root = new RootCommand("Reserve, serve and audit quantum-network resources on an EVM ledger.");
        root.Options.Add(host.Json);
        foreach (var option in host.SettingOptions.Values)
        {
            root.Options.Add(option);
        }

        foreach (var command in Commands(host))
        {
            root.Subcommands.Add(command);
        }

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExample((HelpAction)help.Action!, host.Examples);
        return root;
    }

    private static IEnumerable<Command> Commands(CommandHost host) =>
    [
        .. RealmCommands.Create(host),
        StatusCommand.Create(host),
        .. ReserveCommands.Create(host),
        .. SignedRequestCommands.Create(host),
        .. ActionCommands.Create(host),
        .. ShareCommands.Create(host),
        .. MoneyCommands.Create(host),
        .. ReadCommands.Create(host),
        PriceCommand.Create(host),
        KindsCommand.Create(host),
        LotCommands.Create(host),
        OrderCommands.Create(host),
        ReportCommands.Create(host),
        EraCommands.Create(host),
        .. QuotaCommands.Create(host),
        .. PoolCommands.Create(host),
        .. LinkCommands.Create(host),
        .. RegistryCommands.Create(host),
        AuditCommands.Create(host),
        MeshCommands.Create(host),
        CalcCommand.Create(host),
        KeystoreCommands.Create(host),
        ConfigCommand.Create(host),
        DoctorCommand.Create(host),
    ];

    private sealed class HelpWithExample(HelpAction inner, IReadOnlyDictionary<Command, string> examples)
        : SynchronousCommandLineAction
    {
        // Who asks for help has not given the required options yet.
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = inner.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            var command = parseResult.CommandResult.Command;
            if (examples.TryGetValue(command, out var example))
            {
                output.WriteLine($"Example:\n  pqms {example}\n");
            }
            else if (command is RootCommand)
            {
                output.WriteLine(ExitCodes);
            }

            return code;
        }
    }
}
