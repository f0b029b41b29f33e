using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Routing;

/// <summary>A converter of photons between two kinds of memories.</summary>
/// <param name="Efficiency">Probability that a photon is converted, in (0, 1].</param>
/// <param name="WernerFactor">w of the white noise it adds to a pair, in (0, 1]; 1 for none.</param>
internal readonly record struct Transducer(double Efficiency, double WernerFactor);

/// <summary>What a link can do between the memories at its two ends.</summary>
/// <param name="IsUsable">Whether it makes pairs at all.</param>
/// <param name="EfficiencyFactor">Factor on the photon's transmission, in (0, 1]; 0 if not usable.</param>
/// <param name="WernerFactor">Factor on the Werner parameter of its pairs, in (0, 1]; 0 if not usable.</param>
internal readonly record struct Compatibility(bool IsUsable, double EfficiencyFactor, double WernerFactor)
{
    /// <summary>Compares the platforms of two neighbouring sites.</summary>
    /// <remarks>
    /// Memories of different kinds emit at different wavelengths and shapes, so their photons cannot interfere: such a
    /// link needs a transducer. One that is not needed is not passed.
    /// </remarks>
    /// <param name="platformA">Kind of memory at one end; empty is compatible with all.</param>
    /// <param name="platformB">Kind of memory at the other end; empty is compatible with all.</param>
    /// <param name="transducer">The link's transducer; null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A figure of the transducer is outside (0, 1] or NaN.</exception>
    public static Compatibility Check(string platformA, string platformB, Transducer? transducer)
    {
        if (transducer is { } given && !(IsFactor(given.Efficiency) && IsFactor(given.WernerFactor)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(transducer), given, "Efficiency and Werner factor of a transducer must lie in (0, 1].");
        }

        if (platformA.Length == 0 || platformB.Length == 0
            || string.Equals(platformA, platformB, StringComparison.Ordinal))
        {
            return new Compatibility(IsUsable: true, 1.0, 1.0);
        }

        return transducer is { } between
            ? new Compatibility(IsUsable: true, between.Efficiency, between.WernerFactor)
            : default;
    }

    private static bool IsFactor(double value) => PortableMath.IsFinite(value) && value > 0.0 && value <= 1.0;
}
