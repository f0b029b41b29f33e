using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Tests.Simulation;
using Pqms.Sdk;

namespace Pqms.Oracle.Tests.Hosting;

/// <summary>The service with a journal that fails or remembers.</summary>
public sealed class JournalServiceTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();
    private readonly EthereumKey _key = Storm.Key(1);
    private readonly FakeChain _chain;

    public JournalServiceTests()
    {
        _chain = new FakeChain(1, [_key.Address], 1);
        _chain.Send(FakeLedger.StartEra(1));
        for (UInt128 id = 1; id <= 400; id++)
        {
            _chain.Send(FakeLedger.Request(id, 2, 600));
            _chain.Mine(1);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_GivenFullDisk_endsWithAClearErrorAndGoesOnOnceThereIsRoom()
    {
        OracleService full = Service(new FakePort(() => _chain), new JournalOptions { MostPages = 30 });
        JournalException failure = await Assert.ThrowsAsync<JournalException>(
            () => full.RunAsync(CancellationToken.None).WaitAsync(Patience));
        Assert.Contains("is full", failure.Message, StringComparison.Ordinal);
        Assert.Contains("make room", failure.Message, StringComparison.Ordinal);
        Assert.Equal((OraclePhase.Failed, failure.Message), (full.Status.Phase, full.Status.Failure));
        Assert.Equal(0, _chain.PoolSize);

        await RunUntilSentAsync(new FakePort(() => _chain), new JournalOptions());
        Assert.True(_chain.PoolSize > 0);
    }

    [Fact]
    public async Task RunAsync_GivenASnapshot_followsFromItsBlockAndReports()
    {
        var options = new JournalOptions { SnapshotBlocks = 16 };
        await RunUntilSentAsync(new FakePort(() => _chain), options);
        _chain.LosePool();
        var port = new FakePort(() => _chain);
        SentSignal signal = await RunUntilSentAsync(port, options);
        JournalCursor after = Assert.Single(port.Followed)!.Value;
        Assert.Equal(_chain.Tip.Ledger.Number, after.Number);
        Assert.Equal(_chain.Tip.Ledger.Hash, after.Hash);
        Assert.Contains(signal.Notes, note => note.Contains("snapshot of block", StringComparison.Ordinal));
    }

    private async Task<SentSignal> RunUntilSentAsync(FakePort port, JournalOptions options)
    {
        using var stop = new CancellationTokenSource();
        var signal = new SentSignal();
        Task run = Service(port, options, signal).RunAsync(stop.Token);
        await (await Task.WhenAny(signal.Sent.Task, run)).WaitAsync(Patience);
        await stop.CancelAsync();
        await run;
        return signal;
    }

    private OracleService Service(FakePort port, JournalOptions options, IOracleObserver? observer = null) => new(
        new OracleOptions
        {
            ChainUrl = new Uri("http://127.0.0.1:1"),
            Addresses = new LedgerAddresses(default, default, default, FakeChain.Hub, default, default, 0),
            DataFolder = _folder.Path,
            Scenarios = _ => null,
            Journal = options,
        },
        _key.Address, [_key], observer, TimeProvider.System, () => port, era => new FakeMesh(era));

    private sealed class SentSignal : IOracleObserver
    {
        public TaskCompletionSource Sent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Notes { get; } = [];

        public void Note(string text) => Notes.Add(text);

        public void EraOpened(ulong era, Bytes32 scenarioHash, ulong block)
        {
        }

        public void ReportComputed(ulong sequence, ulong leaves, ulong toBlock)
        {
        }

        public void ReportSent(ulong sequence, ulong leaves) => Sent.TrySetResult();

        public void Mined(
            string kind, ulong sequence, bool succeeded, ulong gasUsed, ulong block, Bytes32 transaction)
        {
        }

        public void Refused(ulong sequence, string reason)
        {
        }

        public void Reorganised(ulong firstBlock, int count)
        {
        }
    }
}
