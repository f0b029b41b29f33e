using System.Globalization;
using System.Text;
using System.Text.Json;
using Pqms.Ethereum.Crypto;

namespace Pqms.Ethereum.Abi;

/// <summary>The structs of an EIP-712 document.</summary>
internal sealed class TypedDataTypes
{
    public const string Domain = "EIP712Domain";

    // Every struct's type hash may hash all structs: the product must stay small. Documents seen have below 20.
    private const int MaxStructs = 256;
    private const int MaxNameLength = 256;
    private const int MaxElementaryLength = 8;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    // EIP-712, "Definition of domainSeparator": fields that the domain lacks are left out, the order stays.
    private static readonly (string Name, string Type)[] DomainFields =
    [
        ("name", "string"), ("version", "string"), ("chainId", "uint256"), ("verifyingContract", "address"),
        ("salt", "bytes32"),
    ];

    private readonly Dictionary<string, (string Name, string Type)[]> _structs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AbiType> _elementary = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Bytes32> _hashes = new(StringComparer.Ordinal);

    private TypedDataTypes()
    {
    }

    public static TypedDataTypes Read(JsonElement types, JsonElement domain)
    {
        var all = new TypedDataTypes();
        all._structs[Domain] = [.. DomainFields.Where(field => domain.TryGetProperty(field.Name, out _))];
        foreach (var type in types.EnumerateObject())
        {
            all._structs[type.Name] = type.Value.ValueKind == JsonValueKind.Array
                ? [.. type.Value.EnumerateArray().Select(member => Member(type.Name, member))]
                : throw new FormatException($"The type {Hex.Excerpt(type.Name)} must be an array of members.");
        }

        if (all._structs.Count > MaxStructs)
        {
            throw new FormatException($"The document has {all._structs.Count} structs; allowed are {MaxStructs}.");
        }

        foreach (var (name, members) in all._structs)
        {
            all.Check(name, members);
        }

        return all;
    }

    public string EncodeType(string type)
    {
        var needed = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([type]);
        while (open.TryPop(out var next))
        {
            if (needed.Add(next))
            {
                Array.ForEach(
                    [.. Members(next).Select(static m => ElementOf(m.Type)).Where(_structs.ContainsKey)], open.Push);
            }
        }

        needed.Remove(type);
        var text = new StringBuilder();
        foreach (var name in needed.Prepend(type))
        {
            var members = Members(name).Select(static member => $"{member.Type} {member.Name}");
            text.Append(name).Append('(').AppendJoin(',', members).Append(')');
        }

        return text.ToString();
    }

