using System.Diagnostics;
using System.Text.Json;
using Pqms.Ethereum;
using Pqms.Node.Hosting;
using Pqms.Sdk;

namespace Pqms.Node.Running;

/// <summary>What a running node tells other terminals: <c>run.json</c> in the data folder, written by
/// <c>up</c>.</summary>
/// <param name="ProcessId">The node's process.</param>
/// <param name="ProcessStartTicks">UTC ticks at which it started, because the system reuses process ids.</param>
/// <param name="ChainUrl">JSON-RPC address of the chain.</param>
/// <param name="ChainId">The chain's id.</param>
/// <param name="Genesis">Hash of block 0: tells a restarted development chain from the one before.</param>
/// <param name="ApiUrl">Address of the node's HTTP API.</param>
/// <param name="DataFolder">Absolute path of the data folder.</param>
/// <param name="ScenarioHash">Keccak-256 of the scenario file's bytes.</param>
/// <param name="Addresses">The ledger's contracts.</param>
public sealed record RunFile(
    int ProcessId,
    long ProcessStartTicks,
    string ChainUrl,
    ulong ChainId,
    string Genesis,
    string ApiUrl,
    string DataFolder,
    string ScenarioHash,
    RunAddresses Addresses)
{
    private const string FileName = "run.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>What this process tells others.</summary>
    /// <param name="session">The chain.</param>
    /// <param name="addresses">The ledger on it.</param>
    /// <param name="scenarioHash">The era's scenario.</param>
    /// <param name="apiUrl">Where this process serves.</param>
    /// <param name="dataFolder">Absolute path of the data folder.</param>
    public static RunFile OfThisProcess(
        ChainSession session, LedgerAddresses addresses, Bytes32 scenarioHash, Uri apiUrl, string dataFolder) => new(
            Environment.ProcessId, OwnStartTicks(), session.Url.ToString(), session.ChainId, session.Genesis.ToString(),
            apiUrl.ToString(), dataFolder, scenarioHash.ToString(), RunAddresses.Of(addresses));

    /// <summary>Makes sure that no other process serves from a data folder.</summary>
    /// <param name="dataFolder">The folder.</param>
    /// <exception cref="RefusedException">One does.</exception>
    public static void RequireNobodyElse(string dataFolder)
    {
        if (Read(dataFolder) is { } other && other.ProcessId != Environment.ProcessId && other.IsAlive())
        {
            throw new RefusedException(
                ExitCode.Refused, $"process {other.ProcessId} already serves from {dataFolder}",
                "one node for each data folder", "use it, end it, or name another folder with --data-folder");
        }
    }

    /// <summary>Writes the file at once and whole: readers never see half of it.</summary>
    /// <param name="dataFolder">The folder, which exists.</param>
    public void Write(string dataFolder)
    {
        var path = Path.Combine(dataFolder, FileName);
        var draft = path + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(this, Json) + "\n");
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Reads the file.</summary>
    /// <param name="dataFolder">Where <c>up</c> keeps its data.</param>
    /// <returns>Null when there is none, or it cannot be understood: then it is as good as none.</returns>
    public static RunFile? Read(string dataFolder)
    {
        try
        {
            var file = JsonSerializer.Deserialize<RunFile>(File.ReadAllText(Path.Combine(dataFolder, FileName)), Json);
            return file?.ChainUrl is null || file.Addresses is null ? null : file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Removes the file if it is still this process's.</summary>
    /// <param name="dataFolder">Where <c>up</c> keeps its data.</param>
    public static void Remove(string dataFolder)
    {
        if (Read(dataFolder)?.ProcessId == Environment.ProcessId)
        {
            File.Delete(Path.Combine(dataFolder, FileName));
        }
    }

    /// <summary>Whether the process that wrote the file still runs; false means the file is stale.</summary>
    public bool IsAlive()
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return Math.Abs(StartTicks(process) - ProcessStartTicks) < TimeSpan.TicksPerSecond;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>This process's start, for <see cref="ProcessStartTicks"/>.</summary>
    public static long OwnStartTicks()
    {
        using var process = Process.GetCurrentProcess();
        return StartTicks(process);
    }

    private static long StartTicks(Process process) => process.StartTime.ToUniversalTime().Ticks;
}
