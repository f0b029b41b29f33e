using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using Pqms.Cli.Commands;
using Pqms.Node;

namespace Pqms.Cli;

/// <summary>The program from command line to exit code.</summary>
internal static class App
{
    /// <summary>Parses, runs, prints what went wrong, and answers with the exit code.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="screen">Where to write.</param>
    /// <param name="environment">Reads one environment variable.</param>
    /// <param name="input">Opens standard input.</param>
    public static async Task<int> RunAsync(
        string[] args, Screen screen, Func<string, string?> environment, Func<Stream> input)
    {
        using var cancel = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, cancel));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, cancel));

        var root = CommandTree.Create(new CommandHost(screen, environment, input));
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            screen.Problem(UsageRefusal(parsed));
            return (int)ExitCode.Usage;
        }

        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = screen.Output,
            Error = screen.Error,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, cancel.Token);
        }
        catch (Exception error)
        {
            return Report(error, screen, cancel.IsCancellationRequested);
        }
    }

    private static int Report(Exception error, Screen screen, bool stopped)
    {
        if (stopped && error is OperationCanceledException)
        {
            screen.Say("stopped");
            return (int)ExitCode.Refused;
        }

        var refusal = Problems.Explain(error);
        if (refusal is null)
        {
            screen.Problem(new Refusal(
                $"this is a bug in pqms: {error}", "", "please report it with the text above", ExitCode.Bug));
            return (int)ExitCode.Bug;
        }

        screen.Problem(refusal);
        return (int)refusal.Code;
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource cancel)
    {
        // The first signal asks for a clean stop; a second one, of somebody who will not wait, ends the process.
        if (!cancel.IsCancellationRequested)
        {
            signal.Cancel = true;
            cancel.Cancel();
        }
    }

    private static Refusal UsageRefusal(ParseResult parsed)
    {
        var path = new List<string>();
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult command; result = result.Parent)
        {
            path.Insert(0, command.Command is RootCommand ? "pqms" : command.Command.Name);
        }

        var what = string.Join(Environment.NewLine, parsed.Errors.Select(error => error.Message).Distinct());
        return new Refusal(what, "", $"{string.Join(' ', path)} --help", ExitCode.Usage);
    }
}
