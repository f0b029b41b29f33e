using System.Globalization;
using System.Text.Json;

namespace Pqms.Mesh.Scenarios;

/// <summary>Reads fields whose presence, kind and range <see cref="FormatCheck"/> has already seen.</summary>
internal static class JsonFields
{
    public static bool Has(this JsonElement element, string name) => element.TryGetProperty(name, out _);

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static string Text(this JsonElement element, string name, string otherwise) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetString()! : otherwise;

    public static double Real(this JsonElement element, string name) => element.GetProperty(name).GetDouble();

    public static double Real(this JsonElement element, string name, double otherwise) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : otherwise;

    public static double? RealOrNull(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : null;

    public static int Whole(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    public static int Whole(this JsonElement element, string name, int otherwise) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetInt32() : otherwise;

    public static int? WholeOrNull(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetInt32() : null;

    /// <summary>A flag; false when it is not given.</summary>
    public static bool Flag(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.GetBoolean();

    /// <summary>A value of an enumeration; its first one, 0, when it is not given.</summary>
    public static T Choice<T>(this JsonElement element, string name)
        where T : struct, Enum =>
        element.TryGetProperty(name, out JsonElement value) ? Keys<T>.Parse(value.GetString()!) : default;

    /// <summary>Items of a list; none when it is not given.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.EnumerateArray() : [];

    /// <summary>A number as it stands in messages.</summary>
    public static string Format(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
