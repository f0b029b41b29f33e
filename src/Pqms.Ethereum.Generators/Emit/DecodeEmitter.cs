using System.Globalization;
using Pqms.Ethereum.Generators.Model;

namespace Pqms.Ethereum.Generators.Emit;

/// <summary>Writes the statements that read a value from an AbiDecoder into a fresh local, and names that
/// local.</summary>
internal sealed class DecodeEmitter(SourceWriter writer, TypeNames names)
{
    private int _locals;

    public string Read(AbiType type, string decoder)
    {
        var local = Local("abiValue");
        switch (type.Kind)
        {
            case AbiKind.Tuple:
                ReadTuple(type, decoder, local);
                break;
            case AbiKind.Array or AbiKind.FixedArray:
                ReadArray(type, decoder, local);
                break;
            default:
                writer.Line($"var {local} = {Simple(type, decoder)};");
                break;
        }

        return local;
    }

    private string Simple(AbiType type, string decoder)
    {
        var bits = type.Size.ToString(CultureInfo.InvariantCulture);
        return type.Kind switch
        {
            AbiKind.UInt when type.Size == 256 => $"{decoder}.ReadUInt256()",
            AbiKind.UInt when type.Size > 128 => $"{decoder}.ReadUInt256({bits})",
            AbiKind.UInt when type.Size > 64 => $"{decoder}.ReadUInt({bits})",
            AbiKind.UInt => $"({names.Of(type)}){decoder}.ReadUInt64({bits})",
            AbiKind.Int when type.Size > 128 => $"{decoder}.ReadInt256({bits})",
            AbiKind.Int => $"({names.Of(type)}){decoder}.ReadInt({bits})",
            AbiKind.Bool => $"{decoder}.ReadBool()",
            AbiKind.Address => $"{decoder}.ReadAddress()",
            AbiKind.FixedBytes when type.Size == 32 => $"{decoder}.ReadBytes32()",
            AbiKind.FixedBytes => $"{decoder}.ReadFixedBytes({bits})",
            AbiKind.Bytes => $"{decoder}.ReadBytes()",
            _ => $"{decoder}.ReadString()",
        };
    }

    private void ReadTuple(AbiType type, string decoder, string local)
    {
        var source = decoder;
        if (type.IsDynamic)
        {
            source = Local("abiBlock");
            writer.Line($"var {source} = {decoder}.ReadDynamic({type.BlockWords});");
        }

        writer.Line($"var {local} = {names.Of(type)}.Decode(ref {source});");
    }

    private void ReadArray(AbiType type, string decoder, string local)
    {
        var element = type.Element!;
        var source = decoder;
        var length = type.Size.ToString(CultureInfo.InvariantCulture);
        if (type.Kind == AbiKind.Array)
        {
            source = Local("abiBlock");
            length = Local("abiLength");
            writer.Line($"var {source} = {decoder}.ReadArray(out var {length}, {element.HeadWords});");
        }
        else if (type.IsDynamic)
        {
            source = Local("abiBlock");
            writer.Line($"var {source} = {decoder}.ReadDynamic({type.BlockWords});");
        }
        else
        {
            writer.Line($"{decoder}.Require({type.BlockWords});");
        }

        var index = Local("abiIndex");
        writer.Line($"var {local} = {names.NewArray(element, length)};");
        writer.Open($"for (var {index} = 0; {index} < {length}; {index}++)");
        var item = Read(element, source);
        writer.Line($"{local}[{index}] = {item};");
        writer.Close();
    }

    private string Local(string stem) => stem + (_locals++).ToString(CultureInfo.InvariantCulture);
}
