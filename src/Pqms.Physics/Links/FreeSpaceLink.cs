using Pqms.Physics.Numerics;

namespace Pqms.Physics.Links;

/// <summary>One beam through vacuum and at most one passage of the atmosphere, to a round receiver.</summary>
/// <remarks>
/// A Gaussian beam of waist w0 at the sender, its radius (where intensity falls to 1/e^2) at z is
/// w(z) = w0 sqrt(1 + (z lambda/(pi w0^2))^2) (Siegman, Lasers, 1986, section 17.1). Turbulence and the sender's
/// obstruction are not modelled: give their loss with the devices'. The default value is no link.
/// </remarks>
public readonly record struct FreeSpaceLink
{
    private const double RadiansPerDegree = PortableMath.Pi / 180.0;

    private FreeSpaceLink(double distanceMeters, double beamRadiusMeters, double geometric, double atmosphere)
    {
        DistanceMeters = distanceMeters;
        BeamRadiusMeters = beamRadiusMeters;
        GeometricTransmission = geometric;
        AtmosphericTransmission = atmosphere;
    }

    /// <summary>Way of the beam in m.</summary>
    public double DistanceMeters { get; }

    /// <summary>Radius w(z) of the beam at the receiver in m, without jitter.</summary>
    public double BeamRadiusMeters { get; }

    /// <summary>
    /// Mean part of the beam that meets the receiver: 1 - e^(-2a^2/(w^2 + 4 s^2)), a its radius, s the standard
    /// deviation of the beam's centre per axis.
    /// </summary>
    /// <remarks>
    /// Without jitter the integral of the intensity over the receiver. Jitter of normal distribution spreads the mean
    /// intensity, again Gaussian, to the variance w^2/4 + s^2 per axis, so the mean is exact for any receiver; for
    /// a small one it is the factor w^2/(w^2 + 4 s^2) of Toyoshima et al., J. Opt. Soc. Am. A 19, 567 (2002). The mean
    /// suffices where success is linear in each arm, as for two clicks; pulses that come in one fade are not
    /// independent.
    /// </remarks>
    public double GeometricTransmission { get; }

    /// <summary>Part that passes the atmosphere: (zenith transmission)^(1/cos zenith angle).</summary>
    /// <remarks>
    /// Law of Beer and Lambert in plane layers; beyond 75 degrees from the zenith the Earth's curvature makes the way
    /// shorter than assumed, so the true loss is less.
    /// </remarks>
    public double AtmosphericTransmission { get; }

    /// <summary>Probability that a photon arrives in the receiver.</summary>
    public double Transmission => GeometricTransmission * AtmosphericTransmission;

    /// <summary>Loss of the way in dB, -10 log10 of the transmission; infinity when nothing arrives.</summary>
    public double LossDb => -10.0 * PortableMath.Log(Transmission) / PortableMath.Ln10;

    /// <summary>One-way light time in vacuum in s.</summary>
    public double DelaySeconds => LightTime.InVacuum(DistanceMeters);

    /// <summary>A beam.</summary>
    /// <param name="wavelengthMeters">Wavelength in m, above 0; 1550e-9 and 810e-9 are usual.</param>
    /// <param name="waistMeters">w0 at the sender in m, above 0; at most about 0.7 of its aperture's radius.</param>
    /// <param name="receiverRadiusMeters">a in m, above 0.</param>
    /// <param name="distanceMeters">z in m, at least 0.</param>
    /// <param name="zenithDegrees">Angle of the beam from the zenith at the ground, in [0, 90).</param>
    /// <param name="zenithTransmission">
    /// Transmission of the atmosphere straight up, in [0, 1]; 1 for a way through vacuum only.
    /// </param>
    /// <param name="jitterRadians">Standard deviation of the pointing error per axis in rad, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range, infinite or NaN.</exception>
    public static FreeSpaceLink Create(
        double wavelengthMeters,
        double waistMeters,
        double receiverRadiusMeters,
        double distanceMeters,
        double zenithDegrees = 0.0,
        double zenithTransmission = 1.0,
        double jitterRadians = 0.0)
    {
        Domain.NotNegative(Domain.Positive(wavelengthMeters));
        Domain.NotNegative(Domain.Positive(waistMeters));
        Domain.NotNegative(Domain.Positive(receiverRadiusMeters));
        Domain.NotNegative(distanceMeters);
        Domain.NotNegative(jitterRadians);
        if (Domain.Between(zenithDegrees, 0.0, 90.0) == 90.0)
        {
            throw new ArgumentOutOfRangeException(nameof(zenithDegrees), zenithDegrees, "The value must be below 90.");
        }

        double spread = distanceMeters * wavelengthMeters / (PortableMath.Pi * waistMeters * waistMeters);
        double radius = waistMeters * PortableMath.Sqrt(1.0 + (spread * spread));
        double jitter = jitterRadians * distanceMeters;
        double ratio = receiverRadiusMeters * receiverRadiusMeters / ((radius * radius) + (4.0 * jitter * jitter));
        double airMass = 1.0 / PortableMath.Cos(zenithDegrees * RadiansPerDegree);
        return new FreeSpaceLink(
            distanceMeters,
            radius,
            -PortableMath.ExpMinus1(-2.0 * ratio),
            PortableMath.Pow(Domain.Probability(zenithTransmission), airMass));
    }

    /// <summary>The beam as one arm of a link with a station or a source at its other end.</summary>
    /// <param name="devices">
    /// Probability of emission, collection and detection (or storing) together, in [0, 1].
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="devices"/> is outside [0, 1] or NaN.</exception>
    public OpticalArm ToArm(double devices) =>
        OpticalArm.Create(Domain.Probability(devices) * Transmission, DelaySeconds);
}
