namespace Pqms.Physics.States;

/// <summary>The errors of one entanglement swap: a depolarising two-qubit gate and two imperfect readouts.</summary>
/// <remarks>The default value is the worst device (p_g = 0): it leaves a maximally mixed pair.</remarks>
public readonly record struct SwapNoise
{
    private SwapNoise(double gateProbability, double readoutFidelity)
    {
        GateProbability = gateProbability;
        ReadoutFidelity = readoutFidelity;
    }

    /// <summary>A swap without errors.</summary>
    public static SwapNoise None => new(1.0, 1.0);

    /// <summary>Probability p_g that the gate works; else both qubits are fully mixed. In [0, 1].</summary>
    public double GateProbability { get; }

    /// <summary>Probability eta that one qubit is read correctly. In [0, 1].</summary>
    public double ReadoutFidelity { get; }

    /// <summary>
    /// Factor on the Werner parameter of the fidelity: w12 = factor w1 w2 with factor = p_g (4 eta^2 - 1)/3.
    /// </summary>
    /// <remarks>Briegel, Duer, Cirac, Zoller, PRL 81, 5932 (1998). Exact for one swap of two Werner pairs.</remarks>
    public double WernerFactor => GateProbability * ((4.0 * ReadoutFidelity * ReadoutFidelity) - 1.0) / 3.0;

    /// <summary>A swap with given errors.</summary>
    /// <param name="gateProbability">p_g in [0, 1].</param>
    /// <param name="readoutFidelity">eta in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside [0, 1] or NaN.</exception>
    public static SwapNoise Create(double gateProbability, double readoutFidelity) =>
        new(Domain.Probability(gateProbability), Domain.Probability(readoutFidelity));

    /// <summary>A swap with given device figures.</summary>
    /// <param name="averageGateFidelity">Average fidelity of the two-qubit gate, in [0.25, 1].</param>
    /// <param name="readoutFidelity">eta in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or NaN.</exception>
    public static SwapNoise FromFidelities(double averageGateFidelity, double readoutFidelity) =>
        Create(GateProbabilityFromFidelity(averageGateFidelity), readoutFidelity);

    /// <summary>p_g = (4F - 1)/3 for a depolarised two-qubit gate of average fidelity F.</summary>
    /// <remarks>
    /// Average fidelity over states of dimension d = 4 is p + (1 - p)/d (Horodecki, PRA 60, 1888, 1999; Nielsen, PLA
    /// 303, 249, 2002), so p = (4F - 1)/3.
    /// </remarks>
    /// <param name="averageGateFidelity">F in [0.25, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">F is outside [0.25, 1] or NaN.</exception>
    public static double GateProbabilityFromFidelity(double averageGateFidelity) =>
        ((4.0 * Domain.Between(averageGateFidelity, 0.25, 1.0)) - 1.0) / 3.0;

    /// <summary>
    /// The pair after this swap: v = p_g (a * b * m) + (1 - p_g)/4 with m the two readouts' Pauli errors.
    /// </summary>
    /// <remarks>
    /// m = (eta^2, eta(1 - eta), (1 - eta)^2, eta(1 - eta)) in the order (I, X, Y, Z): one readout decides the bit, the
    /// other the phase of the correction. Agrees with a 16 x 16 density-matrix circuit (tests) and with SeQUeNCe 1.0.0.
    /// </remarks>
    /// <param name="a">Pair between A and the repeater.</param>
    /// <param name="b">Pair between the repeater and B.</param>
    public BellDiagonal Swap(BellDiagonal a, BellDiagonal b)
    {
        double right = ReadoutFidelity;
        double wrong = 1.0 - right;
        BellDiagonal errors = BellDiagonal.Trusted(right * right, right * wrong, wrong * wrong, right * wrong);
        return BellDiagonal.Swap(BellDiagonal.Swap(a, b), errors).Depolarise(GateProbability);
    }
}
