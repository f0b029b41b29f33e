using Pqms.EndToEnd.Tests.Ring;
using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Sdk.Contracts;

namespace Pqms.EndToEnd.Tests.Rebuilding.Operations;

/// <summary>Reports that the hub must refuse.</summary>
internal sealed class ReportRefusals(LedgerUse use)
{
    private readonly HandReporter _reporter = new(use.Realm);

    public IEnumerable<Operation> All =>
    [
        Operation.Refused("ReportHub_ChallengeOpen", () => Report(r => !ReportOperations.IsFinal(use, r), Settle), 4),
        Operation.Refused("ReportHub_AlreadySettled", () => Report(r => r.IsSettled, Settle)),
        Operation.Refused("ReportHub_ChallengeOver", () => Report(r => ReportOperations.IsFinal(use, r), Disable)),
        Operation.Refused("ReportHub_MissingRole", () => Report(_ => true, Disable, Cast.Stranger)),
        Operation.Refused("ReportHub_NotReopened", () => use.Known.Void.Count == 0 ? null : new Sending(
            use.AccountOf(use.Known.Admin), use.Contracts.Hub.StartEra(1, Bytes32.Zero, 1, Bytes32.Zero)), 2),
        Operation.Refused("ReportHub_NotNextToReopen", () => use.Known.Void.Count > 0 ? null
            : Report(_ => true, r => use.Contracts.Hub.Reopen(
                r.Draft.Report, r.Accepted.Data.AcceptedAt, r.Draft.Decisions))),
        Operation.RefusedLater(
            "ReportHub_EraClosed", () => DraftAsync(use.Known.EraClosed, static draft => draft)) with { Weight = 2 },
        Operation.RefusedLater("ReportHub_WrongHead", () => DraftAsync(
            !use.Known.EraClosed, draft => draft with { PreviousHead = Bytes32.FromBytes(use.Seed.Bytes(32)) })),
        Operation.RefusedLater("ReportHub_WrongSequence", () => DraftAsync(
            !use.Known.EraClosed, static draft => draft with { Sequence = draft.Sequence + 1 })),
        Operation.RefusedLater("ReportHub_UnknownSigner", UnknownSignerAsync),
    ];

    private bool IsPaused => (use.Known.PauseBits & 2) != 0;

    private ContractCall Settle(KnownReport report) =>
        use.Contracts.Hub.Settle(report.Draft.Report, report.Accepted.Data.AcceptedAt, report.Draft.Lines);

    private ContractCall Disable(KnownReport report) =>
        use.Contracts.Hub.Disable(report.Draft.Report, report.Accepted.Data.AcceptedAt);

    private Sending? Report(
        Func<KnownReport, bool> fits, Func<KnownReport, ContractCall> call, int account = Cast.Admin) =>
        use.Seed.Pick(use.Known.Reports.Where(fits)) is { } report ? new Sending(account, call(report)) : null;

    private async Task<Sending?> DraftAsync(bool isFit, Func<Report, Report> alter)
    {
        if (!isFit || IsPaused)
        {
            return null;
        }

        var draft = await _reporter.DraftAsync();
        draft = draft with { Report = alter(draft.Report) };
        return await SignedAsync(draft, ReportOperations.Keys(use));
    }

    private async Task<Sending?> UnknownSignerAsync()
    {
        if (use.Known.EraClosed || IsPaused)
        {
            return null;
        }

        var strangers = Enumerable.Range(12, use.Known.Threshold).Select(account => use.Realm.Key(account));
        return await SignedAsync(await _reporter.DraftAsync(), [.. strangers]);
    }

    private async Task<Sending> SignedAsync(HandReport draft, params Pqms.Ethereum.Crypto.EthereumKey[] keys)
    {
        var signatures = await _reporter.SignAsync(draft, keys);
        return new Sending(
            Cast.Reporter, use.Contracts.Hub.Submit(draft.Report, draft.Decisions, signatures, 0, Bytes32.Zero));
    }
}
