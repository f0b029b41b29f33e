namespace Pqms.Mesh.Scenarios;

/// <summary>Whether the scatter of true fidelities about a nominal one stays within what a Werner state can
/// be.</summary>
internal static class TrueFidelity
{
    public const string Allowed = "a spread that keeps 1 - (1 - F)(1 + infidelitySpread) at 0.25 or above";

    private const double WhiteNoise = 0.25;

    public static bool IsPossible(double fidelity, HardwareProfile profile) =>
        1.0 - ((1.0 - fidelity) * (1.0 + profile.InfidelitySpread)) >= WhiteNoise;
}
