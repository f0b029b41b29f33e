using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Pqms.Mesh.Tests.Numerics;

/// <summary>
/// Reads from a built assembly the members it refers to in other assemblies, as "Namespace.Type.Member(types)".
/// </summary>
internal sealed class MemberNames : ISignatureTypeProvider<string, object?>
{
    public static IReadOnlyList<string> Of(string assemblyFile)
    {
        using var file = new PEReader(File.OpenRead(assemblyFile));
        MetadataReader reader = file.GetMetadataReader();
        var names = new MemberNames();
        return [.. reader.MemberReferences.Select(handle => names.Describe(reader, reader.GetMemberReference(handle)))];
    }

    public string GetPrimitiveType(PrimitiveTypeCode code) => "System." + code;

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte kind)
    {
        TypeReference type = reader.GetTypeReference(handle);
        string name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, 0) + "+" + name
            : reader.GetString(type.Namespace) + "." + name;
    }

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte kind)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        return reader.GetString(type.Namespace) + "." + reader.GetString(type.Name);
    }

    public string GetTypeFromSpecification(
        MetadataReader reader, object? context, TypeSpecificationHandle handle, byte kind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, context);

    public string GetGenericInstantiation(string type, ImmutableArray<string> arguments) =>
        $"{type}<{string.Join(',', arguments)}>";

    public string GetSZArrayType(string element) => element + "[]";

    public string GetArrayType(string element, ArrayShape shape) => element + "[,]";

    public string GetByReferenceType(string element) => element + "&";

    public string GetPointerType(string element) => element + "*";

    public string GetPinnedType(string element) => element;

    public string GetModifiedType(string modifier, string unmodified, bool isRequired) => unmodified;

    public string GetGenericMethodParameter(object? context, int index) => "!!" + index;

    public string GetGenericTypeParameter(object? context, int index) => "!" + index;

    public string GetFunctionPointerType(MethodSignature<string> signature) => "function";

    private string Describe(MetadataReader reader, MemberReference member)
    {
        string type = member.Parent.Kind switch
        {
            HandleKind.TypeReference => GetTypeFromReference(reader, (TypeReferenceHandle)member.Parent, 0),
            HandleKind.TypeSpecification => GetTypeFromSpecification(
                reader, null, (TypeSpecificationHandle)member.Parent, 0),
            _ => "?",
        };
        string name = $"{type}.{reader.GetString(member.Name)}";
        if (member.GetKind() == MemberReferenceKind.Field)
        {
            return name;
        }

        MethodSignature<string> signature = member.DecodeMethodSignature(this, null);
        return $"{name}({string.Join(',', signature.ParameterTypes)})->{signature.ReturnType}";
    }
}
