using System.Buffers.Binary;
using Pqms.Ethereum;

namespace Pqms.Sdk.Client;

/// <summary>Keys of reservations' paths in the network's logs.</summary>
internal static class PathKeys
{
    /// <summary>The reservation's id, right-aligned in a word.</summary>
    public static Bytes32 Of(UInt128 id)
    {
        Span<byte> word = stackalloc byte[32];
        BinaryPrimitives.WriteUInt128BigEndian(word[16..], id);
        return Bytes32.FromBytes(word);
    }
}
