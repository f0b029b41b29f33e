using Pqms.Ethereum.Generators.Model;

namespace Pqms.Ethereum.Generators.Emit;

/// <summary>The C# type of each ABI type, written in full so that no name of the project can get in the way.</summary>
internal sealed class TypeNames
{
    public const string Address = "global::Pqms.Ethereum.Address";
    public const string Bytes32 = "global::Pqms.Ethereum.Bytes32";
    public const string Encoder = "global::Pqms.Ethereum.Abi.AbiEncoder";
    public const string Decoder = "global::Pqms.Ethereum.Abi.AbiDecoder";
    public const string ReadOnlyBytes = "global::System.ReadOnlySpan<byte>";

    private readonly string _namespace;

    public TypeNames(string rootNamespace) => _namespace = rootNamespace + ".Contracts";

    public string Namespace => _namespace;

    public string Of(AbiType type) => type.Kind switch
    {
        AbiKind.UInt => type.Size switch
        {
            <= 8 => "byte",
            <= 16 => "ushort",
            <= 32 => "uint",
            <= 64 => "ulong",
            <= 128 => "global::System.UInt128",
            _ => "global::Pqms.Ethereum.UInt256",
        },
        AbiKind.Int => type.Size switch
        {
            <= 8 => "sbyte",
            <= 16 => "short",
            <= 32 => "int",
            <= 64 => "long",
            <= 128 => "global::System.Int128",
            _ => "global::Pqms.Ethereum.Int256",
        },
        AbiKind.Bool => "bool",
        AbiKind.Address => Address,
        AbiKind.FixedBytes => type.Size == 32 ? Bytes32 : "byte[]",
        AbiKind.Bytes => "byte[]",
        AbiKind.String => "string",
        AbiKind.Tuple => Struct(type.Struct!.Name),
        _ => Of(type.Element!) + "[]",
    };

    /// <summary>An expression that makes an array of <paramref name="length"/> such elements; jagged arrays put the
    /// length first.</summary>
    public string NewArray(AbiType element, string length)
    {
        var name = Of(element);
        var bracket = name.IndexOf("[]", System.StringComparison.Ordinal);
        return bracket < 0
            ? "new " + name + "[" + length + "]"
            : "new " + name.Substring(0, bracket) + "[" + length + "]" + name.Substring(bracket);
    }

    public string Struct(string name) => "global::" + _namespace + "." + name;
}
