using Pqms.EndToEnd.Tests.Ring;
using Pqms.Ethereum;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk;
using Pqms.Sdk.Client;
using Pqms.Sdk.Contracts;

namespace Pqms.EndToEnd.Tests.Rebuilding;

/// <summary>Several clients and a reporter who use a ledger at random; the seed says how.</summary>
internal sealed class RandomLedgerUse(RealmChain realm, int seed)
{
    public static readonly IReadOnlyList<int> Accounts = [3, 4, 5];

    private readonly Random _random = new(seed);
    private readonly HandReporter _reporter = new(realm);
    private readonly List<UInt128> _ids = [];
    private uint _pools;

    /// <summary>How often each operation was accepted.</summary>
    public Dictionary<string, int> Accepted { get; } = new(StringComparer.Ordinal);

    /// <summary>How often the ledger refused one.</summary>
    public int Refused { get; private set; }

    public async Task RunAsync(int operations)
    {
        _pools = (uint)(await realm.Client().ListPoolsAsync()).Count;
        for (var i = 0; i < operations; i++)
        {
            var (name, run) = Draw();
            try
            {
                await run();
                Accepted[name] = Accepted.GetValueOrDefault(name) + 1;
            }
            catch (RevertException)
            {
                Refused++;
            }
        }
    }

    // Without a reservation there is nothing to do but to request one.
    private (string Name, Func<Task> Run) Draw() => (_ids.Count == 0 ? 0 : _random.Next(28)) switch
    {
        < 6 => ("request", RequestAsync),
        < 9 => ("decide", DecideAsync),
        9 => ("take", () => OwnedAsync((client, id) => client.TakeAsync(id, (uint)_random.Next(1, 4)))),
        < 12 => ("release", () => OwnedAsync((client, id) => client.ReleaseAsync(id))),
        12 => ("cancel", () => OwnedAsync((client, id) => client.CancelAsync(id))),
        13 => ("expire", () => Client().ExpireAsync(Id())),
        14 => ("refund", () => Client().RefundAsync(Id())),
        15 => ("withdraw", () => Client().WithdrawAsync()),
        16 => ("settle", SettleAsync),
        < 19 => ("take", () => OwnedAsync((client, id) => client.TakeAsync(id))),
        < 22 => ("extend", () => OwnedAsync((client, id) => client.ExtendAsync(
            id, (ulong)_random.Next(1, 1_200), 1_000_000_000_000_000_000))),
        22 => ("offer", () => OwnedAsync((client, id) => client.ShareAsync(
            id, realm.AddressOf(Accounts[_random.Next(Accounts.Count)]), Ppm.FromParts((uint)_random.Next(600_000))))),
        23 => ("accept", () => Client().AcceptShareAsync(Id())),
        24 => ("deposit", () => Client().DepositAsync(realm.AddressOf(3), (UInt128)(ulong)_random.Next(1, 9_999))),
        < 27 => ("order", OrderAsync),
        _ => ("wait", () => realm.JumpAsync((ulong)_random.Next(1, 3_000))),
    };

    // Mostly by the reservation's own client, sometimes by a stranger.
    private async Task OwnedAsync(Func<LedgerClient, UInt128, Task> use)
    {
        var id = Id();
        var owner = (await realm.Client().GetReservationAsync(id))!.Stored.Client;
        var account = Accounts.First(account => realm.AddressOf(account) == owner);
        await use(_random.Next(8) == 0 ? Client() : realm.Client(account), id);
    }

    private LedgerClient Client() => realm.Client(Accounts[_random.Next(Accounts.Count)]);

    // Mostly a recent one: old ones are over, and most operations on them are refused.
    private UInt128 Id() => _ids[Math.Max(0, _ids.Count - 1 - _random.Next(6))];

    private async Task RequestAsync()
    {
        var id = (UInt128)(ulong)_random.NextInt64(1, long.MaxValue);
        var now = (await realm.NowAsync()).TimeSeconds;
        var terms = TestTerms.Good with
        {
            PoolId = (uint)_random.Next(1, (int)_pools + 1),
            Slots = (uint)_random.Next(1, 5),
            StartSeconds = _random.Next(3) > 0 ? 0 : now + (ulong)_random.Next(60, 6_000),
            DurationSeconds = (ulong)_random.Next(300, 6_000),
            FidelityMin = Ppm.FromParts((uint)_random.Next(500_001, 800_001)),
            TakesPerMinute = (uint)_random.Next(0, 60),
            CoherenceMinMicroseconds = (ulong)_random.Next(0, 1_000_000),
            Purpose = (byte)_random.Next(256),
            Priority = (ReservationPriority)_random.Next(4),
        };
        var price = (await realm.Client().QuoteAsync(terms)).PriceWei;
        await Client().RequestAsync(id, terms, price + (ulong)_random.Next(1_000));
        _ids.Add(id);
    }

    private async Task OrderAsync()
    {
        var now = (await realm.NowAsync()).TimeSeconds;
        var id = (UInt128)(ulong)_random.NextInt64(1, long.MaxValue);
        var reward = (UInt128)(ulong)_random.Next(1, 1_000_000);
        var terms = new OrderTerms(1, 1, 5, 900_000, now + 3_600, reward, 1_000, Address.Zero);
        var client = Client();
        await client.OrderAsync(id, terms);
        if (_random.Next(2) == 0)
        {
            await client.WithdrawOrderAsync(id);
        }
        else
        {
            await realm.Client(2).AcceptOrderAsync(id);
        }
    }

    private Task DecideAsync()
    {
        var outcome = _random.Next(5) == 0 ? DecisionOutcome.PoolExhausted : DecisionOutcome.Granted;
        return _reporter.DecideAsync(outcome, [.. _ids.TakeLast(1 + _random.Next(3))]);
    }

    // Among the lines are some that no longer apply, and some that claim more than was promised.
    private async Task SettleAsync()
    {
        var lines = new List<Line>();
        foreach (var id in _ids.TakeLast(1 + _random.Next(8)))
        {
            var stored = (await realm.Client().GetReservationAsync(id))!.Stored;
            var promised = (UInt128)stored.Slots * (stored.End - stored.Start) * Ppm.One;
            lines.Add(new Line(id, promised * (UInt128)(ulong)_random.Next(0, 110) / 100));
        }

        await _reporter.SettleAsync([.. lines]);
    }
}
