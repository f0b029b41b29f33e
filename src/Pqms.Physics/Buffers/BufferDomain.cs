using System.Runtime.CompilerServices;

namespace Pqms.Physics.Buffers;

/// <summary>Ranges of rates and times: wide enough for any memory, narrow enough that no product overflows.</summary>
internal static class BufferDomain
{
    /// <summary>Greatest rate in 1/s and greatest finite time in s: 30,000 years.</summary>
    public const double Most = 1e12;

    /// <summary>Least rate in 1/s and least time in s where zero has no meaning.</summary>
    public const double Least = 1e-12;

    public static double Rate(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Domain.Between(value, Least, Most, name);

    public static double RateOrZero(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Domain.Between(value, 0.0, Most, name);

    public static double Seconds(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Domain.Between(value, Least, Most, name);

    /// <summary>1/T of a time constant that may be infinite.</summary>
    public static double RateOf(double seconds, [CallerArgumentExpression(nameof(seconds))] string name = "") =>
        1.0 / Domain.Between(seconds, Least, double.PositiveInfinity, name);

    public static double Fidelity(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Domain.Between(value, 0.25, 1.0, name);
}
