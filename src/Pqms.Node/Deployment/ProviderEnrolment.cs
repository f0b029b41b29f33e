using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk;
using Pqms.Sdk.Contracts;

namespace Pqms.Node.Deployment;

/// <summary>The pools' provider on the ledger: its bond and its registration.</summary>
internal sealed class ProviderEnrolment(IEthereumRpc rpc, LedgerAddresses addresses, LedgerSettings settings)
{
    /// <summary>What the provider has to send until it is registered: bond first, then the registration.</summary>
    /// <remarks>An active provider is left as it is, whatever its bond: penalties may have used it.</remarks>
    /// <param name="provider">The provider's account.</param>
    /// <param name="cancel">Ends the look-up.</param>
    /// <returns>Calls with the wei to send along; empty when nothing is missing.</returns>
    public async Task<IReadOnlyList<(ContractCall Call, UInt256 Value)>> MissingAsync(
        Address provider, CancellationToken cancel)
    {
        var inventory = new ParticleInventoryContract(addresses.ParticleInventory);
        if ((await inventory.Provider(provider).CallAsync(rpc, cancellationToken: cancel)).Active)
        {
            return [];
        }

        var treasury = new TreasuryContract(addresses.Treasury);
        var bond = await treasury.BondOf(provider).CallAsync(rpc, cancellationToken: cancel);
        var calls = new List<(ContractCall Call, UInt256 Value)>();
        if (bond.Free < settings.ProviderBondWei)
        {
            calls.Add((treasury.Bond(), settings.ProviderBondWei - bond.Free));
        }

        calls.Add((inventory.RegisterProvider(settings.ProviderName), default));
        return calls;
    }
}
