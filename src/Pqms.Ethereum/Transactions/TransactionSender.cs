using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rlp;
using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Transactions;

/// <summary>Sends an account's transactions so that each intended one is mined exactly once.</summary>
/// <remarks>
/// One sender per account and chain. Bytes are kept in the store before they are sent. A nonce is free again only after a
/// definite refusal; when the outcome is unknown the same bytes are sent again, and "already known" counts as success.
/// Nonce, gas and both fees are always explicit. Safe across threads: calls may overlap, and several transactions may
/// wait for one block.
/// </remarks>
public sealed class TransactionSender
{
    // Each attempt needs another writer on the same account to get in between: five in a row means misuse.
    private const int MaxNonceAttempts = 5;

    private readonly IEthereumRpc _rpc;
    private readonly EthereumKey _key;
    private readonly ulong _chainId;
    private readonly ITransactionStore _store;
    private readonly SenderOptions _options;
    private readonly FeeOracle _fees;
    private readonly ReceiptPump _receipts;
    private readonly NonceBook _nonces = new();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private AccountScope? _scope;
    private volatile bool _mustCheckChain = true;
    private IReadOnlyList<PendingTransaction> _recovered = [];

    /// <summary>Prepares the sender; the node is asked nothing yet.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="key">The account's key; it stays the caller's, who disposes it after the sender's last use.</param>
    /// <param name="chainId">The only chain for which anything is signed.</param>
    /// <param name="store">Keeps signed bytes until their fate is known.</param>
    /// <param name="options">Fees, headroom and patience; null for the defaults.</param>
    /// <param name="clock">Measures pauses; null for the system's.</param>
    public TransactionSender(
        IEthereumRpc rpc,
        EthereumKey key,
        ulong chainId,
        ITransactionStore store,
        SenderOptions? options = null,
        TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(rpc);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentOutOfRangeException.ThrowIfZero(chainId);
        _rpc = rpc;
        _key = key;
        _chainId = chainId;
        _store = store;
        _options = options ?? new SenderOptions();
        _fees = new FeeOracle(rpc, _options, clock ?? TimeProvider.System);
        _receipts = new ReceiptPump(rpc, _options, clock ?? TimeProvider.System);
    }

    /// <summary>The account that sends.</summary>
    public Address Address => _key.Address;

    /// <summary>Names the contracts' errors in a <see cref="RevertException"/>, after the call's own decoder.</summary>
    /// <value>The default is null: only Error(string) and Panic(uint256) are named.</value>
    public ErrorDecoder? Errors { get; init; }

    /// <summary>The address that a deployment gets.</summary>
    /// <param name="sender">The deploying account.</param>
    /// <param name="nonce">The deployment's nonce.</param>
    /// <returns>The last 20 bytes of keccak256(rlp([sender, nonce])).</returns>
    public static Address PredictContractAddress(Address sender, ulong nonce)
    {
        var writer = new RlpWriter();
        writer.WriteAddress(sender);
        writer.WriteUInt(nonce);
        Span<byte> hash = stackalloc byte[Keccak256.Size];
        Keccak256.Hash(writer.ToListArray(), hash);
        return Address.FromBytes(hash[12..]);
    }

    /// <summary>Checks the chain, reads the account's nonce and sends again what an earlier run left open.</summary>
    /// <remarks>Every other method does this by itself when it is needed; call it to learn what was left open.</remarks>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was open at the start, by nonce; each may be given to <see cref="ConfirmAsync"/>.</returns>
    /// <exception cref="ChainMismatchException">The node serves another chain.</exception>
    public async Task<IReadOnlyList<PendingTransaction>> StartAsync(CancellationToken cancellationToken = default)
    {
        await CheckChainAsync(cancellationToken);
        return _recovered;
    }

    /// <summary>The nonce that the next transaction will get if no other is sent before, for predicted addresses.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The smallest nonce that is neither mined, nor in the node's pool, nor reserved here.</returns>
    /// <exception cref="ChainMismatchException">The node serves another chain.</exception>
    public async Task<ulong> NextNonceAsync(CancellationToken cancellationToken = default)
    {
        await CheckChainAsync(cancellationToken);
        return _nonces.Next;
    }

