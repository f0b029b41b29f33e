using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Pqms.EndToEnd.Tests.Serving;

/// <summary>A `pqms` that goes on running, with a data folder of its own, its output as it comes.</summary>
internal sealed class RunningPqms : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly SemaphoreSlim _news = new(0);

    private RunningPqms(Process process, string dataFolder)
    {
        _process = process;
        DataFolder = dataFolder;
        process.OutputDataReceived += (_, line) => Add(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Add(_error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Removed at the end; tells other `pqms` processes where the node is.</summary>
    public string DataFolder { get; }

    /// <summary>Standard output so far.</summary>
    public string Output => Read(_output);

    /// <summary>Standard error so far.</summary>
    public string Error => Read(_error);

    /// <summary>Starts a command with a fresh data folder.</summary>
    public static RunningPqms Start(params IReadOnlyList<string> arguments) => Start(arguments, []);

    /// <summary>Starts a command with a fresh data folder and more environment variables.</summary>
    public static RunningPqms Start(
        IReadOnlyList<string> arguments, IEnumerable<(string Name, string Value)> environment)
    {
        var folder = Directory.CreateTempSubdirectory("pqms-test-").FullName;
        var start = PqmsProcess.StartInfo([.. arguments, "--data-folder", folder], environment);
        return new RunningPqms(Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start."),
            folder);
    }

    /// <summary>Waits until the output so far satisfies <paramref name="seen"/>.</summary>
    /// <exception cref="TimeoutException">It did not within <paramref name="limit"/>, or the process ended
    /// before.</exception>
    public async Task WaitUntilAsync(Func<RunningPqms, bool> seen, TimeSpan limit)
    {
        using var expiry = new CancellationTokenSource(limit);
        try
        {
            while (!seen(this))
            {
                if (_process.HasExited && _news.CurrentCount == 0)
                {
                    throw new TimeoutException($"pqms ended with code {_process.ExitCode} too early:\n{Error}");
                }

                await _news.WaitAsync(expiry.Token);
            }
        }
        catch (OperationCanceledException error)
        {
            throw new TimeoutException($"not within {limit}. Output:\n{Output}\nError:\n{Error}", error);
        }
    }

    /// <summary>Sends a signal, as Ctrl-C (INT) or a service manager (TERM) does, and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync(string signal, TimeSpan limit)
    {
        var pid = _process.Id.ToString(CultureInfo.InvariantCulture);
        using var kill = Process.Start("kill", ["-" + signal, pid]);
        await kill.WaitForExitAsync();
        using var expiry = new CancellationTokenSource(limit);
        await _process.WaitForExitAsync(expiry.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _news.Dispose();
        Directory.Delete(DataFolder, recursive: true);
    }

    private void Add(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.Append(line).Append('\n');
        }

        _news.Release();
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
