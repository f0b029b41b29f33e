namespace Pqms.Ethereum.Generators.Json;

/// <summary>A parsed JSON value with the line where it begins; members keep the file's order.</summary>
internal abstract class JsonValue
{
    protected JsonValue(int line) => Line = line;

    /// <summary>Zero-based line of the value's first character.</summary>
    public int Line { get; }

    public abstract string Kind { get; }
}

internal sealed class JsonObject : JsonValue
{
    private readonly Dictionary<string, JsonValue> _members;

    public JsonObject(int line, Dictionary<string, JsonValue> members)
        : base(line) => _members = members;

    public override string Kind => "object";

    public JsonValue? Find(string name) => _members.TryGetValue(name, out var value) ? value : null;
}

internal sealed class JsonArray : JsonValue
{
    public JsonArray(int line, List<JsonValue> items)
        : base(line) => Items = items;

    public override string Kind => "array";

    public List<JsonValue> Items { get; }
}

internal sealed class JsonString : JsonValue
{
    public JsonString(int line, string text)
        : base(line) => Text = text;

    public override string Kind => "string";

    public string Text { get; }
}

/// <summary>A number, true, false or null: an ABI needs only its spelling.</summary>
internal sealed class JsonLiteral : JsonValue
{
    public JsonLiteral(int line, string text)
        : base(line) => Text = text;

    public override string Kind => Text;

    public string Text { get; }
}
