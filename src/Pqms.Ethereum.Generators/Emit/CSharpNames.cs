using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace Pqms.Ethereum.Generators.Emit;

/// <summary>Solidity names as C# names: case, keywords, collisions.</summary>
internal static class CSharpNames
{
    /// <summary>A Solidity identifier: letters, digits, _ and $, not starting with a digit.</summary>
    public static bool IsIdentifier(string name) =>
        name.Length > 0
        && !(name[0] is >= '0' and <= '9')
        && name.All(static c => c is '_' or '$' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'));

    /// <summary>"_max_cost" → "Max_cost": leading underscores dropped, first letter raised, $ becomes _.</summary>
    public static string Pascal(string name)
    {
        var trimmed = name.Replace('$', '_').TrimStart('_');
        if (trimmed.Length == 0 || trimmed[0] is >= '0' and <= '9')
        {
            return "N" + trimmed;
        }

        return char.ToUpperInvariant(trimmed[0]) + trimmed.Substring(1);
    }

    /// <summary>"MaxCost" → "maxCost"; a C# keyword gets @.</summary>
    public static string Camel(string name)
    {
        var pascal = Pascal(name);
        var camel = char.ToLowerInvariant(pascal[0]) + pascal.Substring(1);
        var reserved = SyntaxFacts.GetKeywordKind(camel) != SyntaxKind.None
            || SyntaxFacts.GetContextualKeywordKind(camel) != SyntaxKind.None;
        return reserved ? "@" + camel : camel;
    }

    /// <summary>As <see cref="Camel"/>, and never a name of the generated code's own, which all begin with
    /// abi.</summary>
    public static string Local(string name)
    {
        var camel = Camel(name);
        return camel.StartsWith("abi", StringComparison.Ordinal) ? camel + "Value" : camel;
    }

    /// <summary>The first of name, name + suffix, name + suffix2, … that is not taken; takes it.</summary>
    public static string Take(HashSet<string> taken, string name, string suffix)
    {
        var candidate = name;
        for (var n = 1; !taken.Add(candidate); n++)
        {
            candidate = name + suffix + (n == 1 ? string.Empty : n.ToString(CultureInfo.InvariantCulture));
        }

        return candidate;
    }

    /// <summary>Names that members of a record struct must not take.</summary>
    public static HashSet<string> RecordReserved(string typeName) => new(System.StringComparer.Ordinal)
    {
        typeName, "Equals", "GetHashCode", "ToString", "GetType", "MemberwiseClone", "ReferenceEquals", "Deconstruct",
        "PrintMembers", "Finalize", "Topic0", "Selector", "Signature", "TryDecode", "Encode", "Decode", "ToText",
    };

    /// <summary>Names that methods of a contract class must not take.</summary>
    public static HashSet<string> ContractReserved(string typeName) => new(System.StringComparer.Ordinal)
    {
        typeName, "Equals", "GetHashCode", "ToString", "GetType", "MemberwiseClone", "ReferenceEquals", "Finalize",
        "Address", "Deploy", "Bytecode", "DecodeError",
    };
}
