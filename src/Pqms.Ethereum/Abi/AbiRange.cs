namespace Pqms.Ethereum.Abi;

/// <summary>The widths of numbers and what they hold, for checks and for messages.</summary>
internal static class AbiRange
{
    public const int MaxBits = 256;

    public static void CheckBits(int bits)
    {
        if (bits is < 8 or > MaxBits || bits % 8 != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(bits), bits, "Allowed is a multiple of 8 from 8 to 256.");
        }
    }

    public static string OfUInt(int bits) => $"0 to 2^{bits} - 1";

    public static string OfInt(int bits) => $"-2^{bits - 1} to 2^{bits - 1} - 1";

    public static ArgumentOutOfRangeException Outside(UInt256 value, int bits) =>
        new(nameof(value), value, $"A uint{bits} holds {OfUInt(bits)}.");

    public static ArgumentOutOfRangeException Outside(Int256 value, int bits) =>
        new(nameof(value), value, $"An int{bits} holds {OfInt(bits)}.");
}
