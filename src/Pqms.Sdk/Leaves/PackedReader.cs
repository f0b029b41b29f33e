using System.Buffers.Binary;

namespace Pqms.Sdk.Leaves;

/// <summary>Reads fixed-width big-endian fields; every shortage is a <see cref="FormatException"/> with its
/// offset.</summary>
internal ref struct PackedReader(ReadOnlySpan<byte> bytes, string what)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    public readonly int Remaining => _bytes.Length - _position;

    public byte UInt8() => Next(1)[0];

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Next(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64BigEndian(Next(8));

    public long Int64() => BinaryPrimitives.ReadInt64BigEndian(Next(8));

    public UInt128 UInt128() => BinaryPrimitives.ReadUInt128BigEndian(Next(16));

    public ReadOnlySpan<byte> Bytes(int count) => Next(count);

    public readonly void ExpectEnd()
    {
        if (Remaining != 0)
        {
            throw new FormatException($"{Remaining} bytes after the end of the {what}.");
        }
    }

    private ReadOnlySpan<byte> Next(int count)
    {
        if (count < 0 || count > Remaining)
        {
            throw new FormatException(
                $"The {what} ends at byte {_bytes.Length}; {count} more are needed at {_position}.");
        }

        var next = _bytes.Slice(_position, count);
        _position += count;
        return next;
    }
}
