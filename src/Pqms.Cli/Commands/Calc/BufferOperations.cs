using Pqms.Physics.Buffers;
using Pqms.Physics.States;

namespace Pqms.Cli.Commands.Calc;

/// <summary>Buffers that keep one pair and purify it, and neighbours under continuous distribution.</summary>
internal static class BufferOperations
{
    private static readonly Operand Fresh = Operand.Number(
        "freshFidelity", "", "fidelity of a new Werner pair", 0.25, 1);

    private static readonly Operand Purify = Operand.Probability(
        "purifyProbability", "probability q that new pairs purify the stored one, else they are dropped", "1");

    private static readonly Figure[] Buffer =
    [
        new Figure("availability", "", "probability that a request finds a pair"),
        new Figure("consumedFidelity", "", "mean fidelity of the pairs that requests get"),
    ];

    public static IReadOnlyList<Operation> All { get; } =
    [
        new Operation(
            "buffer-1g1b", "one storing and one generating memory in continuous time (1G1B)",
            [
                Rate("generationPerSecond", "new pairs"), Rate("consumptionPerSecond", "requests"),
                Operand.Number("decayPerSecond", "1/s", "F - 1/4 falls as e^(-this t)", 0, 1e12),
                Fresh, Purify,
                Operand.Probability("successProbability", "of one purification, whatever is stored"),
                Operand.Choice(
                    "jump", "what a success makes of the stored fidelity; bounds hold for every bilocal Clifford",
                    "lower-bound", "upper-bound", "identity", "replacement"),
            ],
            Buffer,
            "--generation-per-second 2 --consumption-per-second 1 --decay-per-second 0.1 --fresh-fidelity 0.92"
            + " --success-probability 0.9", OneGoodOneBadFigures),
        new Operation(
            "buffer-1gnb", "one storing and n generating memories in slots, DEJMPS on one new pair (1GnB)",
            [
                Operand.Whole("badMemories", "", "generating memories n", 1, OneGoodManyBad.MaxBadMemories),
                Operand.Probability("generationProbability", "success of each in one slot").Above(),
                Operand.Probability("consumptionProbability", "probability of a request in one slot").Above(),
                Operand.Number("decayPerSlot", "1/slot", "F - 1/4 falls by e^-this each slot", 0, 100),
                Fresh, Purify,
            ],
            Buffer,
            "--bad-memories 2 --generation-probability 0.5 --consumption-probability 0.3 --decay-per-slot 0.02"
            + " --fresh-fidelity 0.9", OneGoodManyBadFigures),
        new Operation(
            "neighbours", "virtual neighbourhood and degree of a site under continuous distribution, without swaps",
            [
                Operand.Probability("generationProbability", "one pair per channel and slot, while a place is free")
                    .Below(),
                Operand.Probability("consumptionProbability", "one pair per channel and slot").Above(),
                Operand.Whole("pairsPerChannel", "", "places", 1, VirtualNeighbours.MaxPairsPerChannel),
                Operand.Whole("channels", "", "physical neighbours", 0, 1_000_000),
            ],
            [
                new Figure("ratio", "", "rho of one channel"),
                new Figure("emptyProbability", "", "that a channel holds no pair"),
                new Figure("meanPairs", "", "in one channel"),
                new Figure("neighbourhood", "", "mean number of sites with which a pair stands"),
                new Figure("degree", "", "mean number of standing pairs of the site"),
            ],
            "--generation-probability 0.1 --consumption-probability 0.2 --pairs-per-channel 3 --channels 4",
            Neighbours),
    ];

    private static Operand Rate(string name, string meaning) =>
        Operand.Number(name, "1/s", meaning, 1e-12, 1e12);

    private static object[] OneGoodOneBadFigures(OperandValues values)
    {
        var fresh = values.Number(Fresh.Name);
        var jump = values.Word("jump") switch
        {
            "upper-bound" => LinearJump.UpperBound(fresh),
            "identity" => LinearJump.Identity,
            "replacement" => LinearJump.Replacement(fresh),
            _ => LinearJump.LowerBound(fresh),
        };
        var buffer = OneGoodOneBad.Create(
            values.Number("generationPerSecond"), values.Number("consumptionPerSecond"),
            values.Number("decayPerSecond"), fresh);
        var figures = buffer.Figures(values.Number(Purify.Name), values.Number("successProbability"), jump);
        return [figures.Availability, figures.ConsumedFidelity];
    }

    private static object[] OneGoodManyBadFigures(OperandValues values)
    {
        var buffer = OneGoodManyBad.Create(
            values.Whole("badMemories"), values.Number("generationProbability"),
            values.Number("consumptionProbability"), values.Number("decayPerSlot"));
        var figures = buffer.Figures(BellDiagonal.Werner(values.Number(Fresh.Name)), values.Number(Purify.Name));
        return [figures.Availability, figures.ConsumedFidelity];
    }

    private static object[] Neighbours(OperandValues values)
    {
        var figures = VirtualNeighbours.Figures(
            values.Number("generationProbability"), values.Number("consumptionProbability"),
            values.Whole("pairsPerChannel"), values.Whole("channels"));
        return
        [
            figures.Ratio, figures.EmptyProbability, figures.MeanPairs, figures.Neighbourhood, figures.Degree,
        ];
    }
}
