using System.Buffers.Binary;

namespace Pqms.Ethereum.Rlp;

/// <summary>Writes RLP, the encoding of transactions and headers.</summary>
/// <remarks>Source: Ethereum yellow paper, appendix B. Items are appended in order; a list is a writer of its
/// own.</remarks>
public sealed class RlpWriter
{
    private byte[] _buffer = new byte[256];

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>Appends a string of bytes.</summary>
    /// <param name="value">Any number of bytes.</param>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        if (value.Length == 1 && value[0] < 0x80)
        {
            Append(value);
            return;
        }

        WritePrefix(0x80, value.Length);
        Append(value);
    }

    /// <summary>Appends a whole number: its bytes without leading zeros; zero is the empty string.</summary>
    /// <param name="value">The number.</param>
    public void WriteUInt(UInt256 value)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        value.WriteBigEndian(bytes);
        WriteBytes(bytes.TrimStart((byte)0));
    }

    /// <summary>Appends an address as 20 bytes, or the empty string for none.</summary>
    /// <param name="value">The address; null for none.</param>
    public void WriteAddress(Address? value)
    {
        if (value is not { } address)
        {
            WriteBytes([]);
            return;
        }

        Span<byte> bytes = stackalloc byte[Address.Size];
        address.CopyTo(bytes);
        WriteBytes(bytes);
    }

    /// <summary>Appends a list.</summary>
    /// <param name="items">The list's items.</param>
    public void WriteList(RlpWriter items)
    {
        ArgumentNullException.ThrowIfNull(items);
        WritePrefix(0xc0, items.Length);
        Append(items._buffer.AsSpan(0, items.Length));
    }

    /// <summary>What was written, newly allocated.</summary>
    /// <returns>The items one after another, without a list round them.</returns>
    public byte[] ToArray() => _buffer.AsSpan(0, Length).ToArray();

    /// <summary>What was written, as one list.</summary>
    /// <param name="prefix">Bytes before the list, for example a transaction's type.</param>
    /// <returns>The prefix and the list.</returns>
    public byte[] ToListArray(params ReadOnlySpan<byte> prefix)
    {
        var list = new RlpWriter();
        list.Append(prefix);
        list.WriteList(this);
        return list.ToArray();
    }

    private void WritePrefix(int offset, int length)
    {
        if (length <= 55)
        {
            Append([(byte)(offset + length)]);
            return;
        }

        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        var significant = bytes.TrimStart((byte)0);
        Append([(byte)(offset + 55 + significant.Length)]);
        Append(significant);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_buffer.Length - Length < bytes.Length)
        {
            Array.Resize(ref _buffer, Math.Max(Length + bytes.Length, _buffer.Length * 2));
        }

        bytes.CopyTo(_buffer.AsSpan(Length));
        Length += bytes.Length;
    }
}
