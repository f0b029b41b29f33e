using System.Runtime.CompilerServices;
using Pqms.Ethereum;
using Pqms.Oracle.Intake;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Loop;
using Pqms.Oracle.Settlement;

namespace Pqms.EndToEnd.Tests.Chaos;

/// <summary>The real chain, with places to die around each use of it.</summary>
internal sealed class WatchedChain(IChainPort inner, KillPoints points) : IChainPort
{
    public Task<ChainIdentity> IdentifyAsync(CancellationToken cancellation) => inner.IdentifyAsync(cancellation);

    public Task<HubTerms> ReadHubAsync(CancellationToken cancellation)
    {
        points.Pass(KillPlace.BeforeHub);
        return inner.ReadHubAsync(cancellation);
    }

    public async IAsyncEnumerable<ChainUpdate> FollowAsync(
        JournalCursor? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var update in inner.FollowAsync(after, cancellation))
        {
            points.Pass(KillPlace.Block);
            yield return update;
        }
    }

    public ILedgerWriter OpenWriter(ChainIdentity identity, string transactionsPath) =>
        new WatchedWriter(inner.OpenWriter(identity, transactionsPath), points);

    public void Dispose() => inner.Dispose();
}

/// <summary>The real writer, with places to die before and after each transaction.</summary>
internal sealed class WatchedWriter(ILedgerWriter inner, KillPoints points) : ILedgerWriter, IDisposable
{
    public Task<ChainTip> TipAsync(CancellationToken cancellation) => inner.TipAsync(cancellation);

    public Task<ChainTip> HeadAsync(ChainTip tip, CancellationToken cancellation) =>
        inner.HeadAsync(tip, cancellation);

    public Task<Bytes32?> BlockHashAsync(ulong number, CancellationToken cancellation)
    {
        points.Pass(KillPlace.BeforeHash);
        return inner.BlockHashAsync(number, cancellation);
    }

    public async Task<WriteAttempt> SubmitAsync(
        SealedReport report, byte[][] signatures, ulong anchorBlock, Bytes32 anchorHash, bool behindAnother,
        CancellationToken cancellation)
    {
        points.Pass(KillPlace.BeforeSubmit);
        var attempt = await inner.SubmitAsync(
            report, signatures, anchorBlock, anchorHash, behindAnother, cancellation);
        points.Pass(KillPlace.AfterSubmit);
        return attempt;
    }

    public async Task<WriteAttempt> SettleAsync(OwedSettlement owed, CancellationToken cancellation)
    {
        points.Pass(KillPlace.BeforeSettle);
        var attempt = await inner.SettleAsync(owed, cancellation);
        points.Pass(KillPlace.AfterSettle);
        return attempt;
    }

    public Task<WriteAttempt> ProveAsync(OwedProof owed, CancellationToken cancellation) =>
        inner.ProveAsync(owed, cancellation);

    public Task<WriteAttempt> ReopenAsync(ulong sequence, CancellationToken cancellation) =>
        inner.ReopenAsync(sequence, cancellation);

    public void Dispose() => (inner as IDisposable)?.Dispose();
}
