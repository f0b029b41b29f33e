using Pqms.Mesh.Engine;

namespace Pqms.Mesh.Pools;

/// <summary>An order of standing pairs, and what was set aside for it.</summary>
internal struct ProductionOrder
{
    public UInt128 Id;
    public int Count;
    public int Collected;
    public double EstimateSum;
    public double TruthSum;

    public static void Exchange(StateExchange state, ref ProductionOrder order)
    {
        state.Value(ref order.Id);
        state.Value(ref order.Count);
        state.Value(ref order.Collected);
        state.Value(ref order.EstimateSum);
        state.Value(ref order.TruthSum);
    }
}

/// <summary>Open orders of one pool, first come first served.</summary>
internal sealed class ProductionQueue
{
    /// <summary>Open orders of a pool: each waits for those before it, so that more would only wait.</summary>
    public const int MaxOpen = 256;

    private readonly List<ProductionOrder> _open = [];

    public int Count => _open.Count;

    public ProductionOrder First => _open[0];

    public void Add(UInt128 id, int count) => _open.Add(new ProductionOrder { Id = id, Count = count });

    /// <summary>Counts a pair for the first order.</summary>
    /// <returns>Whether it is collected; then it has left the queue.</returns>
    public bool Collect(double estimate, double truth, out ProductionOrder order)
    {
        order = _open[0];
        order.Collected++;
        order.EstimateSum += estimate;
        order.TruthSum += truth;
        bool isWhole = order.Collected >= order.Count;
        if (isWhole)
        {
            _open.RemoveAt(0);
        }
        else
        {
            _open[0] = order;
        }

        return isWhole;
    }

    public void Remove(UInt128 id) => _open.RemoveAll(order => order.Id == id);

    public void Exchange(StateExchange state) =>
        state.Items(_open, MaxOpen, static (StateExchange s, ref ProductionOrder item) =>
            ProductionOrder.Exchange(s, ref item));
}
