using Pqms.Ethereum;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Crypto;

namespace Pqms.Oracle.Settlement;

/// <summary>What signers sign: EIP-712 over report hash, hub configuration and anchor.</summary>
internal sealed class AttestationDigest
{
    private const string DomainName = "PQMS ReportHub";
    private const string DomainVersion = "1";

    private static readonly Bytes32 TypeHash = Keccak256.Hash(
        "Attestation(bytes32 reportHash,bytes32 configDigest,uint64 anchorBlock,bytes32 anchorHash)"u8);

    private readonly Bytes32 _domain;

    /// <summary>The digests of one hub.</summary>
    /// <param name="chainId">The chain.</param>
    /// <param name="hub">The hub's address.</param>
    /// <param name="configCount">Number of the signers' configuration, from 1.</param>
    /// <param name="signers">The hub's signers, ascending.</param>
    /// <param name="threshold">Signatures that a report needs.</param>
    public AttestationDigest(
        ulong chainId, Address hub, ulong configCount, IReadOnlyList<Address> signers, byte threshold)
    {
        _domain = Eip712.DomainSeparator(DomainName, DomainVersion, chainId, hub);
        var encoder = new AbiEncoder();
        encoder.WriteUInt(chainId);
        encoder.WriteAddress(hub);
        encoder.WriteUInt(configCount);
        encoder.WriteArray(signers, elementIsDynamic: false, static (e, signer) => e.WriteAddress(signer));
        encoder.WriteUInt((ulong)threshold);
        ConfigDigest = Keccak256.Hash(encoder.ToArray());
    }

    /// <summary>Digest of chain, hub and signers; no report survives a fork, another deployment or a
    /// rotation.</summary>
    public Bytes32 ConfigDigest { get; }

    /// <summary>The digest to sign.</summary>
    /// <param name="reportHash">The report.</param>
    /// <param name="anchorBlock">A recent block above the report's last one; 0 for none.</param>
    /// <param name="anchorHash">Its hash; zero for none.</param>
    public Bytes32 Of(Bytes32 reportHash, ulong anchorBlock, Bytes32 anchorHash)
    {
        var encoder = new AbiEncoder();
        encoder.WriteBytes32(TypeHash);
        encoder.WriteBytes32(reportHash);
        encoder.WriteBytes32(ConfigDigest);
        encoder.WriteUInt(anchorBlock);
        encoder.WriteBytes32(anchorHash);
        return Eip712.Digest(_domain, Keccak256.Hash(encoder.ToArray()));
    }
}
