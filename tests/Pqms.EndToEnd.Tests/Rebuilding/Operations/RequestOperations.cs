using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Sdk.Contracts;

namespace Pqms.EndToEnd.Tests.Rebuilding.Operations;

/// <summary>Requests in all their forms.</summary>
internal sealed class RequestOperations(LedgerUse use)
{
    // Far above any price of these ledgers.
    private static readonly UInt128 AnyCost = RealmPreparation.Ether(1_000);
    private static readonly UInt128 Purse = RealmPreparation.Ether(20);

    public IEnumerable<Operation> All =>
    [
        Operation.Of("request", 10, () => Request(NewTerms())),
        Operation.Of("request ahead", 4, () => Request(NewTerms(isAhead: true))),
        Operation.Of("request of demand", 6, () => Request(NewTerms(Named("demand")))),
        Operation.Of("request within quotas", 6, () => Request(NewTerms(Named("quotas")))),
        Operation.Of("request of the dear pool", 6, () => Request(NewTerms(Named("dear")))),
        Operation.Of("sponsored request", 5, Sponsored),
        Operation.Of("request of a group", 4, Group),
        Operation.Of("request along a path", 5, AlongPath),
        new Operation("signed request", 4, () => SignedAsync(isPaidByRelayer: false)),
        new Operation("signed request paid by its relayer", 3, () => SignedAsync(isPaidByRelayer: true)),
    ];

    private PoolTerms Named(string name) => use.Known.Pools.First(pool => pool.Name == name);

    private Terms NewTerms(PoolTerms? wanted = null, bool isAhead = false, Address payer = default) =>
        NewTerms(use, wanted, isAhead, payer);

    public static Terms NewTerms(LedgerUse use, PoolTerms? wanted = null, bool isAhead = false, Address payer = default)
    {
        var seed = use.Seed;
        var pool = wanted ?? seed.One(use.Known.Pools);
        var start = isAhead ? use.Now + seed.Next(3_700UL, 12_000) : seed.Chance(3) ? use.Now + seed.Next(1UL, 600) : 0;
        return new Terms(
            pool.Id,
            (uint)seed.Next(1, 4),
            start,
            seed.Chance(4) ? seed.Next(60UL, 300) : seed.Next(300UL, 4_000),
            (uint)seed.Next(500_001, (int)pool.FidelityFloorPpm + 1),
            (ulong)seed.Next(1_000_000),
            (uint)seed.Next(60),
            (byte)seed.Next(256),
            (byte)seed.Next(4),
            AnyCost,
            0,
            payer);
    }

    private Sending Request(Terms terms) => Request(use.Seed.One(Cast.Clients), terms);

    private Sending Request(int account, Terms terms) =>
        new(account, use.Contracts.Allocation.Request(use.Seed.NewId(), terms)) { Value = ValueFor(account) };

    // Mostly from credit; a purse is put in when that runs low.
    private UInt128 ValueFor(int account) => use.Seed.Chance(4)
        || use.Known.Credits.GetValueOrDefault(use.AddressOf(account)) < RealmPreparation.Ether(5) ? Purse : 0;

    private Sending? Sponsored()
    {
        var pairs = use.Known.Allowances.Where(pair => pair.Value > 0
            && use.Known.Credits.GetValueOrDefault(pair.Key.Payer) > 0 && pair.Key.Payer != pair.Key.Client).ToArray();
        if (pairs.Length == 0)
        {
            return null;
        }

        var (payer, client) = use.Seed.One(pairs).Key;
        return new Sending(
            use.AccountOf(client), use.Contracts.Allocation.Request(use.Seed.NewId(), NewTerms(payer: payer)));
    }

    private Sending Group()
    {
        var first = NewTerms(isAhead: use.Seed.Chance(2));
        var terms = new List<Terms> { first };
        for (var i = use.Seed.Next(1, 4); i > 0; i--)
        {
            terms.Add(NewTerms() with { Start = first.Start, Duration = first.Duration });
        }

        var account = use.Seed.One(Cast.Clients);
        var ids = terms.Select(_ => use.Seed.NewId()).ToArray();
        return new Sending(account, use.Contracts.Allocation.RequestGroup(ids, [.. terms])) { Value = Purse };
    }

    private Sending? AlongPath()
    {
        var pool = use.Seed.One([.. use.Known.Pools.Where(pool => pool.B != 0)]);
        if (PathOperations.Find(use, pool.A, pool.B) is not { } links)
        {
            return null;
        }

        var account = use.Seed.One(Cast.Clients);
        var terms = NewTerms(pool, isAhead: use.Seed.Chance(3));
        return new Sending(account, use.Contracts.Allocation.RequestPath(use.Seed.NewId(), terms, links))
        {
            Value = ValueFor(account),
        };
    }

    private async Task<Sending?> SignedAsync(bool isPaidByRelayer)
    {
        var payer = isPaidByRelayer ? use.AddressOf(Cast.Relayer) : Address.Zero;
        var terms = NewTerms(payer: payer) with { Deadline = use.Now + 600 };
        var client = use.Seed.One(Cast.Clients);
        var nonce = use.Known.Nonces.GetValueOrDefault(use.AddressOf(client));
        return await SignedAsync(use, use.Seed.NewId(), terms, client, nonce, isPaidByRelayer ? Purse : 0);
    }

    public static async Task<Sending> SignedAsync(
        LedgerUse use, UInt128 id, Terms terms, int client, uint nonce, UInt128 value)
    {
        var (allocation, address) = (use.Contracts.Allocation, use.AddressOf(client));
        var digest = await allocation.RequestDigest(id, terms, address, nonce).CallAsync(use.Rpc);
        var signature = use.Realm.Key(client).Sign(digest).To65Bytes();
        return new Sending(Cast.Relayer, allocation.RequestSigned(id, terms, address, nonce, signature))
        {
            Value = value,
        };
    }
}
