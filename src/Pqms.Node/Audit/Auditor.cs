using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;
using Pqms.Oracle.Replay;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Client;

namespace Pqms.Node.Audit;

/// <summary>A ledger's history with what was rebuilt from it: lives and money from logs, leaves from batches.</summary>
/// <param name="File">Headers, logs, batches, scenarios, as collected.</param>
/// <param name="History">The ledger, rebuilt from the logs alone.</param>
/// <param name="Batches">The batches, checked against their reports.</param>
public sealed record LedgerEvidence(HistoryFile File, LedgerHistory History, BatchEvidence Batches)
{
    /// <summary>Chain time of the newest block collected, seconds.</summary>
    public ulong AsOfSeconds => File.Headers[^1].Timestamp;

    /// <summary>Rebuilds what a file holds.</summary>
    /// <param name="file">Collected from a chain, or read from disk.</param>
    public static LedgerEvidence Of(HistoryFile file)
    {
        var history = LedgerHistory.Rebuild(file.Events());
        return new LedgerEvidence(file, history, BatchEvidence.Check(history, file.BatchFinder()));
    }
}

/// <summary>Checks a ledger from the chain; needs no key.</summary>
/// <param name="client">Reads the chain.</param>
/// <param name="files">Serves batches and scenarios; null when nobody does.</param>
public sealed class Auditor(LedgerClient client, ContentClient? files)
{
    // A contract call each; the roots of all leaves are computed here anyway.
    private const int ProofSamples = 20;

    /// <summary>Collects and rebuilds the whole ledger.</summary>
    /// <param name="progress">Told the number of blocks collected; null for nobody.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<LedgerEvidence> CollectAsync(IProgress<ulong>? progress, CancellationToken cancel)
    {
        FileSource? batches = files is null ? null : files.BatchAsync;
        FileSource? scenarios = files is null ? null : files.ScenarioAsync;
        return LedgerEvidence.Of(
            await HistoryCollector.CollectAsync(client, batches, scenarios, default, progress, cancel));
    }

    /// <summary>Asks the hub whether a leaf belongs to an accepted report.</summary>
    /// <param name="place">The leaf.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>The contract's answer.</returns>
    public Task<bool> ProveAsync(LeafPlace place, CancellationToken cancel)
    {
        var proof = InclusionProof.Of(place);
        var accepted = proof.Report.Data;
        return client.Contracts.Hub
            .VerifyEvent(accepted.Report, accepted.AcceptedAt, proof.Index, proof.Payload, [.. proof.Siblings])
            .CallAsync(client.Rpc, BlockTag.Latest, cancellationToken: cancel);
    }

    /// <summary>Computes every report since the first era again, from the chain's own commands.</summary>
    /// <param name="evidence">Names the event that differs; its scenarios are used first.</param>
    /// <param name="scenarios">Finds scenarios that the evidence lacks.</param>
    /// <param name="progress">Told now and then; null for nobody.</param>
    /// <param name="cancel">Ends the replay.</param>
    public async Task<ReplayResult> ReplayAsync(
        LedgerEvidence evidence,
        Func<Bytes32, ReadOnlyMemory<byte>?> scenarios,
        IProgress<ReplayProgress>? progress,
        CancellationToken cancel)
    {
        var batches = evidence.File.BatchFinder();
        var collected = evidence.File.ScenarioFinder();
        var source = await ChainReplaySource.OpenAsync(
            client.Rpc, client.Addresses, hash => batches(hash)?.ToArray(), cancel);
        return await ReplayRunner.RunAsync(
            source, hash => collected(hash) ?? scenarios(hash), progress, cancel);
    }

    /// <summary>Checks a whole ledger: every life, every sum, every getter, every root.</summary>
    /// <param name="evidence">The ledger, collected.</param>
    /// <param name="scenarios">Finds scenarios that the evidence lacks.</param>
    /// <param name="progress">Told how far the replay is; null for nobody.</param>
    /// <param name="cancel">Ends the audit.</param>
    public async Task<WholeAudit> AuditAsync(
        LedgerEvidence evidence,
        Func<Bytes32, ReadOnlyMemory<byte>?> scenarios,
        IProgress<ReplayProgress>? progress,
        CancellationToken cancel)
    {
        var state = await StateComparison.CompareAsync(
            client, evidence.History, evidence.File.Headers[^1].Number, cancel);
        var refuted = new List<LeafPlace>();
        var proven = 0;
        foreach (var sample in WholeAudit.Samples(evidence, ProofSamples))
        {
            if (await ProveAsync(sample, cancel))
            {
                proven++;
            }
            else
            {
                refuted.Add(sample);
            }
        }

        return new WholeAudit(
            evidence, state, proven, refuted, files is null ? [] : WholeAudit.WithoutBatch(evidence),
            await ReplayAsync(evidence, scenarios, progress, cancel));
    }

    /// <summary>What a replay found, in words; nothing when all is equal.</summary>
    /// <param name="replay">The result.</param>
    public static IEnumerable<string> Notes(ReplayResult replay)
    {
        if (replay.First is { } first)
        {
            yield return $"report {first.Sequence} (to block {first.Block}) differs: {first.Text}";
        }

        foreach (var era in replay.Unreplayed)
        {
            yield return $"era {era.Era} was not replayed: {era.Reason}";
        }
    }
}
