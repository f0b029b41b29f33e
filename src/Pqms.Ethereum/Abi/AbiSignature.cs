using System.Buffers.Binary;
using System.Text;
using Pqms.Ethereum.Crypto;

namespace Pqms.Ethereum.Abi;

/// <summary>The numbers that stand for a function, an error or an event on the wire.</summary>
public static class AbiSignature
{
    /// <summary>The first four bytes of the signature's hash.</summary>
    /// <param name="signature">Name and types without blanks, for example "transfer(address,uint256)".</param>
    /// <returns>The selector, most significant byte first.</returns>
    public static uint Selector(string signature)
    {
        Span<byte> hash = stackalloc byte[Keccak256.Size];
        Keccak256.Hash(Encoding.UTF8.GetBytes(signature), hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash);
    }

    /// <summary>The whole hash of the signature, an event's first topic.</summary>
    /// <param name="signature">Name and types without blanks, for example "Transfer(address,address,uint256)".</param>
    /// <returns>The topic.</returns>
    public static Bytes32 Topic(string signature) => Keccak256.Hash(Encoding.UTF8.GetBytes(signature));
}
