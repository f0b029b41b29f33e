using Pqms.Mesh;

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
    double FidelityTrueMean)
{
    /// <summary>The wire form of a pool.</summary>
    /// <param name="pool">The pool.</param>
    public static PoolStatus Of(PoolView pool) => new(
        pool.Counters.PoolIndex + 1, pool.Name, pool.FidelityFloor, pool.Counters.Stock, pool.StockTarget,
        pool.GrantedSlots, pool.Isolated, pool.Links, pool.LengthMeters, pool.FreshFidelity, pool.LifetimeSeconds,
        pool.PairRate, pool.Counters.Generated, pool.Counters.Delivered, pool.Counters.Discarded,
        pool.Counters.FidelityEstimateMean, pool.Counters.FidelityTrueMean);
}
