namespace Pqms.Physics.Buffers;

/// <summary>What a successful purification does to the stored pair's fidelity, as a straight line m F + n.</summary>
/// <remarks>
/// Davies, Inesta, Wehner, "Entanglement buffering with two quantum memories", Quantum 8, 1458 (2024),
/// arXiv:2311.10052. The default value is no jump: it maps everything to fidelity 0.
/// </remarks>
public readonly record struct LinearJump
{
    private LinearJump(double slope, double offset)
    {
        Slope = slope;
        Offset = offset;
    }

    /// <summary>The stored pair stays as it is, the new one is dropped: F.</summary>
    public static LinearJump Identity => new(1.0, 0.0);

    /// <summary>m, in [-1, 1].</summary>
    public double Slope { get; }

    /// <summary>n.</summary>
    public double Offset { get; }

    /// <summary>A line that stays in [0.25, 1] for fidelities in [0.25, 1].</summary>
    /// <param name="slope">m.</param>
    /// <param name="offset">n.</param>
    /// <exception cref="ArgumentOutOfRangeException">The line leaves [0.25, 1], or a number is NaN.</exception>
    public static LinearJump Create(double slope, double offset)
    {
        double atMixed = (0.25 * slope) + offset;
        double atPerfect = slope + offset;
        BufferDomain.Fidelity(atMixed);
        BufferDomain.Fidelity(atPerfect);
        return new LinearJump(slope, offset);
    }

    /// <summary>The new pair replaces the stored one: its fidelity, whatever was stored.</summary>
    /// <param name="freshFidelity">Fidelity of a new pair, in [0.25, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The fidelity is outside its range or NaN.</exception>
    public static LinearJump Replacement(double freshFidelity) => new(0.0, BufferDomain.Fidelity(freshFidelity));

    /// <summary>A line below the jump of every two-to-one bilocal Clifford protocol on Werner pairs.</summary>
    /// <remarks>
    /// m = (4 F_new - 1)/3, n = (1 - F_new)/3 (paper and code of arXiv:2311.10052): from (1/4, 1/4) to (1, F_new).
    /// </remarks>
    /// <param name="freshFidelity">F_new in [0.25, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The fidelity is outside its range or NaN.</exception>
    public static LinearJump LowerBound(double freshFidelity)
    {
        BufferDomain.Fidelity(freshFidelity);
        return new LinearJump(((4.0 * freshFidelity) - 1.0) / 3.0, (1.0 - freshFidelity) / 3.0);
    }

    /// <summary>A line above the jump of every two-to-one bilocal Clifford protocol on Werner pairs.</summary>
    /// <remarks>
    /// m = 4 (1 - F_new)/3, n = (4 F_new - 1)/3: from (1/4, F_new) to (1, 1). Keeping or replacing the stored pair
    /// touches its ends; that no protocol lies above it is checked over all 720 of them in the tests.
    /// </remarks>
    /// <param name="freshFidelity">F_new in [0.25, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The fidelity is outside its range or NaN.</exception>
    public static LinearJump UpperBound(double freshFidelity)
    {
        BufferDomain.Fidelity(freshFidelity);
        return new LinearJump(4.0 * (1.0 - freshFidelity) / 3.0, ((4.0 * freshFidelity) - 1.0) / 3.0);
    }

    /// <summary>The fidelity after the jump.</summary>
    /// <param name="fidelity">Fidelity before, in [0.25, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The fidelity is outside its range or NaN.</exception>
    public double Apply(double fidelity) => (Slope * BufferDomain.Fidelity(fidelity)) + Offset;
}
