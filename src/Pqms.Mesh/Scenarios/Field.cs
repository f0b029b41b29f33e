namespace Pqms.Mesh.Scenarios;

/// <summary>What kind of JSON value a field holds.</summary>
internal enum FieldKind
{
    Text,
    Choice,
    Whole,
    Real,
    Flag,
    Record,
    List,
}

/// <summary>Which ends of a range do not belong to it.</summary>
[Flags]
internal enum Open
{
    None = 0,
    Least = 1,
    Greatest = 2,
    Both = 3,
}

/// <summary>One field of the scenario format.</summary>
/// <remarks>For texts and lists the range is that of the length; a whole number may use all 64 bits.</remarks>
internal sealed record Field(string Name, FieldKind Kind)
{
    public bool IsRequired { get; private init; } = true;

    public double Least { get; private init; }

    public double Greatest { get; private init; }

    public Open Open { get; private init; }

    /// <summary>Greatest whole number, exact where <see cref="Greatest"/> is rounded.</summary>
    public ulong GreatestWhole { get; private init; }

    public string? Pattern { get; private init; }

    /// <summary>Fields of a record, or of a list's items.</summary>
    public IReadOnlyList<Field> Fields { get; private init; } = [];

    public IReadOnlyList<string> Choices { get; private init; } = [];

    /// <summary>What the field allows, for people.</summary>
    public string Allowed => Kind switch
    {
        FieldKind.Text => Pattern is null ? $"text of 1 to {Greatest:R} characters" : $"text matching {Pattern}",
        FieldKind.Choice => "one of " + string.Join(", ", Choices),
        FieldKind.Whole => $"a whole number in [{Least:R}, {GreatestWhole}]",
        FieldKind.Real => $"a number in {Range}",
        FieldKind.Flag => "true or false",
        FieldKind.Record => "an object with " + string.Join(", ", Fields.Select(f => f.Name)),
        _ => $"a list of {Least:R} to {Greatest:R} objects",
    };

    private string Range =>
        $"{(Open.HasFlag(Open.Least) ? '(' : '[')}{Least:R}, {Greatest:R}{(Open.HasFlag(Open.Greatest) ? ')' : ']')}";

    public static Field Text(string name, int longest, string? pattern = null) =>
        new(name, FieldKind.Text) { Least = 1, Greatest = longest, Pattern = pattern };

    public static Field OneOf(string name, IReadOnlyList<string> choices) =>
        new(name, FieldKind.Choice) { Choices = choices };

    /// <summary>One of the values of an enumeration, by their keys.</summary>
    public static Field OneOf<T>(string name)
        where T : struct, Enum => OneOf(name, Keys<T>.All);

    public static Field Flag(string name) => new(name, FieldKind.Flag);

    public static Field Whole(string name, ulong least, ulong greatest) =>
        new(name, FieldKind.Whole) { Least = least, Greatest = greatest, GreatestWhole = greatest };

    public static Field Real(string name, double least, double greatest, Open open = Open.None) =>
        new(name, FieldKind.Real) { Least = least, Greatest = greatest, Open = open };

    public static Field Record(string name, IReadOnlyList<Field> fields) =>
        new(name, FieldKind.Record) { Fields = fields };

    public static Field List(string name, int fewest, int most, IReadOnlyList<Field> items) =>
        new(name, FieldKind.List) { Least = fewest, Greatest = most, Fields = items };

    public Field Optional() => this with { IsRequired = false };

    /// <summary>The same range under another name, required.</summary>
    public Field Named(string name) => this with { Name = name, IsRequired = true };

    /// <summary>Whether a number lies in the range; NaN does not.</summary>
    public bool Contains(double value) =>
        (Open.HasFlag(Open.Least) ? value > Least : value >= Least)
        && (Open.HasFlag(Open.Greatest) ? value < Greatest : value <= Greatest);
}
