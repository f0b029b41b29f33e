using Pqms.Mesh.Pools;
using Pqms.Physics.Channels;
using Pqms.Physics.States;

namespace Pqms.Mesh.Memories;

/// <summary>The only reader of true states: for outcomes of measurements, the log and metrics, never for a
/// decision.</summary>
internal sealed class TruthProbe(PauliMemory memory)
{
    /// <summary>The memories in which the pool's pairs really age.</summary>
    public PauliMemory Memory { get; set; } = memory;

    /// <summary>True fidelity of a pair.</summary>
    public double Fidelity(in PairTruth truth, long now) => truth.FidelityAt(now, Memory);

    /// <summary>True state of a pair.</summary>
    public BellDiagonal State(in PairTruth truth, long now) => truth.StateAt(now, Memory);

    /// <summary>True state of a pair of one span, as a test of that span sees it.</summary>
    public static BellDiagonal State(in PairTruth truth, long now, PauliMemory memory) => truth.StateAt(now, memory);

    /// <summary>Mean true fidelity of the standing pairs, 0 for none.</summary>
    public double Mean(PoolStock stock, long now)
    {
        double sum = 0.0;
        for (int i = 0; i < stock.Count; i++)
        {
            sum += stock[i].Truth.FidelityAt(now, Memory);
        }

        return stock.Count == 0 ? 0.0 : sum / stock.Count;
    }
}
