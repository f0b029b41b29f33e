using System.Runtime.CompilerServices;
using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Logs;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Settlement;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Oracle.Intake;

/// <summary>The chain behind a JSON-RPC node.</summary>
internal sealed class LedgerChain : IChainPort
{
    // Six seconds of pauses: the service then connects anew, with its own patience and a note to the operator.
    private const int FollowerFailures = 5;

    private readonly OracleOptions _options;
    private readonly EthereumKey _submitter;
    private readonly TimeProvider _clock;
    private readonly HttpRpc _rpc;
    private readonly BlockTranslator _translator;

    /// <summary>A chain that is asked when used, not before.</summary>
    public LedgerChain(OracleOptions options, EthereumKey submitter, TimeProvider clock)
    {
        _options = options;
        _submitter = submitter;
        _clock = clock;
        _rpc = new HttpRpc(options.ChainUrl);
        _translator = new BlockTranslator(options.Addresses);
    }

    /// <inheritdoc/>
    public async Task<ChainIdentity> IdentifyAsync(CancellationToken cancellation)
    {
        ulong chainId = await ChainCalls.RunAsync(() => _rpc.ChainIdAsync(cancellation));
        BlockHeader genesis = await ChainCalls.RunAsync(() => _rpc.GetBlockAsync((BlockTag)0ul, cancellation))
            ?? throw new OracleException($"The node at {_options.ChainUrl} does not know block 0.");
        return new ChainIdentity(chainId, genesis.Hash);
    }

    /// <inheritdoc/>
    public async Task<HubTerms> ReadHubAsync(CancellationToken cancellation)
    {
        Address address = _options.Addresses.ReportHub;
        byte[] code = await ChainCalls.RunAsync(() => _rpc.GetCodeAsync(address, BlockTag.Latest, cancellation));
        if (code.Length == 0)
        {
            throw new OracleException(
                $"There is no ReportHub at {address} on the chain at {_options.ChainUrl}. "
                + "Was the chain restarted? Deploy the ledger again and give its addresses.");
        }

        var hub = new ReportHubContract(address);

        Task<T> Read<T>(ContractCall<T> call) =>
            ChainCalls.RunAsync(() => call.CallAsync(_rpc, cancellationToken: cancellation));

        while (true)
        {
            ulong configCount = await Read(hub.ConfigCount());
            var terms = new HubTerms(
                await Read(hub.Signers()),
                await Read(hub.Threshold()),
                await Read(hub.ChallengeSeconds()),
                await Read(hub.ConfigDigest()),
                configCount,
                await Read(hub.Era()),
                await Read(hub.EraClosed()) ? await Read(hub.Sequence()) : ulong.MaxValue);

            // A rotation between two reads would look like a hub of another version.
            if (await Read(hub.ConfigCount()) == configCount)
            {
                return terms;
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChainUpdate> FollowAsync(
        JournalCursor? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var follower = new BlockFollower(
            _rpc,
            new FollowerOptions
            {
                Addresses = _options.Addresses.ToArray(),
                StartBlock = after?.Number ?? _options.Addresses.DeployedAtBlock,
                StartHash = after?.Hash,
                PollInterval = _options.PollInterval,
                Confirmations = _options.Confirmations,
                Head = _options.OnlySafe ? BlockTag.Safe : BlockTag.Latest,
                MaxFailures = FollowerFailures,
            },
            _clock);
        await using IAsyncEnumerator<FollowerUpdate> updates =
            follower.FollowAsync(cancellation).GetAsyncEnumerator(cancellation);
        while (await ChainCalls.RunAsync(() => updates.MoveNextAsync().AsTask()))
        {
            // The known block comes first, so that its successor is held against its hash.
            if (updates.Current is BlockAdded first && first.Header.Hash == after?.Hash)
            {
                continue;
            }

            yield return updates.Current switch
            {
                BlockAdded added => new BlockArrived(_translator.Translate(added.Header, added.Logs)),
                BlocksRemoved removed => new BlocksOrphaned(removed.FirstNumber, removed.Removed.Length),
                FollowerUpdate other => throw new InvalidOperationException($"Unknown news {other.GetType().Name}."),
            };
        }
    }

    /// <inheritdoc/>
    public ILedgerWriter OpenWriter(ChainIdentity identity, string transactionsPath)
    {
        var store = new FileTransactionStore(transactionsPath);
        var options = new SenderOptions { PollInterval = _options.PollInterval };
        TransactionSender NewSender() => new(_rpc, _submitter, identity.ChainId, store, options, _clock)
        {
            Errors = LedgerErrors.Decode,
        };
        return new LedgerWriter(
            _rpc, NewSender, _options.Addresses, store, _options.Confirmations, _options.OnlySafe);
    }

    /// <inheritdoc/>
    public void Dispose() => _rpc.Dispose();
}
