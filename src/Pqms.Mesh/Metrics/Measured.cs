using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Metrics;

/// <summary>A figure measured in one run, with what is known of its uncertainty.</summary>
/// <param name="Value">The figure over the whole period.</param>
/// <param name="StandardError">Standard error of the value; null when the batches do not tell one.</param>
/// <param name="HalfWidth">
/// Half the width of the 95 % interval about the value: standard error times Student's t with n - 1 degrees; null
/// together with the standard error.
/// </param>
/// <param name="Samples">n: batches of one run, or runs with different seeds.</param>
/// <param name="Lag1">
/// Autocorrelation of neighbouring batches, in [-1, 1]; 0 when they do not vary. A large one says that the batches are
/// too short for the interval to be believed.
/// </param>
public sealed record Measured(double Value, double? StandardError, double? HalfWidth, int Samples, double Lag1)
{
    /// <summary>Probability with which the interval is meant to cover the true figure.</summary>
    public const double Confidence = 0.95;

    /// <summary>Lower end of the 95 % interval; null without one.</summary>
    public double? Low => Value - HalfWidth;

    /// <summary>Upper end of the 95 % interval; null without one.</summary>
    public double? High => Value + HalfWidth;

    /// <summary>Whether the autocorrelation lies more than 3/sqrt n above 0: the interval is too narrow.</summary>
    /// <remarks>
    /// Bartlett (1946): 1/sqrt n is the standard error of the autocorrelation of independent data. Three of them,
    /// since a report has hundreds of figures and few of them should warn by chance.
    /// </remarks>
    public bool IsCorrelated => Lag1 > 3.0 / PortableMath.Sqrt(Samples);

    internal static Measured WithError(double value, double standardError, int samples, double lag1) => new(
        value, standardError, standardError * StudentT.TwoSided(Confidence, samples - 1), samples, lag1);

    internal static Measured WithoutError(double value, int samples) => new(value, null, null, samples, 0.0);
}
