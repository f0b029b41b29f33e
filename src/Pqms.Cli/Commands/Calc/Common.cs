using Pqms.Physics.States;

namespace Pqms.Cli.Commands.Calc;

/// <summary>Operands and figures that several operations share.</summary>
internal static class Common
{
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

    /// <summary>Length of a fibre.</summary>
    public static Operand Length { get; } = Operand.Number("lengthMeters", "m", "length of the fibre", 0.001, 1e8);

    /// <summary>Loss of a fibre; 0.2 is usual at 1550 nm (ITU-T G.652).</summary>
    public static Operand Loss { get; } = Operand.Number(
        "attenuationDbPerKm", "dB/km", "loss of the fibre", 0, 100, "0.2");

    /// <summary>The noise of a swap by the two operands above.</summary>
    public static SwapNoise NoiseOfSwap(OperandValues values) => SwapNoise.Create(
        values.Number(Gate.Name), values.Number(Readout.Name));
}
