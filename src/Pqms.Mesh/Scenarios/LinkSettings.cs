namespace Pqms.Mesh.Scenarios;

/// <summary>How the pairs of a link are made; formulas and sources stand with the links of Pqms.Physics.</summary>
public enum LinkKind
{
    /// <summary>Fibre with a station in the middle that needs two clicks in one round.</summary>
    DoubleClick = 0,

    /// <summary>Fibre with a station in the middle, two rounds with a spin flip between them, dark counts.</summary>
    BarrettKok = 1,

    /// <summary>Fibre with a station in the middle that needs one click; fast and less faithful.</summary>
    SingleClick = 2,

    /// <summary>Two beams through free space from a source in the middle, for example a satellite.</summary>
    FreeSpace = 3,

    /// <summary>Abstract: pairs arrive as a Poisson process per memory. No length, no light time.</summary>
    Poisson = 4,

    /// <summary>Abstract: each memory succeeds with a probability per slot. No length, no light time.</summary>
    Slotted = 5,
}

/// <summary>What one link has beside its ends and its length; the defaults are those of the format.</summary>
/// <remarks>Figures that the kind does not use are refused by the reader and ignored by the mesh. The default profile
/// applies where nothing is given.</remarks>
public sealed record LinkSettings
{
    /// <summary>A fibre link of the scenario's profile: double click, always on, in no VQN.</summary>
    public static LinkSettings Default { get; } = new();

    /// <summary>How pairs are made.</summary>
    public LinkKind Kind { get; init; }

    /// <summary>Fidelity of a fresh pair, in (0.5, 1]; null for the profile's.</summary>
    public double? Fidelity { get; init; }

    /// <summary>Memories that attempt at each end of a span, 1 to 4,096; null for the profile's.</summary>
    public int? Memories { get; init; }

    /// <summary>Share of the time in which attempts are made, in [1e-6, 1]; 1 unless given.</summary>
    public double DutyCycle { get; init; } = 1.0;

    /// <summary>Virtual quantum network that owns the link; empty when all may use it.</summary>
    public string Vqn { get; init; } = "";

    /// <summary>Efficiency of the transducer between two platforms, in (0, 1]; null when there is none.</summary>
    public double? TransducerEfficiency { get; init; }

    /// <summary>Fidelity factor of the transducer, w of its added white noise, in (0, 1]; 1 unless given.</summary>
    public double TransducerWerner { get; init; } = 1.0;

    /// <summary>Pairs per second and memory of <see cref="LinkKind.Poisson"/>, in [1e-8, 1e9].</summary>
    public double RatePerSecond { get; init; }

    /// <summary>Length of a slot of <see cref="LinkKind.Slotted"/> in s, in [1e-9, 1e6]; 1 unless given.</summary>
    public double SlotSeconds { get; init; } = 1.0;

    /// <summary>Success per slot and memory of <see cref="LinkKind.Slotted"/>, in (0, 1], so that the mean time
    /// between pairs is at most 1e8 s.</summary>
    public double Probability { get; init; }

    /// <summary>Bright-state population of <see cref="LinkKind.SingleClick"/>, in (0, 0.5]; 0.05 unless
    /// given.</summary>
    public double BrightPopulation { get; init; } = 0.05;

    /// <summary>Interference visibility, in [0, 1]; 1 unless given.</summary>
    public double Visibility { get; init; } = 1.0;

    /// <summary>Dark counts per detector and detection window, in [0, 0.1]; 0 unless given.</summary>
    public double DarkCountProbability { get; init; }

    /// <summary>Optics of <see cref="LinkKind.FreeSpace"/>; null for the other kinds.</summary>
    public FreeSpaceSettings? FreeSpace { get; init; }

    /// <summary>When the link is up, for passes of a satellite; null for always.</summary>
    public PassWindow? Pass { get; init; }
}

/// <summary>Optics of a link with two downlinks of equal length from a source in the middle.</summary>
/// <param name="WavelengthMeters">Wavelength in m, in [1e-7, 1e-5].</param>
/// <param name="WaistMeters">Beam waist w0 at the sender in m, in [1e-6, 10].</param>
/// <param name="ReceiverRadiusMeters">Radius of the receiver in m, in [1e-6, 50].</param>
/// <param name="ArmMeters">Way of one beam in m, in [1, 1e12].</param>
/// <param name="ZenithDegrees">Angle from the zenith at the receivers, in [0, 85]; 0 unless given.</param>
/// <param name="ZenithTransmission">Transmission of the atmosphere at the zenith, in (0, 1]; 1 unless
/// given.</param>
/// <param name="JitterRadians">Root mean square of the pointing error per axis in rad, in [0, 1e-3]; 0 unless
/// given.</param>
public sealed record FreeSpaceSettings(
    double WavelengthMeters,
    double WaistMeters,
    double ReceiverRadiusMeters,
    double ArmMeters,
    double ZenithDegrees,
    double ZenithTransmission,
    double JitterRadians);

/// <summary>A window in which a link is up that comes again: [offset, offset + up) modulo the period.</summary>
/// <param name="PeriodSeconds">Period in s, in [1e-3, 1e6].</param>
/// <param name="UpSeconds">Length of the window in s, at least 1e-9 and at most the period.</param>
/// <param name="OffsetSeconds">Start of the first window after the era's start in s, in [0, period); 0 unless
/// given.</param>
public sealed record PassWindow(double PeriodSeconds, double UpSeconds, double OffsetSeconds);
