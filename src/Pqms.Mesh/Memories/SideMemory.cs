using Pqms.Mesh.Scenarios;
using Pqms.Physics.Channels;

namespace Pqms.Mesh.Memories;

/// <summary>What one memory of a profile does to the half of a pair that it holds.</summary>
internal static class SideMemory
{
    /// <summary>Relaxation, dephasing and depolarising of one side.</summary>
    public static PauliRates Of(HardwareProfile profile)
    {
        PauliRates rates = profile.T1Seconds == double.PositiveInfinity
            ? PauliRates.Dephasing(profile.T2Seconds)
            : PauliRates.RelaxationDephasing(profile.T1Seconds, profile.T2Seconds);
        return profile.DepolarisingSeconds == double.PositiveInfinity
            ? rates
            : rates.Plus(PauliRates.Depolarising(profile.DepolarisingSeconds));
    }

    /// <summary>The same memory while everything in it goes faster.</summary>
    public static PauliRates Faster(PauliRates rates, double factor) => factor == 1.0
        ? rates
        : PauliRates.Create(rates.X * factor, rates.Y * factor, rates.Z * factor);
}
