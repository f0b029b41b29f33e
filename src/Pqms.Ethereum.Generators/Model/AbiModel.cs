using Microsoft.CodeAnalysis.Text;

namespace Pqms.Ethereum.Generators.Model;

/// <summary>A named value: a parameter, a result or a member of a struct.</summary>
internal sealed record AbiParameter(string Name, AbiType Type, bool Indexed);

/// <summary>A struct by its C# name; equal names with different members in one project are a fault.</summary>
internal sealed record AbiStruct(string Name, EquatableArray<AbiParameter> Members)
{
    public bool IsDynamic => Members.Any(static member => member.Type.IsDynamic);

    /// <summary>Words of the members in the struct's block; the parser bounds them.</summary>
    public long BlockWords => Members.Sum(static member => (long)member.Type.HeadWords);

    public string Canonical => "(" + string.Join(",", Members.Select(static member => member.Type.Canonical)) + ")";
}

internal sealed record AbiFunction(
    string Name, EquatableArray<AbiParameter> Inputs, EquatableArray<AbiParameter> Outputs, bool IsView)
{
    public string Signature => AbiContract.SignatureOf(Name, Inputs);
}

internal sealed record AbiEvent(string Name, EquatableArray<AbiParameter> Parameters, bool Anonymous)
{
    public string Signature => AbiContract.SignatureOf(Name, Parameters);
}

internal sealed record AbiError(string Name, EquatableArray<AbiParameter> Parameters)
{
    public string Signature => AbiContract.SignatureOf(Name, Parameters);
}

/// <summary>One contract file. <paramref name="Bytecode"/> is lower-case hexadecimal without 0x, empty for an
/// interface.</summary>
internal sealed record AbiContract(
    string Name,
    EquatableArray<AbiParameter> Constructor,
    EquatableArray<AbiFunction> Functions,
    EquatableArray<AbiEvent> Events,
    EquatableArray<AbiError> Errors,
    EquatableArray<AbiStruct> Structs,
    string Bytecode)
{
    public static string SignatureOf(string name, EquatableArray<AbiParameter> parameters) =>
        name + "(" + string.Join(",", parameters.Select(static parameter => parameter.Type.Canonical)) + ")";
}

/// <summary>What became of one file: a contract, or a fault with its place.</summary>
internal sealed record AbiFile(string Path, AbiContract? Contract, LinePosition FaultPosition, string? Fault);
