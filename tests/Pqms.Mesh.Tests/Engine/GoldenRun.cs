using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>A run that touches every kind of event, for the golden hash.</summary>
internal static class GoldenRun
{
    public static string Hash(int threads) => Convert.ToHexStringLower(Run(threads).StateHash());

    public static MeshEmulator Run(int threads)
    {
        Scenario scenario = TestScenarios.Chain(8, pools: 5);
        MeshEmulator mesh = TestScenarios.Started(scenario, 2026, new MeshOptions(threads));
        for (ulong i = 0; i < 5; i++)
        {
            mesh.Apply(TestScenarios.Request(i + 1, 1000 + (long)i, 1060, slots: 10, pool: (int)i));
        }

        mesh.Apply(TestScenarios.Request(9, 1000, 1060, pool: 77));
        for (int second = 1001; second <= 1090; second++)
        {
            mesh.AdvanceTo(TestScenarios.At(second));
            mesh.Apply(new TakeCommand((UInt128)(1 + (second % 5)), (ulong)second, 1 + (second % 7)));
            if (second == 1030)
            {
                mesh.Apply(new ReleaseCommand(2));
                mesh.Apply(new WithdrawCommand(3));
                mesh.Apply(new IsolatePoolCommand(4, true));
            }
        }

        return mesh;
    }
}
