using Pqms.Sdk.Audit;

namespace Pqms.Sdk.Client;

/// <summary>Compares the ledger rebuilt from logs with what the contracts' getters say after the same block.</summary>
/// <remarks>A difference means a write without a log, or a log without its write: the ledger promises
/// neither.</remarks>
public static class StateComparison
{
    /// <summary>Views that are not compared, as "Contract.function", each with the reason.</summary>
    public static IReadOnlyDictionary<string, string> NotCompared { get; } = new Dictionary<string, string>
    {
        ["ParticleAllocation.decisionSeconds"] = "set at the deployment for good, in no log",
        ["ParticleAllocation.graceSeconds"] = "set at the deployment for good, in no log",
        ["ParticleAllocation.eip712Domain"] = "a constant of the contract",
        ["ParticleAllocation.requestDigest"] = "a function of its arguments alone",
        ["ParticleAllocation.quote"] = "the network's quote after checks of its arguments",
        ["ParticleInventory.graceSeconds"] = "set at the deployment for good, in no log",
        ["ParticleInventory.minBond"] = "set at the deployment for good, in no log",
        ["RealmRegistry.parameterDelaySeconds"] = "set at the deployment for good, in no log",
        ["ReportHub.rotationDelaySeconds"] = "set at the deployment for good, in no log",
        ["ReportHub.eip712Domain"] = "a constant of the contract",
        ["ReportHub.attestationDigest"] = "a function of its arguments alone",
        ["ReportHub.verifyEvent"] = "a function of its arguments and the digest of a report, which is compared",
        ["ReportHub.verifyOlder"] = "a function of its arguments and the head, which is compared",
        ["Treasury.unbondingSeconds"] = "a constant of the contract",
    };

    /// <summary>Asks every getter that the history has an answer for.</summary>
    /// <param name="client">The ledger.</param>
    /// <param name="history">Rebuilt from all logs up to the block.</param>
    /// <param name="block">The block.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Every difference; empty when logs and state agree.</returns>
    public static async Task<IReadOnlyList<AuditFault>> CompareAsync(
        LedgerClient client, LedgerHistory history, ulong block, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(history);
        var getters = new Getters(client, block, cancellationToken);
        var now = await client.MomentAsync(block, cancellationToken);
        await new AllocationComparison(getters, history).CompareAsync(now.TimeSeconds);
        await new MoneyComparison(getters, history).CompareAsync();
        await new NetworkComparison(getters, history).CompareAsync();
        await new PriceComparison(getters, history).CompareAsync(now.TimeSeconds);
        await new HubComparison(getters, history).CompareAsync(now.TimeSeconds);
        await new InventoryComparison(getters, history).CompareAsync();
        await new RegistryComparison(getters, history).CompareAsync(now.TimeSeconds);
        return getters.Faults;
    }
}
