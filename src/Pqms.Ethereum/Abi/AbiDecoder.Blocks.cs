using System.Buffers.Binary;
using System.Text;

namespace Pqms.Ethereum.Abi;

/// <content>Values behind an offset: bytes, text, dynamic tuples and arrays.</content>
public ref partial struct AbiDecoder
{
    /// <summary>Reads a bytes value through its offset.</summary>
    /// <returns>The bytes, newly allocated.</returns>
    /// <exception cref="AbiException">Offset, length or padding is wrong.</exception>
    public byte[] ReadBytes() => FollowBytes("bytes").ToArray();

    /// <summary>Reads a string through its offset.</summary>
    /// <returns>The text.</returns>
    /// <exception cref="AbiException">Offset, length or padding is wrong, or the bytes are no UTF-8.</exception>
    public string ReadString()
    {
        var place = _position;
        var bytes = FollowBytes("string");
        try
        {
            return Utf8Strict.Encoding.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw new AbiException($"string at byte {_origin + place}: the bytes are no UTF-8.", exception);
        }
    }

    /// <summary>Follows an offset to a dynamic tuple, or to a fixed array of dynamic elements.</summary>
    /// <param name="headWords">Words that the block's members have in its head at least, which must be there. The
    /// default is 1.</param>
    /// <returns>The decoder of that block.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="headWords"/> is below 1.</exception>
    /// <exception cref="AbiException">The offset is no whole word inside this block, or the block is too
    /// short.</exception>
    public AbiDecoder ReadDynamic(int headWords = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(headWords);
        var offset = NextOffset("tuple");
        var child = new AbiDecoder(_block[offset..], _origin + offset, _allowance);
        child.Require(headWords);
        Spend("tuple", offset, headWords * WordSize);
        return child;
    }

    /// <summary>Refuses a block that is too short, before somebody allocates for what it should hold.</summary>
    /// <param name="words">Words that must still be there, for example those of a uint64[8].</param>
    /// <exception cref="AbiException">Fewer words are left.</exception>
    public readonly void Require(int words)
    {
        var left = (_block.Length - _position) / WordSize;
        if (left < words)
        {
            throw Refuse("block", _position, $"{left} words", $"at least {words} words");
        }
    }

    /// <summary>Follows an offset to T[].</summary>
    /// <param name="length">The number of elements, for which the remaining bytes suffice.</param>
    /// <param name="minimumElementWords">Words that each element has in the head: 1 for a dynamic one. At least
    /// 1.</param>
    /// <returns>The decoder of the elements.</returns>
    /// <exception cref="AbiException">The offset or the length leads out of the block.</exception>
    public AbiDecoder ReadArray(out int length, int minimumElementWords)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minimumElementWords);
        var offset = NextOffset("array");
        var start = offset + WordSize;
        length = ReadLength("array", offset, (_block.Length - start) / WordSize / minimumElementWords);
        Spend("array", offset, length * minimumElementWords * WordSize);
        return new AbiDecoder(_block[start..], _origin + start, _allowance);
    }

    private ReadOnlySpan<byte> FollowBytes(string what)
    {
        var offset = NextOffset(what);
        var start = offset + WordSize;
        var length = ReadLength(what, offset, _block.Length - start);
        var padded = (int)(((long)length + WordSize - 1) / WordSize * WordSize);
        if (padded > _block.Length - start)
        {
            throw Refuse(what, offset, $"a length of {length} without its padding",
                $"{_block.Length - start} bytes left");
        }

        Spend(what, offset, padded);
        var content = _block.Slice(start, padded);
        return !content[length..].ContainsAnyExcept((byte)0)
            ? content[..length]
            : throw Refuse(what, start + length, Hex.Encode(content[length..]), "zeros as padding");
    }

    private readonly int ReadLength(string what, int offset, int limit)
    {
        var word = _block.Slice(offset, WordSize);
        var value = BinaryPrimitives.ReadUInt32BigEndian(word[28..]);
        return !word[..28].ContainsAnyExcept((byte)0) && value <= (uint)limit
            ? (int)value
            : throw Refuse(what + " length", offset, Hex.Encode(word), $"0 to {limit}, what the bytes left can hold");
    }

    private int NextOffset(string what)
    {
        var word = NextWord(what);
        var limit = _block.Length - WordSize;
        var value = BinaryPrimitives.ReadUInt32BigEndian(word[28..]);
        if (word[..28].ContainsAnyExcept((byte)0) || value > (uint)limit || value % WordSize != 0)
        {
            throw Refuse(what + " offset", _position - WordSize, Hex.Encode(word),
                $"a multiple of 32 from 0 to {limit}");
        }

        _allowance ??= new Allowance { Bytes = _block.Length };
        return (int)value;
    }

    private readonly void Spend(string what, int offset, int bytes)
    {
        if (bytes > _allowance!.Bytes)
        {
            throw Refuse(what, offset, $"{bytes} more bytes", "lengths whose sum is at most the data's length");
        }

        _allowance.Bytes -= bytes;
    }

    // Shared by all blocks of one encoding: how many bytes its lengths may still claim.
    private sealed class Allowance
    {
        public int Bytes;
    }
}
