using Pqms.Sdk.Audit;
using Pqms.Sdk.Contracts;

namespace Pqms.Sdk.Client;

/// <summary>Getters of EntanglementNetwork.</summary>
internal sealed class NetworkComparison(Getters getters, LedgerHistory history)
{
    public async Task CompareAsync()
    {
        var network = getters.Contracts.Network;
        var registry = history.Parts.Registry;
        var paths = history.Parts.Paths;
        await CountsAsync();
        foreach (var (id, pool) in history.Pools)
        {
            var stored = await getters.ReadAsync(network.Pool(id));
            getters.Expect(AuditRule.Calendar, null, $"pool {id}", stored.Terms, pool.Data.Terms);
            var isolated = registry.Isolated.GetValueOrDefault(id);
            getters.Expect(AuditRule.Transition, null, $"isolation of pool {id}", stored.Isolated, isolated);
            var quotas = registry.Quotas.TryGetValue(id, out var set) ? set.Data.Quotas : default;
            await getters.ExpectAsync(AuditRule.Calendar, null, $"quotas of {id}", network.QuotasOf(id), quotas);
        }

        foreach (var ((pool, cohort, word), lanes) in history.Calendar)
        {
            await getters.ExpectAsync(
                AuditRule.Calendar, null, $"pool {pool} cohort {cohort} word {word}",
                network.CalendarWord(pool, cohort, word), lanes);
        }

        foreach (var ((link, word), lanes) in paths.Words)
        {
            await getters.ExpectAsync(
                AuditRule.Calendar, null, $"link {link} word {word}", network.LinkWord(link, word), lanes);
        }

        foreach (var key in paths.Keys.Where(key => !history.Lives.Values.Any(life => PathKeys.Of(life.Id) == key)))
        {
            await getters.ExpectAsync(
                AuditRule.Calendar, null, $"path {key}", network.IsPathReserved(key), paths.Paths.ContainsKey(key));
        }

        foreach (var life in history.Lives.Values)
        {
            var key = PathKeys.Of(life.Id);
            if (paths.Keys.Contains(key))
            {
                var held = paths.Paths.GetValueOrDefault(key);
                var stored = await getters.ReadAsync(network.PathOf(life.Id));
                getters.Expect(AuditRule.Calendar, life.Id, "lanes of its path", stored.Lanes, held?.Lanes ?? 0);
                var same = stored.Links.SequenceEqual(held?.Links ?? []);
                getters.Expect(AuditRule.Calendar, life.Id, "links of its path agree", same, true);
            }
        }
    }

    private async Task CountsAsync()
    {
        var network = getters.Contracts.Network;
        var registry = history.Parts.Registry;
        var links = history.Parts.Paths.Links;
        await getters.ExpectAsync(
            AuditRule.Evidence, null, "sites", network.SiteCount(), (uint)registry.Sites.Count);
        await getters.ExpectAsync(AuditRule.Evidence, null, "links", network.LinkCount(), (uint)links.Count);
        await getters.ExpectAsync(AuditRule.Evidence, null, "pools", network.PoolCount(), (uint)history.Pools.Count);
        foreach (var (id, site) in registry.Sites)
        {
            var rebuilt = new Site(id, site.Data.Name, site.Data.LatitudeE6, site.Data.LongitudeE6);
            await getters.ExpectAsync(AuditRule.Evidence, null, $"site {id}", network.Site(id), rebuilt);
        }

        foreach (var (id, link) in links)
        {
            var rebuilt = new Link(id, link.Data.A, link.Data.B, link.Data.LengthMeters, link.Data.Lanes);
            await getters.ExpectAsync(AuditRule.Evidence, null, $"link {id}", network.Link(id), rebuilt);
        }
    }
}
