using System.Buffers.Binary;

namespace Pqms.Ethereum.Crypto;

/// <summary>Numbers modulo n, the order of secp256k1, as 32 big-endian bytes. No branch depends on a number's
/// bits.</summary>
internal static class Scalars
{
    /// <summary>Bytes in a number.</summary>
    public const int Size = 32;

    private const int Words = 4;

    // n and floor(n / 2), most significant word first. Source: SEC 2, section 2.4.1.
    private static ReadOnlySpan<ulong> Order =>
        [0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFE, 0xBAAEDCE6AF48A03B, 0xBFD25E8CD0364141];

    private static ReadOnlySpan<ulong> HalfOrder =>
        [0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0x5D576E7357A4501D, 0xDFE92F46681B20A0];

    /// <summary>Whether the number lies in [1, n).</summary>
    public static bool IsInRange(ReadOnlySpan<byte> number)
    {
        Span<ulong> words = stackalloc ulong[Words];
        Read(number, words);
        var isInRange = (words[0] | words[1] | words[2] | words[3]) != 0 && Subtract(words, Order) != 0;
        words.Clear();
        return isInRange;
    }

    /// <summary>Whether the number lies above n/2: the s that EIP-2 refuses.</summary>
    public static bool IsHigh(ReadOnlySpan<byte> number)
    {
        Span<ulong> words = stackalloc ulong[Words];
        Span<ulong> half = stackalloc ulong[Words];
        Read(number, words);
        HalfOrder.CopyTo(half);
        return Subtract(half, words) != 0;
    }

    /// <summary>Writes the number modulo n; any 32 bytes are below 2n.</summary>
    public static void Reduce(ReadOnlySpan<byte> number, Span<byte> result)
    {
        Span<ulong> words = stackalloc ulong[Words];
        Read(number, words);
        SubtractOrderOnce(words, carry: 0);
        Write(words, result);
    }

    /// <summary>Writes a + b modulo n.</summary>
    /// <param name="a">Below n.</param>
    /// <param name="b">Below n.</param>
    /// <param name="sum">May be one of the two.</param>
    public static void Add(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, Span<byte> sum)
    {
        Span<ulong> words = stackalloc ulong[Words];
        Span<ulong> other = stackalloc ulong[Words];
        Read(a, words);
        Read(b, other);
        ulong carry = 0;
        for (var i = Words - 1; i >= 0; i--)
        {
            var total = (UInt128)words[i] + other[i] + carry;
            words[i] = unchecked((ulong)total);
            carry = (ulong)(total >> 64);
        }

        SubtractOrderOnce(words, carry);
        Write(words, sum);
        other.Clear();
    }

    // Takes n away where carry·2^256 + words is at least n.
    private static void SubtractOrderOnce(Span<ulong> words, ulong carry)
    {
        Span<ulong> less = stackalloc ulong[Words];
        words.CopyTo(less);
        var borrow = Subtract(less, Order);

        // All ones when the difference is the result: no borrow, or one that the carry covers.
        var mask = unchecked(0UL - (carry | (borrow ^ 1)));
        for (var i = 0; i < Words; i++)
        {
            words[i] = (less[i] & mask) | (words[i] & ~mask);
        }

        less.Clear();
    }

    // words -= other; the borrow is 1 when other was greater.
    private static ulong Subtract(Span<ulong> words, ReadOnlySpan<ulong> other)
    {
        ulong borrow = 0;
        for (var i = Words - 1; i >= 0; i--)
        {
            var difference = unchecked((UInt128)words[i] - other[i] - borrow);
            words[i] = unchecked((ulong)difference);
            borrow = unchecked((ulong)(difference >> 64)) & 1;
        }

        return borrow;
    }

    private static void Read(ReadOnlySpan<byte> number, Span<ulong> words)
    {
        for (var i = 0; i < Words; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt64BigEndian(number[(i * sizeof(ulong))..]);
        }
    }

    private static void Write(Span<ulong> words, Span<byte> result)
    {
        for (var i = 0; i < Words; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(result[(i * sizeof(ulong))..], words[i]);
        }

        words.Clear();
    }
}
