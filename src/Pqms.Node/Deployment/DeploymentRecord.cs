using System.Text.Json;
using Pqms.Ethereum;
using Pqms.Node.Running;

namespace Pqms.Node.Deployment;

/// <summary>A deployment as it is kept on disk, before and after it is finished: one file per chain id and
/// genesis.</summary>
/// <param name="ChainId">The chain's id.</param>
/// <param name="Genesis">Hash of block 0: a restarted development chain is another chain.</param>
/// <param name="Admin">The account that deploys.</param>
/// <param name="FirstNonce">Nonce of the first creation; the six addresses follow from it.</param>
/// <param name="Addresses">The predicted, later the true addresses.</param>
/// <param name="Complete">Whether every step was confirmed.</param>
public sealed record DeploymentRecord(
    ulong ChainId, string Genesis, string Admin, ulong FirstNonce, RunAddresses Addresses, bool Complete)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Where the record of a chain is kept.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="chainId">The chain's id.</param>
    /// <param name="genesis">Hash of block 0.</param>
    public static string PathOf(string dataFolder, ulong chainId, Bytes32 genesis) =>
        Path.Combine(ChainFolder(dataFolder, chainId, genesis), "addresses.json");

    /// <summary>The folder of everything that belongs to one chain.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="chainId">The chain's id.</param>
    /// <param name="genesis">Hash of block 0; its first eight bytes name the folder.</param>
    public static string ChainFolder(string dataFolder, ulong chainId, Bytes32 genesis) =>
        Path.Combine(dataFolder, $"{chainId}-{genesis.ToString()[2..18]}");

    /// <summary>Reads a record.</summary>
    /// <param name="path">From <see cref="PathOf"/>.</param>
    /// <returns>Null when there is none, or it cannot be understood.</returns>
    public static DeploymentRecord? Read(string path)
    {
        try
        {
            var record = JsonSerializer.Deserialize<DeploymentRecord>(File.ReadAllText(path), Json);
            return record?.Addresses is null || record.Genesis is null || record.Admin is null ? null : record;
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the record whole.</summary>
    /// <param name="path">From <see cref="PathOf"/>.</param>
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = path + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(this, Json) + "\n");
        File.Move(draft, path, overwrite: true);
    }
}
