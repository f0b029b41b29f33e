using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rlp;
using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Transactions;

/// <summary>Sends an account's transactions so that each intended one is mined exactly once.</summary>
/// <remarks>
/// One sender per account and chain. Bytes are kept in the store before they are sent. A nonce is free again only after
/// a
/// definite refusal; when the outcome is unknown the same bytes are sent again, and "already known" counts as success.
/// Nonce, gas and both fees are always explicit. Safe across threads: calls may overlap, and several transactions may
/// wait for one block.
/// </remarks>
public sealed partial class TransactionSender
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
    /// <remarks>Every other method does this by itself when it is needed; call it to learn what was left
    /// open.</remarks>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was open at the start, by nonce; each may be given to <see cref="ConfirmAsync"/>.</returns>
    /// <exception cref="ChainMismatchException">The node serves another chain.</exception>
    public async Task<IReadOnlyList<PendingTransaction>> StartAsync(CancellationToken cancellationToken = default)
    {
        await CheckChainAsync(cancellationToken);
        return _recovered;
    }

    /// <summary>The nonce that the next transaction will get if no other is sent before, for predicted
    /// addresses.</summary>
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
    /// <param name="cancellationToken">Ends the wait before signing; once kept, a transaction is sent all the
    /// same.</param>
    /// <returns>The transaction, for <see cref="ConfirmAsync"/>.</returns>
    /// <exception cref="RevertException">The contract would refuse it; no nonce was used.</exception>
    /// <exception cref="RpcException">The node refused it definitely (for example for want of money); no nonce was
    /// used.</exception>
    /// <exception cref="RpcUnreachableException">The node can't be reached; no nonce was used.</exception>
    /// <exception cref="ChainMismatchException">The node serves another chain.</exception>
    /// <exception cref="FeeLimitException">The network is dearer than the options allow.</exception>
    public async Task<PendingTransaction> SendAsync(
        ContractCall call, UInt256 value = default, ulong? gasLimit = null,
        CancellationToken cancellationToken = default)
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
    /// <param name="transaction">From
    /// <see cref="SendAsync(ContractCall, UInt256, ulong?, CancellationToken)"/>.</param>
    /// <param name="cancellationToken">Ends the wait; the transaction stays kept.</param>
    /// <returns>The receipt of the success.</returns>
    /// <exception cref="RevertException">It was mined and reverted; <see cref="RevertException.Receipt"/> tells
    /// where.</exception>
    /// <exception cref="TransactionSupersededException">Another transaction took its nonce.</exception>
    /// <exception cref="RpcUnreachableException">The node was out of reach too long; the transaction stays
    /// kept.</exception>
    /// <exception cref="RpcException">The node refuses the bytes again and again; the transaction stays
    /// kept.</exception>
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
        ContractCall call, UInt256 value = default, ulong? gasLimit = null,
        CancellationToken cancellationToken = default) =>
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
}