    /// <summary>Estimates, signs, keeps and sends a call. Doesn't wait for its block.</summary>
    /// <param name="call">The call.</param>
    /// <param name="value">Wei that is sent along.</param>
    /// <param name="gasLimit">Gas that it may use; null for an estimate on the pending block with headroom.</param>
    /// <param name="cancellationToken">Ends the wait before signing; once kept, a transaction is sent all the same.</param>
    /// <returns>The transaction, for <see cref="ConfirmAsync"/>.</returns>
    /// <exception cref="RevertException">The contract would refuse it; no nonce was used.</exception>
    /// <exception cref="RpcException">The node refused it definitely (for example for want of money); no nonce was used.</exception>
    /// <exception cref="RpcUnreachableException">The node can't be reached; no nonce was used.</exception>
    /// <exception cref="ChainMismatchException">The node serves another chain.</exception>
    /// <exception cref="FeeLimitException">The network is dearer than the options allow.</exception>
    public async Task<PendingTransaction> SendAsync(
        ContractCall call, UInt256 value = default, ulong? gasLimit = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        var draft = new Draft(call.To, call.Data, value, call.ToString(), call.Errors);
        return await SendAsync(draft, gasLimit, cancellationToken);
    }

    /// <summary>Estimates, signs, keeps and sends a deployment. Doesn't wait for its block.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="gasLimit">Gas that it may use; null for an estimate on the pending block with headroom.</param>
    /// <param name="cancellationToken">Ends the wait before signing.</param>
    /// <returns>The transaction; <see cref="PredictContractAddress"/> of its nonce is the contract's address.</returns>
    /// <exception cref="RevertException">The constructor would refuse it; no nonce was used.</exception>
    public async Task<PendingTransaction> SendAsync(
        ContractDeployment deployment, ulong? gasLimit = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        var text = "deployment of " + deployment.ContractName;
        var draft = new Draft(null, deployment.InitCode, UInt256.Zero, text, deployment.Errors);
        return await SendAsync(draft, gasLimit, cancellationToken);
    }

    /// <summary>Waits until a transaction is in a block; sends the same bytes again while it isn't.</summary>
    /// <param name="transaction">From <see cref="SendAsync(ContractCall, UInt256, ulong?, CancellationToken)"/>.</param>
    /// <param name="cancellationToken">Ends the wait; the transaction stays kept.</param>
    /// <returns>The receipt of the success.</returns>
    /// <exception cref="RevertException">It was mined and reverted; <see cref="RevertException.Receipt"/> tells where.</exception>
    /// <exception cref="TransactionSupersededException">Another transaction took its nonce.</exception>
    /// <exception cref="RpcUnreachableException">The node was out of reach too long; the transaction stays kept.</exception>
    /// <exception cref="RpcException">The node refuses the bytes again and again; the transaction stays kept.</exception>
    public async Task<TransactionReceipt> ConfirmAsync(
        PendingTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        TransactionReceipt receipt;
        try
        {
            receipt = await _receipts.WaitAsync(transaction, cancellationToken);
        }
        catch (TransactionSupersededException)
        {
            await CloseAsync(transaction.Stored, TransactionFate.Superseded);
            throw;
        }
        catch (RpcUnreachableException)
        {
            _mustCheckChain = true;
            throw;
        }

        await CloseAsync(transaction.Stored, TransactionFate.Mined);
        return receipt.Succeeded ? receipt : throw await RevertedAsync(transaction, receipt, cancellationToken);
    }

    /// <summary>Sends a call and waits until it is in a block.</summary>
    /// <param name="call">The call.</param>
    /// <param name="value">Wei that is sent along.</param>
    /// <param name="gasLimit">Gas that it may use; null for an estimate with headroom.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt of the success.</returns>
    /// <exception cref="RevertException">The contract refused it, before sending or in a block.</exception>
    public async Task<TransactionReceipt> SendAndConfirmAsync(
        ContractCall call, UInt256 value = default, ulong? gasLimit = null, CancellationToken cancellationToken = default) =>
        await ConfirmAsync(await SendAsync(call, value, gasLimit, cancellationToken), cancellationToken);

    /// <summary>Deploys a contract and waits until it is in a block.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="gasLimit">Gas that it may use; null for an estimate with headroom.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt; its contract address is set.</returns>
    /// <exception cref="RevertException">The constructor refused it, before sending or in a block.</exception>
    public async Task<TransactionReceipt> DeployAsync(
        ContractDeployment deployment, ulong? gasLimit = null, CancellationToken cancellationToken = default) =>
        await ConfirmAsync(await SendAsync(deployment, gasLimit, cancellationToken), cancellationToken);

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
                        _nonces.RaiseFloor(await _rpc.GetTransactionCountAsync(Address, BlockTag.Pending, cancellationToken));
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

    private Exception Definite(Exception reason, Draft draft) => reason is RpcException { RevertData: { } data }
        ? Reverted(draft.Description, draft.Errors, data, null)
        : reason;

    private RevertException Reverted(string call, ErrorDecoder? errors, byte[] data, TransactionReceipt? receipt) =>
        new(data, ContractError.Decode(data, errors) ?? ContractError.Decode(data, Errors), call) { Receipt = receipt };

    private sealed record Draft(Address? To, byte[] Data, UInt256 Value, string Description, ErrorDecoder? Errors);
}
