using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Pqms.Ethereum.Rpc;
using Pqms.Node.Chain;

namespace Pqms.EndToEnd.Tests.Transactions;

/// <summary>An anvil node as a child process that mines a block a second.</summary>
internal sealed class AnvilNode : IAsyncDisposable
{
    private const int FirstPort = 18_700;

    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private AnvilNode(Process process, int port)
    {
        _process = process;
        Url = new Uri($"http://127.0.0.1:{port}/");
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
    }

    /// <summary>The program: in node_modules as npm puts it, else on the PATH; null when it is missing.</summary>
    public static string? Program { get; } = Find();

    public Uri Url { get; }

    public static Task<AnvilNode> StartAsync(params string[] arguments) =>
        StartAsync(Ports.FirstFree(FirstPort), arguments);

    /// <summary>Starts one on a port, as where another was before.</summary>
    public static async Task<AnvilNode> StartAsync(int port, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program ?? throw new InvalidOperationException("anvil is missing."))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["--host", "127.0.0.1",
            "--port", port.ToString(CultureInfo.InvariantCulture), "--block-time", "1", "--silent", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("anvil doesn't start.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var node = new AnvilNode(process, port);
        try
        {
            await node.ReadyAsync();
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string? Find()
    {
        var platform = OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var machine = RuntimeInformation.OSArchitecture is System.Runtime.InteropServices.Architecture.Arm64 ? "arm64"
            : "amd64";
        var name = OperatingSystem.IsWindows() ? "anvil.exe" : "anvil";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Where(folder => folder.Length > 0)
            .Prepend(Path.Combine(
                Repository.Root, "node_modules", "@foundry-rs", $"anvil-{platform}-{machine}", "bin"));
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    private async Task ReadyAsync()
    {
        using var rpc = new HttpRpc(Url);
        using var limit = new CancellationTokenSource(ReadyWithin);
        while (true)
        {
            try
            {
                await rpc.ChainIdAsync(limit.Token);
                return;
            }
            catch (RpcUnreachableException) when (!_process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
            }
        }
    }

    private void KillAtExit(object? sender, EventArgs arguments) => _process.Kill();
}

/// <summary>A test against a real anvil node; skipped, saying what is missing, where there is none.</summary>
public sealed class AnvilFactAttribute : FactAttribute
{
    public AnvilFactAttribute()
    {
        Skip = AnvilNode.Program is null
            ? "anvil is not installed: npm's @foundry-rs/anvil 1.7.1, or a folder of the PATH with anvil."
            : null;
    }
}
