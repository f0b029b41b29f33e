using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Transactions;

/// <content>Estimating, choosing a nonce, delivering.</content>
public sealed partial class TransactionSender
{
    private async Task<PendingTransaction> SendAsync(
        Draft draft, ulong? gasLimit, CancellationToken cancellationToken)
    {
        await EnsureStartedAsync(cancellationToken);
        var gas = gasLimit ?? await EstimateAsync(draft, cancellationToken);
        var content = new TransactionContent(
            draft.To, draft.Data, draft.Value, gas, draft.Description, draft.Errors);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var fee = (await _fees.MarketAsync(cancellationToken)).Offer;
                await _chain.EnsureAsync(cancellationToken);
                var (pending, outcome, reason) = await TryAsync(content, fee, cancellationToken);
                if (outcome is SendOutcome.Accepted or SendOutcome.Unknown)
                {
                    return pending;
                }

                if (attempt == MaxAttempts || outcome == SendOutcome.Rejected)
                {
                    throw Definite(reason!, draft);
                }

                if (outcome == SendOutcome.NonceTaken)
                {
                    _book.RaiseFloor(
                        await _chain.GetTransactionCountAsync(Address, BlockTag.Pending, cancellationToken));
                }
                else
                {
                    _fees.Forget();
                }
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    // One nonce, one set of bytes. The nonce stays taken unless it is certain that nobody has the bytes.
    private async Task<(PendingTransaction Pending, SendOutcome Outcome, Exception? Reason)> TryAsync(
        TransactionContent content, FeeOffer fee, CancellationToken cancellationToken)
    {
        var nonce = _book.ReserveNext();
        PendingTransaction pending;
        try
        {
            pending = await _writer.KeepAsync(content, nonce, fee, cancellationToken);
        }
        catch
        {
            _book.Release(nonce);
            throw;
        }

        try
        {
            // From here on somebody may have the bytes: cancelling must not lose track of them.
            var (outcome, reason) = await _writer.DeliverAsync(pending.Stored);
            if (outcome == SendOutcome.NonceTaken)
            {
                if (await MayBeMinedAsync(pending, reason!))
                {
                    outcome = SendOutcome.Unknown;
                }
                else
                {
                    await _writer.RejectAsync(pending.Stored);
                }
            }

            if (outcome is SendOutcome.Accepted or SendOutcome.Unknown)
            {
                _book.Add(pending, _clock.GetTimestamp());
            }
            else
            {
                _book.Release(nonce);
            }

            return (pending, outcome, reason);
        }
        catch
        {
            // A store that fails, a bug: the bytes may be out.
            _book.Add(pending, _clock.GetTimestamp());
            throw;
        }
    }

    // "Nonce too low" may be about the very bytes that were sent: a gateway that sends twice, nodes of which one lags.
    // So the receipt is looked for until the nodes had time to agree; what can't be found out stays in doubt.
    private async Task<bool> MayBeMinedAsync(PendingTransaction pending, Exception reason)
    {
        var isInPool = RawSender.SaysReplacement(reason);
        var slot = new NonceSlot(pending, _clock.GetTimestamp());
        var looksWithout = 0;
        for (var looks = 0; looks < LooksPerDoubt * _options.SupersededAfter; looks++)
        {
            try
            {
                var (_, views) = await _reader.ReadAsync([slot]);
                if (views[0].Receipt is not null)
                {
                    return true;
                }

                var isUsed = views[0].IsComplete && (isInPool || views[0].TransactionCount > pending.Nonce);
                looksWithout += isUsed ? 1 : 0;
            }
            catch (Exception exception) when (
                exception is RpcUnreachableException or RpcException or RpcFormatException)
            {
                // Nothing was learnt; the next look may tell.
            }

            if (looksWithout >= _options.SupersededAfter)
            {
                return false;
            }

            await Task.Delay(_options.PollInterval, _clock);
        }

        return true;
    }

    private async Task<ulong> EstimateAsync(Draft draft, CancellationToken cancellationToken)
    {
        ulong estimate;
        try
        {
            var request = new CallRequest(draft.To, draft.Data, Address, draft.Value);
            estimate = await _chain.EstimateGasAsync(request, BlockTag.Pending, cancellationToken);
        }
        catch (RpcException exception) when (exception.RevertData is not null)
        {
            throw Reverted(draft.Description, draft.Errors, exception.RevertData, null);
        }

        if (estimate > MaxEstimate)
        {
            throw new RpcFormatException("eth_estimateGas",
                new FormatException($"{estimate} gas is more than any block holds; at most {MaxEstimate} is believed"));
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
