using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Import;

/// <summary>Places sites without coordinates at the mean of their neighbours, from the known ones outwards.</summary>
internal static class PlaceFill
{
    private const double RadiansPerDegree = PortableMath.Pi / 180.0;

    // A mean of places is good to a metre at best; five decimals of a degree are that.
    private const double Decimals = 1e5;

    // Below it the neighbours lie opposite each other on the globe, and their mean has no direction.
    private const double LeastMeanLength = 1e-6;

    /// <summary>Fills in what can be; sites of a component without any place stay without one.</summary>
    /// <remarks>
    /// In rounds: every site without a place that has neighbours with one gets the mean of those, and is known in the
    /// next round. The mean is that of the unit vectors, so it is right across the date line; a single neighbour's
    /// place is taken over as it is.
    /// </remarks>
    public static IReadOnlyList<ImportedSite> Fill(
        IReadOnlyList<ImportedSite> sites, SiteGraph graph, List<ImportNote> notes)
    {
        ImportedSite[] filled = [.. sites];
        var known = new List<int>();
        for (int i = 0; i < filled.Length; i++)
        {
            if (filled[i].HasPlace)
            {
                known.Add(i);
            }
        }

        var counter = new NoteCounter(
            ImportNoteKind.SitePlaced, "sites without coordinates placed at the mean of their neighbours");
        bool[] isWaiting = new bool[filled.Length];
        while (known.Count > 0)
        {
            List<int> reached = Reached(known, filled, graph, isWaiting);
            ImportedSite[] placed = [.. reached.Select(i => Placed(filled[i], graph.Neighbours(i), filled))];
            for (int i = 0; i < placed.Length; i++)
            {
                filled[reached[i]] = placed[i];
                counter.Add(placed[i].Title);
            }

            known = reached;
        }

        counter.AppendTo(notes);
        return filled;
    }

    private static List<int> Reached(List<int> known, ImportedSite[] sites, SiteGraph graph, bool[] isWaiting)
    {
        var reached = new List<int>();
        foreach (int site in known)
        {
            foreach (int neighbour in graph.Neighbours(site))
            {
                if (!sites[neighbour].HasPlace && !isWaiting[neighbour])
                {
                    isWaiting[neighbour] = true;
                    reached.Add(neighbour);
                }
            }
        }

        return reached;
    }

    private static ImportedSite Placed(ImportedSite site, ReadOnlySpan<int> neighbours, ImportedSite[] sites)
    {
        double x = 0.0;
        double y = 0.0;
        double z = 0.0;
        int count = 0;
        ImportedSite first = site;
        foreach (int neighbour in neighbours)
        {
            if (sites[neighbour] is { Latitude: { } latitude, Longitude: { } longitude } found)
            {
                first = count == 0 ? found : first;
                count++;
                double across = PortableMath.Cos(latitude * RadiansPerDegree);
                x += across * PortableMath.Cos(longitude * RadiansPerDegree);
                y += across * PortableMath.Sin(longitude * RadiansPerDegree);
                z += PortableMath.Sin(latitude * RadiansPerDegree);
            }
        }

        double level = PortableMath.Sqrt((x * x) + (y * y));
        bool hasMean = count > 1 && PortableMath.Max(level, PortableMath.Abs(z)) > LeastMeanLength;
        return hasMean
            ? site with { Latitude = Degrees(z, level), Longitude = Degrees(y, x) }
            : site with { Latitude = first.Latitude, Longitude = first.Longitude };
    }

    private static double Degrees(double y, double x) =>
        PortableMath.Floor((PortableMath.Atan2(y, x) / RadiansPerDegree * Decimals) + 0.5) / Decimals;
}
