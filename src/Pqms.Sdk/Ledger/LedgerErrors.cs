using Pqms.Ethereum.Contracts;
using Pqms.Sdk.Contracts;

namespace Pqms.Sdk.Ledger;

/// <summary>Names the ledger's custom errors; a call of one contract may revert with another's.</summary>
public static class LedgerErrors
{
    private static readonly ErrorDecoder[] Decoders =
    [
        ParticleAllocationContract.DecodeError,
        ReportHubContract.DecodeError,
        TreasuryContract.DecodeError,
        EntanglementNetworkContract.DecodeError,
        RealmRegistryContract.DecodeError,
        ParticleInventoryContract.DecodeError,
    ];

    /// <summary>The error of any of the six contracts, by its selector.</summary>
    /// <param name="revertData">Selector and values.</param>
    /// <returns>The error with its values, or null when it is none of theirs.</returns>
    public static ContractError? Decode(ReadOnlySpan<byte> revertData)
    {
        foreach (var decoder in Decoders)
        {
            if (decoder(revertData) is { } error)
            {
                return error;
            }
        }

        return null;
    }
}
