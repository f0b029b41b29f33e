using Pqms.Physics.Numerics;

namespace Pqms.Physics.Links;

/// <summary>A piece of optical fibre.</summary>
/// <remarks>The default value has no length: it passes everything at once.</remarks>
public readonly record struct Fibre
{
    /// <summary>
    /// Speed of light in fibre, 2 x 10^8 m/s: vacuum speed over a group index of about 1.5 (as SeQUeNCe 1.0.0).
    /// </summary>
    public const double SpeedMetersPerSecond = 2.0e8;

    private Fibre(double lengthMeters, double attenuationDbPerKm)
    {
        LengthMeters = lengthMeters;
        AttenuationDbPerKm = attenuationDbPerKm;
    }

    /// <summary>Length in m.</summary>
    public double LengthMeters { get; }

    /// <summary>Loss in dB/km.</summary>
    public double AttenuationDbPerKm { get; }

    /// <summary>Probability that a photon arrives: 10^(-alpha L/10).</summary>
    public double Transmission => TransmissionOver(LengthMeters);

    /// <summary>Time that light, or a message, needs from end to end in s.</summary>
    public double DelaySeconds => LengthMeters / SpeedMetersPerSecond;

    /// <summary>A fibre.</summary>
    /// <param name="lengthMeters">Length in m, at least 0.</param>
    /// <param name="attenuationDbPerKm">Loss in dB/km, at least 0; 0.2 is usual at 1550 nm (ITU-T G.652).</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is below 0, infinite or NaN.</exception>
    public static Fibre Create(double lengthMeters, double attenuationDbPerKm) =>
        new(Domain.NotNegative(lengthMeters), Domain.NotNegative(attenuationDbPerKm));

    /// <summary>Probability that a photon survives a part of the fibre.</summary>
    /// <param name="meters">Length of the part in m, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="meters"/> is below 0, infinite or NaN.</exception>
    public double TransmissionOver(double meters) =>
        PortableMath.PowerOfTen(-AttenuationDbPerKm * (Domain.NotNegative(meters) * 1e-3) * 0.1);
}
