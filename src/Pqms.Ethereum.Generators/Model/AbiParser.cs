using Pqms.Ethereum.Generators.Emit;
using Pqms.Ethereum.Generators.Json;

namespace Pqms.Ethereum.Generators.Model;

/// <summary>Turns the text of one <c>X.abi.json</c> into the model; every fault becomes a value with its
/// place.</summary>
internal sealed class AbiParser
{
    private readonly Dictionary<string, AbiStruct> _structs = new(StringComparer.Ordinal);
    private readonly AbiTypeParser _types;
    private string _contract = string.Empty;

    private AbiParser() => _types = new AbiTypeParser(AddStruct);

    public static AbiFile ParseFile(string path, string? text)
    {
        try
        {
            return text is null
                ? new AbiFile(path, null, default, "the file cannot be read")
                : new AbiFile(path, new AbiParser().Parse(text), default, null);
        }
        catch (AbiFileException fault)
        {
            return new AbiFile(path, null, fault.Place.Position, fault.Message);
        }
    }

    private AbiContract Parse(string text)
    {
        var root = JsonFields.AsObject(JsonReader.Parse(text), "the file");
        _contract = JsonFields.Text(root, "contractName");
        if (!CSharpNames.IsIdentifier(_contract))
        {
            throw new AbiFileException(root.Place, "contractName \"" + _contract + "\" is no identifier");
        }

        var constructor = new List<AbiParameter>();
        var functions = new List<AbiFunction>();
        var events = new List<AbiEvent>();
        var errors = new List<AbiError>();
        foreach (var item in JsonFields.Array(root, "abi"))
        {
            var entry = JsonFields.AsObject(item, "an entry of abi");
            var type = JsonFields.Text(entry, "type");
            switch (type)
            {
                case "constructor":
                    constructor.AddRange(Parameters(entry, "inputs", "Constructor"));
                    break;
                case "function":
                    functions.Add(Function(entry));
                    break;
                case "event":
                    events.Add(new AbiEvent(
                        Name(entry), Parameters(entry, "inputs", Name(entry)), JsonFields.Flag(entry, "anonymous")));
                    break;
                case "error":
                    errors.Add(new AbiError(Name(entry), Parameters(entry, "inputs", Name(entry))));
                    break;
                case "receive" or "fallback":
                    break;
                default:
                    throw new AbiFileException(entry.Place, "unknown entry type \"" + type + "\"");
            }
        }

        return new AbiContract(
            _contract,
            new EquatableArray<AbiParameter>(constructor),
            new EquatableArray<AbiFunction>(functions),
            new EquatableArray<AbiEvent>(events),
            new EquatableArray<AbiError>(errors),
            new EquatableArray<AbiStruct>(_structs.Values.OrderBy(static s => s.Name, StringComparer.Ordinal)),
            Bytecode(root));
    }

    private AbiFunction Function(JsonObject entry)
    {
        var name = Name(entry);
        var mutability = JsonFields.Text(entry, "stateMutability");
        if (mutability is not ("view" or "pure" or "payable" or "nonpayable"))
        {
            throw new AbiFileException(entry.Place, "unknown stateMutability \"" + mutability + "\" of " + name);
        }

        return new AbiFunction(
            name,
            Parameters(entry, "inputs", name),
            Parameters(entry, "outputs", name + "Result"),
            mutability is "view" or "pure");
    }

    private static string Name(JsonObject entry)
    {
        var name = JsonFields.Text(entry, "name");
        return CSharpNames.IsIdentifier(name)
            ? name
            : throw new AbiFileException(entry.Place, "name \"" + name + "\" is no identifier");
    }

    private EquatableArray<AbiParameter> Parameters(JsonObject entry, string member, string owner) =>
        _types.Parameters(JsonFields.Array(entry, member), CSharpNames.Pascal(_contract) + CSharpNames.Pascal(owner));

    private AbiStruct AddStruct(AbiStruct found, JsonPlace place)
    {
        if (_structs.TryGetValue(found.Name, out var known) && !known.Equals(found))
        {
            throw new AbiFileException(place, "struct " + found.Name + " appears with different members");
        }

        _structs[found.Name] = found;
        return found;
    }

    private static string Bytecode(JsonObject root)
    {
        if (root.Find("bytecode") is null)
        {
            return string.Empty;
        }

        var text = JsonFields.Text(root, "bytecode");
        var digits = text.StartsWith("0x", StringComparison.Ordinal) ? text.Substring(2) : text;
        var bad = digits.FirstOrDefault(
            static c => c is not ((>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F')));
        if (bad != default)
        {
            throw new AbiFileException(
                root.Place, "bytecode holds '" + bad + "': only hexadecimal digits (is a library unlinked?)");
        }

        return digits.Length % 2 == 0
            ? digits.ToLowerInvariant()
            : throw new AbiFileException(root.Place, "bytecode has an odd number of digits");
    }
}
