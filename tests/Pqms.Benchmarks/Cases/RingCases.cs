using System.Diagnostics;
using Pqms.Benchmarks.Harness;
using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;
using Pqms.Oracle;
using Pqms.Oracle.Replay;
using Pqms.Sdk.Ledger;

namespace Pqms.Benchmarks.Cases;

/// <summary>The whole ring on a real Hardhat node: requests by transactions, answered by an oracle in this
/// process. Passed time, not processor time: chain, client and oracle share the machine.</summary>
internal static class RingCases
{
    /// <summary>Two a second: 64 decisions a block are then 128 a second.</summary>
    private const int BlockMilliseconds = 500;

    private const int Open = 1_000;
    private const int RatePerSecond = 100;
    private const int Day = 86_400;

    public static IReadOnlyList<Benchmark> Benchmarks { get; } =
    [
        New("ring-grant", "blocks p99", 2, OpenGrant, m => m.Operations, "request to decision at 100 requests/s"),
        New("ring-sustained", "requests/s", 0.9 * RatePerSecond, OpenSustained, m => m.Operations / m.WallSeconds,
            "100 a second offered with 1,000 open, until the last one is decided and reported", more: true),
        New("ring-raw", "requests/s", double.NaN, OpenRaw, m => m.Operations / m.WallSeconds,
            "signed beforehand, sent in batches, no oracle", more: true),
        New("ring-sender", "x raw", 0.9, OpenSender, m => m.Operations,
            "TransactionSender with oracle, divided by ring-raw of the same minute", more: true),
        New("replay-day", "x real time", 100, OpenDay, m => m.Operations / m.WallSeconds,
            "86,400 blocks read from the node, every report computed again", more: true),
    ];

    private static Benchmark New(
        string name, string unit, double goal, Func<Effort, Func<Measurement>> open, Func<Measurement, double> value,
        string note, bool more = false) => new(name, unit, goal, open, value)
        {
            MoreIsBetter = more,
            Note = note,
            MostRepetitions = 3,
        };

    private static Func<Measurement> OpenGrant(Effort effort)
    {
        RingRealm realm = WithOracle();
        return () => Wait(GrantAsync(realm, effort.IsQuick ? 500 : 2_000));
    }

    private static Func<Measurement> OpenSustained(Effort effort)
    {
        RingRealm realm = WithOracle();
        return () => Wait(SustainAsync(realm, effort.IsQuick ? 500 : 3_000));
    }

    private static Func<Measurement> OpenRaw(Effort effort)
    {
        RingRealm realm = Wait(RingRealm.StartAsync(BlockMilliseconds));
        return () => Wait(RawAsync(realm, effort.IsQuick ? 500 : 2_000));
    }

    private static Func<Measurement> OpenSender(Effort effort)
    {
        int count = effort.IsQuick ? 500 : 2_000;
        RingRealm plain = Wait(RingRealm.StartAsync(BlockMilliseconds)), ring = WithOracle();
        return () =>
        {
            Measurement raw = Wait(RawAsync(plain, count)), own = Wait(SendAsync(ring, count));
            Wait(IdleAsync(ring));
            return own with { Operations = raw.WallSeconds / own.WallSeconds };
        };
    }

    private static Func<Measurement> OpenDay(Effort effort)
    {
        RingRealm realm = Wait(RingRealm.StartAsync(0));
        Wait(LiveAsync(realm, effort.IsQuick ? Day / 24 : Day));
        return () => Wait(ReplayAsync(realm));
    }

    private static RingRealm WithOracle()
    {
        RingRealm realm = Wait(RingRealm.StartAsync(BlockMilliseconds));
        realm.StartOracle();
        Wait(RawAsync(realm, Open));
        Wait(IdleAsync(realm));
        return realm;
    }

