using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Import;

/// <summary>How large an imported text may be: what a scenario can hold, or what published logs need.</summary>
internal static class ImportLimits
{
    /// <summary>Longest topology in characters: 100,000 edges of 100 characters each and as much again.</summary>
    public const int MaxTopologyCharacters = ScenarioFormat.MaxCharacters;

    /// <summary>Longest trace in characters: a million jobs of 64 characters each.</summary>
    public const int MaxTraceCharacters = 64 * 1024 * 1024;

    /// <summary>Most sites, as in a scenario.</summary>
    public const int MaxSites = 10_000;

    /// <summary>Most edges, as in a scenario.</summary>
    public const int MaxEdges = 100_000;

    /// <summary>Most jobs; the largest logs of the Parallel Workloads Archive have fewer.</summary>
    public const int MaxJobs = 1_000_000;

    /// <summary>Most reservations of one scenario.</summary>
    public const int MaxReservations = 100_000;

    /// <summary>Deepest nesting of lists and elements; known files need fewer than 8.</summary>
    public const int MaxNesting = 32;

    /// <summary>Longest word outside a quoted text: no number or key needs more.</summary>
    public const int MaxWordCharacters = 64;

    /// <summary>Longest name of a site, as in a scenario.</summary>
    public const int MaxNameCharacters = 64;

    /// <summary>Most problems reported for one text; reading stops there.</summary>
    public const int MaxProblems = 100;

    /// <summary>Longest value that a message repeats, so that a wrong file cannot flood a terminal.</summary>
    public const int LongestValue = 64;

    /// <summary>Most names that a note repeats; the rest is only counted.</summary>
    public const int NamesShown = 20;
}
