using Pqms.Sdk.Audit;
using Pqms.Sdk.Contracts;

namespace Pqms.Sdk.Client;

/// <summary>Getters of ParticleInventory.</summary>
internal sealed class InventoryComparison(Getters getters, LedgerHistory history)
{
    public async Task CompareAsync()
    {
        var inventory = getters.Contracts.Inventory;
        var book = history.Parts.Inventory;
        await getters.ExpectAsync(AuditRule.Evidence, null, "kinds", inventory.KindCount(), (uint)book.Kinds.Count);
        foreach (var (id, kind) in book.Kinds)
        {
            await getters.ExpectAsync(AuditRule.Evidence, null, $"kind {id}", inventory.Kind(id), kind);
            await getters.ExpectAsync(
                AuditRule.Evidence, null, $"category of kind {id}", inventory.CategoryOf(id), kind.Category);
        }

        foreach (var (address, provider) in book.Providers)
        {
            var stored = await getters.ReadAsync(inventory.Provider(address));
            getters.Expect(AuditRule.Evidence, null, $"provider {address}", (stored.Name, stored.Active), provider);
        }

        foreach (var (id, lot) in book.Lots)
        {
            var rebuilt = new Lot(lot.Terms, lot.Provider, lot.Status, lot.Order, lot.Evidence);
            await getters.ExpectAsync(AuditRule.Transition, id, "lot", inventory.Lot(id), rebuilt);
        }

        foreach (var (id, order) in book.Orders)
        {
            var rebuilt = new Order(
                order.Terms with { Payer = order.Payer }, order.Buyer, order.Provider, order.Status, order.AcceptedAt);
            await getters.ExpectAsync(AuditRule.Transition, id, "order", inventory.Order(id), rebuilt);
        }

        foreach (var (pool, reservoir) in book.Reservoirs)
        {
            await getters.ExpectAsync(
                AuditRule.Transition, null, $"reservoir {pool}", inventory.Reservoir(pool), reservoir);
        }

        foreach (var ((kind, hour), asked) in book.Hours)
        {
            await getters.ExpectAsync(
                AuditRule.Transition, null, $"hour {hour} of kind {kind}", inventory.HourCount(kind, hour), asked);
        }
    }
}
