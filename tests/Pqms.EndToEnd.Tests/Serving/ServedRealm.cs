using System.Text.Json;

namespace Pqms.EndToEnd.Tests.Serving;

/// <summary>One `pqms up --demo --json`, audited and serving on, shared by the tests of a class.</summary>
public sealed class ServedRealm : IAsyncLifetime
{
    // Fifteen seconds on an idle machine with two cores; a loaded one may take several times that.
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(150);

    private RunningPqms? _process;
    private JsonDocument? _document;

    /// <summary>The document that `up --demo --json` printed.</summary>
    public JsonElement Demo => _document!.RootElement;

    /// <summary>The node's data folder: pass it to other commands so that they find this node.</summary>
    public string DataFolder => _process!.DataFolder;

    public async Task InitializeAsync()
    {
        if (HardhatFactAttribute.SkipReason is not null)
        {
            return;
        }

        _process = RunningPqms.Start("up", "--demo", "--json");
        await _process.WaitUntilAsync(process => process.Output.Contains("\n}\n", StringComparison.Ordinal), _limit);
        _document = JsonDocument.Parse(_process.Output);
    }

    public async Task DisposeAsync()
    {
        _document?.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }
}
