using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Transactions;

/// <content>Checking the chain, recovering what was open, cancelling, finding a revert's reason.</content>
public sealed partial class TransactionSender
{
    private async Task EnsureStartedAsync(CancellationToken cancellationToken)
    {
        if (_writer.Scope is not null && !_chain.IsInDoubt)
        {
            return;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_writer.Scope is not null && !_chain.IsInDoubt)
            {
                return;
            }

            var genesis = await _chain.EnsureAsync(cancellationToken);
            _book.RaiseFloor(await _chain.GetTransactionCountAsync(Address, BlockTag.Pending, cancellationToken));
            if (_writer.Scope is null)
            {
                await RecoverAsync(new AccountScope(_chain.ChainId, genesis, Address), cancellationToken);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task RecoverAsync(AccountScope scope, CancellationToken cancellationToken)
    {
        var mined = await _chain.GetTransactionCountAsync(Address, BlockTag.Latest, cancellationToken);
        var recovered = new List<PendingTransaction>();
        foreach (var kept in (await _store.LoadOpenAsync(scope, cancellationToken)).GroupBy(kept => kept.Nonce))
        {
            // Each replacement is dearer than the one before it.
            PendingTransaction[] attempts = [.. kept
                .Select(stored => new PendingTransaction(stored, Eip1559Transaction.Decode(stored.Raw), null))
                .OrderBy(attempt => attempt.Transaction.MaxFeePerGas)];
            recovered.Add(Array.Find(attempts, attempt => !attempt.IsEmptyTransfer) ?? attempts[0]);
            NonceSlot slot = null!;
            foreach (var attempt in attempts)
            {
                slot = _book.Add(attempt, _clock.GetTimestamp());
            }

            if (slot.Nonce >= mined)
            {
                await RawSender.SendAsync(_chain, slot.Newest.Stored, cancellationToken);
            }
            else if (_options.Confirmations == 0)
            {
                await CloseIfMinedAsync(slot, cancellationToken);
            }
        }

        _recovered = recovered;
        _writer.Scope = scope;
    }

    private async Task CloseIfMinedAsync(NonceSlot slot, CancellationToken cancellationToken)
    {
        foreach (var attempt in slot.Attempts)
        {
            if (await _chain.GetReceiptAsync(attempt.Hash, cancellationToken) is not null)
            {
                _book.Close(slot, attempt);
                await _writer.CloseAsync(slot, attempt);
                return;
            }
        }
    }

    // Sends the empty transfer, dearer each time that a node wants more.
    private async Task SendCancellationAsync(NonceSlot slot, CancellationToken cancellationToken)
    {
        if (await _chain.GetTransactionCountAsync(Address, BlockTag.Latest, cancellationToken) > slot.Nonce)
        {
            return;
        }

        var content = TransactionContent.Empty(Address, $"cancellation of {slot.Attempts[0]}");
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var before = slot.LastOffer.MaxFeePerGas;
            var (outcome, reason) = await _repair.ReplaceAsync(slot, content);
            switch (outcome)
            {
                case null:
                    throw new FeeLimitException(before + (before / 10), _options.MaxFeePerGasLimit);
                case SendOutcome.Rejected:
                    throw reason!;
                case SendOutcome.Accepted or SendOutcome.Unknown:
                    return;
            }
        }
    }

    // A receipt doesn't tell why. The call is run again on the state before its block, then on the one after.
    private async Task<RevertException> RevertedAsync(
        PendingTransaction sent, TransactionReceipt receipt, CancellationToken cancellationToken)
    {
        var content = sent.Transaction;
        var request = new CallRequest(content.To, content.Data, Address, content.Value, content.GasLimit);
        foreach (var block in new[] { Math.Max(receipt.BlockNumber, 1) - 1, receipt.BlockNumber })
        {
            try
            {
                await _chain.CallAsync(request, block, cancellationToken);
            }
            catch (RpcException exception) when (exception.RevertData is { Length: > 0 })
            {
                return Reverted(sent.Description, sent.Errors, exception.RevertData, receipt);
            }
            catch (Exception exception) when (
                exception is RpcException or RpcUnreachableException or RpcFormatException)
            {
                // The revert is a fact; only its reason stays unknown.
                break;
            }
        }

        return Reverted(sent.Description, sent.Errors, [], receipt);
    }
}