    /// <summary>The type hash and a word for each member: what hashStruct hashes.</summary>
    public byte[] EncodeStruct(string type, JsonElement value)
    {
        var members = Members(type);
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"{type}: found {Hex.Excerpt(value.GetRawText())}; allowed is a JSON object.");
        }

        var encoder = new AbiEncoder();
        encoder.WriteBytes32(TypeHash(type));
        foreach (var member in members)
        {
            if (!value.TryGetProperty(member.Name, out var item))
            {
                throw new FormatException($"{type}: the member '{member.Name}' is missing.");
            }

            WriteWord(encoder, member.Type, item);
        }

        if (value.GetPropertyCount() > members.Length)
        {
            var names = members.Select(static member => member.Name).ToHashSet(StringComparer.Ordinal);
            var unknown = value.EnumerateObject().First(property => !names.Contains(property.Name)).Name;
            throw new FormatException($"{type}: '{Hex.Excerpt(unknown)}' is no member, so it would not be signed.");
        }

        return encoder.ToArray();
    }

    private void WriteWord(AbiEncoder encoder, string type, JsonElement value)
    {
        if (type.EndsWith(']'))
        {
            encoder.WriteBytes32(HashArray(type, value));
            return;
        }

        if (_structs.ContainsKey(type))
        {
            encoder.WriteBytes32(Keccak256.Hash(EncodeStruct(type, value)));
            return;
        }

        var elementary = _elementary[type];
        if (elementary.Kind < AbiKind.Bytes)
        {
            AbiJsonWriting.Write(encoder, elementary, value);
        }
        else
        {
            encoder.WriteBytes32(AbiJson.Topic(elementary, value));
        }
    }

    private Bytes32 HashArray(string type, JsonElement value)
    {
        var open = type.LastIndexOf('[');
        var length = type.AsSpan(open + 1, type.Length - open - 2);
        if (value.ValueKind != JsonValueKind.Array
            || (!length.IsEmpty && value.GetArrayLength() != int.Parse(length, Invariant)))
        {
            throw new FormatException($"{type}: found {Hex.Excerpt(value.GetRawText())}; allowed is such an array.");
        }

        var words = new AbiEncoder();
        foreach (var item in value.EnumerateArray())
        {
            WriteWord(words, type[..open], item);
        }

        return Keccak256.Hash(words.ToArray());
    }

    private Bytes32 TypeHash(string type) =>
        _hashes.TryGetValue(type, out var known) ? known : _hashes[type] = Eip712.TypeHash(EncodeType(type));

    private (string Name, string Type)[] Members(string type) => _structs.TryGetValue(type, out var members)
        ? members
        : throw new FormatException($"'{Hex.Excerpt(type)}' is no struct of the document.");

    private void Check(string name, (string Name, string Type)[] members)
    {
        if (!IsIdentifier(name) || TryElementary(name) is not null)
        {
            throw new FormatException($"'{Hex.Excerpt(name)}' is no name for a struct.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            if (!IsIdentifier(member.Name) || !names.Add(member.Name))
            {
                throw new FormatException($"{name}: the member's name '{Hex.Excerpt(member.Name)}' is none or taken.");
            }

            var element = ElementOf(member.Type);
            CheckArrays(name, member.Type, element.Length);
            if (!_structs.ContainsKey(element))
            {
                _elementary[element] = TryElementary(element) ?? throw new FormatException(
                    $"{name}.{member.Name}: the type '{Hex.Excerpt(member.Type)}' is unknown; allowed are the "
                    + "document's structs, uint8 to uint256, int8 to int256, bool, address, bytes, bytes1 to bytes32, "
                    + "string and arrays.");
            }
        }
    }

    private static void CheckArrays(string owner, string type, int position)
    {
        while (position < type.Length)
        {
            var end = type.IndexOf(']', position);
            var digits = end < 0 ? "?" : type.AsSpan(position + 1, end - position - 1);
            if (type[position] != '[' || (!digits.IsEmpty
                && !(int.TryParse(digits, NumberStyles.None, Invariant, out var n)
                    && n is > 0 and <= AbiType.MaxHeadWords)))
            {
                throw new FormatException(
                    $"{owner}: '{Hex.Excerpt(type)}' is no array type; allowed are [] and [1] to "
                    + $"[{AbiType.MaxHeadWords}].");
            }

            position = end + 1;
        }
    }

    private static AbiType? TryElementary(string text)
    {
        try
        {
            // EIP-712 has no aliases: "uint" would be hashed as it stands, and read by others as an unknown type.
            var type = text.Length <= MaxElementaryLength ? AbiType.Parse(text) : null;
            return type?.Kind < AbiKind.Tuple && string.Equals(type.ToString(), text, StringComparison.Ordinal)
                ? type
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string ElementOf(string type) => type.IndexOf('[', StringComparison.Ordinal) is var open and >= 0
        ? type[..open]
        : type;

    private static bool IsIdentifier(string name) => name.Length is > 0 and <= MaxNameLength
        && !char.IsAsciiDigit(name[0])
        && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$');

    private static (string Name, string Type) Member(string owner, JsonElement member) =>
        member.ValueKind == JsonValueKind.Object
        && member.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
        && member.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            ? (name.GetString()!, type.GetString()!)
            : throw new FormatException(
                $"{Hex.Excerpt(owner)}: found {Hex.Excerpt(member.GetRawText())}; allowed is "
                + "{\"name\": \"…\", \"type\": \"…\"}.");
}
