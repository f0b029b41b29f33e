using System.Runtime.CompilerServices;
using Pqms.Mesh.Engine;
using Pqms.Mesh.Memories;
using Pqms.Mesh.Pools;
using Pqms.Physics.States;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>Looks into a running mesh for what nobody there may know: the true states of the standing pairs.</summary>
internal static class TrueStates
{
    public static List<BellDiagonal> Of(MeshEmulator mesh, int pool)
    {
        PoolEngine engine = Pools(mesh)[pool];
        PoolStock stock = Stock(engine);
        TruthProbe probe = Probe(engine);
        List<BellDiagonal> states = [];
        for (int i = 0; i < stock.Count; i++)
        {
            states.Add(probe.State(stock[i].Truth, mesh.Now.Nanoseconds));
        }

        return states;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_pools")]
    private static extern ref PoolEngine[] Pools(MeshEmulator mesh);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_stock")]
    private static extern ref PoolStock Stock(PoolEngine engine);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_probe")]
    private static extern ref TruthProbe Probe(PoolEngine engine);
}
