using System.Globalization;
using Pqms.Ethereum.Generators.Model;

namespace Pqms.Ethereum.Generators.Emit;

/// <summary>Writes the statements that append a value to an AbiEncoder.</summary>
internal sealed class EncodeEmitter(SourceWriter writer)
{
    private int _depth;

    public void Write(AbiType type, string encoder, string value)
    {
        switch (type.Kind)
        {
            case AbiKind.UInt when type.Size is 8 or 16 or 32 or 64:
                writer.Line($"{encoder}.WriteUInt((ulong){value});");
                break;
            case AbiKind.UInt when type.Size is 128 or 256:
                writer.Line($"{encoder}.WriteUInt({value});");
                break;
            case AbiKind.Int when type.Size is 8 or 16 or 32 or 64 or 128:
                writer.Line($"{encoder}.WriteInt((global::System.Int128){value});");
                break;
            case AbiKind.Int when type.Size == 256:
                writer.Line($"{encoder}.WriteInt({value});");
                break;
            case AbiKind.UInt or AbiKind.Int:
                // A uint24 lives in a uint: the rest of the range must be refused here, not by a revert on chain.
                writer.Line($"{encoder}.Write{type.Kind}({value}, {type.Size});");
                break;
            case AbiKind.Bool:
                writer.Line($"{encoder}.WriteBool({value});");
                break;
            case AbiKind.Address:
                writer.Line($"{encoder}.WriteAddress({value});");
                break;
            case AbiKind.FixedBytes when type.Size == 32:
                writer.Line($"{encoder}.WriteBytes32({value});");
                break;
            case AbiKind.FixedBytes:
                CheckLength(type, value);
                writer.Line($"{encoder}.WriteFixedBytes({value});");
                break;
            case AbiKind.Bytes:
                writer.Line($"{encoder}.WriteBytes({value});");
                break;
            case AbiKind.String:
                writer.Line($"{encoder}.WriteString({value});");
                break;
            case AbiKind.Tuple:
                writer.Line(type.IsDynamic
                    ? $"{encoder}.WriteDynamic({value}, static (abiBlock, abiMembers) => abiMembers.Encode(abiBlock));"
                    : $"{value}.Encode({encoder});");
                break;
            default:
                WriteArray(type, encoder, value);
                break;
        }
    }

    private void WriteArray(AbiType type, string encoder, string value)
    {
        if (type.Kind == AbiKind.FixedArray)
        {
            CheckLength(type, value);
        }

        _depth++;
        var suffix = _depth.ToString(CultureInfo.InvariantCulture);
        var inner = "abiEncoder" + suffix;
        var item = "abiItem" + suffix;
        if (type.Kind == AbiKind.FixedArray && type.IsDynamic)
        {
            // The elements' offsets count from the array's own block.
            writer.Open($"{encoder}.WriteDynamic({value}, static (abiBlock{suffix}, abiItems{suffix}) =>");
            WriteItems(type, "abiBlock" + suffix, "abiItems" + suffix, inner, item);
            writer.Close(");");
        }
        else
        {
            WriteItems(type, encoder, value, inner, item);
        }

        _depth--;
    }

    /// <summary>Each item writes itself as a whole value, offset included: hence always elementIsDynamic
    /// false.</summary>
    private void WriteItems(AbiType type, string encoder, string value, string inner, string item)
    {
        var method = type.Kind == AbiKind.FixedArray ? "WriteFixedArray" : "WriteArray";
        writer.Open($"{encoder}.{method}({value}, false, static ({inner}, {item}) =>");
        Write(type.Element!, inner, item);
        writer.Close(");");
    }

    private void CheckLength(AbiType type, string value)
    {
        writer.Open($"if ({value}.Length != {type.Size})");
        var needs = $"(\"{type.Canonical} needs exactly {type.Size} items, not \" + {value}.Length + \".\")";
        writer.Line($"throw new global::System.ArgumentException{needs};");
        writer.Close();
    }
}
