using Pqms.Mesh.Import;

namespace Pqms.Mesh.Tests.Import;

/// <summary>Small texts made for these tests, in the dialects of the formats.</summary>
internal static class Fixtures
{
    // Six sites: a chain of four, of which two have no place, and a pair apart.
    public const string Gml = """
        Creator "made by hand"
        # A comment with [ brackets ] and "quotes".
        graph [
          Network "Test & net"
          GeoLocation "Nowhere"
          directed 0
          node [ id 3 label "Alpha &amp; Omega" Latitude 50.0 Longitude 8.0
            graphics [ x 1 y 2 type "oval" inner [ deep 1 ] ] ]
          node [
            id 5
            label "Beta"
          ]
          node [ id 7 label "Gamma" Longitude +9.5e0 Latitude 51 ]
          node [ id 8 ]
          node [ id 9 label "Beta" Latitude 48.0 Longitude 11.0 ]
          node [ id 10 label "Far~away#1" Latitude 48.5 Longitude 11.5 ]
          edge [ source 3 target 5 LinkLabel "a ] b" ]
          edge [ source 5 target 7 ]
          edge [ source 7 target 8 ]
          edge [ source 7 target 5 ]
          edge [ source 7 target 7 ]
          edge [ source 9 target 10 ]
        ]
        """;

    public const string GraphMl = """
        <?xml version="1.0" encoding="utf-8"?>
        <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
          <key id="d0" for="node" attr.name="Latitude" attr.type="double"/>
          <key id="d1" for="node" attr.name="longitude" attr.type="double"/>
          <key id="d2" for="node" attr.name="label" attr.type="string"><default>Unnamed</default></key>
          <key id="d3" for="edge" attr.name="label" attr.type="string"><default>edge</default></key>
          <key id="d4" for="graph" attr.name="Network" attr.type="string"/>
          <graph edgedefault="undirected">
            <data key="d4">Zoo &amp; co</data>
            <node id="n0">
              <data key="d0">52.5</data><data key="d1">13.4</data><data key="d2">Berlin</data>
            </node>
            <node id="n1">
              <data key="d0">53.5</data><data key="d1">10</data><data key="d2"><![CDATA[Ham<burg]]></data>
            </node>
            <node id="n2"/>
            <edge source="n0" target="n1"><data key="d3">fast</data></edge>
            <edge source="n1" target="n2"/>
            <hyperedge id="h0"><endpoint node="n0"/><endpoint node="n1"/><endpoint node="n2"/></hyperedge>
          </graph>
        </graphml>
        """;

    public const string Swf = """
        ; Version: 2.2
        ; Computer: Testing machine
        ; Installation: Nowhere
        ;
           1      0  -1   600   64  -1 -1  -1 -1 -1 -1   1  1 -1 -1 -1 -1 -1
           2     30  -1 20000    8  3.5 -1 -1 -1 -1  1   2  1 -1 -1 -1 -1 -1
           3     30   5    60   -1  -1 -1   9 -1 -1  1  -1  1 -1 -1 -1 -1 -1
           4     40  -1    -1    8  -1 -1  -1 -1 -1  5   3  1 -1 -1 -1 -1 -1
           5     20  -1    70 5000  -1 -1  -1 -1 -1  1   4  1 -1 -1 -1 -1 -1
           5     20  -1    35 5000  -1 -1  -1 -1 -1  2   4  1 -1 -1 -1 -1 -1
        """;

    public static ImportedTopology Read(ImportResult<ImportedTopology> result)
    {
        Assert.True(result.IsValid, string.Join('\n', result.Problems));
        return result.Value;
    }

    public static int Count(IEnumerable<ImportNote> notes, ImportNoteKind kind) =>
        notes.SingleOrDefault(note => note.Kind == kind)?.Count ?? 0;

    public static ImportedSite Site(string label, double? latitude = null, double? longitude = null) =>
        new("id of " + label, label, latitude, longitude);

    public static ImportedTopology Network(IReadOnlyList<ImportedSite> sites, params (int A, int B)[] edges) =>
        new(new TopologyOrigin("", "", "", "", ""), sites, [.. edges.Select(e => new ImportedEdge(e.A, e.B))], []);
}
