namespace Pqms.Physics.Buffers;

/// <summary>The two figures by which an entanglement buffer is judged.</summary>
/// <param name="Availability">Probability that a request finds a pair, in [0, 1].</param>
/// <param name="ConsumedFidelity">Mean fidelity of the pairs that requests get, in [0, 1].</param>
public readonly record struct BufferFigures(double Availability, double ConsumedFidelity);
