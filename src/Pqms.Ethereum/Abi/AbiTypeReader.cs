using System.Globalization;

namespace Pqms.Ethereum.Abi;

/// <summary>Reads the text of a type from left to right; every loop and recursion is bounded.</summary>
internal ref struct AbiTypeReader(string text)
{
    private readonly string _text = text;
    private int _position;
    private int _depth;

    public AbiType Read()
    {
        if (_text.Length > AbiType.MaxTextLength)
        {
            throw Refuse($"it has {_text.Length} characters, allowed are {AbiType.MaxTextLength}");
        }

        // Arguments may be none; a tuple without members inside a type would let one word claim many of them.
        if (_text is "()")
        {
            return new AbiType(AbiKind.Tuple, 0);
        }

        var type = ReadType();
        return _position == _text.Length ? type : throw Refuse($"nothing may follow character {_position}");
    }

    private AbiType ReadType()
    {
        if (++_depth > AbiType.MaxDepth)
        {
            throw TooDeep();
        }

        var start = _position;
        while (_position < _text.Length && char.IsAsciiLetterOrDigit(_text[_position]))
        {
            _position++;
        }

        var name = _text.AsSpan(start, _position - start);
        var type = Next('(') && name is "" or "tuple" ? ReadTuple() : Elementary(name);
        while (Next('['))
        {
            type = ReadArray(type);
        }

        _depth--;
        return type;
    }

    private AbiType ReadTuple()
    {
        var members = new List<AbiType>();
        do
        {
            _position++;
            members.Add(ReadType());
        }
        while (Next(','));
        if (!Next(')'))
        {
            throw Refuse($"',' or ')' is missing at character {_position}");
        }

        _position++;
        return Bounded(new AbiType(AbiKind.Tuple, 0, [.. members]));
    }

    private AbiType ReadArray(AbiType element)
    {
        var end = _text.IndexOf(']', _position);
        var digits = end < 0 ? "?" : _text.AsSpan(_position + 1, end - _position - 1);
        if (end >= 0 && digits.IsEmpty)
        {
            _position = end + 1;
            return Bounded(new AbiType(AbiKind.Array, 0, element));
        }

        if (!TryNumber(digits, AbiType.MaxHeadWords, out var length))
        {
            throw Refuse($"an array's length is 1 to {AbiType.MaxHeadWords}, or nothing, between [ and ]");
        }

        _position = end + 1;
        return Bounded(new AbiType(AbiKind.FixedArray, length, element));
    }

    private readonly AbiType Bounded(AbiType type)
    {
        if (type.Depth > AbiType.MaxDepth)
        {
            throw TooDeep();
        }

        return type.BlockWords <= AbiType.MaxHeadWords
            ? type
            : throw Refuse($"it has {type.BlockWords} words in one block, allowed are {AbiType.MaxHeadWords}");
    }

    private readonly AbiType Elementary(ReadOnlySpan<char> name) => name switch
    {
        "uint" => new AbiType(AbiKind.UInt, AbiRange.MaxBits),
        "int" => new AbiType(AbiKind.Int, AbiRange.MaxBits),
        "bool" => new AbiType(AbiKind.Bool, 0),
        "address" => new AbiType(AbiKind.Address, 0),
        "bytes" => new AbiType(AbiKind.Bytes, 0),
        "string" => new AbiType(AbiKind.String, 0),
        "function" => new AbiType(AbiKind.FixedBytes, 24),
        _ => Sized(name, "uint", AbiKind.UInt, AbiRange.MaxBits, 8)
            ?? Sized(name, "int", AbiKind.Int, AbiRange.MaxBits, 8)
            ?? Sized(name, "bytes", AbiKind.FixedBytes, AbiDecoder.WordSize, 1)
            ?? throw Unknown(name),
    };

    private static AbiType? Sized(ReadOnlySpan<char> name, string prefix, AbiKind kind, int max, int step) =>
        name.StartsWith(prefix) && TryNumber(name[prefix.Length..], max, out var size) && size % step == 0
            ? new AbiType(kind, size)
            : null;

    private static bool TryNumber(ReadOnlySpan<char> digits, int max, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && digits[0] != '0' && number <= max;

    private readonly FormatException Unknown(ReadOnlySpan<char> name) =>
        name.StartsWith("fixed") || name.StartsWith("ufixed")
            ? Refuse("fixed-point numbers are not supported, as compilers support them in part only: use an integer")
            : Refuse("allowed are uint8 to uint256, int8 to int256, bool, address, bytes, bytes1 to bytes32, string, "
                + "function, tuples (a,b) and arrays");

    private readonly bool Next(char wanted) => _position < _text.Length && _text[_position] == wanted;

    private readonly FormatException TooDeep() => Refuse($"it is nested deeper than {AbiType.MaxDepth} levels");

    private readonly FormatException Refuse(string reason) =>
        new($"'{Hex.Excerpt(_text)}' is no ABI type: {reason}.");
}
