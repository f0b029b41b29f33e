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
    /// <summary>Requests slots and locks the price. Safe to repeat with the same id and terms.</summary>
    /// <param name="id">Drawn by <see cref="ReservationIds.New"/> and stored by the caller before this call.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="escrowWei">Wei to lock; what is above the price comes back as credit. Null locks the price.</param>
    /// <param name="cancellationToken">Ends the wait; a transaction already sent may still be mined.</param>
    /// <returns>The booking; without receipt when the id had been booked before with these terms.</returns>
    /// <exception cref="ReservationConflictException">The id was used with other terms or by another
    /// client.</exception>
    /// <exception cref="RevertException">The ledger refuses; its error names the value and what is allowed.</exception>
    public async Task<RequestResult> RequestAsync(
        UInt128 id, ReservationTerms terms, UInt128? escrowWei = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (await FindSameRequestAsync(id, terms, cancellationToken) is { } before)
        {
            return new RequestResult(before, null);
        }

        var ledgerTerms = terms.ToTerms();
        var value = escrowWei
            ?? await Contracts.Allocation.Price(ledgerTerms).CallAsync(_rpc, null, null, cancellationToken);
        try
        {
            var call = Contracts.Allocation.Request(id, ledgerTerms);
            var receipt = await SendAsync(call, value, null, cancellationToken);
            return new RequestResult(receipt.Events.OfType<ReservationRequested>().First(e => e.Id == id), receipt);
        }
        catch (RevertException refused) when (refused.Decoded?.Name == "ParticleAllocation_IdUsed")
        {
            // An earlier transaction of ours may have been mined between the look and the send.
            return await FindSameRequestAsync(id, terms, cancellationToken) is { } same
                ? new RequestResult(same, null)
                : throw new InvalidOperationException($"{ReservationIds.ToText(id)} is used, but has no log.", refused);
        }
    }

    /// <summary>Asks for standing pairs; which pairs and how good they were comes with a report.</summary>
    /// <param name="id">An active reservation of the sender.</param>
    /// <param name="count">At least 1, within the entitlement.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt; its <see cref="TakeRequested"/> holds the numbers of the takes.</returns>
    /// <exception cref="RevertException">Not active, not the client, or beyond the entitlement.</exception>
    public Task<LedgerReceipt> TakeAsync(UInt128 id, uint count = 1, CancellationToken cancellationToken = default) =>
        SendAsync(Contracts.Allocation.Take(id, count), 0, null, cancellationToken);

    /// <summary>Ends a granted reservation now; the price falls in proportion.</summary>
    /// <param name="id">A reservation of the sender.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="RevertException">Not granted, over, or not the client.</exception>
    public Task<LedgerReceipt> ReleaseAsync(UInt128 id, CancellationToken cancellationToken = default) =>
        SendAsync(Contracts.Allocation.Release(id), 0, null, cancellationToken);

    /// <summary>Gives a reservation up before its start; the escrow becomes credit.</summary>
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

    /// <summary>The log that booked a reservation.</summary>
    /// <param name="id">The reservation.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The log, or null when the id was never used.</returns>
    public async Task<ReservationRequested?> FindRequestAsync(UInt128 id, CancellationToken cancellationToken = default)
    {
        var now = await MomentAsync(BlockTag.Latest, cancellationToken);
        var logs = await _logs.ReadAsync(
            _addresses.DeployedAtBlock,
            now.Block,
            [_addresses.ParticleAllocation],
            [[ParticleAllocationContract.ReservationRequestedEvent.Topic0], [Topics.Of(id)]],
            cancellationToken);
        return logs.Count == 0 ? null : (ReservationRequested)LedgerLogs.Decode(logs[0], _addresses)!;
    }

    private async Task<ReservationRequested?> FindSameRequestAsync(
        UInt128 id, ReservationTerms terms, CancellationToken cancellation)
    {
        var status = await Contracts.Allocation.StatusOf(id).CallAsync(_rpc, null, null, cancellation);
        if (status == (byte)ReservationStatus.None || await FindRequestAsync(id, cancellation) is not { } before)
        {
            return null;
        }

        var stored = ReservationTerms.Hash(before.Data.Terms);
        var given = terms.Hash();
        var me = Sender().Address;
        return stored == given && before.Data.Client == me
            ? before
            : throw new ReservationConflictException(id, stored, given, before.Data.Client, me);
    }

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
