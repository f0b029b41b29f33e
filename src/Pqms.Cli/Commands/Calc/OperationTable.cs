using Pqms.Physics.States;

namespace Pqms.Cli.Commands.Calc;

/// <summary>Every operation of the calculator; options, help, JSON and the reference are made from it.</summary>
internal static class OperationTable
{
    /// <summary>In the order of the help.</summary>
    public static IReadOnlyList<Operation> All { get; } =
    [
        .. PairOperations.All,
        .. MemoryOperations.All,
        .. LinkOperations.All,
        .. ChainOperations.All,
        .. BufferOperations.All,
        .. PoolOperations.All,
    ];

    /// <summary>The overlap with Phi+.</summary>
    public static Figure Fidelity { get; } = new("fidelity", "", "overlap with Phi+");

    /// <summary>A whole state.</summary>
    public static Figure Bell { get; } = new("bell", "", "probabilities of Phi+, Psi+, Psi-, Phi-");

    /// <summary>Errors of a two-qubit gate.</summary>
    public static Operand Gate { get; } = Operand.Probability(
        "gateProbability", "probability p_g that the two-qubit gate works, else white noise", "1");

    /// <summary>Errors of a readout.</summary>
    public static Operand Readout { get; } = Operand.Probability(
        "readoutFidelity", "probability that one qubit is read correctly", "1");

    /// <summary>The noise of a swap by the two operands above.</summary>
    public static SwapNoise SwapNoise(OperandValues values) => Physics.States.SwapNoise.Create(
        values.Number(Gate.Name), values.Number(Readout.Name));
}
