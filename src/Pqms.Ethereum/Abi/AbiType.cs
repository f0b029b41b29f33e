namespace Pqms.Ethereum.Abi;

/// <summary>The kinds of ABI types.</summary>
public enum AbiKind
{
    /// <summary>uint8 to uint256.</summary>
    UInt,

    /// <summary>int8 to int256.</summary>
    Int,

    /// <summary>bool.</summary>
    Bool,

    /// <summary>address.</summary>
    Address,

    /// <summary>bytes1 to bytes32; a function reference is bytes24.</summary>
    FixedBytes,

    /// <summary>bytes.</summary>
    Bytes,

    /// <summary>string.</summary>
    String,

    /// <summary>A tuple or struct.</summary>
    Tuple,

    /// <summary>T[].</summary>
    Array,

    /// <summary>T[k].</summary>
    FixedArray,
}

/// <summary>One ABI type, known at run time only. Contracts known at build time have generated code instead.</summary>
/// <remarks>Immutable, safe across threads. <see cref="AbiJson"/> encodes and decodes values of it.</remarks>
public sealed class AbiType
{
    /// <summary>Longest text that is parsed, in characters.</summary>
    public const int MaxTextLength = 4096;

    /// <summary>Deepest nesting of arrays and tuples: code that walks a type walks it recursively.</summary>
    public const int MaxDepth = 32;

    /// <summary>Most words that a static value may have: 2 MiB, more than a transaction can carry.</summary>
    public const int MaxHeadWords = 65_536;

    internal AbiType(AbiKind kind, int size, params AbiType[] parts)
    {
        Kind = kind;
        Size = size;
        Parts = parts;
        IsDynamic = kind is AbiKind.Bytes or AbiKind.String or AbiKind.Array || parts.Any(static p => p.IsDynamic);
        BlockWords = kind == AbiKind.FixedArray ? (long)size * parts[0].HeadWords : parts.Sum(static p => p.HeadWords);
        HeadWords = IsDynamic || parts.Length == 0 ? 1 : (int)Math.Min(BlockWords, int.MaxValue);
        Depth = 1 + parts.Select(static p => p.Depth).DefaultIfEmpty(0).Max();
    }

    /// <summary>What kind of type it is.</summary>
    public AbiKind Kind { get; }

    /// <summary>Bits of a number, bytes of a bytesN, elements of a T[k]; else 0.</summary>
    public int Size { get; }

    /// <summary>The members of a tuple in order, the one element type of an array; else empty.</summary>
    public IReadOnlyList<AbiType> Parts { get; }

    /// <summary>Whether the value stands in the tail and the head holds an offset.</summary>
    public bool IsDynamic { get; }

    /// <summary>Words that the value takes in the head: 1 for an offset, else all of the value.</summary>
    public int HeadWords { get; }

    /// <summary>Words that the heads of the parts take together, without an offset that leads to them.</summary>
    internal long BlockWords { get; }

    /// <summary>Levels of nesting, 1 for a type without parts.</summary>
    internal int Depth { get; }

    /// <summary>Reads a type as signatures spell it.</summary>
    /// <param name="text">For example "uint256", "(uint8,bytes)[3]" or "tuple(uint8,bytes)[3]"; at most
    /// <see cref="MaxTextLength"/> characters without blanks. "()", no arguments, stands alone only.</param>
    /// <returns>The type.</returns>
    /// <exception cref="FormatException">The text is no type of this codec; fixed-point types are none.</exception>
    public static AbiType Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new AbiTypeReader(text).Read();
    }

    /// <summary>The type as signatures spell it, for example "(uint8,bytes)[3]".</summary>
    /// <returns>The canonical text: never "uint" or "tuple".</returns>
    public override string ToString() => Kind switch
    {
        AbiKind.UInt => $"uint{Size}",
        AbiKind.Int => $"int{Size}",
        AbiKind.FixedBytes => $"bytes{Size}",
        AbiKind.Tuple => $"({string.Join(',', Parts)})",
        AbiKind.Array => $"{Parts[0]}[]",
        AbiKind.FixedArray => $"{Parts[0]}[{Size}]",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}
