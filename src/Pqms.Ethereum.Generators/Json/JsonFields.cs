namespace Pqms.Ethereum.Generators.Json;

/// <summary>Members of a JSON object, demanded with a kind; the refusal names the member.</summary>
internal static class JsonFields
{
    public static JsonObject AsObject(JsonValue value, string what) =>
        value as JsonObject ?? throw new AbiFileException(value.Place, what + " must be an object, is " + value.Kind);

    public static string Text(JsonObject owner, string member) => owner.Find(member) switch
    {
        JsonString text => text.Text,
        null => throw new AbiFileException(owner.Place, "\"" + member + "\" is missing"),
        var other => throw new AbiFileException(other.Place, "\"" + member + "\" must be a string, is " + other.Kind),
    };

    public static string OptionalText(JsonObject owner, string member) =>
        owner.Find(member) is null ? string.Empty : Text(owner, member);

    public static List<JsonValue> Array(JsonObject owner, string member) => owner.Find(member) switch
    {
        JsonArray array => array.Items,
        null => throw new AbiFileException(owner.Place, "\"" + member + "\" is missing"),
        var other => throw new AbiFileException(other.Place, "\"" + member + "\" must be an array, is " + other.Kind),
    };

    /// <summary>A boolean member; absent means false.</summary>
    public static bool Flag(JsonObject owner, string member) => owner.Find(member) switch
    {
        null => false,
        JsonLiteral { Text: "true" } => true,
        JsonLiteral { Text: "false" } => false,
        var other => throw new AbiFileException(
            other.Place, "\"" + member + "\" must be true or false, is " + other.Kind),
    };
}
