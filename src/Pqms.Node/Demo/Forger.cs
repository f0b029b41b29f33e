using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rpc;
using Pqms.Node.Audit;
using Pqms.Node.Keys;
using Pqms.Oracle;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Client;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Node.Demo;

/// <summary>Forges evidence in three ways and says by whom each forgery is caught.</summary>
internal sealed class Forger(TroubleRealm realm, LedgerClient client, HistoryFile honest)
{
    private const ulong GasLimit = 1_000_000;

    /// <summary>One bit of a batch file is changed: it has another hash than its report names.</summary>
    public Task<TroubleFact> BatchAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var forged = honest with { Batches = [Flipped(honest.Batches[0], 40), .. honest.Batches.Skip(1)] };
        return Task.FromResult(Caught("a bit of a batch file", forged));
    }

    /// <summary>One wei is moved in an exported history.</summary>
    public TroubleFact Amount()
    {
        var topic = TreasuryContract.AccountChangedEvent.Topic0;
        var index = honest.Logs.Select((log, at) => (log, at)).Last(pair => pair.log.Topics[0] == topic).at;
        var altered = honest.Logs[index] with { Data = Flipped(honest.Logs[index].Data, 31) };
        return Caught("one wei in an exported history",
            honest with { Logs = [.. honest.Logs.Select((log, at) => at == index ? altered : log)] });
    }

    /// <summary>The oracle's own key signs a report of a state that the mesh never had; the hub cannot know better.
    /// </summary>
    public async Task<TroubleFact> ReportAsync(CancellationToken cancel)
    {
        await realm.KillOracleAsync(cancel);
        var sequence = await SubmitFalseReportAsync(cancel);
        using var nobody = new ContentClient(new Uri("http://127.0.0.1:1/"));
        var evidence = LedgerEvidence.Of(await HistoryCollector.CollectAsync(
            client, null, null, default, null, cancel));
        var replay = await new Auditor(client, nobody).ReplayAsync(
            evidence, OracleOptions.ScenariosFrom(realm.Scenario.Bytes), null, cancel);
        var text = Auditor.Notes(replay).FirstOrDefault() ?? "nothing was found";
        return new TroubleFact(
            $"report {sequence}, truly signed over a false state", text,
            !replay.IsEqual && replay.First?.Sequence == sequence);
    }

    private static TroubleFact Caught(string what, HistoryFile forged)
    {
        var found = HistoryVerifier.Verify(forged);
        return new TroubleFact(what, found.FirstFault?.ToString() ?? "not noticed", !found.Accepted);
    }

    private async Task<ulong> SubmitFalseReportAsync(CancellationToken cancel)
    {
        using var key = KeyRing.Development(DevelopmentAccount.Oracle);
        var hub = client.Contracts.Hub;
        var tip = await client.Rpc.GetBlockAsync(BlockTag.Latest, cancel)
            ?? throw new InvalidOperationException("A chain has a newest block.");
        var report = new Report
        {
            Era = await hub.Era().CallAsync(client.Rpc, cancellationToken: cancel),
            Sequence = await hub.Sequence().CallAsync(client.Rpc, cancellationToken: cancel) + 1,
            ToBlock = tip.Number,
            ToBlockHash = tip.Hash,
            ToTime = tip.Timestamp,
            PreviousHead = await hub.Head().CallAsync(client.Rpc, cancellationToken: cancel),
            StateHash = Keccak256.Hash("a state that never was"u8),
            DecisionsHash = ReportHashes.OfDecisions([]),
            LinesHash = ReportHashes.OfLines([]),
        };
        var digest = await hub.AttestationDigest(ReportHashes.OfReport(report), 0, default)
            .CallAsync(client.Rpc, cancellationToken: cancel);
        var sender = new LedgerClient(client.Rpc, realm.Addresses, new Ethereum.Transactions.TransactionSender(
            client.Rpc, key, realm.Session.ChainId, new Ethereum.Transactions.MemoryTransactionStore(),
            new Ethereum.Transactions.SenderOptions(), TimeProvider.System));
        await sender.SubmitAsync(
            hub.Submit(report, [], [key.Sign(digest).To65Bytes()], 0, default), GasLimit, cancel);
        return report.Sequence;
    }

    private static byte[] Flipped(byte[] bytes, int at)
    {
        var copy = (byte[])bytes.Clone();
        copy[at] ^= 1;
        return copy;
    }
}
