using Pqms.Physics.Links;

namespace Pqms.Cli.Commands.Calc;

/// <summary>Pairs that light makes over a fibre.</summary>
internal static class LinkOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        new Operation(
            "link", "heralded generation of pairs over a fibre with a station in its middle",
            [
                Operand.Choice("kind", "protocol", "double-click", "barrett-kok", "single-click", "midpoint-source"),
                Common.Length, Common.Loss,
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
    ];

    private static object[] Link(OperandValues values)
    {
        var fibre = Fibre.Create(values.Number(Common.Length.Name), values.Number(Common.Loss.Name));
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
                Common.Length.Name, "lets no photon through: success is below 1e-300",
                "a length over which light arrives");
        }

        return
        [
            link.SuccessProbability, link.AttemptSeconds, link.HeraldSeconds,
            link.PairsPerSecond(values.Whole("memories")), link.State.Fidelity, link.State,
        ];
    }
}
