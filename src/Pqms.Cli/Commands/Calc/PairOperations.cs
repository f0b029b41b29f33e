using Pqms.Physics.Purification;
using Pqms.Physics.States;

namespace Pqms.Cli.Commands.Calc;

/// <summary>What makes one pair of two.</summary>
internal static class PairOperations
{
    /// <summary>Most rounds of pumped purification; the raw pairs grow as 2 to their power.</summary>
    private const int MaxRounds = 30;

    public static IReadOnlyList<Operation> All { get; } =
    [
        new Operation(
            "swap", "join two pairs by an entanglement swap",
            [
                Operand.Pair("stateA", "pair between A and the repeater"),
                Operand.Pair("stateB", "pair between the repeater and B").OrAs("stateA"),
                Common.Gate, Common.Readout,
            ],
            [
                Common.Fidelity, Common.Bell,
                new Figure("wernerParameter", "", "w = (4F - 1)/3"),
            ],
            "--state-a 0.95 --state-b 0.95 --gate-probability 0.98 --readout-fidelity 0.99",
            Swap),
        new Operation(
            "purify", "make one better pair of two, or of 2^rounds",
            [
                Operand.Choice("protocol", "circuit", "dejmps", "bbpssw", "bilateral-cnot"),
                Operand.Pair("kept", "pair that is kept on success"),
                Operand.Pair("measured", "pair that is measured").OrAs("kept"),
                Common.Gate, Common.Readout,
                Operand.Whole("rounds", "", "rounds; each takes two results of the one before", 1, MaxRounds, "1"),
            ],
            [
                new Figure("successProbability", "", "of the last round"),
                Common.Fidelity, Common.Bell,
                new Figure("rawPairs", "", "mean number of pairs used for one result"),
            ],
            "--protocol dejmps --kept 0.8 --rounds 2",
            Purify),
    ];

    private static object[] Swap(OperandValues values)
    {
        var pair = Common.NoiseOfSwap(values).Swap(values.Pair("stateA"), values.Pair("stateB"));
        return [pair.Fidelity, pair, pair.WernerParameter];
    }

    private static object[] Purify(OperandValues values)
    {
        var protocol = values.Word("protocol") switch
        {
            "bbpssw" => PurificationProtocol.Bbpssw,
            "bilateral-cnot" => PurificationProtocol.BilateralCnot,
            _ => PurificationProtocol.Dejmps,
        };
        var noise = PurificationNoise.Create(
            values.Number(Common.Gate.Name), values.Number(Common.Readout.Name));
        var result = Round(protocol, values.Pair("kept"), values.Pair("measured"), noise);
        var rawPairs = 2.0 / result.SuccessProbability;
        for (var round = 2; round <= values.Whole("rounds"); round++)
        {
            result = Round(protocol, result.State, result.State, noise);
            rawPairs *= 2.0 / result.SuccessProbability;
        }

        return [result.SuccessProbability, result.State.Fidelity, result.State, rawPairs];
    }

    private static PurificationRound Round(
        PurificationProtocol protocol, BellDiagonal kept, BellDiagonal measured, PurificationNoise noise)
    {
        var round = Purifier.Round(protocol, kept, measured, noise);
        return round.SuccessProbability > 0.0 ? round : throw new OperandException(
            "measured", "never gives the same parity as the kept pair", "a pair with which purification can succeed");
    }
}
