namespace Pqms.Ethereum.Generators.Json;

/// <summary>A parsed JSON value with the place where it begins; members keep the file's order.</summary>
internal abstract class JsonValue
{
    protected JsonValue(JsonPlace place) => Place = place;

    /// <summary>Where the value's first character stands.</summary>
    public JsonPlace Place { get; }

    public abstract string Kind { get; }
}

internal sealed class JsonObject : JsonValue
{
    private readonly Dictionary<string, JsonValue> _members;

    public JsonObject(JsonPlace place, Dictionary<string, JsonValue> members)
        : base(place) => _members = members;

    public override string Kind => "object";

    public JsonValue? Find(string name) => _members.TryGetValue(name, out var value) ? value : null;
}

internal sealed class JsonArray : JsonValue
{
    public JsonArray(JsonPlace place, List<JsonValue> items)
        : base(place) => Items = items;

    public override string Kind => "array";

    public List<JsonValue> Items { get; }
}

internal sealed class JsonString : JsonValue
{
    public JsonString(JsonPlace place, string text)
        : base(place) => Text = text;

    public override string Kind => "string";

    public string Text { get; }
}

/// <summary>A number, true, false or null: an ABI needs only its spelling.</summary>
internal sealed class JsonLiteral : JsonValue
{
    public JsonLiteral(JsonPlace place, string text)
        : base(place) => Text = text;

    public override string Kind => Text;

    public string Text { get; }
}
