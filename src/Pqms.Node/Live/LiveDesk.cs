using System.Collections.Concurrent;
using Pqms.Ethereum;
using Pqms.Ethereum.Rpc;
using Pqms.Node.Api;
using Pqms.Node.Hosting;
using Pqms.Oracle;
using Pqms.Sdk;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Client;
using Pqms.Sdk.Leaves;
using Pqms.Sdk.Ledger;

namespace Pqms.Node.Live;

/// <summary>What the page is served: the mesh, the ledger and the reports as they are now.</summary>
internal sealed class LiveDesk : IAsyncDisposable
{
    // A page of reports asks for as many submissions; older ones are asked for anew.
    private const int MostSubmissions = 1_000;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly LedgerClient _client;
    private readonly ScenarioFile _scenario;
    private readonly Func<MeshPicture> _picture;
    private readonly Func<Bytes32, byte[]?> _batch;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<Bytes32, ReportSubmission> _submissions = [];
    private readonly PoolSamples _samples = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    /// <summary>Starts to follow chain and mesh.</summary>
    /// <param name="session">The chain; stays the caller's.</param>
    /// <param name="addresses">The ledger.</param>
    /// <param name="scenario">The era's scenario.</param>
    /// <param name="picture">The mesh after the last block.</param>
    /// <param name="batch">Batch files by hash.</param>
    /// <param name="clock">Measures pauses.</param>
    public LiveDesk(
        ChainSession session, LedgerAddresses addresses, ScenarioFile scenario, Func<MeshPicture> picture,
        Func<Bytes32, byte[]?> batch, TimeProvider clock)
    {
        (Session, Addresses) = (session, addresses);
        (_scenario, _picture, _batch, _clock) = (scenario, picture, batch, clock);
        _client = new LedgerClient(session.Rpc, addresses);
        Ledger = new LiveLedger(session, addresses, clock);
        _running = Task.WhenAll(Ledger.RunAsync(_stop.Token), SampleAsync());
    }

    /// <summary>The chain.</summary>
    public ChainSession Session { get; }

    /// <summary>The ledger's contracts.</summary>
    public LedgerAddresses Addresses { get; }

    /// <summary>The ledger's logs.</summary>
    public LiveLedger Ledger { get; }

    /// <summary>Counts every change of mesh and ledger.</summary>
    public long Version => Ledger.Version + Interlocked.Read(ref _pictures);

    private long _pictures;

    /// <summary>The map.</summary>
    public MeshAnswer Mesh => MeshAnswer.Of(_scenario.Scenario, _samples);

    /// <summary>Every pool as it stands.</summary>
    public IReadOnlyList<PoolStatus> Pools =>
    [
        .. _samples.Newest.Pools.Select((pool, index) => PoolStatus.Of(
            pool, _samples.Rate(then => then.Pools[index].View.Counters.Delivered))),
    ];

    /// <summary>The recent past of a pool; null when there is none with that id.</summary>
    /// <param name="id">1-based.</param>
    public IReadOnlyList<PoolSample>? Recent(int id) => _samples.Of(id - 1);

    /// <summary>Reservations, the newest first.</summary>
    public PageAnswer<ReservationAnswer> Reservations(int? before, int limit, string? status) =>
        Ledger.Read((_, order, time) => PageAnswer<ReservationAnswer>.Of(
            status is null ? order : [.. order.Where(life => IsNow(life, status, time))], before, limit,
            life => ReservationAnswer.Of(life, time)));

    /// <summary>One reservation with its life; null when no log names it.</summary>
    public LifeAnswer? Reservation(UInt128 id) => Ledger.Read((history, _, time) =>
        history.Lives.TryGetValue(id, out var life) ? LifeAnswer.Of(life, time) : null);

    /// <summary>Reports, the newest first, with what their transactions tell.</summary>
    public async Task<PageAnswer<ReportAnswer>> ReportsAsync(int? before, int limit, CancellationToken cancel)
    {
        var page = Ledger.Read((history, _, _) =>
            PageAnswer<ReportAccepted>.Of(history.Reports, before, limit, static report => report));
        var items = await Task.WhenAll(page.Items.Select(async report =>
            ReportAnswer.Of(report, await SubmissionAsync(report, cancel))));
        return new PageAnswer<ReportAnswer>(page.Total, page.Next, items);
    }

    /// <summary>Leaves of a report, the last first; null when report or batch is not at hand.</summary>
    public PageAnswer<LeafAnswer>? Leaves(ulong sequence, int? before, int limit) => Batch(sequence) is { } found
        ? PageAnswer<LeafAnswer>.Of(
            [.. Enumerable.Range(0, found.Batch.Leaves.Count)], before, limit, i => LeafAnswer.Of(found.Batch, i))
        : null;

    /// <summary>What proves a leaf; null when report, batch or leaf is not at hand.</summary>
    public ProofAnswer? Proof(ulong sequence, int index) =>
        Batch(sequence) is { } found && index >= 0 && index < found.Batch.Leaves.Count
            ? ProofAnswer.Of(new LeafPlace(found.Report, found.Batch, index), Addresses.ReportHub)
            : null;

    /// <summary>What a request would cost.</summary>
    public Task<Quote> QuoteAsync(ReservationTerms terms, CancellationToken cancel) =>
        _client.QuoteAsync(terms, cancellationToken: cancel);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static bool IsNow(ReservationLife life, string status, ulong time) =>
        string.Equals(life.StatusAt(time).ToString(), status, StringComparison.OrdinalIgnoreCase);

    private (ReportAccepted Report, Batch Batch)? Batch(ulong sequence)
    {
        var report = Ledger.Read((history, _, _) => sequence >= 1 && sequence <= (ulong)history.Reports.Count
            ? history.Reports[(int)sequence - 1]
            : null);
        return report is not null && _batch(report.Data.Report.DataHash) is { } bytes
            ? (report, Sdk.Leaves.Batch.Parse(bytes))
            : null;
    }

    private async Task<ReportSubmission?> SubmissionAsync(ReportAccepted report, CancellationToken cancel)
    {
        var key = report.Place.TransactionHash;
        if (_submissions.TryGetValue(key, out var known))
        {
            return known;
        }

        try
        {
            if (await _client.SubmissionAsync(report, cancel) is not { } found)
            {
                return null;
            }

            if (_submissions.Count >= MostSubmissions)
            {
                _submissions.Clear();
            }

            return _submissions[key] = found;
        }
        catch (Exception gone) when (gone is RpcUnreachableException or RpcException or RpcFormatException)
        {
            return null;
        }
    }

    private async Task SampleAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            if (_samples.Add(_picture()))
            {
                Interlocked.Increment(ref _pictures);
            }

            await Task.Delay(Look, _clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
