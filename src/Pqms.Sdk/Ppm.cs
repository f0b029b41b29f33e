namespace Pqms.Sdk;

/// <summary>A fraction in parts per million, the ledger's unit of fidelity and probability.</summary>
/// <remarks>
/// 0 to 1,000,000; <c>default</c> is 0. Every rounding is named, never "nearest"; fractions are read to 15 significant
/// digits first.
/// </remarks>
public readonly record struct Ppm : IComparable<Ppm>
{
    /// <summary>Parts in the whole.</summary>
    public const uint One = 1_000_000;

    private Ppm(uint parts) => Parts = parts;

    /// <summary>Parts per million, 0 to 1,000,000.</summary>
    public uint Parts { get; }

    /// <summary>The same as a fraction of one, for people and formulas.</summary>
    public double Fraction => Parts / (double)One;

    /// <summary>From a count of parts.</summary>
    /// <param name="parts">0 to 1,000,000.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">More than the whole.</exception>
    public static Ppm FromParts(uint parts) => parts <= One
        ? new Ppm(parts)
        : throw new ArgumentOutOfRangeException(nameof(parts), parts, $"Parts per million are 0..{One}.");

    /// <summary>From a fraction, rounded down: for what is promised or delivered.</summary>
    /// <param name="fraction">In [0, 1].</param>
    /// <returns>The largest value that is not above the fraction.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1] or NaN.</exception>
    public static Ppm Down(double fraction) => new(checked((uint)Scaled(fraction, roundUp: false)));

    /// <summary>From a fraction, rounded up: for what is demanded.</summary>
    /// <param name="fraction">In [0, 1].</param>
    /// <returns>The smallest value that is not below the fraction.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1] or NaN.</exception>
    public static Ppm Up(double fraction) => new(checked((uint)Scaled(fraction, roundUp: true)));

    /// <inheritdoc />
    public int CompareTo(Ppm other) => Parts.CompareTo(other.Parts);

    /// <summary>The fraction with six decimals.</summary>
    /// <returns>For example "0.950000".</returns>
    public override string ToString() => $"{Parts / One}.{Parts % One:D6}";

    // The conversion to decimal reads a double to 15 significant digits, which is how people wrote it: 0.29 gives
    // exactly 290,000 both ways, while the double itself lies below 0.29 and would give 289,999 down.
    private static decimal Scaled(double fraction, bool roundUp)
    {
        if (fraction is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "A fraction is 0..1.");
        }

        var scaled = (decimal)fraction * One;
        return roundUp ? decimal.Ceiling(scaled) : decimal.Floor(scaled);
    }
}
