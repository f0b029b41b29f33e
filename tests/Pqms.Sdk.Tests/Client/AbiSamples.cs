using System.Text;
using System.Text.Json;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Crypto;

namespace Pqms.Sdk.Tests.Client;

/// <summary>Entries of the contracts' ABI files, and values for them: every number 1, every list of one
/// number.</summary>
internal static class AbiSamples
{
    /// <summary>Entries by contract.</summary>
    public static IEnumerable<(string Contract, JsonElement Entry)> Entries()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Pqms.sln")))
        {
            folder = folder.Parent!;
        }

        var files = Directory.GetFiles(
            Path.Combine(folder.FullName, "src", "Pqms.Sdk", "Contracts"), "*.abi.json").Order(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var root = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(file));
            foreach (var entry in root.GetProperty("abi").EnumerateArray())
            {
                yield return (root.GetProperty("contractName").GetString()!, entry);
            }
        }
    }

    public static byte[] HashOf(JsonElement entry)
    {
        var types = entry.GetProperty("inputs").EnumerateArray().Select(TypeOf);
        var signature = $"{entry.GetProperty("name").GetString()}({string.Join(",", types)})";
        return Keccak256.Hash(Encoding.ASCII.GetBytes(signature)).ToArray();
    }

    public static void Write(AbiEncoder encoder, JsonElement parameter)
    {
        var type = parameter.GetProperty("type").GetString()!;
        switch (type)
        {
            case "tuple" when IsDynamic(parameter):
                encoder.WriteDynamic(inner => WriteAll(inner, parameter));
                break;
            case "tuple": WriteAll(encoder, parameter); break;
            case "string": encoder.WriteString(""); break;
            case "bytes": encoder.WriteBytes([]); break;
            case var list when list.EndsWith("[]", StringComparison.Ordinal):
                encoder.WriteArray<ulong>(
                    list.StartsWith("tuple", StringComparison.Ordinal) ? [] : [1UL], false,
                    static (inner, one) => inner.WriteUInt(one));
                break;

            // The scale of a price: 0 means the floor, a small one a price without bound.
            case "uint48": encoder.WriteUInt(0UL); break;
            default: encoder.WriteUInt(1UL); break;
        }
    }

    private static void WriteAll(AbiEncoder encoder, JsonElement tuple)
    {
        foreach (var component in tuple.GetProperty("components").EnumerateArray())
        {
            Write(encoder, component);
        }
    }

    private static string TypeOf(JsonElement parameter)
    {
        var type = parameter.GetProperty("type").GetString()!;
        return type.StartsWith("tuple", StringComparison.Ordinal)
            ? $"({string.Join(",", parameter.GetProperty("components").EnumerateArray().Select(TypeOf))}){type[5..]}"
            : type;
    }

    private static bool IsDynamic(JsonElement parameter) => parameter.GetProperty("type").GetString() switch
    {
        "string" or "bytes" => true,
        "tuple" => parameter.GetProperty("components").EnumerateArray().Any(IsDynamic),
        var type => type!.EndsWith("[]", StringComparison.Ordinal),
    };
}
