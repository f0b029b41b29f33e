using Pqms.Ethereum;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;
using Pqms.Sdk;
using Pqms.Sdk.Contracts;

namespace Pqms.Node.Deployment;

/// <summary>Checks that what stands at the addresses is this ledger, wired as it should be.</summary>
internal sealed class LedgerVerifier(IEthereumRpc rpc, LedgerAddresses addresses)
{
    /// <summary>Compares every contract's code with what its creation gives.</summary>
    /// <remarks>
    /// The peers are immutable, so they are part of the code: equal code means equal wiring. Hub and allocation also
    /// hold their own address and signing domain, which are put in place of those of the simulated creation first.
    /// The signers are storage, and compared until they were rotated.
    /// </remarks>
    /// <exception cref="RefusedException">Something else stands there.</exception>
    public async Task RequireWiringAsync(Address admin, LedgerSettings settings, CancellationToken cancel)
    {
        var creations = CreationOrder.Of(addresses, admin, settings);
        var places = CreationOrder.Places(addresses);
        var chainId = await rpc.ChainIdAsync(cancel);
        for (var i = 0; i < places.Count; i++)
        {
            var code = await rpc.GetCodeAsync(places[i], BlockTag.Latest, cancel);
            var expected = await rpc.CallAsync(
                new CallRequest(null, creations[i].InitCode, admin), BlockTag.Latest, cancel);
            if (Domain(places[i]) is { } domain)
            {
                code = Neutral(code, domain, chainId, places[i]);
                expected = Neutral(expected, domain, chainId, await SimulatedAddressAsync(admin, cancel));
            }

            if (!code.AsSpan().SequenceEqual(expected))
            {
                throw Other(creations[i], places[i]);
            }
        }

        await RequireSignersAsync(settings, creations[3], cancel);
    }

    private async Task RequireSignersAsync(
        LedgerSettings settings, ContractDeployment creation, CancellationToken cancel)
    {
        var hub = new ReportHubContract(addresses.ReportHub);
        if (await hub.ConfigCount().CallAsync(rpc, cancellationToken: cancel) > 1)
        {
            return;
        }

        var signers = await hub.Signers().CallAsync(rpc, cancellationToken: cancel);
        var threshold = await hub.Threshold().CallAsync(rpc, cancellationToken: cancel);
        if (!signers.SequenceEqual(settings.Signers) || threshold != settings.Threshold)
        {
            throw Other(creation, addresses.ReportHub);
        }
    }

    // The name of the EIP-712 domain that a contract signs with; null for those that do not.
    private string? Domain(Address place) =>
        place == addresses.ReportHub ? "PQMS ReportHub"
        : place == addresses.ParticleAllocation ? "PQMS ParticleAllocation"
        : null;

    // A call that creates runs as the admin's next transaction would.
    private async Task<Address> SimulatedAddressAsync(Address admin, CancellationToken cancel) =>
        TransactionSender.PredictContractAddress(
            admin, await rpc.GetTransactionCountAsync(admin, BlockTag.Latest, cancel));

    // The code with its own address and signing domain blanked out.
    private static byte[] Neutral(byte[] code, string domain, ulong chainId, Address self)
    {
        var neutral = (byte[])code.Clone();
        var separator = new byte[Bytes32.Size];
        Eip712.DomainSeparator(domain, "1", chainId, self).CopyTo(separator);
        var address = new byte[Address.Size];
        self.CopyTo(address);
        Blank(neutral, separator);
        Blank(neutral, address);
        return neutral;
    }

    private static void Blank(Span<byte> code, ReadOnlySpan<byte> what)
    {
        while (code.IndexOf(what) is >= 0 and var at)
        {
            code.Slice(at, what.Length).Clear();
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
