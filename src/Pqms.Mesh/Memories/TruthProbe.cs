using Pqms.Mesh.Pools;
using Pqms.Physics.Channels;

namespace Pqms.Mesh.Memories;

/// <summary>The only reader of true fidelities: for the log, take items and metrics, never for a decision.</summary>
internal sealed class TruthProbe(DephasingMemory memory)
{
    /// <summary>True fidelity of a pair.</summary>
    public double Fidelity(in PairTruth truth, long now) => truth.FidelityAt(now, memory);

    /// <summary>Mean true fidelity of the standing pairs, 0 for none.</summary>
    public double Mean(PoolStock stock, long now)
    {
        double sum = 0.0;
        for (int i = 0; i < stock.Count; i++)
        {
            sum += stock[i].Truth.FidelityAt(now, memory);
        }

        return stock.Count == 0 ? 0.0 : sum / stock.Count;
    }
}
