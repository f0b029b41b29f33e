using System.CommandLine;
using Pqms.Cli.Runs;
using Pqms.Node;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms mesh sweep</c>: a grid of variants of a scenario, each run with several seeds.</summary>
internal static class MeshSweepCommand
{
    private const string Meaning = """
        run a scenario over a grid of values, each point with several seeds

        Prints one row per point and pool, in the order of the grid, with means over the seeds and 95 % intervals
        between them. All points use the same seeds. The result does not depend on --threads.
        """;

    private static readonly Option<SweepAxis[]> Vary = new("--vary")
    {
        Description = "values that a path of the scenario takes: a list, or FROM:TO:STEPS; comes again for a grid",
        HelpName = "PATH=V1,V2",
        Required = true,
        CustomParser = result => MeshInputs.ParseAll(
            result, SweepAxis.Parse, "varies nothing", SweepAxis.Allowed),
    };

    private static readonly Option<int> Seeds =
        Inputs.Number("--seeds", "runs per point, with seeds counting up from --seed", 1, Sweep.MaxRuns, 5);

    private static readonly Option<int> Threads = Inputs.Number(
        "--threads", "runs at a time", 1, 1024, Environment.ProcessorCount);

    private static readonly Option<int> Batches = Inputs.Number(
        "--batches", "batches of a run, for the intervals when there is one seed", 2, 1000, 30);

    private static readonly Option<TimeSpan> Until = Inputs.Duration(
        "--until", "mesh time of each run after its warm-up", TimeSpan.FromMinutes(10));

    public static Command Create(CommandHost host) => host.Make(
        "sweep", Meaning, "mesh sweep scenarios/three-repeaters.json --vary pools[0].slots=10,20,40 --seeds 3",
        [
            MeshInputs.File, Vary, Seeds, Threads, Until, MeshInputs.Seed, Batches, MeshInputs.Profile, MeshInputs.Set,
            MeshInputs.Csv,
        ],
        Run);

    private static Task<int> Run(Invocation run)
    {
        MeshInputs.RequireOneFormat(run);
        var source = MeshInputs.Source(run);
        var scenario = source.File.Scenario;
        var axes = run.Get(Vary)!;
        var sweep = new Sweep(
            source, SweepGrid.Points(axes, run.Get(Seeds)), run.Get(MeshInputs.Seed) == 0 ? scenario.Seed : run.Get(MeshInputs.Seed),
            run.Get(Seeds), run.Get(Until), run.Get(Batches));
        var cost = RunCost.Start();
        var result = run.Screen.WithProgress(
            $"mesh sweep {scenario.Name}", progress => sweep.Execute(run.Get(Threads), progress, run.Cancel));
        var print = new SweepPrint(axes, result, cost.Stop());
        if (run.Json)
        {
            run.Screen.Document(print.Document());
        }
        else if (run.Get(MeshInputs.Csv))
        {
            run.Screen.Output.Write(print.Csv());
        }
        else
        {
            print.Table(run.Screen);
        }

        return Task.FromResult((int)ExitCode.Ok);
    }
}
