using System.Globalization;
using Pqms.Ethereum.Generators.Emit;
using Pqms.Ethereum.Generators.Json;

namespace Pqms.Ethereum.Generators.Model;

/// <summary>Parses parameter lists: elementary types, arrays of any depth and tuples with their components.</summary>
internal sealed class AbiTypeParser
{
    /// <summary>Longest fixed array: what one transaction can carry, and generated decoders allocate it up
    /// front.</summary>
    private const int MaxFixedLength = 65_536;

    private readonly Func<AbiStruct, int, AbiStruct> _addStruct;

    public AbiTypeParser(Func<AbiStruct, int, AbiStruct> addStruct) => _addStruct = addStruct;

    public EquatableArray<AbiParameter> Parameters(List<JsonValue> items, string owner)
    {
        var parameters = new List<AbiParameter>(items.Count);
        foreach (var item in items)
        {
            var entry = JsonFields.AsObject(item, "a parameter");
            var name = JsonFields.OptionalText(entry, "name");
            if (name.Length > 0 && !CSharpNames.IsIdentifier(name))
            {
                throw new AbiFileException(entry.Line, "parameter name \"" + name + "\" is no identifier");
            }

            name = name.Length > 0 ? name : "arg" + parameters.Count.ToString(CultureInfo.InvariantCulture);
            var type = Parse(entry, JsonFields.Text(entry, "type"), owner + CSharpNames.Pascal(name));
            parameters.Add(new AbiParameter(name, type, JsonFields.Flag(entry, "indexed")));
        }

        return new EquatableArray<AbiParameter>(parameters);
    }

    private AbiType Parse(JsonObject entry, string type, string nameless)
    {
        if (!type.EndsWith("]", StringComparison.Ordinal))
        {
            return type == "tuple" ? Tuple(entry, nameless) : Elementary(entry, type);
        }

        var open = type.LastIndexOf('[');
        if (open <= 0)
        {
            throw Unknown(entry, type);
        }

        var element = Parse(entry, type.Substring(0, open), nameless);
        var length = type.Substring(open + 1, type.Length - open - 2);
        if (length.Length == 0)
        {
            return new AbiType(AbiKind.Array, 0, element, null);
        }

        return TryNumber(length, 1, MaxFixedLength, out var size)
            ? new AbiType(AbiKind.FixedArray, size, element, null)
            : throw new AbiFileException(entry.Line, "array length " + length + " is outside 1.." + MaxFixedLength);
    }

    private AbiType Tuple(JsonObject entry, string nameless)
    {
        var name = StructName(JsonFields.OptionalText(entry, "internalType"));
        name = name.Length > 0 ? name : nameless;
        var members = Parameters(JsonFields.Array(entry, "components"), name);
        if (members.Count == 0)
        {
            throw new AbiFileException(entry.Line, "struct " + name + " has no members");
        }

        var plain = new EquatableArray<AbiParameter>(members.Select(static m => m with { Indexed = false }));
        return new AbiType(AbiKind.Tuple, 0, null, _addStruct(new AbiStruct(name, plain), entry.Line));
    }

    /// <summary>"struct Allocation.Terms[3]" → "Terms"; anything else → empty.</summary>
    private static string StructName(string internalType)
    {
        const string prefix = "struct ";
        if (!internalType.StartsWith(prefix, StringComparison.Ordinal))
        {
            return string.Empty;
        }

        var name = internalType.Substring(prefix.Length).Split('[')[0];
        name = name.Substring(name.LastIndexOf('.') + 1);
        return CSharpNames.IsIdentifier(name) ? CSharpNames.Pascal(name) : string.Empty;
    }

    private static AbiType Elementary(JsonObject entry, string type) => type switch
    {
        "bool" => new AbiType(AbiKind.Bool, 0, null, null),
        "address" => new AbiType(AbiKind.Address, 0, null, null),
        "bytes" => new AbiType(AbiKind.Bytes, 0, null, null),
        "string" => new AbiType(AbiKind.String, 0, null, null),
        "function" => new AbiType(AbiKind.FixedBytes, 24, null, null),
        _ => Sized(type, "uint", AbiKind.UInt, 256, 8)
            ?? Sized(type, "int", AbiKind.Int, 128, 8)
            ?? Sized(type, "bytes", AbiKind.FixedBytes, 32, 1)
            ?? throw Unknown(entry, type),
    };

    private static AbiType? Sized(string type, string prefix, AbiKind kind, int max, int step) =>
        type.StartsWith(prefix, StringComparison.Ordinal)
        && TryNumber(type.Substring(prefix.Length), 1, max, out var size)
        && size % step == 0
            ? new AbiType(kind, size, null, null)
            : null;

    private static AbiFileException Unknown(JsonObject entry, string type) => new(
        entry.Line,
        "type \"" + type + "\" is not supported: "
        + "uint8..256, int8..128, bool, address, bytes, bytes1..32, string, tuple, arrays");

    private static bool TryNumber(string text, int min, int max, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && number >= min && number <= max;
}
