using System.Buffers.Binary;

namespace Pqms.Mesh.Engine;

/// <summary>One field or item of a state, in the direction of the exchange.</summary>
/// <typeparam name="T">Type of the item.</typeparam>
/// <param name="state">The exchange.</param>
/// <param name="item">Written, or set from what is read.</param>
internal delegate void ExchangeItem<T>(StateExchange state, ref T item);

/// <summary>Writes a mesh state as canonical bytes, or reads it back: one method serves both directions.</summary>
/// <remarks>
/// Big-endian without padding, so equal states have equal bytes. Reading is strict: a truth value is 0 or 1, a count
/// lies within its bound, NaN is no number, marks agree, nothing is left at the end; anything else throws a
/// <see cref="StateFormatException"/>. Memory follows the bytes that are really there, not the counts they claim.
/// </remarks>
internal sealed class StateExchange
{
    private const int FirstCapacity = 4096;
    private byte[] _bytes;
    private int _at;

    private StateExchange(byte[] bytes, bool isReading)
    {
        _bytes = bytes;
        IsReading = isReading;
    }

    /// <summary>Whether fields are set from bytes.</summary>
    public bool IsReading { get; }

    /// <summary>An exchange that collects what it is given.</summary>
    public static StateExchange Writer() => new(new byte[FirstCapacity], isReading: false);

    /// <summary>An exchange that sets what it is given from bytes.</summary>
    public static StateExchange Reader(ReadOnlySpan<byte> bytes) => new(bytes.ToArray(), isReading: true);

    /// <summary>What was written so far.</summary>
    public byte[] ToBytes() => IsReading
        ? throw new InvalidOperationException("An exchange that reads has no bytes to hand out.")
        : _bytes.AsSpan(0, _at).ToArray();

    /// <summary>Ends a reading; throws when bytes are left.</summary>
    public void End()
    {
        if (IsReading && _at != _bytes.Length)
        {
            throw new StateFormatException($"{_bytes.Length - _at} bytes follow the state's end.");
        }
    }

    /// <summary>A fixed number that says what follows, so that a shifted reading stops at once.</summary>
    public void Mark(uint expected)
    {
        uint found = expected;
        Value(ref found);
        if (found != expected)
        {
            throw new StateFormatException($"Mark {expected:x8} is expected at byte {_at - sizeof(uint)}.");
        }
    }

    /// <summary>A signed number of 64 bits.</summary>
    public void Value(ref long value)
    {
        Span<byte> bytes = Next(sizeof(long));
        if (IsReading)
        {
            value = BinaryPrimitives.ReadInt64BigEndian(bytes);
            return;
        }

        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
    }

    /// <summary>An unsigned number of 64 bits.</summary>
    public void Value(ref ulong value)
    {
        Span<byte> bytes = Next(sizeof(ulong));
        if (IsReading)
        {
            value = BinaryPrimitives.ReadUInt64BigEndian(bytes);
            return;
        }

        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
    }

    /// <summary>A signed number of 32 bits.</summary>
    public void Value(ref int value)
    {
        Span<byte> bytes = Next(sizeof(int));
        if (IsReading)
        {
            value = BinaryPrimitives.ReadInt32BigEndian(bytes);
            return;
        }

        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
    }

    /// <summary>An unsigned number of 32 bits.</summary>
    public void Value(ref uint value)
    {
        Span<byte> bytes = Next(sizeof(uint));
        if (IsReading)
        {
            value = BinaryPrimitives.ReadUInt32BigEndian(bytes);
            return;
        }

        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
    }

    /// <summary>A number of 128 bits.</summary>
    public void Value(ref UInt128 value)
    {
        Span<byte> bytes = Next(2 * sizeof(ulong));
        if (IsReading)
        {
            value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
            return;
        }

        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
    }

    /// <summary>The bits of a double; infinite is allowed, NaN is not.</summary>
    public void Value(ref double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        Value(ref bits);
        value = BitConverter.Int64BitsToDouble(bits);
        if (!(value >= double.NegativeInfinity))
        {
            throw new StateFormatException($"NaN at byte {_at - sizeof(long)}.");
        }
    }

    /// <summary>A truth value as one byte, 0 or 1.</summary>
    public void Value(ref bool value)
    {
        Span<byte> bytes = Next(1);
        if (!IsReading)
        {
            bytes[0] = value ? (byte)1 : (byte)0;
            return;
        }

        value = bytes[0] switch
        {
            0 => false,
            1 => true,
            _ => throw new StateFormatException($"{bytes[0]} at byte {_at - 1} is no truth value (0 or 1)."),
        };
    }

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>, as of an enumeration.</summary>
    public void Value(ref int value, int least, int most)
    {
        Value(ref value);
        if (value < least || value > most)
        {
            throw new StateFormatException($"{value} at byte {_at - sizeof(int)} is outside [{least}, {most}].");
        }
    }

    /// <summary>A count and as many bytes, at most <paramref name="most"/>.</summary>
    public void Value(ref byte[] value, int most)
    {
        int count = Count(value.Length, most);
        Span<byte> bytes = Next(count);
        if (IsReading)
        {
            value = bytes.ToArray();
            return;
        }

        value.CopyTo(bytes);
    }

    /// <summary>Items of an array whose length the reader knows; another count is refused.</summary>
    /// <typeparam name="T">Type of the items.</typeparam>
    public void Items<T>(T[] items, ExchangeItem<T> exchange)
    {
        int count = Count(items.Length, items.Length);
        if (count != items.Length)
        {
            throw new StateFormatException($"{count} items where {items.Length} are expected, before byte {_at}.");
        }

        for (int i = 0; i < items.Length; i++)
        {
            exchange(this, ref items[i]);
        }
    }

    /// <summary>A list of at most <paramref name="most"/> items, in its order.</summary>
    /// <typeparam name="T">Type of the items.</typeparam>
    public void Items<T>(List<T> items, int most, ExchangeItem<T> exchange)
    {
        int count = Count(items.Count, most);
        if (IsReading)
        {
            items.Clear();
        }

        for (int i = 0; i < count; i++)
        {
            T item = IsReading ? default! : items[i];
            exchange(this, ref item);
            if (IsReading)
            {
                items.Add(item);
            }
        }
    }

    /// <summary>A queue of at most <paramref name="most"/> items, the head first.</summary>
    /// <typeparam name="T">Type of the items.</typeparam>
    public void Items<T>(Queue<T> items, int most, ExchangeItem<T> exchange)
    {
        List<T> list = IsReading ? [] : [.. items];
        Items(list, most, exchange);
        if (IsReading)
        {
            items.Clear();
            list.ForEach(items.Enqueue);
        }
    }

    /// <summary>A count from 0 to <paramref name="most"/>; a writer beyond its own bound is a bug.</summary>
    /// <returns>The count given, or the one read.</returns>
    public int Count(int count, int most)
    {
        if (!IsReading && count > most)
        {
            throw new InvalidOperationException($"{count} items are more than the bound of {most}.");
        }

        Value(ref count, 0, most);
        return count;
    }

    private Span<byte> Next(int count)
    {
        if (IsReading && count > _bytes.Length - _at)
        {
            throw new StateFormatException($"The state ends at byte {_bytes.Length}; {count} more are needed.");
        }

        if (!IsReading && count > _bytes.Length - _at)
        {
            int doubled = 2 * _bytes.Length;
            Array.Resize(ref _bytes, doubled > _at + count ? doubled : _at + count);
        }

        Span<byte> next = _bytes.AsSpan(_at, count);
        _at += count;
        return next;
    }
}
