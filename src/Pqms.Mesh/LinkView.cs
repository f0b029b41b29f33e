namespace Pqms.Mesh;

/// <summary>A link of the scenario as seen at one moment, over all spans and pools; reading it changes
/// nothing.</summary>
/// <param name="LinkIndex">0-based position in the scenario.</param>
/// <param name="Pools">Pools whose present route uses it.</param>
/// <param name="Generated">Heralded pairs of its spans since mesh time began.</param>
/// <param name="Stored">Link pairs that wait in its memories.</param>
/// <param name="IsUp">False while a fault keeps one of its spans down.</param>
/// <param name="IsSuspected">Whether tests of a pool name one of its spans as the faulty one.</param>
/// <param name="FreshFidelity">What control believes of a fresh pair of its worst span; null while no pool uses
/// it.</param>
public sealed record LinkView(
    int LinkIndex, int Pools, ulong Generated, ulong Stored, bool IsUp, bool IsSuspected, double? FreshFidelity);
