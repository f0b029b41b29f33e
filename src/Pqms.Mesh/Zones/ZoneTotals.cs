namespace Pqms.Mesh.Zones;

/// <summary>Sums over all zones since the start.</summary>
/// <param name="Generated">Pairs ever put into a pool, with those of the start.</param>
/// <param name="Delivered">Pairs taken.</param>
/// <param name="Discarded">Pairs that reached the floor unused.</param>
/// <param name="InStock">Pairs in the pools: generated less delivered and discarded.</param>
/// <param name="Missed">Takes that found no pair.</param>
/// <param name="DeliveredAgeTicks">Sum of the delivered pairs' ages in ticks.</param>
public readonly record struct ZoneTotals(
    long Generated, long Delivered, long Discarded, long InStock, long Missed, long DeliveredAgeTicks);
