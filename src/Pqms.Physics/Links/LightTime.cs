namespace Pqms.Physics.Links;

/// <summary>How long light needs: no message and no teleported state arrives earlier.</summary>
public static class LightTime
{
    /// <summary>Speed of light in vacuum in m/s, exact by definition of the metre (SI).</summary>
    public const double VacuumMetersPerSecond = 299792458.0;

    /// <summary>Earth to Mars at the nearest in m, 54.6 million km (NASA Mars fact sheet, rounded): 3.04 min.</summary>
    public const double EarthMarsNearestMeters = 54.6e9;

    /// <summary>Earth to Mars on average in m, 225 million km: 12.51 min.</summary>
    public const double EarthMarsMeanMeters = 225.0e9;

    /// <summary>Earth to Mars at the farthest in m, 401 million km: 22.29 min.</summary>
    public const double EarthMarsFarthestMeters = 401.0e9;

    /// <summary>One-way time through vacuum (or air, which is 0.03 % slower) in s.</summary>
    /// <param name="meters">Way in m, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="meters"/> is below 0, infinite or NaN.</exception>
    public static double InVacuum(double meters) => Domain.NotNegative(meters) / VacuumMetersPerSecond;

    /// <summary>One-way time through fibre in s; see <see cref="Fibre.SpeedMetersPerSecond"/>.</summary>
    /// <param name="meters">Length of the fibre in m, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="meters"/> is below 0, infinite or NaN.</exception>
    public static double InFibre(double meters) => Domain.NotNegative(meters) / Fibre.SpeedMetersPerSecond;
}
