using System.Runtime.CompilerServices;
using Pqms.Oracle.Intake;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Settlement;
using Pqms.Oracle.Tests.Simulation;

namespace Pqms.Oracle.Tests.Hosting;

/// <summary>The chain in memory behind the service's port; the test moves it on and the service takes it from
/// there.</summary>
internal sealed class FakePort : IChainPort
{
    private readonly Func<FakeChain> _chain;
    private readonly SemaphoreSlim _news = new(0);

    public FakePort(Func<FakeChain> chain) => _chain = chain;

    public int FailuresLeft { get; set; }

    public IReadOnlyList<Pqms.Ethereum.Address>? Signers { get; init; }

    public bool Disposed { get; private set; }

    /// <summary>Lets the follower look again.</summary>
    public void Tell() => _news.Release();

    public Task<ChainIdentity> IdentifyAsync(CancellationToken cancellation)
    {
        if (FailuresLeft-- > 0)
        {
            throw new ChainUnreachableException("nobody listens", new TimeoutException());
        }

        return Task.FromResult(new ChainIdentity(FakeChain.ChainId, _chain().Genesis));
    }

    /// <summary>Number of the signers' configuration, as the hub tells it.</summary>
    public ulong ConfigCount { get; set; } = 1;

    public Task<HubTerms> ReadHubAsync(CancellationToken cancellation)
    {
        FakeChain chain = _chain();
        var signers = Signers ?? chain.Signers;
        var digest = new AttestationDigest(FakeChain.ChainId, FakeChain.Hub, ConfigCount, signers, chain.Threshold);
        return Task.FromResult(new HubTerms(
            signers, chain.Threshold, chain.ChallengeSeconds, digest.ConfigDigest, ConfigCount, chain.Tip.After.Era,
            chain.Tip.After.StandsThrough));
    }

    /// <summary>Where each following began; null for the deployment.</summary>
    public List<JournalCursor?> Followed { get; } = [];

    public async IAsyncEnumerable<ChainUpdate> FollowAsync(
        JournalCursor? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Followed.Add(after);
        int next = after is { } known ? (int)known.Number + 1 : 0;
        Last = next > 0 ? _chain().Blocks[next - 1].Ledger : null;
        while (true)
        {
            FakeChain chain = _chain();
            if (next > 0 && (next > chain.Blocks.Count || chain.Blocks[next - 1].Ledger != Last))
            {
                yield return new BlocksOrphaned((ulong)next - 1, 1);
                yield break;
            }

            if (next < chain.Blocks.Count)
            {
                Last = chain.Blocks[next++].Ledger;
                yield return new BlockArrived(Last);
                continue;
            }

            await _news.WaitAsync(cancellation);
        }
    }

    public ILedgerWriter OpenWriter(ChainIdentity identity, string transactionsPath) =>
        new FakeWriter(_chain, () => RpcFault.None);

    public void Dispose() => Disposed = true;

    private Pqms.Oracle.Loop.LedgerBlock? Last { get; set; }
}
