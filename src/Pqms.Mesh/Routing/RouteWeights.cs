using Pqms.Mesh.Scenarios;
using Pqms.Physics.States;

namespace Pqms.Mesh.Routing;

/// <summary>What each span and each swap does to the Werner parameter of a pair.</summary>
/// <remarks>Links may differ in fidelity, sites in the noise of their swaps.</remarks>
internal sealed class RouteWeights
{
    /// <param name="spanWerner">
    /// w of a fresh pair of every span, in [0, 1], with the transducer's factor if there is one; 0 closes the span.
    /// </param>
    /// <param name="swapWerner">
    /// Factor of a swap at every site, repeaters included, in [0, 1]; 0 means that nothing can be swapped there.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside [0, 1] or NaN.</exception>
    public RouteWeights(double[] spanWerner, double[] swapWerner)
    {
        SpanWerner = Checked(spanWerner);
        SwapWerner = Checked(swapWerner);
    }

    public IReadOnlyList<double> SpanWerner { get; }

    public IReadOnlyList<double> SwapWerner { get; }

    /// <summary>The same hardware everywhere.</summary>
    public static RouteWeights Uniform(HardwareProfile profile, int sites, int spans)
    {
        double[] spanWerner = new double[spans];
        double[] swapWerner = new double[sites];
        double swap = RouteFidelity.Noise(profile).WernerFactor;
        Array.Fill(spanWerner, BellDiagonal.Werner(profile.LinkFidelity).WernerParameter);
        Array.Fill(swapWerner, swap > 0.0 ? swap : 0.0);
        return new RouteWeights(spanWerner, swapWerner);
    }

    private static double[] Checked(double[] values)
    {
        foreach (double value in values)
        {
            if (!(value >= 0.0 && value <= 1.0))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(values), value, "A Werner parameter of a route must lie in [0, 1].");
            }
        }

        return values;
    }
}
