using System.Diagnostics;
using System.Globalization;
using System.Text;
using Pqms.Node.Running;

namespace Pqms.Benchmarks.Soak;

/// <summary>A <c>pqms up</c> in a process of its own, with the chain as its child, and what both use.</summary>
internal sealed class SoakNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly HttpClient _http = new();
    private readonly StringBuilder _said = new();
    private readonly string _dll;

    private SoakNode(Process process, string dll, string folder)
    {
        _process = process;
        _dll = dll;
        Folder = folder;
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    /// <summary>The node's data folder; removed at the end.</summary>
    public string Folder { get; }

    /// <summary>Where chain and ledger are.</summary>
    public RunFile Place { get; private set; } = null!;

    /// <summary>Working set of the node's process, megabytes of 10^6 bytes.</summary>
    public double NodeMegabytes => Megabytes(_process.Id);

    /// <summary>Working set of the chain's process.</summary>
    public double ChainMegabytes => Children(_process.Id).Sum(Megabytes);

    /// <summary>The node's managed heap after its last collection, as its metrics tell.</summary>
    public async Task<double> ManagedMegabytesAsync()
    {
        const string name = "pqms_memory_managed_bytes ";
        string metrics = await _http.GetStringAsync(new Uri(new Uri(Place.ApiUrl), "metrics"));
        return double.Parse(
            metrics.Split('\n').Single(static line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..],
            CultureInfo.InvariantCulture) / 1e6;
    }

    /// <summary>Starts the node and waits until it serves.</summary>
    public static async Task<SoakNode> StartAsync(string dll, CancellationToken cancel)
    {
        string folder = Directory.CreateTempSubdirectory("pqms-soak-").FullName;
        Process process = Process.Start(Command(dll, ["up", "--data-folder", folder]))!;
        SoakNode node = new(process, dll, folder);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        while (RunFile.Read(folder) is not { } file)
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"pqms up ended with code {process.ExitCode}:\n{node._said}");
            }

            await Task.Delay(200, limit.Token);
        }

        node.Place = RunFile.Read(folder)!;
        return node;
    }

    /// <summary>Audits the whole ledger, replay included.</summary>
    /// <returns>Whether it passed, and what it said.</returns>
    public async Task<(bool Passed, string Text)> AuditAsync()
    {
        using Process audit = Process.Start(Command(_dll, ["audit", "--data-folder", Folder]))!;
        Task<string> output = audit.StandardOutput.ReadToEndAsync();
        string problems = await audit.StandardError.ReadToEndAsync();
        await audit.WaitForExitAsync();
        return (audit.ExitCode == 0, audit.ExitCode == 0 ? await output : await output + problems);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using Process? kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await _process.WaitForExitAsync();
        }

        _http.Dispose();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static ProcessStartInfo Command(string dll, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new("dotnet", [dll, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["NO_COLOR"] = "1";
        return start;
    }

    private static double Megabytes(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.WorkingSet64 / 1e6;
    }

    // The kernel's own list; elsewhere than on Linux the chain is not told.
    private static IEnumerable<int> Children(int id)
    {
        string list = $"/proc/{id}/task/{id}/children";
        IEnumerable<int> direct = File.Exists(list)
            ? File.ReadAllText(list).Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(static text => int.Parse(text, CultureInfo.InvariantCulture))
            : [];
        return direct.SelectMany(static child => Children(child).Prepend(child));
    }

    private void Keep(string? line)
    {
        lock (_said)
        {
            _said.Append(line).Append('\n');
        }
    }
}
