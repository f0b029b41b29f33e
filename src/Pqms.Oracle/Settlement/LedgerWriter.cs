using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;
using Pqms.Oracle.Intake;
using Pqms.Oracle.Loop;
using Pqms.Sdk.Contracts;

namespace Pqms.Oracle.Settlement;

/// <summary>Writes to the hub through one account; signed bytes outlive the process in the sender's store.</summary>
internal sealed class LedgerWriter : ILedgerWriter, IDisposable
{
    // A refused decision and a settlement line cost 45,000 gas at most, first credits included; the rest is the report.
    private const ulong ReportGas = 250_000;
    private const ulong PerDecisionGas = 60_000;
    private const ulong PerSignatureGas = 15_000;
    private const ulong SettlementGas = 120_000;
    private const ulong PerLineGas = 70_000;

    // The greatest gas limit that one transaction may carry since the Osaka fork, 2^24.
    private const ulong MaxGas = 16_777_216;

    private readonly IEthereumRpc _rpc;
    private readonly TransactionSender _sender;
    private readonly ReportHubContract _hub;
    private readonly IDisposable? _store;
    private readonly CancellationTokenSource _lifetime = new();
    private bool _recovered;

    /// <summary>A writer for one chain.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="sender">The account.</param>
    /// <param name="hub">The hub.</param>
    /// <param name="store">Disposed with this; null for nothing.</param>
    public LedgerWriter(IEthereumRpc rpc, TransactionSender sender, Address hub, IDisposable? store)
    {
        _rpc = rpc;
        _sender = sender;
        _hub = new ReportHubContract(hub);
        _store = store;
    }

    /// <inheritdoc/>
    public async Task<ChainTip> TipAsync(CancellationToken cancellation)
    {
        BlockHeader header = await ChainCalls.RunAsync(() => _rpc.GetBlockAsync(BlockTag.Latest, cancellation))
            ?? throw new OracleException("The node knows no latest block.");
        return new ChainTip(header.Number, header.Hash, header.Timestamp);
    }

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
        return SendAsync(call, gas, tryFirst: !behindAnother, cancellation);
    }

    /// <inheritdoc/>
    public Task<WriteAttempt> SettleAsync(OwedSettlement owed, CancellationToken cancellation)
    {
        ContractCall call = _hub.Settle(owed.Report, owed.AcceptedAt, owed.Lines);
        return SendAsync(
            call, SettlementGas + ((ulong)owed.Lines.Length * PerLineGas), tryFirst: true, cancellation);
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
        "ReportHub_Paused" or "ReportHub_ChallengeOpen" or "ReportHub_NoEra" => WriteRefusal.NotYet,
        "ReportHub_WrongBlockHash" or "ReportHub_BlockOutOfReach" => WriteRefusal.OtherBranch,
        "ReportHub_WrongEra" or "ReportHub_UnknownReport" => WriteRefusal.OtherBranch,
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
            _ = ConfirmAsync(open);
        }

        _recovered = true;
    }

    private async Task<WriteAttempt> SendAsync(
        ContractCall call, ulong gas, bool tryFirst, CancellationToken cancellation)
    {
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
            return new WriteAttempt(WriteRefusal.None, string.Empty, ConfirmAsync(pending));
        }
        catch (RevertException revert)
        {
            return new WriteAttempt(Classify(revert.Decoded), revert.Message, null);
        }
        catch (RpcException refusal)
        {
            return new WriteAttempt(
                WriteRefusal.Refused, $"the node refused a transaction of {_sender.Address}: {refusal.Message}", null);
        }
    }

    private async Task<WriteReceipt> ConfirmAsync(PendingTransaction pending)
    {
        try
        {
            TransactionReceipt receipt =
                await ChainCalls.RunAsync(() => _sender.ConfirmAsync(pending, _lifetime.Token));
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
    }
}
