using Pqms.Mesh.Scenarios;
using Pqms.Physics.Links;

namespace Pqms.Mesh.Links;

/// <summary>The physics of one span: the kind of its link with the hardware at both ends.</summary>
internal static class SpanLink
{
    /// <summary>The heralded pairs of a span.</summary>
    /// <remarks>
    /// Each end's photon has the probability of its own profile, the loss of the fibre or of the beam, and the
    /// transducer's where there is one (half of it on each side, as its square root).
    /// </remarks>
    public static HeraldedLink Of(double meters, LinkSettings link, HardwareProfile a, HardwareProfile b)
    {
        double conversion = Physics.Numerics.PortableMath.Sqrt(link.TransducerEfficiency ?? 1.0);
        double overhead = a.AttemptOverheadSeconds > b.AttemptOverheadSeconds
            ? a.AttemptOverheadSeconds
            : b.AttemptOverheadSeconds;
        (OpticalArm armA, OpticalArm armB) = link.FreeSpace is { } optics
            ? (Beam(optics, a.EmitTimesDetect * conversion), Beam(optics, b.EmitTimesDetect * conversion))
            : (Half(meters, a, conversion), Half(meters, b, conversion));
        HeraldStation station = HeraldStation.Create(link.DarkCountProbability, link.Visibility);
        return link.Kind switch
        {
            LinkKind.BarrettKok => BarrettKokLink.Create(armA, armB, station, overhead),
            LinkKind.SingleClick => SingleClickLink.Create(
                armA, armB, link.BrightPopulation, link.BrightPopulation, station, 1.0, overhead),
            LinkKind.FreeSpace => MidpointSourceLink.Create(armA, armB, overhead),
            _ => DoubleClickLink.Create(armA, armB, station, overhead).ToHeralded(),
        };
    }

    /// <summary>Time that a message needs along a span.</summary>
    public static long LightNanoseconds(LinkSettings link, double meters) => link.FreeSpace is { } optics
        ? SpanFigures.ToNanoseconds(LightTime.InVacuum(2.0 * optics.ArmMeters))
        : SpanFigures.FibreNanoseconds(meters);

    private static OpticalArm Half(double meters, HardwareProfile profile, double conversion) => OpticalArm.HalfOf(
        Fibre.Create(meters, profile.AttenuationDbPerKm), profile.EmitTimesDetect * conversion);

    private static OpticalArm Beam(FreeSpaceSettings optics, double devices) => FreeSpaceLink.Create(
        optics.WavelengthMeters,
        optics.WaistMeters,
        optics.ReceiverRadiusMeters,
        optics.ArmMeters,
        optics.ZenithDegrees,
        optics.ZenithTransmission,
        optics.JitterRadians).ToArm(devices);
}
