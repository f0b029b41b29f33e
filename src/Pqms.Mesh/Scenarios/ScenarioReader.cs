namespace Pqms.Mesh.Scenarios;

/// <summary>Reads scenario files.</summary>
public static partial class ScenarioReader
{
    /// <summary>Most problems reported for one file; reading stops there.</summary>
    public const int MaxProblems = 100;
}
