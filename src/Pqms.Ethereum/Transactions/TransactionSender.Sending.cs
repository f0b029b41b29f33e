using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Transactions;

/// <content>Estimating, signing, keeping and delivering.</content>
public sealed partial class TransactionSender
{
    private async Task<PendingTransaction> SendAsync(Draft draft, ulong? gasLimit, CancellationToken cancellationToken)
    {
        await CheckChainAsync(cancellationToken);
        var gas = gasLimit ?? await EstimateAsync(draft, cancellationToken);
        var fee = await _fees.OfferAsync(cancellationToken);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var pending = await SignAndKeepAsync(draft, gas, fee, cancellationToken);

                // From here on somebody may have the bytes: cancelling must not lose track of them.
                var (outcome, reason) = await DeliverAsync(pending.Stored);
                switch (outcome)
                {
                    case SendOutcome.NonceTaken when attempt < MaxNonceAttempts:
                        _nonces.RaiseFloor(await _rpc.GetTransactionCountAsync(Address, BlockTag.Pending,
                            cancellationToken));
                        continue;
                    case SendOutcome.NonceTaken or SendOutcome.Rejected:
                        throw Definite(reason!, draft);
                    default:
                        return pending;
                }
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<PendingTransaction> SignAndKeepAsync(
        Draft draft, ulong gas, FeeOffer fee, CancellationToken cancellationToken)
    {
        var nonce = _nonces.ReserveNext();
        try
        {
            var transaction = new Eip1559Transaction(
                _chainId, nonce, fee.MaxPriorityFeePerGas, fee.MaxFeePerGas, gas, draft.To, draft.Value, draft.Data);
            var signed = transaction.Sign(_key);
            var stored = new StoredTransaction(_scope!, nonce, signed.Hash, signed.Raw, draft.Description);
            await _store.SaveAsync(stored, cancellationToken);
            return new PendingTransaction(stored, transaction, draft.Errors);
        }
        catch
        {
            _nonces.Release(nonce);
            throw;
        }
    }

    private async Task<(SendOutcome Outcome, Exception? Reason)> DeliverAsync(StoredTransaction stored)
    {
        var (outcome, reason) = await RawSender.SendAsync(_rpc, stored, CancellationToken.None);
        if (outcome == SendOutcome.Unknown)
        {
            // The same bytes once more, at once: most doubts are one broken connection.
            _mustCheckChain = true;
            var (second, secondReason) = await RawSender.SendAsync(_rpc, stored, CancellationToken.None);
            return second == SendOutcome.Accepted ? (second, null) : (SendOutcome.Unknown, secondReason);
        }

        if (outcome is SendOutcome.Rejected or SendOutcome.NonceTaken)
        {
            _nonces.Release(stored.Nonce);
            _mustCheckChain |= reason is RpcUnreachableException;
            await _store.CloseAsync(stored.Scope, stored.Hash, TransactionFate.Rejected, CancellationToken.None);
        }

        return (outcome, reason);
    }

    private async Task<ulong> EstimateAsync(Draft draft, CancellationToken cancellationToken)
    {
        ulong estimate;
        try
        {
            var request = new CallRequest(draft.To, draft.Data, Address, draft.Value);
            estimate = await _rpc.EstimateGasAsync(request, BlockTag.Pending, cancellationToken);
        }
        catch (RpcException exception) when (exception.RevertData is not null)
        {
            throw Reverted(draft.Description, draft.Errors, exception.RevertData, null);
        }

        var withHeadroom = estimate + (estimate * (ulong)_options.GasHeadroomPercent / 100);
        return Math.Max(estimate, Math.Min(withHeadroom, _options.GasLimitWithHeadroom));
    }

    private Exception Definite(Exception reason, Draft draft) => reason is RpcException { RevertData: { } data }
        ? Reverted(draft.Description, draft.Errors, data, null)
        : reason;

    private RevertException Reverted(string call, ErrorDecoder? errors, byte[] data, TransactionReceipt? receipt) =>
        new(data, ContractError.Decode(data, errors) ?? ContractError.Decode(data, Errors), call) { Receipt = receipt };

    private sealed record Draft(Address? To, byte[] Data, UInt256 Value, string Description, ErrorDecoder? Errors);
}
