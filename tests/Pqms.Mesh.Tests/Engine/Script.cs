using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>Random commands at random whole seconds, and random steps in between.</summary>
internal sealed class Script(List<(long Second, MeshCommand Command)> commands)
{
    private const long First = 1000;
    private const long Last = 1060;
    private const int Pools = 3;

    public static Script Random(Random random)
    {
        List<(long, MeshCommand)> commands = [];
        List<UInt128> known = [12345];
        for (long second = First; second <= Last; second++)
        {
            for (int i = random.Next(4); i > 0; i--)
            {
                commands.Add((second, Next(random, known, second)));
            }
        }

        return new Script(commands);
    }

    /// <summary>Plays the commands; with a source of random steps, in many steps between them.</summary>
    /// <param name="steps">Source of random steps, or null for one step between commands.</param>
    /// <param name="scenario">What is run; three pools.</param>
    /// <param name="snapshots">Whether the mesh is replaced by its snapshot's image now and then.</param>
    /// <param name="threads">Threads of the mesh.</param>
    /// <param name="observer">Sees every event.</param>
    public MeshEmulator Play(
        Random? steps,
        Scenario? scenario = null,
        bool snapshots = false,
        int threads = 1,
        IMeshObserver? observer = null)
    {
        scenario ??= TestScenarios.Chain(3, Pools);
        MeshEmulator mesh = new(scenario, 7, TestScenarios.At(First), new MeshOptions(threads, observer));
        List<MeshReportItem> items = [];
        foreach ((long second, MeshCommand command) in commands)
        {
            Walk(mesh, TestScenarios.At(second), steps);
            mesh.Apply(command);
            items.AddRange(mesh.DrainReportItems());
            if (snapshots && second % 3 == 0)
            {
                mesh = MeshEmulator.Restore(scenario, 7, TestScenarios.At(First), mesh.Snapshot());
            }
        }

        Walk(mesh, TestScenarios.At(Last + 10), steps);
        items.AddRange(mesh.DrainReportItems());
        Items = items;
        return mesh;
    }

    /// <summary>Everything that the last play owed a report.</summary>
    public IReadOnlyList<MeshReportItem> Items { get; private set; } = [];

    private static void Walk(MeshEmulator mesh, MeshTime target, Random? steps)
    {
        while (steps is not null && mesh.Now < target)
        {
            long left = target.Nanoseconds - mesh.Now.Nanoseconds;
            mesh.AdvanceTo(new MeshTime(mesh.Now.Nanoseconds + Math.Min(left, steps.NextInt64(2_000_000_000))));
            mesh.StateHash();
            mesh.View(0);
            mesh.DrainChangedPools();
        }

        mesh.AdvanceTo(target);
    }

    private static MeshCommand Next(Random random, List<UInt128> known, long second)
    {
        UInt128 some = known[random.Next(known.Count)];
        switch (random.Next(11))
        {
            case 0:
            case 1:
            case 2:
                UInt128 id = (UInt128)(ulong)(known.Count * 1000);
                known.Add(id);
                long start = second + random.Next(-2, 10);
                return new RequestCommand(
                    id,
                    random.Next(Pools + 1),
                    random.Next(1, 30),
                    TestScenarios.At(start),
                    TestScenarios.At(start + random.Next(30)),
                    0.9 + (0.05 * random.NextDouble()),
                    random.Next(20),
                    random.Next(60),
                    1);
            case 8:
                return new ExtendCommand(some, TestScenarios.At(second + random.Next(40)));
            case 9:
                UInt128 order = ((UInt128)1 << 100) + (ulong)known.Count;
                known.Add(order);
                return random.Next(3) == 0
                    ? new CancelProductionCommand(some)
                    : new ProduceCommand(order, random.Next(Pools + 1), random.Next(1, 40));
            case 10:
                UInt128 first = (UInt128)(ulong)(known.Count * 1000) + 500;
                known.Add(first);
                known.Add(first + 1);
                return new RequestGroupCommand(
                    [Member(random, first, second), Member(random, first + 1, second)]);
            case 3:
                return new ReleaseCommand(some);
            case 4:
                return random.Next(4) == 0 ? new WithdrawCommand(some) : new TakeCommand(some, 1, 40);
            case 5:
                return new IsolatePoolCommand(random.Next(Pools + 1), random.Next(3) == 0);
            default:
                return new TakeCommand(some, (ulong)random.Next(100), random.Next(1, 6));
        }
    }

    private static RequestCommand Member(Random random, UInt128 id, long second) => new(
        id,
        random.Next(Pools + 1),
        random.Next(1, 30),
        TestScenarios.At(second),
        TestScenarios.At(second + random.Next(1, 30)),
        0.9,
        0,
        0,
        1);
}
