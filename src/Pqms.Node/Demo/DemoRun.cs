using Pqms.Ethereum.Crypto;
using Pqms.Node.Hosting;
using Pqms.Sdk;

namespace Pqms.Node.Demo;

/// <summary>The first reservation: Berlin-München, 15 standing pairs, five takes, release, audit.</summary>
/// <remarks>It uses the public client and a client's key only: anybody could send the same transactions.</remarks>
public static class DemoRun
{
    /// <summary>Runs the reservation and its audit.</summary>
    /// <param name="place">Where.</param>
    /// <param name="key">The client's key; stays the caller's.</param>
    /// <param name="steps">Measures and says the steps.</param>
    /// <param name="cancel">Ends the run; the reservation stays as it is then.</param>
    /// <exception cref="RefusedException">The realm has no such pool, refuses, or does not answer in time.</exception>
    public static async Task<DemoResult> RunAsync(
        DemoPlace place, EthereumKey key, Steps steps, CancellationToken cancel)
    {
        var client = new DemoClient(place, key, steps, cancel);
        var pool = await client.FindPoolAsync();
        var id = await steps.RunAsync("request", "waiting for the request's block", () => client.RequestAsync(pool));
        await steps.RunAsync("grant", "waiting for the mesh's decision", () => client.GrantAsync(id));
        await steps.RunAsync("takes", "waiting for the takes' block", () => client.TakeAsync(id));
        await steps.RunAsync("delivery", "waiting for the report of the takes", () => client.DeliveredAsync(id));
        await steps.RunAsync("release", "waiting for the release's block", () => client.ReleaseAsync(id));
        await steps.RunAsync("settlement", "waiting for report and settlement", () => client.SettledAsync(id));
        var (audit, life) = await steps.RunAsync(
            "audit", "auditing", () => DemoAuditor.RunAsync(place, client.Ledger, id, steps, cancel));
        return await new DemoSummary(place, client.Ledger, life, pool).CollectAsync(audit, steps, cancel);
    }
}

/// <summary>A running realm, as a client sees it.</summary>
/// <param name="Session">The chain.</param>
/// <param name="Addresses">The ledger.</param>
/// <param name="ApiUrl">The node's HTTP API, for batch files.</param>
/// <param name="DataFolder">Where this user's ids are kept.</param>
/// <param name="Scenario">The era's scenario.</param>
public sealed record DemoPlace(
    ChainSession Session, LedgerAddresses Addresses, Uri ApiUrl, string DataFolder, ScenarioFile Scenario)
{
    /// <summary>The folder of this chain's files.</summary>
    public string ChainFolder =>
        Deployment.DeploymentRecord.ChainFolder(DataFolder, Session.ChainId, Session.Genesis);
}
