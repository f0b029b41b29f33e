using System.Diagnostics;
using System.Text.Json;
using Pqms.EndToEnd.Tests.Ring;

namespace Pqms.EndToEnd.Tests.Chaos;

/// <summary>A <see cref="Victim"/> as seen from outside: started, told where to die, started again.</summary>
internal sealed class VictimProcess(VictimSettings settings) : IAsyncDisposable
{
    private const int KilledExitCode = 128 + 9;
    private const int NotesKept = 30;
    private readonly Queue<string> _notes = new();
    private Process? _process;
    private bool _ready;

    /// <summary>How often it died, by place.</summary>
    public SortedDictionary<string, int> Kills { get; } = new(StringComparer.Ordinal);

    public Uri Api => new($"http://127.0.0.1:{settings.Port}/");

    public bool HasEnded => _process!.HasExited;

    /// <summary>Starts it, without waiting for it.</summary>
    /// <param name="dieAt">"passes place" for a place of its start; null for none.</param>
    public void Start(string? dieAt = null)
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, "Pqms.EndToEnd.Tests.dll");
        string[] arguments = dieAt is null ? [] : [dieAt];
        _ready = false;
        _process = Process.Start(new ProcessStartInfo(
            "dotnet", ["exec", assembly, JsonSerializer.Serialize(settings), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("dotnet does not start.");
        _process.OutputDataReceived += (_, line) => _ready |= line.Data == Victim.Ready;
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Task UntilReadyAsync() => RealmChain.UntilAsync(
        "a victim is ready", () => Task.FromResult(_ready || _process!.HasExited), Describe);

    public void Arm(string place, int passes) => _process!.StandardInput.WriteLine($"{passes} {place}");

    /// <summary>Kills it from outside, wherever it is.</summary>
    public void Kill() => _process!.Kill();

    /// <summary>Waits for its death, and asserts that it was killed, not ended by a failure of its own.</summary>
    public async Task BuryAsync(string place)
    {
        await _process!.WaitForExitAsync();
        Assert.True(_process.ExitCode == KilledExitCode, $"it ended with code {_process.ExitCode}. {Describe()}");
        Kills[place] = Kills.GetValueOrDefault(place) + 1;
        _process.Dispose();
    }

    public string Describe()
    {
        lock (_notes)
        {
            return $"Oracle at {Api}: {string.Join(" | ", _notes)}";
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process!.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_notes)
        {
            _notes.Enqueue(line ?? string.Empty);
            if (_notes.Count > NotesKept)
            {
                _notes.Dequeue();
            }
        }
    }
}
