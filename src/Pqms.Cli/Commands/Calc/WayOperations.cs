using Pqms.Physics.Links;

namespace Pqms.Cli.Commands.Calc;

/// <summary>What light does between two places: loss, delay, bounds.</summary>
internal static class WayOperations
{
    private static readonly Figure Transmission = new("transmission", "", "probability that a photon arrives");

    private static readonly Figure Loss = new("lossDb", "dB", "loss; infinity when nothing arrives");

    private static readonly Figure Capacity = new(
        "plobBitsPerUse", "bit/use", "most secret bits per use without a repeater; infinity without loss");

    public static IReadOnlyList<Operation> All { get; } =
    [
        new Operation(
            "fibre", "loss and delay of a fibre",
            [Common.Length, Common.Loss],
            [
                Transmission, Loss,
                new Figure("delaySeconds", "s", "time of light, one way"),
            ],
            "--length-meters 100000", FibreFigures),
        new Operation(
            "distance", "great circle between two places on the Earth",
            [
                Operand.Number("latitudeA", "degrees north", "first place", -90, 90),
                Operand.Number("longitudeA", "degrees east", "first place", -180, 180),
                Operand.Number("latitudeB", "degrees north", "second place", -90, 90),
                Operand.Number("longitudeB", "degrees east", "second place", -180, 180),
            ],
            [new Figure("meters", "m", "length of the great circle on a sphere")],
            "--latitude-a 52.52 --longitude-a 13.405 --latitude-b 48.137 --longitude-b 11.575", Distance),
        new Operation(
            "freespace", "a beam through vacuum and at most one passage of the atmosphere, to a round receiver",
            [
                Operand.Number("distanceMeters", "m", "way of the beam", 0, 1e15),
                Operand.Number("wavelengthMeters", "m", "wavelength", 1e-8, 1e-3, "1.55e-6"),
                Operand.Number("waistMeters", "m", "beam waist w0 at the sender", 1e-6, 1e3),
                Operand.Number("receiverRadiusMeters", "m", "radius of the receiver", 1e-6, 1e3),
                Operand.Number("zenithDegrees", "degrees", "angle from the zenith at the ground", 0, 90, "0").Below(),
                Operand.Probability("zenithTransmission", "of the atmosphere straight up; 1 in vacuum", "1"),
                Operand.Number("jitterRadians", "rad", "standard deviation of the pointing per axis", 0, 1, "0"),
            ],
            [
                Transmission, Loss,
                new Figure("geometricTransmission", "", "part of the beam that meets the receiver"),
                new Figure("beamRadiusMeters", "m", "radius of the beam at the receiver"),
                new Figure("delaySeconds", "s", "time of light, one way"), Capacity,
            ],
            "--distance-meters 500000 --wavelength-meters 8.1e-7 --waist-meters 0.09 --receiver-radius-meters 0.6",
            FreeSpace),
        new Operation(
            "plob", "the most that a fibre can carry without a repeater (PLOB bound)",
            [Common.Length, Common.Loss], [Capacity, Transmission],
            "--length-meters 100000", Bound),
        new Operation(
            "lighttime", "how long light needs: no message and no teleported state arrives earlier",
            [
                Operand.Number("distanceMeters", "m", "way", 0, 1e18),
                Operand.Choice("medium", "what it goes through", "vacuum", "fibre"),
            ],
            [
                new Figure("oneWaySeconds", "s", "there"), new Figure("roundTripSeconds", "s", "there and back"),
            ],
            "--distance-meters 2.25e11", Time),
    ];

    private static object[] FibreFigures(OperandValues values)
    {
        var fibre = Fibre.Create(values.Number(Common.Length.Name), values.Number(Common.Loss.Name));
        return [fibre.Transmission, fibre.AttenuationDbPerKm * (fibre.LengthMeters * 1e-3), fibre.DelaySeconds];
    }

    private static object[] Distance(OperandValues values) =>
    [
        Geodesy.GreatCircleMeters(
            values.Number("latitudeA"), values.Number("longitudeA"), values.Number("latitudeB"),
            values.Number("longitudeB")),
    ];

    private static object[] FreeSpace(OperandValues values)
    {
        var beam = FreeSpaceLink.Create(
            values.Number("wavelengthMeters"), values.Number("waistMeters"), values.Number("receiverRadiusMeters"),
            values.Number("distanceMeters"), values.Number("zenithDegrees"), values.Number("zenithTransmission"),
            values.Number("jitterRadians"));
        return
        [
            beam.Transmission, beam.LossDb, beam.GeometricTransmission, beam.BeamRadiusMeters, beam.DelaySeconds,
            Plob.BitsPerUse(beam.Transmission),
        ];
    }

    private static object[] Bound(OperandValues values)
    {
        var fibre = Fibre.Create(values.Number(Common.Length.Name), values.Number(Common.Loss.Name));
        return [Plob.BitsPerUse(fibre), fibre.Transmission];
    }

    private static object[] Time(OperandValues values)
    {
        var seconds = values.Word("medium") == "fibre"
            ? LightTime.InFibre(values.Number("distanceMeters"))
            : LightTime.InVacuum(values.Number("distanceMeters"));
        return [seconds, 2.0 * seconds];
    }
}
