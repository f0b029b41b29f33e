using System.Collections.Concurrent;
using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;
using Pqms.Oracle.Intake;
using Pqms.Oracle.Loop;
using Pqms.Sdk;
using Pqms.Sdk.Client;
using Pqms.Sdk.Contracts;

namespace Pqms.Oracle.Settlement;

/// <summary>Writes to hub and inventory through one account; signed bytes outlive the process in the sender's
/// store.</summary>
internal sealed class LedgerWriter : ILedgerWriter, IDisposable
{
    // A refused decision and a settlement line cost 45,000 gas at most, first credits included; the rest is the report.
    private const ulong ReportGas = 250_000;
    private const ulong PerDecisionGas = 60_000;
    private const ulong PerSignatureGas = 15_000;
    private const ulong SettlementGas = 120_000;
    private const ulong PerLineGas = 70_000;

    // A delivery registers a lot and pays; the first one of a provider fills five fresh words of storage.
    private const ulong ProofGas = 500_000;
    private const ulong PerSiblingGas = 2_000;

    // The greatest gas limit that one transaction may carry since the Osaka fork, 2^24.
    private const ulong MaxGas = 16_777_216;

    private readonly IEthereumRpc _rpc;
    private readonly Func<TransactionSender> _newSender;
    private readonly ReportHubContract _hub;
    private readonly ParticleInventoryContract _inventory;
    private readonly LedgerClient _client;
    private readonly IDisposable? _store;
    private readonly int _confirmations;
    private readonly bool _onlySafe;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly ConcurrentDictionary<string, PendingTransaction> _unconfirmed = new(StringComparer.Ordinal);
    private TransactionSender _sender;
    private bool _recovered;

    /// <summary>A writer for one chain.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="newSender">Makes a sender for the account that asks the chain for its nonce.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="store">Disposed with this; null for nothing.</param>
    /// <param name="confirmations">As <see cref="OracleOptions.Confirmations"/>.</param>
    /// <param name="onlySafe">As <see cref="OracleOptions.OnlySafe"/>.</param>
    public LedgerWriter(
        IEthereumRpc rpc, Func<TransactionSender> newSender, LedgerAddresses ledger, IDisposable? store,
        int confirmations = 0, bool onlySafe = false)
    {
        (_confirmations, _onlySafe) = (confirmations, onlySafe);
        _rpc = rpc;
        _newSender = newSender;
        _sender = newSender();
        _hub = new ReportHubContract(ledger.ReportHub);
        _inventory = new ParticleInventoryContract(ledger.ParticleInventory);
        _client = new LedgerClient(rpc, ledger);
        _store = store;
    }

    /// <inheritdoc/>
    public Task<ChainTip> TipAsync(CancellationToken cancellation) => BlockAsync(BlockTag.Latest, cancellation);

    /// <inheritdoc/>
    public Task<ChainTip> HeadAsync(ChainTip tip, CancellationToken cancellation) =>
        _onlySafe ? BlockAsync(BlockTag.Safe, cancellation)
        : _confirmations == 0 ? Task.FromResult(tip)
        : BlockAsync((BlockTag)(tip.Number - Math.Min(tip.Number, (ulong)_confirmations)), cancellation);

    /// <inheritdoc/>
    public async Task<Bytes32?> BlockHashAsync(ulong number, CancellationToken cancellation)
    {
        BlockHeader? header = await ChainCalls.RunAsync(() => _rpc.GetBlockAsync((BlockTag)number, cancellation));
        return header?.Hash;
    }

    /// <inheritdoc/>
    public Task<WriteAttempt> SubmitAsync(
        SealedReport report,
        byte[][] signatures,
        ulong anchorBlock,
        Bytes32 anchorHash,
        bool behindAnother,
        CancellationToken cancellation)
    {
        ContractCall call = _hub.Submit(report.Report, report.Decisions, signatures, anchorBlock, anchorHash);
        ulong gas = ReportGas
            + ((ulong)report.Decisions.Length * PerDecisionGas)
            + ((ulong)signatures.Length * PerSignatureGas);
        return SendAsync($"report {report.Report.Sequence}", call, gas, tryFirst: !behindAnother, cancellation);
    }

    /// <inheritdoc/>
    public Task<WriteAttempt> SettleAsync(OwedSettlement owed, CancellationToken cancellation)
    {
        ContractCall call = _hub.Settle(owed.Report, owed.AcceptedAt, owed.Lines);
        ulong gas = SettlementGas + ((ulong)owed.Lines.Length * PerLineGas);
        return SendAsync($"settlement {owed.Report.Sequence}", call, gas, tryFirst: true, cancellation);
    }

    /// <inheritdoc/>
    public Task<WriteAttempt> ProveAsync(OwedProof owed, CancellationToken cancellation)
    {
        ContractCall call = owed.OrderId == 0
            ? _inventory.ReportStock(
                owed.Pool, owed.Report, owed.AcceptedAt, owed.Index, owed.Payload, owed.Siblings)
            : _inventory.DeliverOrder(
                owed.OrderId, owed.Report, owed.AcceptedAt, owed.Index, owed.Payload, owed.Siblings);
        ulong gas = ProofGas + ((ulong)owed.Siblings.Length * PerSiblingGas);
        return SendAsync(owed.Name, call, gas, tryFirst: true, cancellation);
    }

