namespace Pqms.Mesh;

/// <summary>What Bell tests say of a pool; reading it changes nothing.</summary>
/// <remarks>
/// Of the tests since the pool was last isolated or restored, older ones fading; each sacrificed one pair at its birth.
/// S and the fidelity are those of fresh pairs, not of one that stands: that of a single pair cannot be observed.
/// </remarks>
/// <param name="State">What follows from them. The pool is isolated when the fidelity, and with it S, falls below the
/// threshold of the sequential test; an S above it is never a reason.</param>
/// <param name="Tested">Pairs used up by tests since mesh time began.</param>
/// <param name="X">Tests in which both sides measured X.</param>
/// <param name="Y">The same for Y.</param>
/// <param name="Z">The same for Z.</param>
/// <param name="Fidelity">1 - 3e/2 with the error rate e less the share of the readouts; by chance it may lie above 1.
/// Null without tests.</param>
/// <param name="FidelityLower">Lower end of the 95 % interval of Clopper and Pearson, in [0, 1]; 0 without
/// tests.</param>
/// <param name="FidelityUpper">Upper end; 1 without tests.</param>
/// <param name="Chsh">S = sqrt 2 (t_x + t_z), t = 1 - 2e less the share of the readouts (Clauser, Horne, Shimony, Holt,
/// PRL 23, 880, 1969, at the settings that are best for Phi+): local models reach 2, Phi+ 2.828. Null before both X and
/// Z were measured.</param>
/// <param name="ChshStandardError">Standard error of S, from the binomials of both bases. Null with S.</param>
public sealed record PoolHealth(
    HealthState State,
    ulong Tested,
    BasisTests X,
    BasisTests Y,
    BasisTests Z,
    double? Fidelity,
    double FidelityLower,
    double FidelityUpper,
    double? Chsh,
    double? ChshStandardError);

/// <summary>Parity tests in one basis.</summary>
/// <param name="Tests">Their weight; a fraction once older ones fade.</param>
/// <param name="Errors">Weight of those whose parity Phi+ never gives.</param>
public readonly record struct BasisTests(double Tests, double Errors);
