using Pqms.Physics.Links;

namespace Pqms.Cli.Commands.Calc;

/// <summary>What light does between two places, and the pairs it makes there.</summary>
internal static class LinkOperations
{
    private static readonly Operand Length = Operand.Number("lengthMeters", "m", "length of the fibre", 0.001, 1e8);

    private static readonly Operand Loss = Operand.Number(
        "attenuationDbPerKm", "dB/km", "loss of the fibre", 0, 100, "0.2");

    public static IReadOnlyList<Operation> All { get; } =
    [
        new Operation(
            "link", "heralded generation of pairs over a fibre with a station in its middle",
            [
                Operand.Choice("kind", "protocol", "double-click", "barrett-kok", "single-click", "midpoint-source"),
                Length, Loss,
                Operand.Probability("emitTimesDetect", "probability per arm without fibre loss", "0.3").Above(),
                Operand.Number("overheadSeconds", "s", "time of a round beyond the light's way", 0, 1e6, "1e-5"),
                Operand.Whole("memories", "", "memories per end that attempt in parallel", 1, 1_000_000, "1"),
                Operand.Probability(
                    "darkCountProbability", "per detector and window; not for midpoint-source", "0").Below(),
                Operand.Probability("visibility", "two-photon interference; not for midpoint-source", "1"),
                Operand.Choice("resolvesPhotons", "whether detectors tell one photon from two", "no", "yes"),
                Operand.Probability("alpha", "bright-state population, for single-click", "0.05").Above(),
                Operand.Probability("phaseVisibility", "mean cosine of the phase error, for single-click", "1"),
            ],
            [
                new Figure("successProbability", "", "of one attempt of one pair of memories"),
                new Figure("attemptSeconds", "s", "from one attempt to the next"),
                new Figure("heraldSeconds", "s", "age of the pair when both ends know of it"),
                new Figure("pairsPerSecond", "1/s", "mean rate with all memories"),
                Common.Fidelity, Common.Bell,
            ],
            "--kind double-click --length-meters 70000 --memories 16", Link),
        new Operation(
            "fibre", "loss and delay of a fibre",
            [Length, Loss],
            [
                new Figure("transmission", "", "probability that a photon arrives"),
                new Figure("lossDb", "dB", "loss"),
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
    ];

    private static object[] Link(OperandValues values)
    {
        var fibre = Fibre.Create(values.Number(Length.Name), values.Number(Loss.Name));
        var arm = OpticalArm.HalfOf(fibre, values.Number("emitTimesDetect"));
        var station = HeraldStation.Create(
            values.Number("darkCountProbability"), values.Number("visibility"),
            values.Word("resolvesPhotons") == "yes");
        var overhead = values.Number("overheadSeconds");
        var link = values.Word("kind") switch
        {
            "barrett-kok" => BarrettKokLink.Create(arm, arm, station, overhead),
            "single-click" => SingleClickLink.Create(
                arm, arm, values.Number("alpha"), values.Number("alpha"), station, values.Number("phaseVisibility"),
                overhead),
            "midpoint-source" => MidpointSourceLink.Create(arm, arm, overhead),
            _ => DoubleClickLink.Create(arm, arm, station, overhead).ToHeralded(),
        };
        if (!(link.SuccessProbability > 0.0))
        {
            throw new OperandException(
                Length.Name, "lets no photon through: success is below 1e-300", "a length over which light arrives");
        }

        return
        [
            link.SuccessProbability, link.AttemptSeconds, link.HeraldSeconds,
            link.PairsPerSecond(values.Whole("memories")), link.State.Fidelity, link.State,
        ];
    }

    private static object[] FibreFigures(OperandValues values)
    {
        var fibre = Fibre.Create(values.Number(Length.Name), values.Number(Loss.Name));
        return [fibre.Transmission, fibre.AttenuationDbPerKm * (fibre.LengthMeters * 1e-3), fibre.DelaySeconds];
    }

    private static object[] Distance(OperandValues values) =>
    [
        Geodesy.GreatCircleMeters(
            values.Number("latitudeA"), values.Number("longitudeA"), values.Number("latitudeB"),
            values.Number("longitudeB")),
    ];
}
