namespace Pqms.Mesh.Scenarios;

/// <summary>The named classes of pools and the fidelity each one guarantees.</summary>
/// <remarks>
/// The class "open" promises no more than that a pair is entangled: for cases of theory, and for hardware that reaches
/// none of the others. Its floor is the least that the ledger can write above one half, 500,001 parts per million.
/// </remarks>
public static class FidelityClasses
{
    private static readonly KeyValuePair<string, double>[] Classes =
    [
        new("open", 0.500001),
        new("coordination", 0.80),
        new("key", 0.90),
        new("standard", 0.95),
        new("network", 0.98),
        new("certified", 0.9925),
        new("premium", 0.995),
    ];

    /// <summary>All classes with their least fidelity, lowest first.</summary>
    public static IReadOnlyList<KeyValuePair<string, double>> All => Classes;

    /// <summary>Finds the least fidelity of a class.</summary>
    /// <param name="className">Name of the class, exact case.</param>
    /// <param name="fidelityFloor">The class's least fidelity, or 0 when the name is unknown.</param>
    /// <returns>Whether the class exists.</returns>
    public static bool TryGetFloor(string className, out double fidelityFloor)
    {
        foreach (KeyValuePair<string, double> entry in Classes)
        {
            if (string.Equals(entry.Key, className, StringComparison.Ordinal))
            {
                fidelityFloor = entry.Value;
                return true;
            }
        }

        fidelityFloor = 0.0;
        return false;
    }
}
