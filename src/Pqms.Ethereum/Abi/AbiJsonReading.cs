using System.Text.Json;

namespace Pqms.Ethereum.Abi;

/// <summary>Walks a type and an encoding together, and writes the values as JSON.</summary>
internal static class AbiJsonReading
{
    public static void Read(ref AbiDecoder decoder, AbiType type, Utf8JsonWriter json)
    {
        switch (type.Kind)
        {
            case AbiKind.UInt:
                json.WriteStringValue(decoder.ReadUInt256(type.Size).ToString());
                break;
            case AbiKind.Int:
                json.WriteStringValue(decoder.ReadInt256(type.Size).ToString());
                break;
            case AbiKind.Bool:
                json.WriteBooleanValue(decoder.ReadBool());
                break;
            case AbiKind.Address:
                json.WriteStringValue(decoder.ReadAddress().ToString());
                break;
            case AbiKind.FixedBytes:
                json.WriteStringValue(Hex.Encode(decoder.ReadFixedBytes(type.Size)));
                break;
            case AbiKind.Bytes:
                json.WriteStringValue(Hex.Encode(decoder.ReadBytes()));
                break;
            case AbiKind.String:
                json.WriteStringValue(decoder.ReadString());
                break;
            case AbiKind.Array:
                var elements = decoder.ReadArray(out var length, type.Parts[0].HeadWords);
                ReadItems(ref elements, type, length, json);
                break;
            default:
                var count = type.Kind == AbiKind.Tuple ? type.Parts.Count : type.Size;
                if (type.IsDynamic)
                {
                    var block = decoder.ReadDynamic((int)type.BlockWords);
                    ReadItems(ref block, type, count, json);
                }
                else
                {
                    ReadItems(ref decoder, type, count, json);
                }

                break;
        }
    }

    /// <summary>Members or elements, from where the decoder stands.</summary>
    public static void ReadItems(ref AbiDecoder decoder, AbiType type, int count, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        for (var i = 0; i < count; i++)
        {
            Read(ref decoder, type.Parts[type.Kind == AbiKind.Tuple ? i : 0], json);
        }

        json.WriteEndArray();
    }
}
