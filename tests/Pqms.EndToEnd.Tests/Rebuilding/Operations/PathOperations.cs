using Pqms.Sdk.Ledger;

namespace Pqms.EndToEnd.Tests.Rebuilding.Operations;

/// <summary>Paths of the operator's own traffic.</summary>
internal sealed class PathOperations(LedgerUse use)
{
    private const int MostLinks = 12;

    public IEnumerable<Operation> All =>
    [
        Operation.Of("reserve a path", 4, () => Reserve(isTooMuch: false)),
        Operation.Of("release a path", 3, Release),
        Operation.Refused("EntanglementNetwork_LinkFull", () => Reserve(isTooMuch: true)),
        Operation.Refused("EntanglementNetwork_PathState", Twice),
    ];

    /// <summary>A path between two sites that visits none twice; which of them is left to chance.</summary>
    public static uint[]? Find(LedgerUse use, uint from, uint to)
    {
        var links = use.Known.Links.ToArray();
        use.Seed.Shuffle(links.AsSpan());
        var reached = new Dictionary<uint, (uint From, uint Link)> { [from] = (0, 0) };
        var next = new Queue<uint>([from]);
        while (next.TryDequeue(out var site) && !reached.ContainsKey(to))
        {
            foreach (var link in links.Where(link => link.Data.A == site || link.Data.B == site))
            {
                var other = Other(link, site);
                if (reached.TryAdd(other, (site, link.Data.Id)))
                {
                    next.Enqueue(other);
                }
            }
        }

        var path = new List<uint>();
        for (var site = to; reached.TryGetValue(site, out var step) && step.Link > 0; site = step.From)
        {
            path.Add(step.Link);
        }

        path.Reverse();
        return path.Count is 0 or > MostLinks ? null : [.. path];
    }

    private static uint Other(LinkRegistered link, uint site) => link.Data.A == site ? link.Data.B : link.Data.A;

    private Sending? Reserve(bool isTooMuch)
    {
        var pool = use.Seed.One([.. use.Known.Pools.Where(static pool => pool.B != 0)]);
        if (Find(use, pool.A, pool.B) is not { } links)
        {
            return null;
        }

        var start = use.Now + use.Seed.Next(0UL, 5_000);
        var lanes = isTooMuch ? (ushort)(use.Known.Links[(int)links[0] - 1].Data.Lanes + 1) : (ushort)1;
        var path = new KnownPath(links, start, start + use.Seed.Next(1UL, 14_400), lanes);
        return new Sending(
            Cast.Admin, use.Contracts.Network.ReservePath(path.Links, path.Start, path.End, path.Lanes))
        {
            Then = _ => use.Known.Paths.Add(path),
        };
    }

    private Sending? Release() => use.Seed.Pick(use.Known.Paths) is not { } path ? null : new Sending(
        Cast.Admin, use.Contracts.Network.ReleasePath(path.Links, path.Start, path.End, path.Lanes))
    {
        Then = _ => use.Known.Paths.Remove(path),
    };

    private Sending? Twice() =>
        use.Seed.Pick(use.Known.Paths.Where(path => path.Start >= use.Now)) is not { } path ? null : new Sending(
            Cast.Admin, use.Contracts.Network.ReservePath(path.Links, path.Start, path.End, path.Lanes));
}
