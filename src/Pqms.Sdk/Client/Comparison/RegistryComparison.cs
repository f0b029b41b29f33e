using Pqms.Sdk.Audit;

namespace Pqms.Sdk.Client;

/// <summary>Getters of RealmRegistry.</summary>
internal sealed class RegistryComparison(Getters getters, LedgerHistory history)
{
    public async Task CompareAsync()
    {
        var registry = getters.Contracts.Registry;
        var book = history.Parts.Registry;
        await getters.ExpectAsync(AuditRule.Evidence, null, "admin", registry.Admin(), book.Admin);
        await getters.ExpectAsync(AuditRule.Evidence, null, "pending admin", registry.PendingAdmin(),
            book.PendingAdmin);
        await getters.ExpectAsync(AuditRule.Evidence, null, "pause bits", registry.Paused(), book.PauseBits);
        foreach (var (id, entry) in book.Addresses)
        {
            await getters.ExpectAsync(
                AuditRule.Evidence, null, $"address {id}", registry.AddressOf(id), entry.Location);
            await getters.ExpectAsync(AuditRule.Evidence, null, $"version {id}", registry.VersionOf(id), entry.Version);
        }

        foreach (var (account, roles) in book.Roles)
        {
            await getters.ExpectAsync(
                AuditRule.Evidence, null, $"roles of {account}", registry.RolesOf(account), roles);
        }

        foreach (var (parameter, value) in book.Parameters)
        {
            await getters.ExpectAsync(
                AuditRule.Evidence, null, $"parameter {parameter}", registry.ParameterOf(parameter), value);
            var stored = await getters.ReadAsync(registry.Scheduled(parameter));
            var announced = book.Scheduled.GetValueOrDefault(parameter);
            getters.Expect(
                AuditRule.Evidence, null, $"change of {parameter}", (stored.Value, stored.ApplicableAt), announced);
        }
    }
}
