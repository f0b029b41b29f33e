using System.Xml;

namespace Pqms.Mesh.Import;

/// <summary>Gathers a GraphML topology element by element.</summary>
internal sealed class GraphMlDocument(IXmlLineInfo position)
{
    private static readonly string[] NodeFields = ["label", "latitude", "longitude"];

    private readonly ProblemList _problems = new();
    private readonly OriginFacts _facts = new();
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FoundValue> _defaults = new(StringComparer.OrdinalIgnoreCase);
    private readonly Stack<Element> _open = new();
    private readonly NoteCounter _hyperedges = new(
        ImportNoteKind.HyperedgeDropped, "hyperedges left out: a link joins two sites");

    private TopologyBuilder? _builder;
    private bool _isDirected;
    private int _graphs;

    private enum Place
    {
        Root,
        Key,
        Default,
        Graph,
        Node,
        Data,
        Other,
    }

    /// <summary>Line of the parser, from 1.</summary>
    public int Line => position.LineNumber;

    /// <summary>Whether nothing more is worth reading: too many problems, nodes or edges.</summary>
    public bool IsFinished => _problems.IsFull || _builder is { HasRoom: false };

    private TopologyBuilder Builder => _builder ??= new TopologyBuilder(_problems);

    /// <summary>An element begins.</summary>
    /// <param name="name">Its local name.</param>
    /// <param name="attribute">Gives an attribute's value, or null.</param>
    public void Enter(string name, Func<string, string?> attribute)
    {
        Element? parent = _open.Count == 0 ? null : _open.Peek();
        var element = new Element(PlaceOf(parent, name), Line);
        switch (element.Place)
        {
            case Place.Key:
                EnterKey(element, attribute);
                break;
            case Place.Graph:
                EnterGraph(parent!, attribute);
                break;
            case Place.Node:
                element.Id = Required(attribute, "id");
                break;
            case Place.Data:
                element.Key = _keys.GetValueOrDefault(attribute("key") ?? "");
                if (element.Key is null)
                {
                    _problems.Report(Line, attribute("key") ?? "(missing)", "the id of a key element above");
                }

                break;
            case Place.Other when parent?.Place == Place.Graph:
                EnterEdge(name, attribute);
                break;
            default:
                break;
        }

        _open.Push(element);
    }

    /// <summary>The last element ends.</summary>
    /// <param name="text">The text after its last child.</param>
    public void Leave(string text)
    {
        Element element = _open.Pop();
        Element? parent = _open.Count == 0 ? null : _open.Peek();
        var value = new FoundValue(text.Trim(), IsNumber: true, element.Line);
        if (element.Place == Place.Node)
        {
            Builder.AddSite(
                new FoundValue(element.Id, IsNumber: false, element.Line), Field(element, "label"),
                Field(element, "latitude"), Field(element, "longitude"));
        }
        else if (element.Place == Place.Default && parent!.Key is not null && parent.IsForNodes)
        {
            _defaults.TryAdd(parent.Key, value);
        }
        else if (element is { Place: Place.Data, Key: not null } && value.Text.Length > 0)
        {
            TakeData(element, parent!, value);
        }
    }

    public ImportResult<ImportedTopology> ToResult()
    {
        if (_problems.Problems.Count == 0 && _graphs == 0)
        {
            _problems.Report(0, "(no graph)", "one element graph in graphml");
        }

        var notes = new List<ImportNote>();
        _hyperedges.AppendTo(notes);
        if (_isDirected)
        {
            notes.Add(new ImportNote(
                ImportNoteKind.DirectionIgnored, 1, "directed graph: directions are ignored", []));
        }

        return Builder.Build(_facts.ToOrigin(), notes);
    }

    private Place PlaceOf(Element? parent, string name)
    {
        if (parent is null && name != "graphml")
        {
            _problems.Report(Line, name, "the root element graphml");
        }

        return (parent?.Place, name) switch
        {
            (null, _) => Place.Root,
            (Place.Root, "key") => Place.Key,
            (Place.Key, "default") => Place.Default,
            (Place.Root or Place.Node, "graph") => Place.Graph,
            (Place.Graph, "node") => Place.Node,
            (Place.Graph or Place.Node, "data") => Place.Data,
            _ => Place.Other,
        };
    }

    private void EnterKey(Element element, Func<string, string?> attribute)
    {
        string id = Required(attribute, "id");
        element.Key = attribute("attr.name") ?? "";
        element.IsForNodes = attribute("for") is null or "node" or "all";
        if (!_keys.TryAdd(id, element.Key))
        {
            _problems.Report(Line, id, "an id that no other key has");
        }
    }

    private void EnterGraph(Element parent, Func<string, string?> attribute)
    {
        _graphs += parent.Place == Place.Root ? 1 : 0;
        if (_graphs > 1)
        {
            _problems.Report(Line, "graph", "one graph");
        }

        _isDirected |= attribute("edgedefault") == "directed";
    }

    private void EnterEdge(string name, Func<string, string?> attribute)
    {
        if (name == "hyperedge")
        {
            _hyperedges.Add(attribute("id") ?? "");
        }
        else if (name == "edge")
        {
            _isDirected |= attribute("directed") == "true";
            Builder.AddEdge(
                new FoundValue(Required(attribute, "source"), IsNumber: false, Line),
                new FoundValue(Required(attribute, "target"), IsNumber: false, Line));
        }
    }

    private string Required(Func<string, string?> attribute, string name)
    {
        string? value = attribute(name);
        if (string.IsNullOrEmpty(value))
        {
            _problems.Report(Line, "(missing)", $"an attribute {name}");
        }

        return value ?? "";
    }

    private void TakeData(Element element, Element parent, FoundValue value)
    {
        if (parent.Place == Place.Graph)
        {
            _facts.Add(element.Key!, value.Text);
        }
        else if (NodeFields.Contains(element.Key, StringComparer.OrdinalIgnoreCase)
            && !parent.Fields.TryAdd(element.Key!, value))
        {
            _problems.Report(element.Line, element.Key!, "each field once");
        }
    }

    private FoundValue? Field(Element node, string name) =>
        node.Fields.TryGetValue(name, out FoundValue value) || _defaults.TryGetValue(name, out value)
            ? value
            : null;

    private sealed class Element(Place place, int line)
    {
        public Place Place { get; } = place;

        public int Line { get; } = line;

        /// <summary>Id of a node.</summary>
        public string Id { get; set; } = "";

        /// <summary>attr.name of a key, or of the key that a data element names.</summary>
        public string? Key { get; set; }

        public bool IsForNodes { get; set; }

        public Dictionary<string, FoundValue> Fields { get; } = new(StringComparer.OrdinalIgnoreCase);
    }
}
