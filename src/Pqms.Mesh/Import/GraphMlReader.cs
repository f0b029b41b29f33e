using System.Text;
using System.Xml;

namespace Pqms.Mesh.Import;

/// <summary>Reads GraphML topologies. Opens no files and follows no references.</summary>
/// <remarks>
/// Taken are nodes and edges, also of nested graphs, and the data whose key has the attr.name Latitude, Longitude or
/// label (for nodes) or one that describes the graph's origin; attr.name in any case, defaults of keys included.
/// Document types are prohibited, so no entity can be declared. Hyperedges are left out with a note. Takes time in
/// proportion to the text. Source of the format: Brandes et al., GraphML Progress Report, Graph Drawing 2001,
/// LNCS 2265, 501.
/// </remarks>
public static class GraphMlReader
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = ImportLimits.MaxTopologyCharacters,

        // Without a document type there are no entities to expand; 0 would mean any number.
        MaxCharactersFromEntities = 1,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>Reads the text of a file.</summary>
    /// <param name="graphMl">At most 16 Mi characters, 10,000 nodes and 100,000 edges.</param>
    /// <returns>The topology as the file has it, not yet cleaned up, or every problem found.</returns>
    public static ImportResult<ImportedTopology> Parse(string graphMl)
    {
        ArgumentNullException.ThrowIfNull(graphMl);
        if (graphMl.Length > ImportLimits.MaxTopologyCharacters)
        {
            return ImportResult<ImportedTopology>.Refused(
                0, $"{graphMl.Length} characters", $"at most {ImportLimits.MaxTopologyCharacters} characters");
        }

#pragma warning disable RS0030 // A reader of text in memory: no input or output.
        using var text = new System.IO.StringReader(graphMl.StartsWith('\uFEFF') ? graphMl[1..] : graphMl);
#pragma warning restore RS0030
        using var xml = XmlReader.Create(text, Settings);
        try
        {
            return Read(xml);
        }
        catch (XmlException e)
        {
            return ImportResult<ImportedTopology>.Refused(
                e.LineNumber, $"position {e.LinePosition}", "well-formed XML without a document type or entities");
        }
    }

    private static ImportResult<ImportedTopology> Read(XmlReader xml)
    {
        var document = new GraphMlDocument((IXmlLineInfo)xml);
        var text = new StringBuilder();
        while (!document.IsFinished && xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when xml.Depth >= ImportLimits.MaxNesting:
                    return ImportResult<ImportedTopology>.Refused(
                        document.Line, xml.Name, $"at most {ImportLimits.MaxNesting} elements in each other");
                case XmlNodeType.Element:
                    text.Clear();
                    bool isEmpty = xml.IsEmptyElement;
                    document.Enter(xml.LocalName, xml.GetAttribute);
                    if (isEmpty)
                    {
                        document.Leave("");
                    }

                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    text.Append(xml.Value);
                    break;
                case XmlNodeType.EndElement:
                    document.Leave(text.ToString());
                    text.Clear();
                    break;
                default:
                    break;
            }
        }

        return document.ToResult();
    }
}
