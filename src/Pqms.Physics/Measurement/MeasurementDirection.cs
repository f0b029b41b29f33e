using Pqms.Physics.Numerics;

namespace Pqms.Physics.Measurement;

/// <summary>What one side measures: spin along a unit vector (x, y, z) of the Bloch sphere.</summary>
/// <remarks>The default value is no direction: both results come up evenly, whatever the state.</remarks>
public readonly record struct MeasurementDirection
{
    private MeasurementDirection(double x, double y, double z)
    {
        AlongX = x;
        AlongY = y;
        AlongZ = z;
    }

    /// <summary>The basis X.</summary>
    public static MeasurementDirection X => new(1.0, 0.0, 0.0);

    /// <summary>The basis Y.</summary>
    public static MeasurementDirection Y => new(0.0, 1.0, 0.0);

    /// <summary>The basis Z.</summary>
    public static MeasurementDirection Z => new(0.0, 0.0, 1.0);

    /// <summary>Part along X.</summary>
    public double AlongX { get; }

    /// <summary>Part along Y.</summary>
    public double AlongY { get; }

    /// <summary>Part along Z.</summary>
    public double AlongZ { get; }

    /// <summary>Side A's setting in the CHSH test: Z for the input 0, X for 1.</summary>
    /// <param name="input">0 or 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="input"/> is neither.</exception>
    public static MeasurementDirection ChshA(int input) => Checked(input) == 0 ? Z : X;

    /// <summary>Side B's setting in the CHSH test: (Z + X)/sqrt 2 for the input 0, (Z - X)/sqrt 2 for 1.</summary>
    /// <param name="input">0 or 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="input"/> is neither.</exception>
    public static MeasurementDirection ChshB(int input)
    {
        double half = PortableMath.Sqrt(0.5);
        return new MeasurementDirection(Checked(input) == 0 ? half : -half, 0.0, half);
    }

    /// <summary>A direction in the plane of X and Z.</summary>
    /// <param name="radians">Angle from Z towards X, in [-2^20, 2^20]; pi/2 is X.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="radians"/> is outside the range or NaN.
    /// </exception>
    public static MeasurementDirection InXZPlane(double radians) =>
        new(PortableMath.Sin(radians), 0.0, PortableMath.Cos(radians));

    private static int Checked(int input) => input is 0 or 1
        ? input
        : throw new ArgumentOutOfRangeException(nameof(input), input, "The input must be 0 or 1.");
}
