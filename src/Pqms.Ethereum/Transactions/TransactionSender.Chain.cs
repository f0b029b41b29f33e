using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Transactions;

/// <content>Checking the chain, recovering what was open, closing what is known.</content>
public sealed partial class TransactionSender
{
    private async Task CheckChainAsync(CancellationToken cancellationToken)
    {
        if (!_mustCheckChain)
        {
            return;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_mustCheckChain)
            {
                return;
            }

            var actual = await _rpc.ChainIdAsync(cancellationToken);
            if (actual != _chainId)
            {
                throw new ChainMismatchException(_chainId, actual);
            }

            var genesis = (await _rpc.GetBlockAsync(BlockTag.Earliest, cancellationToken))?.Hash ?? Bytes32.Zero;
            if (_scope is not null && _scope.GenesisHash != genesis)
            {
                throw new ChainMismatchException(_scope.GenesisHash, genesis);
            }

            _nonces.RaiseFloor(await _rpc.GetTransactionCountAsync(Address, BlockTag.Pending, cancellationToken));
            if (_scope is null)
            {
                await RecoverAsync(new AccountScope(_chainId, genesis, Address), cancellationToken);
            }

            _mustCheckChain = false;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task RecoverAsync(AccountScope scope, CancellationToken cancellationToken)
    {
        var mined = await _rpc.GetTransactionCountAsync(Address, BlockTag.Latest, cancellationToken);
        var open = await _store.LoadOpenAsync(scope, cancellationToken);
        foreach (var stored in open)
        {
            if (stored.Nonce >= mined)
            {
                _nonces.Reserve(stored.Nonce);
                await RawSender.SendAsync(_rpc, stored, cancellationToken);
            }
            else if (await _rpc.GetReceiptAsync(stored.Hash, cancellationToken) is not null)
            {
                await _store.CloseAsync(scope, stored.Hash, TransactionFate.Mined, cancellationToken);
            }
        }

        _recovered = [.. open.Select(stored => new PendingTransaction(stored, null, null))];
        _scope = scope;
    }

    private async Task CloseAsync(StoredTransaction stored, TransactionFate fate)
    {
        _nonces.Consumed(stored.Nonce);
        await _store.CloseAsync(stored.Scope, stored.Hash, fate, CancellationToken.None);
    }

    // A receipt doesn't tell why. The call is run again on the state before its block, then on the one after.
    private async Task<RevertException> RevertedAsync(
        PendingTransaction pending, TransactionReceipt receipt, CancellationToken cancellationToken)
    {
        if (pending.Transaction is { } sent)
        {
            var request = new CallRequest(sent.To, sent.Data, Address, sent.Value, sent.GasLimit);
            foreach (var block in new[] { Math.Max(receipt.BlockNumber, 1) - 1, receipt.BlockNumber })
            {
                try
                {
                    await _rpc.CallAsync(request, block, cancellationToken);
                }
                catch (RpcException exception) when (exception.RevertData is { Length: > 0 })
                {
                    return Reverted(pending.Description, pending.Errors, exception.RevertData, receipt);
                }
                catch (Exception exception) when (exception is RpcException or RpcUnreachableException)
                {
                    // The revert is a fact; only its reason stays unknown.
                    break;
                }
            }
        }

        return Reverted(pending.Description, pending.Errors, [], receipt);
    }
}
