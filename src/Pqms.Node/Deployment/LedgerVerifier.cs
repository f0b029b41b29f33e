using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk;
using Pqms.Sdk.Contracts;

namespace Pqms.Node.Deployment;

/// <summary>Checks that what stands at the addresses is this ledger, wired as it should be.</summary>
internal sealed class LedgerVerifier(IEthereumRpc rpc, LedgerAddresses addresses)
{
    /// <summary>Compares every contract's code with what its creation gives.</summary>
    /// <remarks>
    /// The peers are immutable, so they are part of the code: equal code means equal wiring. The hub's code also holds
    /// its own address, which a simulated creation cannot know; there the length and the getters are compared.
    /// </remarks>
    /// <exception cref="RefusedException">Something else stands there.</exception>
    public async Task RequireWiringAsync(Address admin, LedgerSettings settings, CancellationToken cancel)
    {
        var creations = CreationOrder.Of(addresses, admin, settings);
        var places = addresses.ToArray();
        for (var i = 0; i < places.Length; i++)
        {
            var code = await rpc.GetCodeAsync(places[i], BlockTag.Latest, cancel);
            var expected = await rpc.CallAsync(
                new CallRequest(null, creations[i].InitCode, admin), BlockTag.Latest, cancel);
            var isHub = places[i] == addresses.ReportHub;
            if (isHub ? code.Length != expected.Length : !code.AsSpan().SequenceEqual(expected))
            {
                throw Other(creations[i], places[i]);
            }
        }

        var hub = new ReportHubContract(addresses.ReportHub);
        var signers = await hub.Signers().CallAsync(rpc, cancellationToken: cancel);
        var threshold = await hub.Threshold().CallAsync(rpc, cancellationToken: cancel);
        var challenge = await hub.ChallengeSeconds().CallAsync(rpc, cancellationToken: cancel);
        if (!signers.SequenceEqual(settings.Signers) || threshold != settings.Threshold
            || challenge != settings.ChallengeSeconds)
        {
            throw Other(creations[3], addresses.ReportHub);
        }
    }

    /// <summary>The last era that was started.</summary>
    /// <exception cref="RefusedException">No era was started.</exception>
    public async Task<ReportHubContract.EraStartedEvent> CurrentEraAsync(CancellationToken cancel)
    {
        var filter = new LogFilter(
            addresses.DeployedAtBlock, BlockTag.Latest, [addresses.ReportHub],
            [[ReportHubContract.EraStartedEvent.Topic0]]);
        ReportHubContract.EraStartedEvent? last = null;
        foreach (var log in await rpc.GetLogsAsync(filter, cancel))
        {
            if (ReportHubContract.EraStartedEvent.TryDecode(log, out var started))
            {
                last = started;
            }
        }

        return last ?? throw new RefusedException(
            ExitCode.Refused, "no era has been started", "a ledger with an era", "'pqms deploy' starts it");
    }

    private static RefusedException Other(ContractDeployment creation, Address place) => new(
        ExitCode.Refused,
        $"what stands at {place} is not this version's {creation.ContractName}, or is wired differently",
        "a ledger deployed by this version with these settings",
        "remove the deployment's record from the data folder to deploy anew, or use the version that deployed it");
}
