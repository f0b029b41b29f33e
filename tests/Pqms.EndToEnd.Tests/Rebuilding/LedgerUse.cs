using System.Runtime.InteropServices;
using Pqms.EndToEnd.Tests.Rebuilding.Operations;
using Pqms.EndToEnd.Tests.Ring;
using Pqms.Ethereum;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Client;

namespace Pqms.EndToEnd.Tests.Rebuilding;

/// <summary>Clients, providers, signers and offices that use a ledger at random, several in a block; the seed says
/// how. Blocks get their times from the seed as well, counted from a full calendar word.</summary>
internal sealed partial class LedgerUse
{
    private const ulong WordSeconds = 14_400;

    private const int MostOfABlock = 6;

    // Longer than bond stays liable.
    private const ulong LeapSeconds = 41 * 86_400;

    // So often time leaps; and so many times as many transactions are sent at most, until everything was done.
    private const int Leaps = 3;
    private const int Patience = 4;

    private readonly RealmChain _realm;
    private readonly Operation[] _operations;
    private readonly List<Operation> _deck = [];

    public LedgerUse(RealmChain realm, int seed)
    {
        _realm = realm;
        Seed = new Seeded(seed);
        _operations =
        [
            .. new RequestOperations(this).All, .. new RequestRefusals(this).All, .. new LifeOperations(this).All,
            .. new ShareOperations(this).All, .. new ReportOperations(this).All, .. new ReportRefusals(this).All,
            .. new SignerOperations(this).All, .. new MoneyOperations(this).All, .. new RegistryOperations(this).All,
            .. new NetworkOperations(this).All, .. new PathOperations(this).All, .. new LotOperations(this).All,
            .. new OrderOperations(this).All,
        ];
    }

    public Seeded Seed { get; }

    public KnownLedger Known { get; } = new();

    public LedgerContracts Contracts => _realm.Client().Contracts;

    public HttpRpc Rpc => _realm.Rpc;

    public RealmChain Realm => _realm;

    /// <summary>Time of the block that is being filled.</summary>
    public ulong Now { get; private set; }

    /// <summary>Operations that were not done yet, and outcomes that did not come about.</summary>
    public IEnumerable<string> Missing => _operations.Select(static operation => operation.Name)
        .Concat(LedgerOutcomes.Names).Where(name => !Done.ContainsKey(name));

    /// <summary>How often each kind of operation was accepted or, when that is its sense, refused; and what came of
    /// it.</summary>
    public SortedDictionary<string, int> Done { get; } = new(StringComparer.Ordinal);

    /// <summary>How often each function of the ledger was called with success.</summary>
    public SortedDictionary<string, int> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>How often the ledger refused what might have been accepted, by its error.</summary>
    public SortedDictionary<string, int> Refused { get; } = new(StringComparer.Ordinal);

    /// <summary>How often each event was logged.</summary>
    public SortedDictionary<string, int> Events { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public override string ToString() => $"done: {string.Join(", ", Done)}\nrefused: {string.Join(", ", Refused)}\n"
        + $"functions: {string.Join(", ", Functions)}\nevents: {string.Join(", ", Events)}";

    /// <summary>Uses the ledger until so many transactions were mined and every operation was done.</summary>
    public async Task RunAsync(int transactions)
    {
        await _realm.SendAsync("evm_setAutomine", false);
        try
        {
            foreach (var timed in (await HistoryCollector.CollectAsync(_realm.Client())).Events())
            {
                Known.Apply(timed.Event, timed.TimeSeconds);
                Count(Events, timed.Event.Name);
            }

            var last = (await _realm.NowAsync()).TimeSeconds;
            Now = (last / WordSeconds + 1) * WordSeconds;
            await new RealmPreparation(this).RunAsync();
            await UseAsync(transactions);
        }
        finally
        {
            await _realm.SendAsync("evm_setAutomine", true);
        }
    }

    public Address AddressOf(int account) => _realm.AddressOf(account);

    public int AccountOf(Address address) => Cast.All.First(account => AddressOf(account) == address);

    private async Task UseAsync(int transactions)
    {
        var (step, leap) = (transactions / (Leaps + 1), transactions / (Leaps + 1));
        for (var mined = 0; mined < transactions || (mined < transactions * Patience && Missing.Any());)
        {
            if (mined > leap)
            {
                (Now, leap) = (Now + LeapSeconds, leap + step);
            }

            await BeginAsync();
            var drawn = await FillAsync();
            if (drawn is [{ Operation.Refusal: { } refusal }])
            {
                await RefuseAsync(drawn[0], refusal);
            }
            else
            {
                var outcomes = await SendAsync([.. drawn.Select(static one => one.Sending)]);
                for (var i = 0; i < outcomes.Count; i++)
                {
                    Conclude(drawn[i].Operation, outcomes[i].Refusal);
                }
            }

            mined += Math.Max(drawn.Count, 1);
        }
    }

    private void Conclude(Operation operation, string? refusal)
    {
        Count(refusal is null ? Done : Refused, refusal ?? operation.Name);
        if (refusal is null && operation.Follow is { } follow && Seed.Chance(2))
        {
            _deck.Add(_operations.First(one => one.Refusal == follow));
        }
    }

    // Mostly seconds, sometimes hours: so that windows begin, are used, and end.
    private async Task BeginAsync()
    {
        Now += Seed.Next(80) switch
        {
            < 54 => (ulong)Seed.Next(1, 15),
            < 77 => (ulong)Seed.Next(15, 120),
            < 79 => (ulong)Seed.Next(300, 2_000),
            _ => (ulong)Seed.Next(2_000, 9_000),
        };
        await _realm.SendAsync("evm_setNextBlockTimestamp", Now);
    }

    private async Task<List<Drawn>> FillAsync()
    {
        var drawn = new List<Drawn>();
        var most = Seed.Next(1, MostOfABlock + 1);
        for (var draws = 0; draws < MostOfABlock * 2 && drawn.Count < most; draws++)
        {
            var operation = Draw();
            if (operation.Refusal is not null && drawn.Count > 0)
            {
                // A misuse comes alone, so that nothing in its block changes what it meets.
                _deck.Add(operation);
                break;
            }

            if (await operation.Plan() is { } sending)
            {
                drawn.Add(new Drawn(operation, sending));
                if (operation.Refusal is not null)
                {
                    break;
                }
            }
        }

        return drawn;
    }

    private Operation Draw()
    {
        if (_deck.Count == 0)
        {
            _deck.AddRange(_operations.SelectMany(static one => Enumerable.Repeat(one, one.Weight)));
            Seed.Shuffle(CollectionsMarshal.AsSpan(_deck));
        }

        var operation = _deck[^1];
        _deck.RemoveAt(_deck.Count - 1);
        return operation;
    }

    private static void Count(SortedDictionary<string, int> counts, string name) =>
        counts[name] = counts.GetValueOrDefault(name) + 1;

    private sealed record Drawn(Operation Operation, Sending Sending);
}
