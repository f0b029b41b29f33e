namespace Pqms.Physics.Buffers;

/// <summary>One storage place with a hard cut-off under demand.</summary>
/// <param name="Availability">Probability that a request finds a pair, in [0, 1].</param>
/// <param name="ConsumedFidelity">Mean fidelity of the pairs that requests get, in [0.25, 1].</param>
/// <param name="StoredPerSecond">Pairs that are stored, per second.</param>
/// <param name="DiscardedPerSecond">Pairs that reach the cut-off unused, per second.</param>
public readonly record struct OnePlaceFigures(
    double Availability, double ConsumedFidelity, double StoredPerSecond, double DiscardedPerSecond);

/// <summary>A pool whose pairs live an exponentially distributed time.</summary>
/// <param name="Availability">Probability that a request finds a pair, in [0, 1].</param>
/// <param name="MeanPairs">Mean number of standing pairs.</param>
/// <param name="FullProbability">Probability that every place holds a pair, in [0, 1].</param>
public readonly record struct StockFigures(double Availability, double MeanPairs, double FullProbability);

/// <summary>A pool whose requests wait.</summary>
/// <param name="ImmediateProbability">Probability that a request is served at once, in [0, 1].</param>
/// <param name="MeanWaitSeconds">Mean time from request to pair in s, over all requests.</param>
public readonly record struct WaitingFigures(double ImmediateProbability, double MeanWaitSeconds);
