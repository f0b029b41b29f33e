using System.CommandLine;
using Pqms.Cli.Runs;
using Pqms.Node;
using Pqms.Node.Hosting;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms mesh run</c>: one run with its report.</summary>
internal static class MeshRunCommand
{
    private const string Meaning = """
        run a scenario for some mesh time and report pairs, availability, fidelity, latency and key

        Every figure is a mean over the time after the warm-up with its 95 % interval from equal batches (Student's t).
        Fidelity is reported as truth and as the mesh's own estimate, set-up and delivery latency apart.
        logHash is the digest of every event: the same scenario, seed and version give the same one everywhere.
        """;

    private static readonly Option<int> Threads =
        Inputs.Number("--threads", "threads of the engine; the result is the same", 1, 64, 1);

    private static readonly Option<int> Batches =
        Inputs.Number("--batches", "batches for the intervals", 2, 1000, 30);

    public static Command Create(CommandHost host) => host.Make(
        "run", Meaning, "mesh run scenarios/german-backbone.json --until 1h --json",
        [
            MeshInputs.File, MeshInputs.Until, MeshInputs.Seed, Threads, Batches, MeshInputs.Profile, MeshInputs.Set,
            MeshInputs.Csv,
        ],
        Run);

    private static Task<int> Run(Invocation run)
    {
        MeshInputs.RequireOneFormat(run);
        var source = MeshInputs.Source(run);
        var file = source.File;
        var seed = run.Get(MeshInputs.Seed) == 0 ? file.Scenario.Seed : run.Get(MeshInputs.Seed);
        run.Screen.Say($"scenario {file.Scenario.Name}, hardware profile {RealmHost.Profile(file)}, seed {seed}");

        var planned = new MeshRun(
            file.Scenario, seed, run.Get(MeshInputs.Until), run.Get(Batches), run.Get(Threads));
        var cost = RunCost.Start();
        var result = run.Screen.WithProgress(
            $"mesh run {file.Scenario.Name}", progress => planned.Execute(progress, run.Cancel));
        var report = new RunPrint(file, planned, result, cost.Stop());
        if (run.Json)
        {
            run.Screen.Document(report.Document());
        }
        else if (run.Get(MeshInputs.Csv))
        {
            run.Screen.Output.Write(report.Csv());
        }
        else
        {
            report.Tables(run.Screen);
        }

        return Task.FromResult(Judge(run, result));
    }

    private static int Judge(Invocation run, MeshRunResult result)
    {
        if (result.Report.IsConserved)
        {
            return (int)ExitCode.Ok;
        }

        var pool = result.Report.Pools.First(pool => pool.Unaccounted != 0);
        run.Screen.Problem(new Refusal(
            $"{pool.Unaccounted} pairs of pool {pool.Name} are not accounted for",
            "generated = delivered + discarded + purified away + tested + burnt + stock",
            "this is a bug in pqms: please report it with the scenario and the seed"));
        return (int)ExitCode.Bug;
    }
}
