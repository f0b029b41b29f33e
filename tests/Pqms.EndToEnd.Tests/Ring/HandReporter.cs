using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk;
using Pqms.Sdk.Client;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.EndToEnd.Tests.Ring;

/// <summary>A report with everything that goes with it, still unsigned.</summary>
internal sealed record HandReport(Report Report, Decision[] Decisions, Line[] Lines)
{
    public ulong AnchorBlock { get; init; }

    public Bytes32 AnchorHash { get; init; }
}

/// <summary>Reports made by hand and truly signed: all that the hub checks, without a mesh behind it.</summary>
internal sealed class HandReporter(RealmChain realm)
{
    private const ulong GasLimit = 10_000_000;

    private ReportHubContract Hub => new(realm.Addresses.ReportHub);

    /// <summary>The next report, right in every field that the hub checks.</summary>
    public async Task<HandReport> DraftAsync(Decision[]? decisions = null, Line[]? lines = null)
    {
        var tip = await realm.Rpc.GetBlockAsync(BlockTag.Latest);
        var report = new Report
        {
            Era = await Hub.Era().CallAsync(realm.Rpc),
            Sequence = await Hub.Sequence().CallAsync(realm.Rpc) + 1,
            ToBlock = tip!.Number,
            ToBlockHash = tip.Hash,
            ToTime = tip.Timestamp,
            PreviousHead = await Hub.Head().CallAsync(realm.Rpc),
            DecisionsHash = ReportHashes.OfDecisions(decisions ?? []),
            LinesHash = ReportHashes.OfLines(lines ?? []),
        };
        return new HandReport(report, decisions ?? [], lines ?? []);
    }

    /// <summary>Signatures over a report, by ascending address.</summary>
    public async Task<byte[][]> SignAsync(HandReport draft, params EthereumKey[] keys)
    {
        var digest = await Hub
            .AttestationDigest(ReportHashes.OfReport(draft.Report), draft.AnchorBlock, draft.AnchorHash)
            .CallAsync(realm.Rpc);
        return [.. keys.OrderBy(key => key.Address).Select(key => key.Sign(digest).To65Bytes())];
    }

    /// <summary>Tries a report out, then hands it in.</summary>
    public async Task<LedgerReceipt> SubmitAsync(HandReport draft, params EthereumKey[] keys)
    {
        var call = Hub.Submit(
            draft.Report, draft.Decisions, await SignAsync(draft, keys), draft.AnchorBlock, draft.AnchorHash);
        var submitter = realm.Signers[0].Address;
        await call.SimulateAsync(realm.Rpc, submitter, UInt256.Zero, BlockTag.Pending);
        return await realm.Client(1).SubmitAsync(call, GasLimit);
    }

    public Task<LedgerReceipt> DecideAsync(DecisionOutcome outcome, params UInt128[] ids) =>
        ReportAsync([.. ids.Select(id => new Decision(id, (byte)outcome, 980_000, 30_000, 5_000_000, 990_000))], []);

    /// <summary>Reports what was delivered and settles it.</summary>
    public async Task<LedgerReceipt> SettleAsync(params Line[] lines)
    {
        var receipt = await ReportAsync([], lines);
        var accepted = receipt.Events.OfType<ReportAccepted>().Single();
        return await realm.Client(1).SettleAsync(accepted, lines);
    }

    private async Task<LedgerReceipt> ReportAsync(Decision[] decisions, Line[] lines) =>
        await SubmitAsync(await DraftAsync(decisions, lines), [.. realm.Signers]);
}
