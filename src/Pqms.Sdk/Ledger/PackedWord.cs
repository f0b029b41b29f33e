using System.Buffers.Binary;
using Pqms.Ethereum;

namespace Pqms.Sdk.Ledger;

/// <summary>Numbers that the ledger packs into one word, the first lowest.</summary>
internal static class PackedWord
{
    private const int HalfBits = 128;

    /// <summary>The number in some bits of a word.</summary>
    /// <param name="word">The word.</param>
    /// <param name="shift">Its lowest bit, 0 to 255.</param>
    /// <param name="bits">How many bits it has, 1 to 64.</param>
    public static ulong Field(UInt256 word, int shift, int bits)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        word.WriteBigEndian(bytes);
        var high = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        var low = BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]);
        var shifted = shift switch
        {
            0 => low,
            >= HalfBits => high >> (shift - HalfBits),
            _ => (low >> shift) | (high << (HalfBits - shift)),
        };
        return (ulong)(shifted & ((UInt128.One << bits) - 1));
    }
}