    // Requests at even times; every hundredth of a second one, however long the answers take.
    private static async Task<List<UInt128>> OfferAsync(RingRealm realm, int count)
    {
        ulong now = (await realm.Reader.MomentAsync()).TimeSeconds;
        RingClient[] clients = await realm.NewClientsAsync(count);
        List<UInt128> ids = [];
        List<Task<TransactionReceipt>> sent = [];
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            TimeSpan due = TimeSpan.FromSeconds((double)i / RatePerSecond) - Stopwatch.GetElapsedTime(started);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due);
            }

            (UInt128 id, ContractCall call) = realm.NextRequest(now);
            ids.Add(id);
            sent.Add(clients[i % clients.Length].Sender.SendAndConfirmAsync(call, default, RingRealm.RequestGas));
        }

        await Task.WhenAll(sent);
        return ids;
    }

    private static async Task<Measurement> GrantAsync(RingRealm realm, int count)
    {
        HashSet<UInt128> ids = [.. await OfferAsync(realm, count)];
        await realm.UntilIdleAsync();
        IReadOnlyList<LedgerEvent> events = await realm.Reader.EventsAsync();
        Dictionary<UInt128, ulong> asked = events.OfType<ReservationRequested>()
            .ToDictionary(static one => one.Id, static one => one.Place.BlockNumber);
        ulong[] waits =
        [
            .. events.OfType<ReservationDecided>().Where(one => ids.Contains(one.Id))
                .Select(one => one.Place.BlockNumber - asked[one.Id]).Order(),
        ];
        return waits.Length == count
            ? new Measurement(waits[(int)Math.Ceiling(0.99 * count) - 1], 0.0, 1.0, 0.0)
            : throw new InvalidDataException($"{waits.Length} of {count} requests were decided.");
    }

    private static async Task<Measurement> SustainAsync(RingRealm realm, int count)
    {
        long started = Stopwatch.GetTimestamp();
        await OfferAsync(realm, count);
        await realm.UntilIdleAsync();
        return new Measurement(count, 0.0, Stopwatch.GetElapsedTime(started).TotalSeconds, 0.0);
    }

    private static async Task<Measurement> SendAsync(RingRealm realm, int count)
    {
        ulong now = (await realm.Reader.MomentAsync()).TimeSeconds;
        RingClient[] clients = await realm.NewClientsAsync(count);
        long started = Stopwatch.GetTimestamp();
        Task<TransactionReceipt>[] sent = [.. Enumerable.Range(0, count).Select(i => clients[i % clients.Length].Sender
            .SendAndConfirmAsync(realm.NextRequest(now).Call, default, RingRealm.RequestGas))];
        await Task.WhenAll(sent);
        return new Measurement(count, 0.0, Stopwatch.GetElapsedTime(started).TotalSeconds, 0.0);
    }

    // As fast as the node takes them: signed before, a hundred in each batch, until the last one is mined.
    private static async Task<Measurement> RawAsync(RingRealm realm, int count)
    {
        const int batch = 100;
        ulong now = (await realm.Reader.MomentAsync()).TimeSeconds;
        RingClient[] clients = await realm.NewClientsAsync(count);
        (byte[] Raw, Bytes32 Hash)[] signed = [.. Enumerable.Range(0, count).Select(i =>
            Sign(realm, clients[i % clients.Length].Key, (ulong)(i / clients.Length) + 1, now))];
        long started = Stopwatch.GetTimestamp();
        foreach ((byte[] Raw, Bytes32)[] part in signed.Chunk(batch))
        {
            RpcCall[] calls = [.. part.Select(static one => new RpcCall("eth_sendRawTransaction", one.Raw))];
            foreach (RpcResult result in await realm.Rpc.SendBatchAsync(calls, CancellationToken.None))
            {
                _ = result.Value;
            }
        }

        foreach ((byte[], Bytes32 Hash) one in signed.TakeLast(clients.Length))
        {
            await MinedAsync(realm, one.Hash);
        }

        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new Measurement(count, 0.0, seconds, 0.0);
    }

    private static async Task MinedAsync(RingRealm realm, Bytes32 hash)
    {
        while (true)
        {
            if (await realm.Rpc.GetReceiptAsync(hash) is { } receipt)
            {
                // A refused one would be cheaper, and the figure a lie.
                _ = receipt.Succeeded ? 0 : throw new InvalidDataException($"{hash} was refused.");
                return;
            }

            await Task.Delay(10);
        }
    }

    private static (byte[] Raw, Bytes32 Hash) Sign(RingRealm realm, EthereumKey key, ulong nonce, ulong now)
    {
        ContractCall call = realm.NextRequest(now).Call;
        SignedTransaction signed = new Eip1559Transaction(
            31337, nonce, 1_000_000_000, 100_000_000_000, RingRealm.RequestGas, call.To, UInt256.Zero, call.Data)
            .Sign(key);
        return (signed.Raw, signed.Hash);
    }

    // A day of blocks, one a second; every ten minutes somebody reserves.
    private static async Task LiveAsync(RingRealm realm, int blocks)
    {
        const int part = 600;
        RingClient client = (await realm.NewClientsAsync(1))[0];
        realm.StartOracle();
        for (int done = 0; done < blocks; done += part)
        {
            ulong now = (await realm.Reader.MomentAsync()).TimeSeconds;
            await client.Sender.SendAndConfirmAsync(realm.NextRequest(now).Call, default, RingRealm.RequestGas);
            await realm.MineAsync(1);
            await realm.UntilIdleAsync();
            await realm.MineAsync(part);
            await realm.UntilIdleAsync();
        }
    }

    private static async Task<Measurement> ReplayAsync(RingRealm realm)
    {
        long started = Stopwatch.GetTimestamp();
        ChainReplaySource source = await ChainReplaySource.OpenAsync(realm.Rpc, realm.Addresses);
        ReplayResult result = await ReplayRunner.RunAsync(source, OracleOptions.ScenariosFrom(realm.Scenario));
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return result.IsEqual
            ? new Measurement(result.Blocks, 0.0, seconds, 0.0)
            : throw new InvalidDataException(result.First?.Text);
    }

    private static async Task<int> IdleAsync(RingRealm realm)
    {
        await realm.UntilIdleAsync();
        return 0;
    }

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static void Wait(Task task) => task.GetAwaiter().GetResult();
}
