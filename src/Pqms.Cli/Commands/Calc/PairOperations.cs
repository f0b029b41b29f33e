using Pqms.Physics.Purification;
using Pqms.Physics.States;

namespace Pqms.Cli.Commands.Calc;

/// <summary>What can be said of, or done to, pairs at one moment.</summary>
internal static class PairOperations
{
    /// <summary>Most rounds of pumped purification; the raw pairs grow as 2 to their power.</summary>
    private const int MaxRounds = 30;

    private static readonly Operand State = Operand.Pair("state", "the pair");

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
        new Operation(
            "chsh", "CHSH value of a pair",
            [State],
            [
                new Figure("chshFixed", "", "at the settings that are best for Phi+"),
                new Figure("chshMaximal", "", "at the best settings for this pair"),
                new Figure("violates", "", "whether the fixed settings beat the classical bound 2"),
            ],
            "--state 0.9", Chsh),
        new Operation(
            "qber", "error rates of a pair when both ends measure the same",
            [State],
            [
                new Figure("qberX", "", "error rate in X"), new Figure("qberY", "", "error rate in Y"),
                new Figure("qberZ", "", "error rate in Z"),
            ],
            "--state 0.9,0.05,0.03,0.02", Qber),
        new Operation(
            "teleport", "mean fidelity of teleporting an unknown qubit over a pair",
            [State],
            [
                new Figure("averageFidelity", "", "(2F + 1)/3; two classical bits must arrive first"),
                new Figure("beatsClassical", "", "whether it is above 2/3, the best without entanglement"),
            ],
            "--state 0.95", Teleport),
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

    private static object[] Chsh(OperandValues values)
    {
        var value = PairMetrics.ChshFixed(values.Pair(State.Name));
        return [value, PairMetrics.ChshMaximal(values.Pair(State.Name)), value > 2.0];
    }

    private static object[] Qber(OperandValues values)
    {
        var pair = values.Pair(State.Name);
        return [PairMetrics.QberX(pair), PairMetrics.QberY(pair), PairMetrics.QberZ(pair)];
    }

    private static object[] Teleport(OperandValues values)
    {
        var average = PairMetrics.TeleportFidelity(values.Pair(State.Name));
        return [average, values.Pair(State.Name).Fidelity > 0.5];
    }
}
