using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Client;

/// <summary>Reports that are made void, and what they granted.</summary>
public sealed partial class LedgerClient
{
    /// <summary>The newest report that was accepted with a sequence; void ones' sequences are used anew.</summary>
    /// <param name="sequence">The sequence, from 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The report, void or not; null when none had it.</returns>
    public async Task<ReportAccepted?> FindReportAsync(ulong sequence, CancellationToken cancellationToken = default)
    {
        var now = await MomentAsync(BlockTag.Latest, cancellationToken);
        var logs = await _logs.ReadAsync(
            _addresses.DeployedAtBlock,
            now.Block,
            [_addresses.ReportHub],
            [[ReportHubContract.ReportAcceptedEvent.Topic0], [Topics.Of((UInt128)sequence)]],
            cancellationToken);
        return logs.Count == 0 ? null : (ReportAccepted)LedgerLogs.Decode(logs[^1], _addresses)!;
    }

    /// <summary>A report's decisions, as they were handed in with it.</summary>
    /// <param name="accepted">The report, void or not.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The decisions, checked against the report; null when the node does not know the transaction any more,
    /// or when another contract handed the report in: then they are in a trace of that transaction only.</returns>
    public async Task<IReadOnlyList<Decision>?> DecisionsAsync(
        ReportAccepted accepted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(accepted);
        var decisionsHash = accepted.Data.Report.DecisionsHash;
        if (decisionsHash == ReportHashes.OfDecisions([]))
        {
            return [];
        }

        var transaction = await _rpc.GetTransactionAsync(accepted.Place.TransactionHash, cancellationToken);
        return SubmittedReport.Decisions(transaction, _addresses.ReportHub, decisionsHash);
    }

    /// <summary>What handing a report in cost, and whose signatures it carried.</summary>
    /// <param name="accepted">The report, void or not.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when the node does not know the transaction any more; no signers when another contract handed the
    /// report in, or the node has forgotten the state of that block.</returns>
    public async Task<ReportSubmission?> SubmissionAsync(
        ReportAccepted accepted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(accepted);
        var hash = accepted.Place.TransactionHash;
        var asked = _rpc.GetTransactionAsync(hash, cancellationToken);
        if (await _rpc.GetReceiptAsync(hash, cancellationToken) is not { } receipt)
        {
            return null;
        }

        var signed = SubmittedReport.Signatures(await asked, _addresses.ReportHub);
        return new ReportSubmission(
            receipt.GasUsed, receipt.From, signed is { } found
                ? await SignersAsync(accepted, found.Signatures, found.AnchorBlock, found.AnchorHash, cancellationToken)
                : []);
    }

    private async Task<IReadOnlyList<Address>> SignersAsync(
        ReportAccepted accepted, byte[][] signatures, ulong anchorBlock, Bytes32 anchorHash,
        CancellationToken cancellation)
    {
        try
        {
            var digest = await Contracts.Hub.AttestationDigest(accepted.Data.ReportHash, anchorBlock, anchorHash)
                .CallAsync(_rpc, accepted.Place.BlockNumber, null, cancellation);
            return
            [
                .. from bytes in signatures
                   let signer = Signature.TryRecover(digest, Signature.From65Bytes(bytes), out var found) ? found
                       : default
                   select signer,
            ];
        }
        catch (RpcException)
        {
            return [];
        }
    }

    /// <summary>The call that takes back what the last void report granted that is not reopened yet.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The report and the call; null when no void report waits.</returns>
    /// <exception cref="InvalidOperationException">The report's decisions cannot be found; see
    /// <see cref="DecisionsAsync"/>.</exception>
    public async Task<(ReportAccepted Report, ContractCall Call, int Decisions)?> NextReopeningAsync(
        CancellationToken cancellationToken = default)
    {
        var last = await Contracts.Hub.VoidThrough().CallAsync(_rpc, null, null, cancellationToken);
        if (last == 0)
        {
            return null;
        }

        var accepted = await FindReportAsync(last, cancellationToken)
            ?? throw new InvalidOperationException($"Report {last} waits to be reopened, but has no log.");
        var decisions = await DecisionsAsync(accepted, cancellationToken)
            ?? throw new InvalidOperationException(
                $"The decisions of report {last} are not in transaction {accepted.Place.TransactionHash}: another "
                + "contract handed it in, or the node has forgotten it.");
        var call = Contracts.Hub.Reopen(accepted.Data.Report, accepted.Data.AcceptedAt, [.. decisions]);
        return (accepted, call, decisions.Count);
    }

    /// <summary>Makes a report and all later ones void, while its challenge window is open.</summary>
    /// <param name="accepted">The report, from <see cref="FindReportAsync"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt; its <see cref="ReportsDisabled"/> says which.</returns>
    /// <exception cref="RevertException">The sender lacks the role GUARDIAN, the window is over, or the report is not
    /// held.</exception>
    public Task<LedgerReceipt> DisableAsync(ReportAccepted accepted, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(accepted);
        return SendAsync(
            Contracts.Hub.Disable(accepted.Data.Report, accepted.Data.AcceptedAt), 0, null, cancellationToken);
    }

    /// <summary>Takes back what the last void report granted that is not reopened yet; open to anyone.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt; null when no void report waits.</returns>
    /// <exception cref="InvalidOperationException">The report's decisions cannot be found; see
    /// <see cref="DecisionsAsync"/>.</exception>
    /// <exception cref="RevertException">Somebody else was faster.</exception>
    public async Task<LedgerReceipt?> ReopenNextAsync(CancellationToken cancellationToken = default) =>
        await NextReopeningAsync(cancellationToken) is { } next
            ? await SendAsync(next.Call, 0, null, cancellationToken)
            : null;
}
