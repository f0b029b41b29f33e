using System.Diagnostics;

namespace Pqms.EndToEnd.Tests;

/// <summary>What a finished `pqms` left behind.</summary>
internal sealed record PqmsResult(int ExitCode, string Output, string Error);

/// <summary>Runs the built `pqms` as users do: as a process of its own.</summary>
internal static class PqmsProcess
{
    // A command that only reads ends in a second; ten times that means it hangs.
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(30);

    /// <summary>Runs a command to its end; the process is ended when it takes longer than 30 s.</summary>
    public static async Task<PqmsResult> RunAsync(
        IReadOnlyList<string> arguments, params IEnumerable<(string Name, string Value)> environment)
    {
        using var process = Process.Start(StartInfo(arguments, environment))
            ?? throw new InvalidOperationException("dotnet does not start.");
        using var limit = new CancellationTokenSource(_limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new PqmsResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException error)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"pqms {string.Join(' ', arguments)} did not end within {_limit}.", error);
        }
    }

    /// <summary>How `pqms` is started: redirected, without colours, in the repository's folder.</summary>
    public static ProcessStartInfo StartInfo(
        IReadOnlyList<string> arguments, params IEnumerable<(string Name, string Value)> environment)
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, "pqms.dll");
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        start.Environment["NO_COLOR"] = "1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
