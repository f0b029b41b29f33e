using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Client;

/// <summary>Transactions: each waits for its receipt and returns the ledger's events in it.</summary>
public sealed partial class LedgerClient
{
    /// <summary>Asks for standing pairs; which pairs and how good they were comes with a report.</summary>
    /// <param name="id">An active reservation of the sender.</param>
    /// <param name="count">At least 1, within the entitlement.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt; its <see cref="TakeRequested"/> holds the numbers of the takes.</returns>
    /// <exception cref="RevertException">Not active, not the client, or beyond the entitlement.</exception>
    public Task<LedgerReceipt> TakeAsync(UInt128 id, uint count = 1, CancellationToken cancellationToken = default) =>
        SendAsync(Contracts.Allocation.Take(id, count), 0, null, cancellationToken);

    /// <summary>Ends a granted reservation now; the price falls in proportion, and the rest becomes credit, less the
    /// fee.</summary>
    /// <param name="id">A reservation of the sender.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RevertException">Not granted, over, or not the client.</exception>
    public Task<LedgerReceipt> ReleaseAsync(UInt128 id, CancellationToken cancellationToken = default) =>
        SendAsync(Contracts.Allocation.Release(id), 0, null, cancellationToken);

    /// <summary>Gives a reservation up before its start; the price becomes credit, less the fee when it was
    /// granted.</summary>
    /// <param name="id">A reservation of the sender, Requested, or Granted and not begun.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RevertException">Another status, begun, or not the client.</exception>
    public Task<LedgerReceipt> CancelAsync(UInt128 id, CancellationToken cancellationToken = default) =>
        SendAsync(Contracts.Allocation.Cancel(id), 0, null, cancellationToken);

    /// <summary>Ends a request that was not decided in time; open to anyone.</summary>
    /// <param name="id">A reservation Requested for longer than the ledger's decisionSeconds.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RevertException">Another status, or too early.</exception>
    public Task<LedgerReceipt> ExpireAsync(UInt128 id, CancellationToken cancellationToken = default) =>
        SendAsync(Contracts.Allocation.Expire(id), 0, null, cancellationToken);

    /// <summary>Refunds a reservation that was not settled in time; open to anyone.</summary>
    /// <param name="id">A reservation whose end and grace have passed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RevertException">Another status, or too early.</exception>
    public Task<LedgerReceipt> RefundAsync(UInt128 id, CancellationToken cancellationToken = default) =>
        SendAsync(Contracts.Allocation.RefundExpired(id), 0, null, cancellationToken);

    /// <summary>Takes out the sender's whole credit.</summary>
    /// <param name="to">Who gets the money; null for the sender.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt; its <see cref="Withdrawn"/> holds the amount.</returns>
    /// <exception cref="RevertException">No credit, or the receiver refuses.</exception>
    public Task<LedgerReceipt> WithdrawAsync(Address? to = null, CancellationToken cancellationToken = default) =>
        SendAsync(
            to is { } other ? Contracts.Treasury.WithdrawTo(other) : Contracts.Treasury.Withdraw(),
            0,
            null,
            cancellationToken);

    /// <summary>Executes the settlement lines of an accepted report; open to anyone, never paused.</summary>
    /// <param name="accepted">The report, from <see cref="ReportsAsync"/>.</param>
    /// <param name="lines">The lines that the report binds.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="ArgumentException">The lines are not the report's.</exception>
    /// <exception cref="RevertException">The challenge window is open, or the lines were executed.</exception>
    public Task<LedgerReceipt> SettleAsync(
        ReportAccepted accepted, IReadOnlyList<Line> lines, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(accepted);
        ArgumentNullException.ThrowIfNull(lines);
        var data = accepted.Data;
        var hash = ReportHashes.OfLines(lines);
        return hash == data.Report.LinesHash
            ? SendAsync(Contracts.Hub.Settle(data.Report, data.AcceptedAt, [.. lines]), 0, null, cancellationToken)
            : throw new ArgumentException(
                $"The lines hash to {hash}, report {data.Sequence} binds {data.Report.LinesHash}.", nameof(lines));
    }

    /// <summary>Hands in a signed report.</summary>
    /// <param name="call">Made by <see cref="ReportHubContract.Submit"/>.</param>
    /// <param name="gasLimit">Explicit: a block's hash reads as zero inside that block, so an estimate may
    /// fail.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt with the report's and its decisions' events.</returns>
    /// <exception cref="RevertException">The hub refuses; its error names what it expects.</exception>
    public Task<LedgerReceipt> SubmitAsync(
        ContractCall call, ulong gasLimit, CancellationToken cancellationToken = default) =>
        SendAsync(call, 0, gasLimit, cancellationToken);

    private async Task<LedgerReceipt> SendAsync(
        ContractCall call, UInt128 valueWei, ulong? gasLimit, CancellationToken cancellation)
    {
        var receipt = await Sender().SendAndConfirmAsync(call, valueWei, gasLimit, cancellation);
        var events = receipt.Logs
            .Select(log => LedgerLogs.Decode(log, _addresses))
            .OfType<LedgerEvent>()
            .ToArray();
        return new LedgerReceipt(receipt, events);
    }

    private TransactionSender Sender() =>
        _sender ?? throw new InvalidOperationException("This client only reads: it was made without a sender.");
}
