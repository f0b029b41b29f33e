using System.Text;
using Pqms.Ethereum.Crypto;

namespace Pqms.Ethereum.Abi;

/// <summary>Digests of typed data, as wallets and contracts sign and check them (EIP-712).</summary>
public static class Eip712
{
    private static readonly Bytes32 DomainType = TypeHash(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    /// <summary>The hash of a type's description.</summary>
    /// <param name="encodedType">For example "Mail(Person from,Person to,string contents)Person(string name,address
    /// wallet)".</param>
    /// <returns>The type hash, first word of every struct hash.</returns>
    public static Bytes32 TypeHash(string encodedType) => AbiSignature.Topic(encodedType);

    /// <summary>What binds a signature to one contract on one chain.</summary>
    /// <param name="name">The domain's name.</param>
    /// <param name="version">The domain's version.</param>
    /// <param name="chainId">The chain's id.</param>
    /// <param name="verifyingContract">The contract that will check the signature.</param>
    /// <returns>The hash of the domain with these four fields.</returns>
    public static Bytes32 DomainSeparator(string name, string version, ulong chainId, Address verifyingContract)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(version);
        var encoder = new AbiEncoder();
        encoder.WriteBytes32(DomainType);
        encoder.WriteBytes32(Keccak256.Hash(Encoding.UTF8.GetBytes(name)));
        encoder.WriteBytes32(Keccak256.Hash(Encoding.UTF8.GetBytes(version)));
        encoder.WriteUInt(chainId);
        encoder.WriteAddress(verifyingContract);
        return Keccak256.Hash(encoder.ToArray());
    }

    /// <summary>What is signed: keccak256(0x1901 ‖ domain separator ‖ struct hash).</summary>
    /// <param name="domainSeparator">The domain's hash.</param>
    /// <param name="structHash">
    /// keccak256(type hash ‖ members), where string and bytes stand as their hash and structs as their struct hash.
    /// </param>
    /// <returns>The digest.</returns>
    public static Bytes32 Digest(Bytes32 domainSeparator, Bytes32 structHash)
    {
        Span<byte> message = stackalloc byte[2 + (2 * Bytes32.Size)];
        message[0] = 0x19;
        message[1] = 0x01;
        domainSeparator.CopyTo(message[2..]);
        structHash.CopyTo(message[34..]);
        return Keccak256.Hash(message);
    }
}
