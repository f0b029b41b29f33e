using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Pqms.Ethereum.Abi;

/// <summary>Walks a type and a JSON value together; types and JSON documents have a bounded depth.</summary>
internal static class AbiJsonWriting
{
    public static void Write(AbiEncoder encoder, AbiType type, JsonElement value)
    {
        switch (type.Kind)
        {
            case AbiKind.UInt:
                encoder.WriteUInt(JsonScalar.UInt(value, type));
                break;
            case AbiKind.Int:
                encoder.WriteInt(JsonScalar.Int(value, type));
                break;
            case AbiKind.Bool:
                encoder.WriteBool(JsonScalar.Bool(value, type));
                break;
            case AbiKind.Address:
                encoder.WriteAddress(JsonScalar.Address(value, type));
                break;
            case AbiKind.FixedBytes:
                encoder.WriteFixedBytes(JsonScalar.Bytes(value, type));
                break;
            case AbiKind.Bytes:
                encoder.WriteBytes(JsonScalar.Bytes(value, type));
                break;
            case AbiKind.String:
                encoder.WriteString(JsonScalar.Text(value, type));
                break;
            case AbiKind.Array:
                JsonElement[] items = [.. JsonScalar.Items(value, type).EnumerateArray()];
                encoder.WriteArray(items, elementIsDynamic: false, (e, item) => Write(e, type.Parts[0], item));
                break;
            default:
                if (type.IsDynamic)
                {
                    encoder.WriteDynamic(block => WriteItems(block, type, value));
                }
                else
                {
                    WriteItems(encoder, type, value);
                }

                break;
        }
    }

    /// <summary>The members of a tuple or the elements of a fixed array, into the block that is theirs.</summary>
    public static void WriteItems(AbiEncoder encoder, AbiType type, JsonElement value)
    {
        var i = 0;
        foreach (var item in JsonScalar.Items(value, type).EnumerateArray())
        {
            Write(encoder, type.Parts[type.Kind == AbiKind.Tuple ? i++ : 0], item);
        }
    }

    /// <summary>The arguments one after another, packed.</summary>
    public static void WritePacked(AbiPackedEncoder encoder, AbiType types, JsonElement values)
    {
        var i = 0;
        foreach (var value in JsonScalar.Items(values, types).EnumerateArray())
        {
            var type = types.Parts[i++];
            switch (type.Kind)
            {
                case AbiKind.UInt:
                    encoder.WriteUInt(JsonScalar.UInt(value, type), type.Size);
                    break;
                case AbiKind.Int:
                    encoder.WriteInt(JsonScalar.Int(value, type), type.Size);
                    break;
                case AbiKind.Bool:
                    encoder.WriteBool(JsonScalar.Bool(value, type));
                    break;
                case AbiKind.Address:
                    encoder.WriteAddress(JsonScalar.Address(value, type));
                    break;
                case AbiKind.FixedBytes or AbiKind.Bytes:
                    encoder.WriteBytes(JsonScalar.Bytes(value, type));
                    break;
                case AbiKind.String:
                    encoder.WriteString(JsonScalar.Text(value, type));
                    break;
                default:
                    CheckPackable(type);
                    var words = new ArrayBufferWriter<byte>();
                    WriteInPlace(words, type, value, isPadded: true);
                    encoder.WriteBytes(words.WrittenSpan);
                    break;
            }
        }
    }

    /// <summary>The values without offsets and lengths: what the topic of an indexed value hashes, and how packed
    /// encoding lays out an array.</summary>
    public static void WriteInPlace(ArrayBufferWriter<byte> target, AbiType type, JsonElement value, bool isPadded)
    {
        switch (type.Kind)
        {
            case AbiKind.Tuple or AbiKind.Array or AbiKind.FixedArray:
                var i = 0;
                foreach (var item in JsonScalar.Items(value, type).EnumerateArray())
                {
                    WriteInPlace(target, type.Parts[type.Kind == AbiKind.Tuple ? i++ : 0], item, isPadded: true);
                }

                break;
            case AbiKind.Bytes or AbiKind.String:
                var bytes = type.Kind == AbiKind.Bytes
                    ? JsonScalar.Bytes(value, type)
                    : Encoding.UTF8.GetBytes(JsonScalar.Text(value, type));
                target.Write(bytes);
                if (isPadded)
                {
                    target.Write(new byte[-bytes.Length & (AbiEncoder.WordSize - 1)]);
                }

                break;
            default:
                var word = new AbiEncoder();
                Write(word, type, value);
                target.Write(word.ToArray());
                break;
        }
    }

    private static void CheckPackable(AbiType type)
    {
        var element = type;
        while (element.Kind is AbiKind.Array or AbiKind.FixedArray)
        {
            element = element.Parts[0];
        }

        if (element.Kind >= AbiKind.Bytes)
        {
            throw new FormatException(
                $"{type} can't be packed; allowed are single values and arrays of one-word elements.");
        }
    }
}
