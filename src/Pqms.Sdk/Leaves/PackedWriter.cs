using System.Buffers.Binary;

namespace Pqms.Sdk.Leaves;

/// <summary>Appends fixed-width big-endian fields.</summary>
internal sealed class PackedWriter(int capacity)
{
    private byte[] _bytes = new byte[capacity];
    private int _length;

    public void UInt8(byte value) => Next(1)[0] = value;

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Next(4), value);

    public void UInt64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Next(8), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64BigEndian(Next(8), value);

    public void UInt128(UInt128 value) => BinaryPrimitives.WriteUInt128BigEndian(Next(16), value);

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Next(value.Length));

    public byte[] ToArray() => _bytes.AsSpan(0, _length).ToArray();

    private Span<byte> Next(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_length + count, _bytes.Length * 2));
        }

        var next = _bytes.AsSpan(_length, count);
        _length += count;
        return next;
    }
}
