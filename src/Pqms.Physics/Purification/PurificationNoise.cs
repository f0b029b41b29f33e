using Pqms.Physics.States;

namespace Pqms.Physics.Purification;

/// <summary>The errors of one round of two-to-one purification: one two-qubit gate and one readout per side.</summary>
/// <remarks>
/// A gate works with its probability and else leaves both its qubits fully mixed; a readout is right with its fidelity
/// (Briegel, Duer, Cirac, Zoller, PRL 81, 5932, 1998). Only the products count. Rotations of single qubits are taken
/// as perfect. The default value is the worst device: its gates never work.
/// </remarks>
public readonly record struct PurificationNoise
{
    private PurificationNoise(double gates, double parityRight)
    {
        GatesProbability = gates;
        ParityFidelity = parityRight;
    }

    /// <summary>A round without errors.</summary>
    public static PurificationNoise None => new(1.0, 1.0);

    /// <summary>Probability G = g_A g_B that both gates work, in [0, 1].</summary>
    public double GatesProbability { get; }

    /// <summary>
    /// Probability s = m_A m_B + (1 - m_A)(1 - m_B) that the comparison of the two results is right, in [0, 1].
    /// </summary>
    public double ParityFidelity { get; }

    /// <summary>A round with the same devices on both sides.</summary>
    /// <param name="gateProbability">g in [0, 1]; see <see cref="SwapNoise.GateProbabilityFromFidelity"/>.</param>
    /// <param name="readoutFidelity">m in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside [0, 1] or NaN.</exception>
    public static PurificationNoise Create(double gateProbability, double readoutFidelity) =>
        Create(gateProbability, gateProbability, readoutFidelity, readoutFidelity);

    /// <summary>A round with devices of its own on each side.</summary>
    /// <param name="gateProbabilityA">g_A in [0, 1].</param>
    /// <param name="gateProbabilityB">g_B in [0, 1].</param>
    /// <param name="readoutFidelityA">m_A in [0, 1].</param>
    /// <param name="readoutFidelityB">m_B in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside [0, 1] or NaN.</exception>
    public static PurificationNoise Create(
        double gateProbabilityA, double gateProbabilityB, double readoutFidelityA, double readoutFidelityB)
    {
        double wrongA = 1.0 - Domain.Probability(readoutFidelityA);
        double wrongB = 1.0 - Domain.Probability(readoutFidelityB);
        return new PurificationNoise(
            Domain.Probability(gateProbabilityA) * Domain.Probability(gateProbabilityB),
            (readoutFidelityA * readoutFidelityB) + (wrongA * wrongB));
    }

    /// <summary>A round with the same devices on both sides, from their measured figures.</summary>
    /// <param name="averageGateFidelity">Average fidelity of the two-qubit gate, in [0.25, 1].</param>
    /// <param name="readoutFidelity">m in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or NaN.</exception>
    public static PurificationNoise FromFidelities(double averageGateFidelity, double readoutFidelity) =>
        Create(SwapNoise.GateProbabilityFromFidelity(averageGateFidelity), readoutFidelity);
}
