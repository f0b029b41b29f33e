using Pqms.Ethereum.Logs;
using Pqms.Ethereum.Rpc;
using Pqms.Node.Hosting;
using Pqms.Sdk;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Ledger;

namespace Pqms.Node.Live;

/// <summary>The ledger as its newest block says, rebuilt from logs alone and kept up to date, for the page.</summary>
/// <remarks>Reads from any thread are short and locked. After a reorganisation, another chain in its place, or a long
/// outage it is rebuilt from the deployment on. Memory grows with the ledger: about 4 kB for a reservation, 0.5 kB
/// for a report.</remarks>
internal sealed class LiveLedger(ChainSession session, LedgerAddresses addresses, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private GrowingHistory _history = new();
    private List<ReservationLife> _order = [];
    private ulong _time;

    /// <summary>Number of the newest block that is taken in; 0 before the first.</summary>
    public ulong Block { get; private set; }

    /// <summary>Whose signatures the hub takes, and how many it wants; null before it said so.</summary>
    public ConfigSet? Signers { get; private set; }

    /// <summary>Counts every change: who saw this number has seen all.</summary>
    public long Version { get; private set; }

    /// <summary>Reads the ledger while nothing moves it.</summary>
    /// <param name="read">Gets the history, the reservations by the order of their requests, and the chain time.
    /// Short; keeps nothing of it.</param>
    public T Read<T>(Func<LedgerHistory, IReadOnlyList<ReservationLife>, ulong, T> read)
    {
        lock (_gate)
        {
            return read(_history.Now, _order, _time);
        }
    }

    /// <summary>Waits until a block is taken in, some seconds at most: whoever sent a transaction wants to see
    /// it.</summary>
    /// <param name="block">The block's number.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task UntilAsync(ulong block, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        while (Block < block && clock.GetElapsedTime(started) < Patience)
        {
            await Task.Delay(Look, clock, cancel);
        }
    }

    /// <summary>Follows the chain until cancelled.</summary>
    /// <param name="cancel">Ends it.</param>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(cancel);
            }
            catch (Exception passing) when (passing is RpcUnreachableException or RpcException
                or RpcFormatException or FollowerException)
            {
                // The oracle says aloud that the chain is out of reach; here the next try is enough.
                await Task.Delay(Pause, clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowAsync(CancellationToken cancel)
    {
        Begin();
        var follower = new BlockFollower(
            session.Rpc,
            new FollowerOptions { StartBlock = addresses.DeployedAtBlock, Addresses = [.. addresses.ToArray()] },
            clock);
        await foreach (var update in follower.FollowAsync(cancel))
        {
            if (update is not BlockAdded added)
            {
                return;
            }

            Add(added);
        }
    }

    private void Begin()
    {
        lock (_gate)
        {
            _history = new GrowingHistory();
            _order = [];
            Signers = null;
            (Block, _time) = (0, 0);
            Version++;
        }
    }

    private void Add(BlockAdded added)
    {
        lock (_gate)
        {
            foreach (var log in added.Logs)
            {
                if (LedgerLogs.Decode(log, addresses) is not { } ledgerEvent)
                {
                    continue;
                }

                _history.Add(new TimedEvent(ledgerEvent, added.Header.Timestamp));
                if (ledgerEvent is ReservationRequested requested)
                {
                    _order.Add(_history.Now.Lives[requested.Id]);
                }
                else if (ledgerEvent is ConfigSet config)
                {
                    Signers = config;
                }
            }

            (Block, _time) = (added.Header.Number, added.Header.Timestamp);
            Version++;
        }
    }
}
