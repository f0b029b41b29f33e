using Pqms.Sdk.Client;
using Pqms.Sdk.Leaves;

namespace Pqms.Node.Audit;

/// <summary>Watches reports for the answers to a reservation's takes; lighter than a whole audit.</summary>
/// <param name="client">Reads the chain.</param>
/// <param name="files">Fetches the batches.</param>
public sealed class TakeFinder(LedgerClient client, ContentClient files)
{
    /// <summary>How many of a reservation's takes have been answered in accepted reports.</summary>
    /// <param name="id">The reservation.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<int> CountAsync(UInt128 id, CancellationToken cancel)
    {
        var answered = 0;
        foreach (var accepted in await client.ReportsAsync(0, default, cancel))
        {
            if (await files.BatchAsync(accepted.Data.Report.DataHash, cancel) is { } file)
            {
                answered += Batch.Parse(file.Span).Leaves.Count(leaf => leaf is TakeLeaf && leaf.Subject == id);
            }
        }

        return answered;
    }
}
