using System.Globalization;
using Pqms.Ethereum.Generators.Crypto;
using Pqms.Ethereum.Generators.Model;

namespace Pqms.Ethereum.Generators.Emit;

/// <summary>Writes the record structs: shared structs, results of several values, events and errors.</summary>
internal sealed class RecordEmitter(SourceWriter writer, TypeNames names)
{
    public void Struct(AbiStruct value)
    {
        var members = Open($"Struct {value.Name}: {value.Canonical}.", value.Name, value.Members);
        writer.Doc("Appends the members in order, as a static tuple or as the body of a dynamic one.");
        writer.Open($"public void Encode({TypeNames.Encoder} abiEncoder)");
        var encode = new EncodeEmitter(writer);
        for (var i = 0; i < members.Count; i++)
        {
            encode.Write(value.Members[i].Type, "abiEncoder", members[i]);
        }

        writer.Close();
        writer.Line();
        Decoder(value.Name, value.Members);
        writer.Close();
    }

    public void Result(string name, string signature, EquatableArray<AbiParameter> outputs)
    {
        Open($"Results of {signature}.", name, outputs);
        Decoder(name, outputs);
        writer.Close();
    }

    public void Event(AbiEvent value, string name)
    {
        Open($"Event {value.Signature}.", name, value.Parameters);
        if (!value.Anonymous)
        {
            writer.Doc("Keccak-256 of the event's signature: topic 0 of its logs.");
            var topic = $"{TypeNames.Bytes32}.Parse(\"0x{Hex(Topic(value.Signature), 32)}\")";
            writer.Line($"public static {TypeNames.Bytes32} Topic0 {{ get; }} = {topic};");
            writer.Line();
        }

        writer.Doc("False when the log is another event (topic 0, number of indexed values) or its data is malformed.");
        writer.Line($"public static bool TryDecode(global::Pqms.Ethereum.Rpc.LogEntry log, out {name} value) =>");
        writer.Line("    TryDecode(log.Topics, log.Data, out value);");
        writer.Line();
        writer.Doc("As the other, from topics and data that stand anywhere; allocates only what the values need.");
        var topicsType = $"global::System.ReadOnlySpan<{TypeNames.Bytes32}>";
        var parameters = $"{topicsType} topics, {TypeNames.ReadOnlyBytes} data, out {name} value";
        writer.Open($"public static bool TryDecode({parameters})");
        var indexed = value.Parameters.Count(static parameter => parameter.Indexed);
        var topics = indexed + (value.Anonymous ? 0 : 1);
        writer.Line("value = default;");
        writer.Open($"if (topics.Length != {topics}" + (value.Anonymous ? ")" : " || topics[0] != Topic0)"));
        writer.Line("return false;");
        writer.Close();
        writer.Line();
        Guarded(() => EventBody(value, topics, indexed));
        writer.Close();
        writer.Close();
    }

    public void Error(AbiError value, string name)
    {
        var members = Open($"Error {value.Signature}.", name, value.Parameters);
        writer.Doc("The first four bytes of the signature's Keccak-256, big-endian.");
        writer.Line($"public const uint Selector = 0x{Hex(Topic(value.Signature), 4)};");
        writer.Line();
        writer.Doc("False when the revert data is another error or malformed.");
        writer.Open($"public static bool TryDecode({TypeNames.ReadOnlyBytes} revertData, out {name} value)");
        writer.Line("value = default;");
        const string given = "global::System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(revertData)";
        writer.Open($"if (revertData.Length < 4 || {given} != Selector)");
        writer.Line("return false;");
        writer.Close();
        writer.Line();
        Guarded(() =>
        {
            if (value.Parameters.Count > 0)
            {
                writer.Line($"var abiDecoder = new {TypeNames.Decoder}(revertData.Slice(4));");
            }

            var decode = new DecodeEmitter(writer, names);
            var locals = value.Parameters.Select(parameter => decode.Read(parameter.Type, "abiDecoder")).ToList();
            writer.Line($"value = new {name}({string.Join(", ", locals)});");
        });
        writer.Close();
        writer.Line();
        writer.Doc("The error as text: its Solidity name with every value.");
        var values = members.Select(
            (member, i) => value.Parameters[i].Name + ": {" + TextOf(value.Parameters[i].Type, member) + "}");
        writer.Line($"public string ToText() => $\"{value.Name}({string.Join(", ", values)})\";");
        writer.Close();
    }

    public static byte[] Topic(string signature) => Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(signature));

    public static string Hex(byte[] bytes, int count) =>
        string.Concat(bytes.Take(count).Select(static b => b.ToString("x2", CultureInfo.InvariantCulture)));

    private static string TextOf(AbiType type, string member) => type.Kind switch
    {
        AbiKind.Bytes => $"\"0x\" + global::System.Convert.ToHexStringLower({member})",
        AbiKind.FixedBytes when type.Size != 32 => $"\"0x\" + global::System.Convert.ToHexStringLower({member})",
        AbiKind.Array or AbiKind.FixedArray => $"\"[\" + string.Join(\", \", {member}) + \"]\"",
        _ => member,
    };

    private void EventBody(AbiEvent value, int topics, int indexed)
    {
        if (indexed > 0)
        {
            writer.Line($"global::System.Span<byte> abiWords = stackalloc byte[{indexed * 32}];");
            for (var i = 0; i < indexed; i++)
            {
                writer.Line($"topics[{topics - indexed + i}].CopyTo(abiWords.Slice({i * 32}, 32));");
            }

            writer.Line($"var abiTopics = new {TypeNames.Decoder}(abiWords);");
        }

        if (indexed < value.Parameters.Count)
        {
            writer.Line($"var abiData = new {TypeNames.Decoder}(data);");
        }

        var decode = new DecodeEmitter(writer, names);
        var locals = value.Parameters
            .Select(parameter => decode.Read(InLog(parameter), parameter.Indexed ? "abiTopics" : "abiData"))
            .ToList();
        writer.Line($"value = new({string.Join(", ", locals)});");
    }

    /// <summary>An indexed value longer than one word is in the log by its hash only.</summary>
    private static AbiType InLog(AbiParameter parameter) => parameter.Indexed && !parameter.Type.IsOneWord
        ? new AbiType(AbiKind.FixedBytes, 32, null, null)
        : parameter.Type;

    private List<string> Open(string doc, string name, EquatableArray<AbiParameter> parameters)
    {
        var taken = CSharpNames.RecordReserved(name);
        var members = parameters.Select(p => CSharpNames.Take(taken, CSharpNames.Pascal(p.Name), "Value")).ToList();
        writer.Doc(doc);
        var list = string.Join(", ", parameters.Select((p, i) => names.Of(InLog(p)) + " " + members[i]));
        writer.Open($"public readonly record struct {name}({list})");
        return members;
    }

    private void Decoder(string name, EquatableArray<AbiParameter> parameters)
    {
        writer.Doc("Reads the members in order from where the decoder stands.");
        writer.Open($"public static {name} Decode(ref {TypeNames.Decoder} abiDecoder)");
        var decode = new DecodeEmitter(writer, names);
        var locals = parameters.Select(parameter => decode.Read(parameter.Type, "abiDecoder")).ToList();
        writer.Line($"return new {name}({string.Join(", ", locals)});");
        writer.Close();
    }

    private void Guarded(Action body)
    {
        writer.Open("try");
        body();
        writer.Line("return true;");
        writer.Close();
        writer.Open("catch (global::Pqms.Ethereum.Abi.AbiException)");
        writer.Line("return false;");
        writer.Close();
    }
}
