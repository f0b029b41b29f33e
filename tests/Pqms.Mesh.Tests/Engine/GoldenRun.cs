using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>Runs for the golden hashes: requests, takes and faults; then groups, extensions and orders.</summary>
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

    public static string OrdersHash()
    {
        MeshEmulator mesh = TestScenarios.Started(TestScenarios.Chain(8, pools: 3), 2026);
        mesh.Apply(Group(1, 2, 0));
        mesh.Apply(Group(3, 1, 77));
        mesh.Apply(new ProduceCommand(101, 2, 60));
        mesh.Apply(new ProduceCommand(102, 2, 40));
        mesh.Apply(new ProduceCommand(103, 1, 5_000));
        mesh.Apply(new ProduceCommand(104, 77, 1));
        mesh.AdvanceTo(TestScenarios.At(1020));
        mesh.Apply(new ExtendCommand(1, TestScenarios.At(1050)));
        mesh.Apply(new ExtendCommand(99, TestScenarios.At(1050)));
        mesh.Apply(new CancelProductionCommand(103));
        mesh.Apply(new CancelProductionCommand(103));
        mesh.AdvanceTo(TestScenarios.At(1060));
        return Convert.ToHexStringLower(mesh.StateHash());
    }

    private static RequestGroupCommand Group(ulong id, int first, int second) => new(
    [
        TestScenarios.Request(id, 1000, 1040, slots: 10, pool: first),
        TestScenarios.Request(id + 1, 1000, 1040, slots: 10, pool: second),
    ]);
}
