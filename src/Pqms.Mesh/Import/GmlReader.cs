namespace Pqms.Mesh.Import;

/// <summary>Reads GML topologies, in the dialect of the Internet Topology Zoo. Opens no files.</summary>
/// <remarks>
/// Taken are <c>graph</c>, its <c>node</c> (id, label, Latitude, Longitude) and <c>edge</c> (source, target) lists and
/// what the graph says about its origin; keys in any case. All other keys are skipped, at any depth up to 32. A second
/// graph, a second node of one id, an edge to an unknown node, a repeated field and a place outside the Earth are
/// problems. Takes time in proportion to the text. Source of the dialect: Knight et al., The Internet Topology Zoo,
/// IEEE JSAC 29, 1765 (2011).
/// </remarks>
public static class GmlReader
{
    /// <summary>Reads the text of a file.</summary>
    /// <param name="gml">At most 16 Mi characters, 10,000 nodes and 100,000 edges.</param>
    /// <returns>The topology as the file has it, not yet cleaned up, or every problem found.</returns>
    public static ImportResult<ImportedTopology> Parse(string gml)
    {
        ArgumentNullException.ThrowIfNull(gml);
        return gml.Length > ImportLimits.MaxTopologyCharacters
            ? ImportResult<ImportedTopology>.Refused(
                0, $"{gml.Length} characters", $"at most {ImportLimits.MaxTopologyCharacters} characters")
            : new Run(gml).Read();
    }

    private enum Place
    {
        Top,
        Graph,
        Node,
        Edge,
        Other,
    }

    private sealed class Run(string gml)
    {
        private readonly GmlTokenizer _words = new(gml);
        private readonly ProblemList _problems = new();
        private readonly OriginFacts _facts = new();
        private readonly Stack<(Place Place, int Line)> _open = new();
        private readonly Dictionary<string, FoundValue> _fields = new(StringComparer.OrdinalIgnoreCase);
        private readonly NoteCounter _unknownEntities = new(
            ImportNoteKind.UnknownEntity, "unknown entities in texts stay as written");

        private TopologyBuilder? _builder;
        private bool _isDirected;

        private Place Here => _open.Count == 0 ? Place.Top : _open.Peek().Place;

        public ImportResult<ImportedTopology> Read()
        {
            while (Step())
            {
                // Each step reads one key with its value, or one closing bracket.
            }

            if (_problems.Problems.Count == 0 && _builder is null)
            {
                _problems.Report(0, "(no graph)", "one list: graph [ ... ]");
            }

            if (_builder is null)
            {
                return ImportResult<ImportedTopology>.Refused(_problems.Problems);
            }

            var notes = new List<ImportNote>();
            _unknownEntities.AppendTo(notes);
            if (_isDirected)
            {
                notes.Add(new ImportNote(
                    ImportNoteKind.DirectionIgnored, 1, "directed graph: directions are ignored", []));
            }

            return _builder.Build(_facts.ToOrigin(), notes);
        }

        private bool Step()
        {
            if (_problems.IsFull || _builder is { HasRoom: false })
            {
                return false;
            }

            switch (_words.Next())
            {
                case GmlTokenKind.End when _open.Count == 0:
                    return false;
                case GmlTokenKind.End:
                    return Stop($"']' for the '[' of line {_open.Peek().Line}");
                case GmlTokenKind.Close when _open.Count > 0:
                    Leave();
                    return true;
                case GmlTokenKind.Key:
                    return ReadValue(_words.Text, _words.Line);
                default:
                    return Stop("a key of letters and digits" + (_open.Count > 0 ? ", or ']'" : ""));
            }
        }

        private bool ReadValue(string key, int line)
        {
            switch (_words.Next())
            {
                case GmlTokenKind.Open when _open.Count >= ImportLimits.MaxNesting:
                    return Stop($"at most {ImportLimits.MaxNesting} lists in each other");
                case GmlTokenKind.Open:
                    Enter(key, line);
                    return true;
                case GmlTokenKind.Number:
                    Take(key, new FoundValue(_words.Text, IsNumber: true, _words.Line));
                    return true;
                case GmlTokenKind.Text:
                    string plain = GmlEntities.Replace(_words.Text, _unknownEntities);
                    Take(key, new FoundValue(plain, IsNumber: false, _words.Line));
                    return true;
                default:
                    return Stop($"a value of {key}: a number, a text in quotes, or a list in brackets");
            }
        }

        // What follows a wrong word cannot be understood, so reading ends there.
        private bool Stop(string allowed)
        {
            _problems.Report(_words.Line, _words.Text, allowed);
            return false;
        }

        private void Enter(string key, int line)
        {
            Place place = (Here, key.ToLowerInvariant()) switch
            {
                (Place.Top, "graph") => Place.Graph,
                (Place.Graph, "node") => Place.Node,
                (Place.Graph, "edge") => Place.Edge,
                _ => Place.Other,
            };
            if (place == Place.Graph && _builder is not null)
            {
                _problems.Report(line, key, "one graph");
            }

            if (place == Place.Graph)
            {
                _builder ??= new TopologyBuilder(_problems);
            }

            _open.Push((place, line));
        }

        private void Take(string key, FoundValue value)
        {
            switch (Here)
            {
                case Place.Top or Place.Graph:
                    _facts.Add(key, value.Text);
                    _isDirected |= key.Equals("directed", StringComparison.OrdinalIgnoreCase) && value.Text == "1";
                    break;
                case Place.Node when IsOneOf(key, "id", "label", "latitude", "longitude"):
                case Place.Edge when IsOneOf(key, "source", "target"):
                    if (!_fields.TryAdd(key, value))
                    {
                        _problems.Report(value.Line, key, "each field once");
                    }

                    break;
                default:
                    break;
            }
        }

        private static bool IsOneOf(string key, params ReadOnlySpan<string> keys)
        {
            foreach (string known in keys)
            {
                if (key.Equals(known, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }

            return false;
        }

        private void Leave()
        {
            (Place place, int line) = _open.Pop();
            if (place == Place.Node && TryId("id", line, out FoundValue id))
            {
                _builder!.AddSite(id, Field("label"), Field("latitude"), Field("longitude"));
            }
            else if (place == Place.Edge && TryId("source", line, out FoundValue a)
                && TryId("target", line, out FoundValue b))
            {
                _builder!.AddEdge(a, b);
            }

            if (place is Place.Node or Place.Edge)
            {
                _fields.Clear();
            }
        }

        private bool TryId(string key, int line, out FoundValue id)
        {
            if (!_fields.TryGetValue(key, out id))
            {
                _problems.Report(line, "(missing)", $"a whole number as {key}");
                return false;
            }

            if (id.IsNumber && ImportNumber.TryWhole(id.Text, out long number))
            {
                id = id with { Text = number.ToString() };
                return true;
            }

            _problems.Report(id.Line, id.Text, $"a whole number as {key}");
            return false;
        }

        private FoundValue? Field(string key) => _fields.TryGetValue(key, out FoundValue value) ? value : null;
    }
}
