using System.Collections.Concurrent;
using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Oracle;
using Pqms.Oracle.Journal;

namespace Pqms.EndToEnd.Tests.Ring;

/// <summary>A real oracle in this process that can be ended at any moment, as a kill would.</summary>
public sealed class TestOracle : IOracleObserver, IAsyncDisposable
{
    private readonly OracleService _service;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _notes = new();
    private readonly int? _killAtStep;
    private readonly Task _running;

    private TestOracle(
        OracleOptions options, EthereumKey submitter, IReadOnlyList<EthereumKey> signers, int? killAtStep)
    {
        _killAtStep = killAtStep;
        _service = new OracleService(options, submitter, signers, this, TimeProvider.System);
        _running = Task.Run(() => _service.RunAsync(_stop.Token));
    }

    /// <summary>Ends the oracle in the moment in which a report was handed in, before it can be settled.</summary>
    public Func<ulong, bool> KillAfterSending { get; set; } = _ => false;

    public OracleStatus Status => _service.Status;

    public IEnumerable<string> Notes => _notes;

    /// <summary>Starts one with other options than the usual ones, in a folder of its own.</summary>
    public static TestOracle Start(RealmChain realm, Func<OracleOptions, OracleOptions> alter) => new(
        alter(OptionsOf(realm, Path.Combine(realm.Folder, $"oracle-{Guid.NewGuid():N}"))), realm.Signers[0],
        realm.Signers, killAtStep: null);

    public static TestOracle Start(RealmChain realm, string? dataFolder = null,
        IReadOnlyList<EthereumKey>? signers = null, int? killAtStep = null)
    {
        var options = OptionsOf(realm, dataFolder ?? Path.Combine(realm.Folder, "oracle"));
        return new TestOracle(options, realm.Signers[0], signers ?? realm.Signers, killAtStep);
    }

    private static OracleOptions OptionsOf(RealmChain realm, string dataFolder) => new()
    {
        ChainUrl = realm.Session.Url,
        Addresses = realm.Addresses,
        DataFolder = dataFolder,
        Scenarios = OracleOptions.ScenariosFrom(realm.Scenario.Bytes),
        PollInterval = TimeSpan.FromMilliseconds(20),
        Journal = new JournalOptions { SnapshotBlocks = 16 },
    };

    public byte[]? Batch(Bytes32 dataHash) => _service.Batch(dataHash);

    public void ThrowIfFailed()
    {
        if (_running.IsFaulted)
        {
            throw new InvalidOperationException($"The oracle failed. {Describe()}", _running.Exception);
        }
    }

    public string Describe() => $"Oracle: {Status}. Notes: {string.Join(" | ", Notes)}";

    /// <summary>The failure that ended it, waited for.</summary>
    public async Task<Exception> FailureAsync()
    {
        await RealmChain.UntilAsync("the oracle fails", () => Task.FromResult(_running.IsCompleted), Describe);
        return _running.Exception?.InnerException ?? throw new InvalidOperationException("It ended without failing.");
    }

    /// <summary>Waits until it is at the newest block and owes nothing.</summary>
    public Task UntilIdleAsync(RealmChain realm) => RealmChain.UntilAsync(
        "the oracle has followed every block and owes nothing",
        async () =>
        {
            ThrowIfFailed();
            var now = await realm.NowAsync();
            var status = Status;
            return status.Phase == OraclePhase.Following && status.FollowedBlock >= now.Block
                && status.OwedReports == 0 && status.OwedSettlements == 0;
        },
        Describe);

    /// <summary>Waits until it has ended, and gives it something to do meanwhile.</summary>
    public async Task UntilEndedAsync(Func<Task>? meanwhile = null)
    {
        await RealmChain.UntilAsync(
            "the oracle ends",
            async () =>
            {
                if (!_running.IsCompleted && meanwhile is not null)
                {
                    await meanwhile();
                }

                return _running.IsCompleted;
            },
            Describe);
        ThrowIfFailed();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    public void Note(string text)
    {
        _notes.Enqueue(text);
        if (_notes.Count == _killAtStep)
        {
            _stop.Cancel();
        }
    }

    public void EraOpened(ulong era, Bytes32 scenarioHash, ulong block) => Note($"era {era} in block {block}");

    public void ReportComputed(ulong sequence, ulong leaves, ulong toBlock) =>
        Note($"report {sequence} computed to block {toBlock}");

    public void ReportSent(ulong sequence, ulong leaves)
    {
        Note($"report {sequence} sent");
        if (KillAfterSending(sequence))
        {
            _stop.Cancel();
        }
    }

    public void Mined(string kind, ulong sequence, bool succeeded, ulong gasUsed, ulong block, Bytes32 transaction) =>
        Note($"{kind} {sequence} mined in block {block}: {succeeded}");

    public void Refused(ulong sequence, string reason) => Note($"report {sequence} refused: {reason}");

    public void Reorganised(ulong firstBlock, int count) => Note($"{count} blocks replaced from {firstBlock} on");
}
