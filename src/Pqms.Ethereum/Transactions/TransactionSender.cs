using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rlp;
using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Transactions;

/// <summary>Sends an account's transactions so that each intended one is mined exactly once.</summary>
/// <remarks>
/// One sender per account and chain. Bytes are kept in the store before they are sent. A nonce is free again only after
/// a definite refusal; when the outcome is unknown the same bytes are sent again, and "already known" counts as
/// success.
/// Nonce, gas and both fees are always explicit. While somebody waits, what stays away is sent again, replaced by bytes
/// with higher fees under the same nonce, and gaps in the nonces are filled. Safe across threads: calls may overlap,
/// and
/// several transactions may wait for one block.
/// </remarks>
public sealed partial class TransactionSender
{
    // Each attempt needs another writer on the same account, or a fee that rises meanwhile: five in a row mean misuse.
    private const int MaxAttempts = 5;

    // Looks that a doubt about a used nonce may take, as a multiple of those that must agree.
    private const int LooksPerDoubt = 5;

    // No block of any network holds that much; what a node estimates above is garbage.
    private const ulong MaxEstimate = 1UL << 40;

    private readonly ChainGuard _chain;
    private readonly ITransactionStore _store;
    private readonly SenderOptions _options;
    private readonly TimeProvider _clock;
    private readonly FeeOracle _fees;
    private readonly AttemptWriter _writer;
    private readonly AccountReader _reader;
    private readonly TransactionRepair _repair;
    private readonly TransactionTracker _tracker;
    private readonly AccountBook _book = new();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IReadOnlyList<PendingTransaction> _recovered = [];

    /// <summary>Prepares the sender; the node is asked nothing yet.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="key">The account's key; it stays the caller's, who disposes it after the sender's last use.</param>
    /// <param name="chainId">The only chain for which anything is signed.</param>
    /// <param name="store">Keeps signed bytes until their fate is known.</param>
    /// <param name="options">Fees, headroom and patience; null for the defaults.</param>
    /// <param name="clock">Measures pauses; null for the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chainId"/> is 0, or a figure in the options is out
    /// of the range that the message names.</exception>
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
        _chain = new ChainGuard(rpc, chainId);
        _store = store;
        _options = options ?? new SenderOptions();
        _options.Check();
        _clock = clock ?? TimeProvider.System;
        Address = key.Address;
        _fees = new FeeOracle(_chain, _options, _clock);
        _writer = new AttemptWriter(_chain, key, store);
        _repair = new TransactionRepair(_chain, _book, _writer, _fees, _gate, _options, _clock);
        _reader = new AccountReader(_chain, Address);
        _tracker = new TransactionTracker(_book, _writer, _reader, _repair, _options, _clock);
    }

    /// <summary>The account that sends.</summary>
    public Address Address { get; }

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
        await EnsureStartedAsync(cancellationToken);
        return _recovered;
    }

    /// <summary>The nonce that the next transaction will get if no other is sent before, for predicted
    /// addresses.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The smallest nonce that is neither mined, nor in the node's pool, nor reserved here.</returns>
    /// <exception cref="ChainMismatchException">The node serves another chain.</exception>
    public async Task<ulong> NextNonceAsync(CancellationToken cancellationToken = default)
    {
        await EnsureStartedAsync(cancellationToken);
        return _book.Next;
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

    /// <summary>Waits until a transaction is in a block; gets it there while it isn't.</summary>
    /// <param name="transaction">From
    /// <see cref="SendAsync(ContractCall, UInt256, ulong?, CancellationToken)"/>.</param>
    /// <param name="cancellationToken">Ends the wait; the transaction stays kept.</param>
    /// <returns>The receipt of the success: of the transaction, or of its replacement with higher fees.</returns>
    /// <exception cref="RevertException">It was mined and reverted; <see cref="RevertException.Receipt"/> tells
    /// where.</exception>
    /// <exception cref="TransactionSupersededException">Another transaction took its nonce.</exception>
    /// <exception cref="TransactionCancelledException"><see cref="CancelAsync"/> took its nonce.</exception>
    /// <exception cref="ChainMismatchException">Another chain took the chain's place; the transaction stays
    /// kept.</exception>
    /// <exception cref="RpcUnreachableException">The node was out of reach too long; the transaction stays
    /// kept.</exception>
    /// <exception cref="RpcException">The node refuses the bytes again and again; the transaction stays
    /// kept.</exception>
    /// <exception cref="RpcFormatException">The node gave garbage too long; the transaction stays kept.</exception>
    public async Task<TransactionReceipt> ConfirmAsync(
        PendingTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        if (_writer.Scope is null)
        {
            await EnsureStartedAsync(cancellationToken);
        }

        var (mined, receipt) = await _tracker.WaitAsync(transaction, cancellationToken);
        if (mined.IsEmptyTransfer && !transaction.IsEmptyTransfer)
        {
            throw new TransactionCancelledException(transaction, receipt);
        }

        return receipt.Succeeded ? receipt : throw await RevertedAsync(transaction, receipt, cancellationToken);
    }

    /// <summary>Takes a transaction back that isn't in a block: an empty transfer with its nonce and higher fees takes
    /// its place. Waits until one of the two is in a block.</summary>
    /// <param name="transaction">A transaction of this account.</param>
    /// <param name="cancellationToken">Ends the wait; what was sent stays kept.</param>
    /// <returns>Which of the two was mined. The fees of the empty transfer are paid.</returns>
    /// <exception cref="FeeLimitException">The fees would rise above the options' limit.</exception>
    /// <exception cref="RpcException">The node refuses the empty transfer, for example for want of money.</exception>
    /// <exception cref="TransactionSupersededException">A third transaction took the nonce.</exception>
    /// <exception cref="ChainMismatchException">The node serves another chain.</exception>
    /// <exception cref="RpcUnreachableException">The node was out of reach too long.</exception>
    public async Task<CancelResult> CancelAsync(
        PendingTransaction transaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        await EnsureStartedAsync(cancellationToken);
        await SendCancellationAsync(_book.Find(transaction, _clock.GetTimestamp()), cancellationToken);
        var (mined, receipt) = await _tracker.WaitAsync(transaction, cancellationToken);
        return new CancelResult(mined.IsEmptyTransfer, receipt);
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
