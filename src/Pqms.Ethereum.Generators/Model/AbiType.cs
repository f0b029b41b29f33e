namespace Pqms.Ethereum.Generators.Model;

internal enum AbiKind
{
    UInt,
    Int,
    Bool,
    Address,
    FixedBytes,
    Bytes,
    String,
    Tuple,
    Array,
    FixedArray,
}

/// <summary>One ABI type. <paramref name="Size"/>: bits of a number, bytes of a bytesN, length of a fixed
/// array.</summary>
internal sealed record AbiType(AbiKind Kind, int Size, AbiType? Element, AbiStruct? Struct)
{
    /// <summary>True when the value sits in the tail and the head holds an offset.</summary>
    public bool IsDynamic => Kind switch
    {
        AbiKind.Bytes or AbiKind.String or AbiKind.Array => true,
        AbiKind.FixedArray => Element!.IsDynamic,
        AbiKind.Tuple => Struct!.IsDynamic,
        _ => false,
    };

    /// <summary>Words that the value takes in its block at least: an offset, or the static value inline.</summary>
    public int HeadWords => IsDynamic ? 1 : (int)BlockWords;

    /// <summary>Words of a fixed array's elements or a tuple's members in their block; else 1. The parser bounds
    /// them.</summary>
    public long BlockWords => Kind switch
    {
        AbiKind.FixedArray => (long)Size * Element!.HeadWords,
        AbiKind.Tuple => Struct!.BlockWords,
        _ => 1,
    };

    /// <summary>True when the value fits one topic word as itself; anything else is indexed by its hash.</summary>
    public bool IsOneWord =>
        Kind is AbiKind.UInt or AbiKind.Int or AbiKind.Bool or AbiKind.Address or AbiKind.FixedBytes;

    /// <summary>The type's spelling in a signature, for example (uint32,bytes)[3].</summary>
    public string Canonical => Kind switch
    {
        AbiKind.UInt => "uint" + Size,
        AbiKind.Int => "int" + Size,
        AbiKind.Bool => "bool",
        AbiKind.Address => "address",
        AbiKind.FixedBytes => "bytes" + Size,
        AbiKind.Bytes => "bytes",
        AbiKind.String => "string",
        AbiKind.Tuple => Struct!.Canonical,
        AbiKind.Array => Element!.Canonical + "[]",
        _ => Element!.Canonical + "[" + Size + "]",
    };
}
