using Pqms.Ethereum;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Crypto;
using Pqms.Sdk.Contracts;

namespace Pqms.Cli.Commands;

/// <summary>The EIP-712 digest of a request, computed here: whoever signs must not have to trust a node.</summary>
internal static class RequestDigest
{
    private const string TermsText =
        "Terms(uint32 pool,uint32 slots,uint64 start,uint64 duration,uint32 fidelityMinPpm,"
        + "uint64 coherenceMinMicroseconds,uint32 takesPerMinute,uint8 purpose,uint8 priority,uint128 maxCost,"
        + "uint64 deadline,address payer)";

    private static readonly Bytes32 TermsType = Eip712.TypeHash(TermsText);

    private static readonly Bytes32 RequestType =
        Eip712.TypeHash("Request(uint128 id,address client,uint256 nonce,Terms terms)" + TermsText);

    /// <summary>What a client signs.</summary>
    /// <param name="chainId">The chain.</param>
    /// <param name="allocation">The allocation contract.</param>
    /// <param name="id">The reservation.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="client">Who signs.</param>
    /// <param name="nonce">The client's next nonce.</param>
    public static Bytes32 Of(
        ulong chainId, Address allocation, UInt128 id, Terms terms, Address client, UInt256 nonce)
    {
        var inner = new AbiEncoder();
        inner.WriteBytes32(TermsType);
        terms.Encode(inner);
        var outer = new AbiEncoder();
        outer.WriteBytes32(RequestType);
        outer.WriteUInt(id);
        outer.WriteAddress(client);
        outer.WriteUInt(nonce);
        outer.WriteBytes32(Keccak256.Hash(inner.ToArray()));
        var domain = Eip712.DomainSeparator("PQMS ParticleAllocation", "1", chainId, allocation);
        return Eip712.Digest(domain, Keccak256.Hash(outer.ToArray()));
    }
}
