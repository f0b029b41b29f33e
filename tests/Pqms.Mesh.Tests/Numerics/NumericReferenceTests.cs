using System.Text.RegularExpressions;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Tests.Numerics;

/// <summary>
/// Every member with floating-point or vector numbers that Pqms.Physics and Pqms.Mesh call outside themselves must be
/// listed here, with the reason why it gives the same bits on every machine. The compiler's list of banned symbols says
/// what is wrong; this list says what is right, so nothing new slips in by another name.
/// </summary>
public class NumericReferenceTests
{
    // Exact by IEEE 754, or moves bits only.
    private static readonly string[] ExactMembers =
    [
        "System.Math.Sqrt(System.Double)->System.Double",
        "System.Math.Floor(System.Double)->System.Double",
        "System.BitConverter.Int64BitsToDouble(System.Int64)->System.Double",
        "System.BitConverter.DoubleToInt64Bits(System.Double)->System.Int64",
        "System.BitConverter.DoubleToUInt64Bits(System.Double)->System.UInt64",
        "System.BitConverter.SingleToInt32Bits(System.Single)->System.Int32",
        "System.Numerics.BitOperations.PopCount(System.UInt64)->System.Int32",
        "System.Numerics.BitOperations.TrailingZeroCount(System.UInt64)->System.Int32",
    ];

    // The bulk pools' floor test. Lane by lane the same as its scalar twin: loads and comparisons move or pick bits,
    // whole numbers wrap, and the float32 members round once to nearest by IEEE 754 (no fused multiply, no estimate).
    // # stands for 256 or 512.
    private static readonly string[] VectorMembers =
    [
        "V#.get_IsHardwareAccelerated()->System.Boolean",
        "V#`1<System.Single>.get_Count()->System.Int32",
        "V#.Create(System.Int32)->V#`1<System.Int32>",
        "V#.Create(System.Single)->V#`1<System.Single>",
        "V#.LoadUnsafe(!!0&,System.UIntPtr)->V#`1<!!0>",
        "V#`1<System.Int32>.op_Subtraction(V#`1<!0>,V#`1<!0>)->V#`1<!0>",
        "V#.ConvertToSingle(V#`1<System.Int32>)->V#`1<System.Single>",
        "V#`1<System.Single>.op_Multiply(V#`1<!0>,V#`1<!0>)->V#`1<!0>",
        "V#`1<System.Single>.op_Subtraction(V#`1<!0>,V#`1<!0>)->V#`1<!0>",
        "V#.GreaterThanOrEqual(V#`1<!!0>,V#`1<!!0>)->V#`1<!!0>",
        "V#.ExtractMostSignificantBits(V#`1<!!0>)->System.UInt#",
    ];

    private static readonly HashSet<string> AllVectorMembers =
        [.. VectorMembers.Select(member => Widened(member, "256", "32")),
            .. VectorMembers.Select(member => Widened(member, "512", "64"))];

    // Texts: correctly rounded in both directions since .NET Core 3.0 (IEEE 754-2008, 5.12); comparisons for records.
    private static readonly string[] TextMembers =
    [
        "System.Text.Json.JsonElement.GetDouble()->System.Double",
        "System.Text.Json.JsonElement.TryGetDouble(System.Double&)->System.Boolean",
        "System.Double.ToString(System.String,System.IFormatProvider)->System.String",
        "System.Double.TryParse(System.ReadOnlySpan`1<System.Char>,System.Globalization.NumberStyles,"
            + "System.IFormatProvider,System.Double&)->System.Boolean",
    ];

    private static readonly Regex NumericNames = new(
        @"System\.(Double|Single|Half|Decimal|Math|MathF|Numerics\.|Runtime\.Intrinsics\.)",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    // Records compare and print their fields, collections and delegates carry them: no arithmetic.
    private static readonly Regex Containers = new(
        @"^System\.(Collections\.Generic\.[A-Za-z]+`\d<|Func`\d<|Action`\d?<|Nullable`1<|ReadOnlySpan`1<|Span`1<"
        + @"|ValueTuple`\d<|Double\.(Equals|GetHashCode|CompareTo)\(|Text\.StringBuilder\.Append\()",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    [Theory]
    [InlineData("Pqms.Physics.dll")]
    [InlineData("Pqms.Mesh.dll")]
    public void Assembly_GivenItsReferences_usesAllowedNumericMembersOnly(string name)
    {
        string folder = Path.GetDirectoryName(typeof(PortableMath).Assembly.Location)!;
        IReadOnlyList<string> all = MemberNames.Of(Path.Combine(folder, name));
        Assert.NotEmpty(all);
        IEnumerable<string> found = all.Where(IsNumeric).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal([], found.Where(member => !IsAllowed(member)));
        Assert.Equal(
            name == "Pqms.Physics.dll", found.Any(m => m.StartsWith("System.Math.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("System.Double.Exp(System.Double)->System.Double")]
    [InlineData("System.Runtime.Intrinsics.Vector512`1<System.Single>.op_Division(!0,!0)->!0")]
    [InlineData("System.Runtime.Intrinsics.Vector512.Sum(System.Runtime.Intrinsics.Vector512`1<!!0>)->!!0")]
    [InlineData("System.Linq.Enumerable.Sum(System.Collections.Generic.IEnumerable`1<System.Double>)->System.Double")]
    [InlineData("System.TimeSpan.FromSeconds(System.Double)->System.TimeSpan")]
    [InlineData("System.Numerics.INumber`1<!0>.Max(!0,!0)->!0")]
    public void IsNumeric_GivenForbiddenMembers_findsAndRefusesThem(string member)
    {
        Assert.True(IsNumeric(member));
        Assert.False(IsAllowed(member));
    }

    private static bool IsNumeric(string member) =>
        !member.StartsWith("Pqms.", StringComparison.Ordinal) && NumericNames.IsMatch(member);

    private static bool IsAllowed(string member) =>
        ExactMembers.Contains(member) || TextMembers.Contains(member) || AllVectorMembers.Contains(member)
        || Containers.IsMatch(member);

    private static string Widened(string member, string width, string maskBits) => member
        .Replace("UInt#", "UInt" + maskBits, StringComparison.Ordinal)
        .Replace("V#", "System.Runtime.Intrinsics.Vector" + width, StringComparison.Ordinal);
}
