using System.Diagnostics;

namespace Pqms.EndToEnd.Tests.Packaging;

/// <summary>Runs `dotnet` in a folder, and leaves no build server behind.</summary>
internal static class DotnetProcess
{
    // Seconds, where nothing else runs; a loaded machine needs some times that.
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(3);

    /// <summary>Runs a command that must succeed; gives what it printed.</summary>
    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["NO_COLOR"] = "1";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start.");
        using var limit = new CancellationTokenSource(_limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode == 0, $"dotnet {arguments[0]}: {await output}{await error}");
            return await output;
        }
        catch (OperationCanceledException exception)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {arguments[0]} did not end within {_limit}.", exception);
        }
    }
}
