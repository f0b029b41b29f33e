namespace Pqms.Node.Demo;

/// <summary>What a demonstration of trouble showed.</summary>
/// <param name="Trouble">"crash", "reorg" or "tamper".</param>
/// <param name="Done">What was done to the realm.</param>
/// <param name="Facts">What was counted afterwards, from the chain and the batches.</param>
/// <param name="Passed">True if nothing was lost or doubled, or if every forgery was caught.</param>
/// <param name="Seconds">Wall-clock seconds of every phase.</param>
public sealed record TroubleResult(
    string Trouble,
    IReadOnlyList<string> Done,
    IReadOnlyList<TroubleFact> Facts,
    bool Passed,
    IReadOnlyDictionary<string, double> Seconds);

/// <summary>One thing that was counted or caught.</summary>
/// <param name="Name">What.</param>
/// <param name="Value">The figure, or who was caught and how.</param>
/// <param name="Holds">Whether it is as it must be.</param>
public sealed record TroubleFact(string Name, string Value, bool Holds);
