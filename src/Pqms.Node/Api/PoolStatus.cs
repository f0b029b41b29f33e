using Pqms.Oracle;

namespace Pqms.Node.Api;

/// <summary>A pool at one moment, as <c>/pools</c> answers it.</summary>
/// <param name="Id">The pool's id on the ledger, from 1.</param>
/// <param name="Name">The scenario's name.</param>
/// <param name="FidelityFloor">Fidelity at which a pair is discarded.</param>
/// <param name="Stock">Pairs standing.</param>
/// <param name="StockTarget">Places that the pool keeps filling.</param>
/// <param name="GrantedSlots">Slots of granted reservations whose window is running.</param>
/// <param name="Isolated">True while it delivers and grants nothing.</param>
/// <param name="Links">Spans on its route.</param>
/// <param name="LengthMeters">Fibre along the route, metres.</param>
/// <param name="FreshFidelity">Predicted fidelity at birth; 0 without a route.</param>
/// <param name="LifetimeSeconds">Predicted time above the floor, seconds.</param>
/// <param name="PairsPerSecond">Predicted rate at which one empty place is filled; a lower bound.</param>
/// <param name="Generated">Pairs put into the pool since the era began.</param>
/// <param name="Delivered">Of those, taken.</param>
/// <param name="Discarded">Of those, discarded at the floor or by isolation.</param>
/// <param name="FidelityEstimateMean">Mean of the estimates over the stock.</param>
/// <param name="FidelityTrueMean">Mean of the emulator's true fidelities: known only because it is emulated.</param>
/// <param name="Health">What Bell tests say: Healthy, Suspect, Isolated, Probation; null where none are made.</param>
/// <param name="TestedFidelity">Fidelity of fresh pairs by Bell tests, with <paramref name="TestedFidelityLower"/> and
/// <paramref name="TestedFidelityUpper"/>, its 95 % interval; null without tests.</param>
/// <param name="TestedFidelityLower">Lower end.</param>
/// <param name="TestedFidelityUpper">Upper end.</param>
/// <param name="JoulesPerPair">Energy of attempts and storage for each pair made; null before the first, and when the
/// scenario
/// gives no energies.</param>
/// <param name="TakesPerSecond">Pairs taken a second, over the last minute.</param>
/// <param name="FidelityEstimateLeast">Least estimate of the standing pairs; 0 when none stand.</param>
/// <param name="FidelityEstimateGreatest">Greatest estimate of the standing pairs.</param>
public sealed record PoolStatus(
    int Id,
    string Name,
    double FidelityFloor,
    int Stock,
    int StockTarget,
    int GrantedSlots,
    bool Isolated,
    int Links,
    double LengthMeters,
    double FreshFidelity,
    double LifetimeSeconds,
    double PairsPerSecond,
    ulong Generated,
    ulong Delivered,
    ulong Discarded,
    double FidelityEstimateMean,
    double FidelityTrueMean,
    string? Health = null,
    double? TestedFidelity = null,
    double? TestedFidelityLower = null,
    double? TestedFidelityUpper = null,
    double? JoulesPerPair = null,
    double TakesPerSecond = 0,
    double FidelityEstimateLeast = 0,
    double FidelityEstimateGreatest = 0)
{
    /// <summary>The wire form of a pool.</summary>
    /// <param name="picture">The pool.</param>
    /// <param name="takesPerSecond">Pairs taken a second.</param>
    public static PoolStatus Of(PoolPicture picture, double takesPerSecond = 0)
    {
        var (pool, estimates, health, sums) = picture;
        var counters = pool.Counters;
        return new PoolStatus(
            counters.PoolIndex + 1, pool.Name, pool.FidelityFloor, counters.Stock, pool.StockTarget,
            pool.GrantedSlots, pool.Isolated, pool.Links, pool.LengthMeters, pool.FreshFidelity, pool.LifetimeSeconds,
            pool.PairRate, counters.Generated, counters.Delivered, counters.Discarded, counters.FidelityEstimateMean,
            counters.FidelityTrueMean, health?.State.ToString(), health?.Fidelity,
            health?.Fidelity is null ? null : health.FidelityLower,
            health?.Fidelity is null ? null : health.FidelityUpper,
            counters.Generated == 0 || sums.Joules <= 0 ? null : sums.Joules / counters.Generated,
            takesPerSecond, estimates.Least, estimates.Greatest);
    }
}
