using Pqms.Mesh.Links;
using Pqms.Mesh.Topology;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Routing;

/// <summary>How long messages from spans take to a planner's site.</summary>
/// <remarks>
/// Light time in fibre from the nearer end of the span by the shortest way over all fibres, whoever owns them for
/// entanglement; time to process or to queue is not counted. Lengths are added in mm, each span rounded up.
/// </remarks>
internal static class ClassicalDelays
{
    /// <summary>The delay of a span from which no fibre leads to the planner.</summary>
    public const long Never = long.MaxValue;

    private const double MillimetersPerMeter = 1000.0;

    /// <summary>Delay of every span in ns; <see cref="Never"/> where there is no way.</summary>
    /// <param name="siteCount">Number of sites, repeaters included.</param>
    /// <param name="spans">All spans.</param>
    /// <param name="planner">Site of the planner.</param>
    public static long[] ToSite(int siteCount, IReadOnlyList<MeshSpan> spans, int planner)
    {
        long[] distances = Distances(siteCount, spans, planner);
        long[] delays = new long[spans.Count];
        for (int i = 0; i < delays.Length; i++)
        {
            long nearer = distances[spans[i].A] < distances[spans[i].B] ? distances[spans[i].A] : distances[spans[i].B];
            delays[i] = nearer == Never ? Never : SpanFigures.FibreNanoseconds(nearer / MillimetersPerMeter);
        }

        return delays;
    }

    private static long[] Distances(int siteCount, IReadOnlyList<MeshSpan> spans, int planner)
    {
        var spansAt = new List<MeshSpan>[siteCount];
        for (int i = 0; i < siteCount; i++)
        {
            spansAt[i] = [];
        }

        foreach (MeshSpan span in spans)
        {
            spansAt[span.A].Add(span);
            spansAt[span.B].Add(span);
        }

        long[] distances = new long[siteCount];
        Array.Fill(distances, Never);
        distances[planner] = 0;
        var queue = new PriorityQueue<int, long>();
        queue.Enqueue(planner, 0);
        while (queue.TryDequeue(out int site, out long distance))
        {
            if (distance > distances[site])
            {
                continue;
            }

            foreach (MeshSpan span in spansAt[site])
            {
                int next = span.A == site ? span.B : span.A;
                long way = distance + (long)PortableMath.Ceiling(span.Meters * MillimetersPerMeter);
                if (way < distances[next])
                {
                    distances[next] = way;
                    queue.Enqueue(next, way);
                }
            }
        }

        return distances;
    }
}
