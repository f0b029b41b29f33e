using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Pqms.Node.Chain;

/// <summary>A development chain as a child process: started, drained, watched, and ended with us, however we
/// end.</summary>
/// <remarks>
/// The child reads its standard input, a pipe that only we hold. When we end, even by SIGKILL, the system closes the
/// pipe and the child leaves by itself: no orphan, on every platform. It also ignores Ctrl-C, which a terminal sends to
/// the whole group, so that we decide the order of the shutdown.
/// </remarks>
public sealed partial class ChainSupervisor : IAsyncDisposable
{
    /// <summary>Lines kept for the message when the child ends by itself.</summary>
    private const int LinesKept = 20;

    /// <summary>Starts tried when a port is taken between our look and the child's bind.</summary>
    private const int Starts = 3;

    private const string WatchParent =
        "data:text/javascript,import{isMainThread}from'node:worker_threads';if(isMainThread){" +
        "process.on('SIGINT',()=>{});process.stdin.on('end',()=>process.exit(0));" +
        "process.stdin.on('error',()=>process.exit(0));process.stdin.resume();}";

    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(3);

    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _stopping;

    private ChainSupervisor(Process process, int port)
    {
        _process = process;
        Port = port;
        Ended = WatchAsync();
    }

    /// <summary>The port that the child listens on.</summary>
    public int Port { get; }

    /// <summary>The chain's JSON-RPC address.</summary>
    public Uri Url => _ready.Task.Result;

    /// <summary>The child's process id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Completes when the child has ended: null if we ended it, else why it ended by itself.</summary>
    public Task<Refusal?> Ended { get; }

    /// <summary>Starts the chain and waits until it listens.</summary>
    /// <param name="launch">What to start.</param>
    /// <param name="say">Told aloud what the user should know, such as another port.</param>
    /// <param name="cancel">Ends the wait and the child.</param>
    /// <exception cref="RefusedException">The child ended by itself, or did not listen in time.</exception>
    public static async Task<ChainSupervisor> StartAsync(ChainLaunch launch, Action<string> say,
        CancellationToken cancel)
    {
        var wanted = launch.FirstPort;
        for (var attempt = 1; ; attempt++)
        {
            var port = Ports.FirstFree(wanted);
            if (port != launch.FirstPort)
            {
                say($"port {launch.FirstPort} is busy: the chain uses {port}");
            }

            var supervisor = new ChainSupervisor(Launch(launch, port), port);
            try
            {
                await supervisor.ReadyAsync(launch, cancel);
                return supervisor;
            }
            catch (RefusedException error) when (attempt < Starts && error.Message.Contains("EADDRINUSE"))
            {
                await supervisor.DisposeAsync();
                wanted = port + 1;
            }
            catch
            {
                await supervisor.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>Ends the child: first politely, after 3 s by force. Harmless when it has ended already.</summary>
    public async Task StopAsync()
    {
        lock (_gate)
        {
            _stopping = true;
        }

        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            if (await Task.WhenAny(Ended, Task.Delay(StopWithin)) != Ended)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        await Ended;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    /// <summary>Closes the pipe as the system does when this process is killed; for tests.</summary>
    internal void CloseStandardInput() => _process.StandardInput.Close();

    private static Process Launch(ChainLaunch launch, int port)
    {
        var start = new ProcessStartInfo(launch.NodePath)
        {
            WorkingDirectory = launch.WorkingFolder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] where = ["--hostname", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture)];
        foreach (var argument in (string[])["--import", WatchParent, .. launch.ScriptArguments, .. where])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["HARDHAT_DISABLE_TELEMETRY"] = "true";
        start.Environment["NO_COLOR"] = "1";
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException("no process was started");
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new RefusedException(
                new Refusal(
                    $"{launch.NodePath} does not start: {error.Message}", $"Node.js {NodeProgram.Oldest} or later",
                    "run 'pqms doctor'", ExitCode.Prerequisite),
                error);
        }
    }

    [GeneratedRegex(@"Started HTTP and WebSocket JSON-RPC server at (?<url>http://\S+)", RegexOptions.None, 1000)]
    private static partial Regex ReadyLine();

    [GeneratedRegex(@"\e\[[0-9;]*m", RegexOptions.None, 1000)]
    private static partial Regex Colours();

    private async Task ReadyAsync(ChainLaunch launch, CancellationToken cancel)
    {
        var first = await Task.WhenAny(_ready.Task, Ended, Task.Delay(launch.ReadyWithin, cancel));
        cancel.ThrowIfCancellationRequested();
        if (first == Ended)
        {
            throw new RefusedException((await Ended)!);
        }

        if (first != _ready.Task)
        {
            throw new RefusedException(
                ExitCode.ChainUnreachable, $"the chain did not listen within {launch.ReadyWithin.TotalSeconds} s",
                "", "run 'pqms doctor'; its last lines were:" + LastLines());
        }
    }

    private async Task<Refusal?> WatchAsync()
    {
        await Task.WhenAll(DrainAsync(_process.StandardOutput), DrainAsync(_process.StandardError));
        await _process.WaitForExitAsync();
        lock (_gate)
        {
            return _stopping
                ? null
                : new Refusal(
                    $"the chain ended by itself with exit code {_process.ExitCode}", "",
                    "its last lines were:" + LastLines(), ExitCode.ChainUnreachable);
        }
    }

    private async Task DrainAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            Keep(line);
            var match = ReadyLine().Match(line);
            if (match.Success)
            {
                _ready.TrySetResult(new Uri(match.Groups["url"].Value));
            }
        }
    }

    // The node lists its accounts with their public test keys; showing them would teach people to paste keys.
    private void Keep(string line)
    {
        if (line.Length == 0 || line.Contains("Private Key", StringComparison.Ordinal)
            || line.StartsWith("Account #", StringComparison.Ordinal))
        {
            return;
        }

        lock (_gate)
        {
            _lastLines.Enqueue(Colours().Replace(line, ""));
            if (_lastLines.Count > LinesKept)
            {
                _lastLines.Dequeue();
            }
        }
    }

    private string LastLines()
    {
        lock (_gate)
        {
            return string.Concat(_lastLines.Select(line => "\n  | " + line));
        }
    }
}
