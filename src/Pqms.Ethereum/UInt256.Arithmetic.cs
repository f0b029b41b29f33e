using System.Numerics;

namespace Pqms.Ethereum;

/// <content>Operators and conversions.</content>
public readonly partial struct UInt256
{
    /// <summary>Widens; never fails.</summary>
    /// <param name="value">Any number.</param>
    public static implicit operator UInt256(ulong value) => new(0, value);

    /// <summary>Widens; never fails.</summary>
    /// <param name="value">Any number.</param>
    public static implicit operator UInt256(UInt128 value) => new(0, value);

    /// <summary>Narrows.</summary>
    /// <param name="value">At most 2^64 - 1.</param>
    /// <exception cref="OverflowException">The number is larger.</exception>
    public static explicit operator ulong(UInt256 value) => value._high == 0
        ? checked((ulong)value._low)
        : throw new OverflowException($"{value} does not fit 64 bits.");

    /// <summary>Narrows.</summary>
    /// <param name="value">At most 2^128 - 1.</param>
    /// <exception cref="OverflowException">The number is larger.</exception>
    public static explicit operator UInt128(UInt256 value) => value._high == 0
        ? value._low
        : throw new OverflowException($"{value} does not fit 128 bits.");

    /// <summary>Widens; never fails.</summary>
    /// <param name="value">Any number.</param>
    public static implicit operator BigInteger(UInt256 value)
    {
        Span<byte> bytes = stackalloc byte[Size];
        value.WriteBigEndian(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }

    /// <summary>Narrows.</summary>
    /// <param name="value">From 0 to 2^256 - 1.</param>
    /// <exception cref="OverflowException">The number is negative or larger.</exception>
    public static explicit operator UInt256(BigInteger value)
    {
        if (value.Sign < 0 || value.GetBitLength() > 256)
        {
            throw new OverflowException(
                $"A number of {value.GetBitLength()} bits, sign {value.Sign}, is outside [0, 2^256).");
        }

        Span<byte> bytes = stackalloc byte[Size];
        value.TryWriteBytes(bytes, out var written, isUnsigned: true, isBigEndian: true);
        return ReadBigEndian(bytes[..written]);
    }

    /// <summary>The sum.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    /// <exception cref="OverflowException">The sum is 2^256 or more.</exception>
    public static UInt256 operator +(UInt256 left, UInt256 right)
    {
        var low = unchecked(left._low + right._low);
        var carry = low < left._low ? UInt128.One : UInt128.Zero;
        return new UInt256(checked(left._high + right._high + carry), low);
    }

    /// <summary>The difference.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number, at most <paramref name="left"/>.</param>
    /// <exception cref="OverflowException">The difference is negative.</exception>
    public static UInt256 operator -(UInt256 left, UInt256 right)
    {
        if (left < right)
        {
            throw new OverflowException($"{left} - {right} is negative.");
        }

        var borrow = left._low < right._low ? UInt128.One : UInt128.Zero;
        return new UInt256(unchecked(left._high - right._high - borrow), unchecked(left._low - right._low));
    }

    /// <summary>The product.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    /// <exception cref="OverflowException">The product is 2^256 or more.</exception>
    public static UInt256 operator *(UInt256 left, UInt256 right)
    {
        if (left._high == 0 && right._high == 0 && left._low <= ulong.MaxValue && right._low <= ulong.MaxValue)
        {
            return unchecked(left._low * right._low);
        }

        return (UInt256)((BigInteger)left * right);
    }

    /// <summary>The quotient, rounded down.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number above zero.</param>
    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    public static UInt256 operator /(UInt256 left, UInt256 right) => left._high == 0 && right._high == 0
        ? left._low / right._low
        : (UInt256)BigInteger.Divide(left, right);

    /// <summary>The remainder.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number above zero.</param>
    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    public static UInt256 operator %(UInt256 left, UInt256 right) => left._high == 0 && right._high == 0
        ? left._low % right._low
        : (UInt256)BigInteger.Remainder(left, right);

    /// <summary>Whether both are the same number.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    public static bool operator ==(UInt256 left, UInt256 right) => left.Equals(right);

    /// <summary>Whether the numbers differ.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    public static bool operator !=(UInt256 left, UInt256 right) => !left.Equals(right);

    /// <summary>Whether the left is less.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    public static bool operator <(UInt256 left, UInt256 right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left is greater.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    public static bool operator >(UInt256 left, UInt256 right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left is less or equal.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    public static bool operator <=(UInt256 left, UInt256 right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left is greater or equal.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    public static bool operator >=(UInt256 left, UInt256 right) => left.CompareTo(right) >= 0;
}
