using Pqms.Ethereum;
using Pqms.Sdk.Audit;

namespace Pqms.Sdk.Client;

/// <summary>Getters of RealmRegistry.</summary>
internal sealed class RegistryComparison(Getters getters, LedgerHistory history)
{
    public async Task CompareAsync(ulong timeSeconds)
    {
        var registry = getters.Contracts.Registry;
        var book = history.Parts.Registry;
        await getters.ExpectAsync(AuditRule.Evidence, null, "admin", registry.Admin(), book.Admin);
        await getters.ExpectAsync(AuditRule.Evidence, null, "pending admin", registry.PendingAdmin(),
            book.PendingAdmin);
        await getters.ExpectAsync(AuditRule.Evidence, null, "pause bits", registry.Paused(), book.PauseBits);
        await RulesAsync(timeSeconds);
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
            await getters.ExpectAsync(
                AuditRule.Evidence, null, $"any role of {account}", registry.HasRole(account, roles),
                roles != UInt256.Zero);
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

    private async Task RulesAsync(ulong timeSeconds)
    {
        var registry = getters.Contracts.Registry;
        var book = history.Parts.Registry;
        var paused = book.ReportsPausedAt(timeSeconds);
        var state = await getters.ReadAsync(registry.PauseState());
        getters.Expect(
            AuditRule.Evidence, null, "pause", (state.Bits, state.ReportsPausedSeconds), (book.PauseBits, paused));
        var rules = await getters.ReadAsync(registry.BookingRules());
        getters.Expect(
            AuditRule.Evidence,
            null,
            "rules of bookings",
            (rules.Bits, rules.ReportsPausedSeconds, rules.ClientSlots, rules.ClientReservations, rules.MinSlotSeconds),
            (book.PauseBits, paused, Parameter(0), Parameter(1), Parameter(2)));
    }

    private uint Parameter(byte number) => history.Parts.Registry.Parameters.GetValueOrDefault(number);
}
