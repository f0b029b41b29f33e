using System.Buffers.Binary;
using Pqms.Ethereum;

namespace Pqms.Sdk.Client;

/// <summary>Indexed values as topics, for log filters.</summary>
internal static class Topics
{
    public static Bytes32 Of(Address address)
    {
        Span<byte> word = stackalloc byte[32];
        word.Clear();
        address.CopyTo(word[12..]);
        return Bytes32.FromBytes(word);
    }

    public static Bytes32 Of(UInt128 number)
    {
        Span<byte> word = stackalloc byte[32];
        word.Clear();
        BinaryPrimitives.WriteUInt128BigEndian(word[16..], number);
        return Bytes32.FromBytes(word);
    }
}