    /// <inheritdoc/>
    public async Task<WriteAttempt> ReopenAsync(ulong sequence, CancellationToken cancellation)
    {
        try
        {
            var next = await ChainCalls.RunAsync(() => _client.NextReopeningAsync(cancellation));
            if (next is not { } owed || owed.Report.Data.Sequence != sequence)
            {
                return new WriteAttempt(WriteRefusal.AlreadyThere, "it was reopened meanwhile", null);
            }

            ulong gas = ReportGas + ((ulong)owed.Decisions * PerDecisionGas);
            return await SendAsync($"reopening {sequence}", owed.Call, gas, tryFirst: true, cancellation);
        }
        catch (InvalidOperationException unknown)
        {
            return new WriteAttempt(WriteRefusal.Refused, unknown.Message, null);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lifetime.Cancel();
        _lifetime.Dispose();
        _store?.Dispose();
    }

    /// <summary>What a revert means for the next step.</summary>
    internal static WriteRefusal Classify(ContractError? error) => error?.Name switch
    {
        "ReportHub_WrongSequence" or "ReportHub_WrongHead" or "ReportHub_AlreadySettled" => WriteRefusal.AlreadyThere,
        "ReportHub_NotNextToReopen" => WriteRefusal.AlreadyThere,
        "ParticleInventory_WrongStatus" or "ParticleInventory_OldStock" => WriteRefusal.AlreadyThere,
        "ReportHub_Paused" or "ReportHub_ChallengeOpen" or "ReportHub_NoEra" => WriteRefusal.NotYet,
        "ParticleInventory_NotProven" => WriteRefusal.NotYet,
        "ReportHub_WrongBlockHash" or "ReportHub_BlockOutOfReach" => WriteRefusal.OtherBranch,
        "ReportHub_WrongEra" or "ReportHub_UnknownReport" or "ReportHub_EraClosed" => WriteRefusal.OtherBranch,
        _ => WriteRefusal.Refused,
    };

    // What an earlier session left open is sent again until it is mined: a gap in the nonces would hold up all after
    // it.
    private async Task RecoverAsync(CancellationToken cancellation)
    {
        if (_recovered)
        {
            return;
        }

        foreach (PendingTransaction open in await ChainCalls.RunAsync(() => _sender.StartAsync(cancellation)))
        {
            _ = ConfirmAsync(_sender, open.Hash.ToString(), open);
        }

        _recovered = true;
    }

    // A reorganisation between two looks at the chain can take nonces back that the sender counts as used: what it
    // sends then waits for ever, or is refused. So what is tried again, or follows a node's refusal, gets a fresh one.
    private void RenewSender()
    {
        _sender = _newSender();
        _recovered = false;
    }

    private async Task<WriteAttempt> SendAsync(
        string what, ContractCall call, ulong gas, bool tryFirst, CancellationToken cancellation)
    {
        if (_unconfirmed.TryRemove(what, out _))
        {
            RenewSender();
        }

        try
        {
            await RecoverAsync(cancellation);
            if (tryFirst)
            {
                // toBlock's hash is zero inside toBlock itself: only the pending block shows what will happen.
                await ChainCalls.RunAsync(
                    () => call.SimulateAsync(_rpc, _sender.Address, UInt256.Zero, BlockTag.Pending, cancellation));
            }

            PendingTransaction pending = await ChainCalls.RunAsync(
                () => _sender.SendAsync(call, UInt256.Zero, Math.Min(gas, MaxGas), cancellation));
            _unconfirmed[what] = pending;
            return new WriteAttempt(WriteRefusal.None, string.Empty, ConfirmAsync(_sender, what, pending));
        }
        catch (RevertException revert)
        {
            return new WriteAttempt(Classify(revert.Decoded), revert.Message, null);
        }
        catch (RpcException refusal)
        {
            RenewSender();
            return new WriteAttempt(
                WriteRefusal.Refused, $"the node refused a transaction of {_sender.Address}: {refusal.Message}", null);
        }
    }

    private async Task<WriteReceipt> ConfirmAsync(TransactionSender sender, string what, PendingTransaction pending)
    {
        try
        {
            TransactionReceipt receipt =
                await ChainCalls.RunAsync(() => sender.ConfirmAsync(pending, _lifetime.Token));
            return new WriteReceipt(
                WriteRefusal.None, receipt.TransactionHash, receipt.BlockNumber, receipt.GasUsed, string.Empty);
        }
        catch (RevertException revert)
        {
            return new WriteReceipt(
                Classify(revert.Decoded),
                pending.Hash,
                revert.Receipt?.BlockNumber ?? 0,
                revert.Receipt?.GasUsed ?? 0,
                revert.Message);
        }
        catch (TransactionSupersededException superseded)
        {
            return new WriteReceipt(WriteRefusal.OtherBranch, pending.Hash, 0, 0, superseded.Message);
        }
        finally
        {
            _unconfirmed.TryRemove(KeyValuePair.Create(what, pending));
        }
    }

    private async Task<ChainTip> BlockAsync(BlockTag tag, CancellationToken cancellation)
    {
        BlockHeader header = await ChainCalls.RunAsync(() => _rpc.GetBlockAsync(tag, cancellation))
            ?? throw new OracleException($"The node knows no {tag} block.");
        return new ChainTip(header.Number, header.Hash, header.Timestamp);
    }
}
