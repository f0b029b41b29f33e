using Pqms.Physics.Measurement;
using Pqms.Physics.Numerics;
using Pqms.Physics.States;

namespace Pqms.Cli.Commands.Calc;

/// <summary>What a pair is worth to those who use it.</summary>
internal static class MetricOperations
{
    /// <summary>2 sqrt 2 rounded down: no state gives more.</summary>
    private const double QuantumBound = 2.82842712474619;

    private static readonly Operand State = Operand.Pair("state", "the pair");

    public static IReadOnlyList<Operation> All { get; } =
    [
        new Operation(
            "chsh", "CHSH value of a pair",
            [State],
            [
                new Figure("chshFixed", "", "at the settings that are best for Phi+"),
                new Figure("chshMaximal", "", "at the best settings for this pair"),
                new Figure("violates", "", "whether the fixed settings beat the classical bound 2"),
                new Figure("gameWinProbability", "", "of the CHSH game at the fixed settings"),
            ],
            "--state 0.9", Chsh),
        new Operation(
            "chsh-fidelity", "fidelity of the Werner pair that gives a CHSH value at the fixed settings",
            [Operand.Number("chsh", "", "measured value S", 0, QuantumBound)],
            [Common.Fidelity],
            "--chsh 2.37", values => [PairMetrics.WernerFidelityFromChsh(values.Number("chsh"))]),
        new Operation(
            "qber", "error rates of a pair when both ends measure the same",
            [State],
            [
                new Figure("qberX", "", "error rate in X"), new Figure("qberY", "", "error rate in Y"),
                new Figure("qberZ", "", "error rate in Z"), new Figure("qberMean", "", "mean of the three"),
            ],
            "--state 0.9,0.05,0.03,0.02", Qber),
        new Operation(
            "keyrate", "asymptotic secret bits per pair that both ends measured in the same basis",
            [State, Operand.Number("inefficiency", "", "f of error correction; 1.1 to 1.2 in practice", 1, 10, "1")],
            [
                new Figure("bb84", "bit/pair", "BB84 and BBM92, max(0, 1 - h(e_X) - f h(e_Z))"),
                new Figure("sixState", "bit/pair", "six-state protocol, also ebits by hashing, max(0, 1 - H)"),
                new Figure("entropy", "bit", "H of the four Bell probabilities"),
            ],
            "--state 0.95 --inefficiency 1.16", KeyRate),
        new Operation(
            "concurrence", "how entangled a pair is",
            [State],
            [
                new Figure("concurrence", "", "above 0 just when the pair is entangled"),
                new Figure("ofFormation", "ebit", "entanglement of formation"),
            ],
            "--state 0.9", Concurrence),
        new Operation(
            "teleport", "mean fidelity of teleporting an unknown qubit over a pair",
            [State],
            [
                new Figure("averageFidelity", "", "(2F + 1)/3; two classical bits must arrive first"),
                new Figure("beatsClassical", "", "whether it is above 2/3, the best without entanglement"),
            ],
            "--state 0.95", Teleport),
        new Operation(
            "measure", "results of measuring both halves of a pair in the plane of X and Z",
            [State, Angle("angleRadiansA", "A's direction"), Angle("angleRadiansB", "B's direction")],
            [
                new Figure("plusPlus", "", "probability that both find +1"),
                new Figure("plusMinus", "", "that A finds +1 and B -1"),
                new Figure("minusPlus", "", "that A finds -1 and B +1"),
                new Figure("minusMinus", "", "that both find -1"),
                new Figure("correlation", "", "mean of the product"),
            ],
            "--state 0.9 --angle-radians-a 0 --angle-radians-b 0.7853981633974483", Measure),
    ];

    private static Operand Angle(string name, string whose) => Operand.Number(
        name, "rad", $"{whose} from Z towards X", -PortableMath.MaxAngleRadians, PortableMath.MaxAngleRadians);

    private static object[] Chsh(OperandValues values)
    {
        var pair = values.Pair(State.Name);
        var value = PairMetrics.ChshFixed(pair);
        return [value, PairMetrics.ChshMaximal(pair), value > 2.0, PairMetrics.ChshGameWinProbability(pair)];
    }

    private static object[] Qber(OperandValues values)
    {
        var pair = values.Pair(State.Name);
        return
        [
            PairMetrics.QberX(pair), PairMetrics.QberY(pair), PairMetrics.QberZ(pair), PairMetrics.QberMean(pair),
        ];
    }

    private static object[] KeyRate(OperandValues values)
    {
        var pair = values.Pair(State.Name);
        return
        [
            KeyRates.Bb84(pair, values.Number("inefficiency")), KeyRates.SixState(pair), KeyRates.Entropy(pair),
        ];
    }

    private static object[] Concurrence(OperandValues values) =>
    [
        Entanglement.Concurrence(values.Pair(State.Name)), Entanglement.OfFormation(values.Pair(State.Name)),
    ];

    private static object[] Teleport(OperandValues values) =>
    [
        PairMetrics.TeleportFidelity(values.Pair(State.Name)), values.Pair(State.Name).Fidelity > 0.5,
    ];

    private static object[] Measure(OperandValues values)
    {
        var results = JointOutcomes.Of(
            values.Pair(State.Name), MeasurementDirection.InXZPlane(values.Number("angleRadiansA")),
            MeasurementDirection.InXZPlane(values.Number("angleRadiansB")));
        return
        [
            results.PlusPlus, results.PlusMinus, results.MinusPlus, results.MinusMinus, results.Correlation,
        ];
    }
}
