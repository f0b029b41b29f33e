using Pqms.Physics.Channels;

namespace Pqms.Cli.Commands.Calc;

/// <summary>What memories do to a pair while it waits.</summary>
internal static class MemoryOperations
{
    private const double LeastSeconds = 1e-12;

    private const double MostSeconds = 1e12;

    private static readonly Operand State = Operand.Pair("state", "the pair at the start");

    private static readonly Operand Seconds = Operand.Number("seconds", "s", "time in both memories", 0, MostSeconds);

    public static IReadOnlyList<Operation> All { get; } =
    [
        new Operation(
            "memory", "a pair after some time in two memories, and when it falls to a floor",
            [
                Operand.Choice(
                    "model", "dephasing: T2 alone; depolarising: white noise of time constant T2; relaxation: T1 and"
                    + " T2, Pauli-twirled", "dephasing", "depolarising", "relaxation"),
                State, Seconds,
                Coherence("t2Seconds", "T2 on side A"), Coherence("t2SecondsB", "T2 on side B").OrAs("t2Seconds"),
                Coherence("t1Seconds", "T1 on side A, for relaxation", OperandReader.Infinity),
                Coherence("t1SecondsB", "T1 on side B, for relaxation").OrAs("t1Seconds"),
                Operand.Probability("floor", "fidelity at which the pair is discarded", "0.5"),
            ],
            [
                Common.Fidelity, Common.Bell,
                new Figure("secondsUntilFloor", "s", "from the start; infinity when it never gets there"),
            ],
            "--state 0.97 --seconds 10 --t2-seconds 900 --floor 0.95", Memory),
        new Operation(
            "relaxation", "a pair after some time in two memories with T1 and T2, exactly, without Pauli twirl",
            [
                State, Seconds,
                Coherence("t1Seconds", "T1 on side A"), Coherence("t1SecondsB", "T1 on side B").OrAs("t1Seconds"),
                Coherence("t2Seconds", "T2 on side A, at most 2 T1"),
                Coherence("t2SecondsB", "T2 on side B, at most 2 T1").OrAs("t2Seconds"),
            ],
            [
                Common.Fidelity,
                new Figure("bell", "", "overlaps with Phi+, Psi+, Psi-, Phi-"),
                new Figure("twirledFidelity", "", "of the Pauli-twirled channel, as the mesh uses it"),
            ],
            "--state 1 --seconds 0.5 --t1-seconds 2 --t2-seconds 1", Relaxation),
        new Operation(
            "lindblad", "a Phi+ pair under the master equation d rho/dt = g (sz rho sz - rho)",
            [
                Operand.Number("ratePerSecond", "1/s", "g on side A", 0, 1e12),
                Operand.Number("ratePerSecondB", "1/s", "g on side B; 0 exposes one half only", 0, 1e12)
                    .OrAs("ratePerSecond"),
                Seconds,
            ],
            [
                Common.Fidelity,
                new Figure("coherence", "", "what is left of the pair's coherence"),
                new Figure("t2Seconds", "s", "T2 = 1/(2g) of side A"),
            ],
            "--rate-per-second 0.7 --seconds 0.3", Lindblad),
    ];

    private static Operand Coherence(string name, string meaning, string? standard = null) =>
        Operand.Number(name, "s", meaning, LeastSeconds, double.PositiveInfinity, standard);

    private static object[] Memory(OperandValues values)
    {
        var (a, b) = (values.Number("t2Seconds"), values.Number("t2SecondsB"));
        var memory = values.Word("model") switch
        {
            "depolarising" => PauliMemory.Depolarising(a, b),
            "relaxation" => Twirled(values),
            _ => PauliMemory.Dephasing(a, b),
        };
        var pair = memory.Age(values.Pair(State.Name), values.Number(Seconds.Name));
        return [pair.Fidelity, pair, memory.SecondsUntil(values.Pair(State.Name), values.Number("floor"))];
    }

    private static object[] Relaxation(OperandValues values)
    {
        var (state, seconds) = (values.Pair(State.Name), values.Number(Seconds.Name));
        var twirled = Twirled(values).FidelityAfter(state, seconds);
        var pair = RelaxationMemory.Create(
            values.Number("t1Seconds"), values.Number("t2Seconds"), values.Number("t1SecondsB"),
            values.Number("t2SecondsB")).Age(state, seconds);
        return [pair.Fidelity, pair, twirled];
    }

    private static object[] Lindblad(OperandValues values)
    {
        var noise = LindbladDephasing.Create(values.Number("ratePerSecond"), values.Number("ratePerSecondB"));
        var seconds = values.Number(Seconds.Name);
        return [noise.FidelityAfter(seconds), noise.Coherence(seconds), noise.T2SecondsA];
    }

    private static PauliMemory Twirled(OperandValues values)
    {
        CheckRelaxation(values, "t1Seconds", "t2Seconds");
        CheckRelaxation(values, "t1SecondsB", "t2SecondsB");
        return PauliMemory.RelaxationDephasing(
            values.Number("t1Seconds"), values.Number("t2Seconds"), values.Number("t1SecondsB"),
            values.Number("t2SecondsB"));
    }

    private static void CheckRelaxation(OperandValues values, string t1, string t2)
    {
        if (values.Number(t2) > 2.0 * values.Number(t1))
        {
            throw new OperandException(
                t2, $"is above twice {t1}", $"at most {Operand.Text(2.0 * values.Number(t1))}, by physics T2 <= 2 T1");
        }
    }
}
