using System.Text.Json;
using Pqms.Ethereum;
using Pqms.Sdk;

namespace Pqms.Node.Running;

/// <summary>The reservation ids that this user drew, kept before they are sent: a lost answer loses no
/// reservation.</summary>
/// <param name="folder">The chain's folder; see <see cref="Deployment.DeploymentRecord.ChainFolder"/>.</param>
public sealed class DrawnIds(string folder)
{
    /// <summary>Newest ids read back; older ones are found on the chain by their client.</summary>
    private const int Newest = 1000;

    private readonly string _path = Path.Combine(folder, "drawn-ids.jsonl");

    /// <summary>Keeps an id. When this returns, it is on disk.</summary>
    /// <param name="id">The id drawn.</param>
    /// <param name="client">Who will send it.</param>
    public void Keep(UInt128 id, Address client)
    {
        Directory.CreateDirectory(folder);
        var line = JsonSerializer.Serialize(new { id = ReservationIds.ToText(id), client = client.ToString() });
        using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.Read);
        using var writer = new StreamWriter(file);
        writer.Write(line + "\n");
        writer.Flush();
        file.Flush(flushToDisk: true);
    }

    /// <summary>The newest ids, oldest of them first; lines that cannot be read are left out.</summary>
    public IReadOnlyList<UInt128> Read()
    {
        if (!File.Exists(_path))
        {
            return [];
        }

        var ids = new List<UInt128>();
        foreach (var line in File.ReadLines(_path).TakeLast(Newest))
        {
            if (TryId(line, out var id))
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    private static bool TryId(string line, out UInt128 id)
    {
        id = default;
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.TryGetProperty("id", out var text)
                && ReservationIds.TryParse(text.GetString(), out id);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
