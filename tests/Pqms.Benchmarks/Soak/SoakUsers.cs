using System.Diagnostics;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;
using Pqms.Node.Keys;
using Pqms.Node.Running;
using Pqms.Sdk;
using Pqms.Sdk.Client;
using Pqms.Sdk.Ledger;

namespace Pqms.Benchmarks.Soak;

/// <summary>A client who requests, takes and releases by a seed, one transaction at a time.</summary>
internal sealed class SoakUsers : IDisposable
{
    private const int MostOpen = 12;
    private const uint DurationSeconds = 600;
    private readonly Random _random = new(1);
    private readonly List<(UInt128 Id, long Since)> _open = [];
    private readonly HttpRpc _rpc;
    private readonly EthereumKey _key = KeyRing.Development(DevelopmentAccount.Client);
    private readonly LedgerClient _client;
    private readonly int _pools;

    private SoakUsers(RunFile place, HttpRpc rpc, int pools)
    {
        _rpc = rpc;
        _pools = pools;
        _client = new LedgerClient(
            rpc, place.Addresses.Parse(),
            new TransactionSender(rpc, _key, place.ChainId, new MemoryTransactionStore())
            {
                Errors = LedgerErrors.Decode,
            });
    }

    public int Requests { get; private set; }

    public int Takes { get; private set; }

    public int Releases { get; private set; }

    /// <summary>Acts that the ledger refused, such as a take before the grant.</summary>
    public int Refusals { get; private set; }

    public static async Task<SoakUsers> StartAsync(RunFile place, CancellationToken cancel)
    {
        var rpc = new HttpRpc(new Uri(place.ChainUrl));
        var reader = new LedgerClient(rpc, place.Addresses.Parse());
        return new SoakUsers(place, rpc, (await reader.ListPoolsAsync(default, cancel)).Count);
    }

    public async Task ActAsync(CancellationToken cancel)
    {
        // The rest is left to run out: so that end is used as well.
        _open.RemoveAll(static one => Stopwatch.GetElapsedTime(one.Since).TotalSeconds > DurationSeconds);
        try
        {
            await (_random.Next(10) switch
            {
                < 3 when _open.Count < MostOpen => RequestAsync(cancel),
                < 8 when _open.Count > 0 => TakeAsync(cancel),
                _ when _open.Count > 0 => ReleaseAsync(cancel),
                _ => RequestAsync(cancel),
            });
        }
        catch (RevertException)
        {
            Refusals++;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _key.Dispose();
        _rpc.Dispose();
    }

    private async Task RequestAsync(CancellationToken cancel)
    {
        UInt128 id = ReservationIds.New();
        var terms = new ReservationTerms
        {
            PoolId = (uint)_random.Next(1, _pools + 1),
            Slots = 1,
            DurationSeconds = DurationSeconds,
            FidelityMin = Ppm.FromParts(900_000),
            TakesPerMinute = 12,
            MaxCostWei = UInt128.MaxValue,
        };
        await _client.RequestAsync(id, terms, cancellationToken: cancel);
        Requests++;
        _open.Add((id, Stopwatch.GetTimestamp()));
    }

    private async Task TakeAsync(CancellationToken cancel)
    {
        UInt128 id = _open[_random.Next(_open.Count)].Id;
        await _client.TakeAsync(id, 1, cancel);
        Takes++;
    }

    private async Task ReleaseAsync(CancellationToken cancel)
    {
        int which = _random.Next(_open.Count);
        UInt128 id = _open[which].Id;
        _open.RemoveAt(which);
        await _client.ReleaseAsync(id, cancel);
        Releases++;
    }
}
