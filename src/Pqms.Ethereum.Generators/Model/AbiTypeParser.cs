using System.Globalization;
using Pqms.Ethereum.Generators.Emit;
using Pqms.Ethereum.Generators.Json;

namespace Pqms.Ethereum.Generators.Model;

/// <summary>Parses parameter lists: elementary types, arrays of any depth and tuples with their components.</summary>
internal sealed class AbiTypeParser
{
    /// <summary>Most words in one block, and so the longest fixed array: 2 MiB, more than a transaction can
    /// carry.</summary>
    private const int MaxBlockWords = 65_536;

    /// <summary>Arrays of arrays: code that walks a type walks it recursively.</summary>
    private const int MaxArrayDepth = 16;

    private readonly Func<AbiStruct, JsonPlace, AbiStruct> _addStruct;

    public AbiTypeParser(Func<AbiStruct, JsonPlace, AbiStruct> addStruct) => _addStruct = addStruct;

    public EquatableArray<AbiParameter> Parameters(List<JsonValue> items, string owner)
    {
        var parameters = new List<AbiParameter>(items.Count);
        foreach (var item in items)
        {
            var entry = JsonFields.AsObject(item, "a parameter");
            var name = JsonFields.OptionalText(entry, "name");
            if (name.Length > 0 && !CSharpNames.IsIdentifier(name))
            {
                throw new AbiFileException(entry.Place, "parameter name \"" + name + "\" is no identifier");
            }

            name = name.Length > 0 ? name : "arg" + parameters.Count.ToString(CultureInfo.InvariantCulture);
            var text = JsonFields.Text(entry, "type");
            if (text.Count(static c => c == '[') > MaxArrayDepth)
            {
                throw new AbiFileException(entry.Place, "type \"" + text.Substring(0, 20) + "…\" has more than "
                    + MaxArrayDepth + " dimensions");
            }

            var type = Parse(entry, text, owner + CSharpNames.Pascal(name));
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

        return TryNumber(length, 1, MaxBlockWords, out var size)
            ? Bounded(entry, new AbiType(AbiKind.FixedArray, size, element, null))
            : throw new AbiFileException(entry.Place, "array length " + length + " is outside 1.." + MaxBlockWords);
    }

    private AbiType Tuple(JsonObject entry, string nameless)
    {
        var name = StructName(JsonFields.OptionalText(entry, "internalType"));
        name = name.Length > 0 ? name : nameless;
        var members = Parameters(JsonFields.Array(entry, "components"), name);
        if (members.Count == 0)
        {
            throw new AbiFileException(entry.Place, "struct " + name + " has no members");
        }

        var plain = new EquatableArray<AbiParameter>(members.Select(static m => m with { Indexed = false }));
        var tuple = Bounded(entry, new AbiType(AbiKind.Tuple, 0, null, new AbiStruct(name, plain)));
        return tuple with { Struct = _addStruct(tuple.Struct!, entry.Place) };
    }

    private static AbiType Bounded(JsonObject entry, AbiType type) => type.BlockWords <= MaxBlockWords
        ? type
        : throw new AbiFileException(
            entry.Place, "type has " + type.BlockWords + " words in one block, allowed are " + MaxBlockWords);

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
        if (!CSharpNames.IsIdentifier(name))
        {
            return string.Empty;
        }

        // A struct "equals" would be a type with a member of its own name.
        var pascal = CSharpNames.Pascal(name);
        return CSharpNames.RecordReserved(string.Empty).Contains(pascal) ? pascal + "Struct" : pascal;
    }

    private static AbiType Elementary(JsonObject entry, string type) => type switch
    {
        "bool" => new AbiType(AbiKind.Bool, 0, null, null),
        "address" => new AbiType(AbiKind.Address, 0, null, null),
        "bytes" => new AbiType(AbiKind.Bytes, 0, null, null),
        "string" => new AbiType(AbiKind.String, 0, null, null),
        "function" => new AbiType(AbiKind.FixedBytes, 24, null, null),
        _ => Sized(type, "uint", AbiKind.UInt, 256, 8)
            ?? Sized(type, "int", AbiKind.Int, 256, 8)
            ?? Sized(type, "bytes", AbiKind.FixedBytes, 32, 1)
            ?? throw Unknown(entry, type),
    };

    private static AbiType? Sized(string type, string prefix, AbiKind kind, int max, int step) =>
        type.StartsWith(prefix, StringComparison.Ordinal)
        && TryNumber(type.Substring(prefix.Length), 1, max, out var size)
        && size % step == 0
            ? new AbiType(kind, size, null, null)
            : null;

    private static AbiFileException Unknown(JsonObject entry, string type)
    {
        var isFixedPoint = type.StartsWith("fixed", StringComparison.Ordinal)
            || type.StartsWith("ufixed", StringComparison.Ordinal);
        return new AbiFileException(entry.Place, "type \"" + type + "\" is not supported: " + (isFixedPoint
            ? "fixed-point numbers exist in part only, use an integer"
            : "allowed are uint8..256, int8..256, bool, address, bytes, bytes1..32, string, tuple, arrays"));
    }

    private static bool TryNumber(string text, int min, int max, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && number >= min && number <= max;
}
