using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Oracle.Loop;
using Pqms.Oracle.Tests.Simulation;
using Pqms.Sdk;

namespace Pqms.Oracle.Tests.Hosting;

public sealed class OracleServiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EthereumKey _key = Storm.Key(1);
    private readonly Signal _signal = new();
    private FakeChain _chain;

    public OracleServiceTests()
    {
        _chain = new FakeChain(1, [_key.Address], 1);
        _chain.Send(FakeLedger.StartEra(1));
        _chain.Send(FakeLedger.Request(1, 3, 600));
        _chain.Mine(1);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_GivenRequest_reportsAndStopsInGoodOrder()
    {
        using var stop = new CancellationTokenSource();
        var port = new FakePort(() => _chain);
        OracleService service = Service(port);
        Task run = service.RunAsync(stop.Token);
        await _signal.Sent.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
        await run;
        Assert.Equal(OraclePhase.Stopped, service.Status.Phase);
        Assert.Equal(1ul, service.Status.ComputedSequence);
        Assert.Equal(1ul, service.Status.Era);
        Assert.Equal(1, _chain.PoolSize);
        Assert.True(port.Disposed);
    }

    [Fact]
    public async Task RunAsync_GivenChainReplacedByAnother_startsAnotherJournal()
    {
        using var stop = new CancellationTokenSource();
        var port = new FakePort(() => _chain);
        OracleService service = Service(port);
        Task run = service.RunAsync(stop.Token);
        await _signal.Sent.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Bytes32 before = service.Status.Genesis;
        _signal.Reset();
        var other = new FakeChain(2, [_key.Address], 1);
        other.Send(FakeLedger.StartEra(2));
        other.Send(FakeLedger.Request(1, 3, 600));
        other.Mine(1);
        _chain = other;
        port.Tell();
        await _signal.Sent.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
        await run;
        Assert.NotEqual(before, service.Status.Genesis);
        Assert.Equal(2, Directory.GetDirectories(_folder.Path).Length);
    }

    [Fact]
    public async Task RunAsync_GivenMeshThatThrows_endsWithThatException()
    {
        OracleService service = Service(new FakePort(() => _chain), _ => throw new InvalidOperationException("a bug"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => service.RunAsync(CancellationToken.None));
        Assert.Equal(OraclePhase.Failed, service.Status.Phase);
        Assert.Equal("a bug", service.Status.Failure);
    }

    [Fact]
    public async Task RunAsync_GivenChainOutOfReach_triesAgainThenGivesUp()
    {
        var clock = new JumpingClock();
        OracleService service = Service(new FakePort(() => _chain) { FailuresLeft = int.MaxValue }, clock: clock);
        OracleException failure =
            await Assert.ThrowsAsync<OracleException>(() => service.RunAsync(CancellationToken.None));
        Assert.Contains("out of reach for 30 s", failure.Message, StringComparison.Ordinal);
        Assert.Equal(30, _signal.Notes.Count(note => note.Contains("trying again", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task RunAsync_GivenShortOutage_goesOn()
    {
        using var stop = new CancellationTokenSource();
        var clock = new JumpingClock();
        OracleService service = Service(new FakePort(() => _chain) { FailuresLeft = 3 }, clock: clock);
        Task run = service.RunAsync(stop.Token);
        await _signal.Sent.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await stop.CancelAsync();
        await run;
        Assert.Equal(3, service.Status.Rebuilds);
    }

    [Fact]
    public async Task RunAsync_GivenKeyThatTheHubDoesNotKnow_namesBoth()
    {
        var port = new FakePort(() => _chain) { Signers = [Storm.Key(2).Address] };
        OracleException failure =
            await Assert.ThrowsAsync<OracleException>(() => Service(port).RunAsync(CancellationToken.None));
        Assert.Contains(_key.Address.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.Contains(Storm.Key(2).Address.ToString(), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_GivenJournalHeldByAnother_saysSo()
    {
        using var held = Pqms.Oracle.Journal.DataFolder.Open(
            _folder.Path, FakeChain.ChainId, _chain.Genesis, FakeChain.Hub);
        JournalException failure = await Assert.ThrowsAsync<JournalException>(
            () => Service(new FakePort(() => _chain)).RunAsync(CancellationToken.None));
        Assert.Contains("Another process", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 100)]
    [InlineData(251, 100)]
    [InlineData(0, 1)]
    public void New_WhenOptionOutOfRange_namesIt(int confirmations, int pollMilliseconds)
    {
        OracleOptions options = Options() with
        {
            Confirmations = confirmations,
            PollInterval = TimeSpan.FromMilliseconds(pollMilliseconds),
        };
        OracleException refusal = Assert.Throws<OracleException>(
            () => new OracleService(options, _key, [_key], null, TimeProvider.System));
        Assert.Contains("allowed:", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void New_WhenOnlySafeBlocksCountAndSomeMustFollow_namesBoth()
    {
        OracleOptions options = Options() with { OnlySafe = true, Confirmations = 1 };
        OracleException refusal = Assert.Throws<OracleException>(
            () => new OracleService(options, _key, [_key], null, TimeProvider.System));
        Assert.Contains("0 where only safe blocks count", refusal.Message, StringComparison.Ordinal);
    }

    private OracleService Service(FakePort port, MeshFactory? meshes = null, TimeProvider? clock = null) => new(
        Options(), _key.Address, [_key], _signal, clock ?? TimeProvider.System, () => port,
        meshes ?? (era => new FakeMesh(era)));

    private OracleOptions Options() => new()
    {
        ChainUrl = new Uri("http://127.0.0.1:1"),
        Addresses = new LedgerAddresses(default, default, default, FakeChain.Hub, default, default, 0),
        DataFolder = _folder.Path,
        Scenarios = _ => null,
        UnreachableLimit = TimeSpan.FromSeconds(30),
    };

    /// <summary>A clock in which every wait is over at once.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _now += dueTime > TimeSpan.Zero ? dueTime : TimeSpan.Zero;
            return TimeProvider.System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private sealed class Signal : IOracleObserver
    {
        public TaskCompletionSource Sent { get; private set; } = New();

        public List<string> Notes { get; } = [];

        public void Reset() => Sent = New();

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

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
