using System.CommandLine;
using Pqms.Cli.Plots;
using Pqms.Cli.Runs;
using Pqms.Mesh.Scenarios;
using Pqms.Node;
using Pqms.Node.Hosting;
using Pqms.Node.Settings;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms mesh run</c>: one run with its report.</summary>
internal static class MeshRunCommand
{
    private const string Meaning = """
        run a scenario for some mesh time and report pairs, availability, fidelity, latency and key

        Every figure is a mean over the time after the warm-up with its 95 % interval from equal batches (Student's t).
        Fidelity is reported as truth and as the mesh's own estimate, set-up and delivery latency apart.
        logHash is the digest of every event: the same scenario, seed and version give the same one everywhere.
        --plot runs variants of the scenario, each as long as --until, with --plot-seeds seeds.
        """;

    /// <summary>Names listed when a pool is not found.</summary>
    private const int PoolsShown = 20;

    private static readonly Option<int> Threads = Inputs.Number(
        "--threads", "threads of the engine, and runs of plots at a time; the result is the same", 1, 64, 1);

    private static readonly Option<int> Batches =
        Inputs.Number("--batches", "batches for the intervals", 2, 1000, 30);

    private static readonly Option<string?> Pool = new("--pool")
    {
        Description = "pool of the plot of availability and fidelity (default: the first)",
        HelpName = "name",
    };

    private static readonly Option<string?> Plot = new("--plot")
    {
        Description = "write plots to this folder, each as .svg with its numbers as .csv",
        HelpName = "folder",
    };

    private static readonly Option<int> PlotSeeds =
        Inputs.Number("--plot-seeds", "runs per point of a plot, with seeds counting up from --seed", 1, 100, 5);

    public static Command Create(CommandHost host) => host.Make(
        "run", Meaning, "mesh run scenarios/german-backbone.json --until 1h --json",
        [
            MeshInputs.File, MeshInputs.Until, MeshInputs.Seed, Threads, Batches, MeshInputs.Profile, MeshInputs.Set,
            MeshInputs.Csv, Plot, PlotSeeds, Pool,
        ],
        Run);

    private static Task<int> Run(Invocation run)
    {
        MeshInputs.RequireOneFormat(run);
        var source = MeshInputs.Source(run);
        var file = source.File;
        var seed = run.Get(MeshInputs.Seed) == 0 ? file.Scenario.Seed : run.Get(MeshInputs.Seed);
        run.Screen.Say($"scenario {file.Scenario.Name}, hardware profile {RealmHost.Profile(file)}, seed {seed}");

        var pool = PoolIndex(run, file.Scenario);
        var planned = new MeshRun(
            file.Scenario, seed, run.Get(MeshInputs.Until), run.Get(Batches), run.Get(Threads));
        var cost = RunCost.Start();
        var result = run.Screen.WithProgress(
            $"mesh run {file.Scenario.Name}", progress => planned.Execute(progress, run.Cancel));
        var report = new RunPrint(file, planned, result, cost.Stop());
        if (run.Get(Plot) is { } folder)
        {
            var study = new PlotStudy(source, seed, run.Get(PlotSeeds), planned.Until, planned.Batches);
            WritePlots(run, study, pool, result.Views[pool].LifetimeSeconds, folder);
        }

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

    private static int PoolIndex(Invocation run, Scenario scenario)
    {
        if (run.Get(Pool) is not { } name)
        {
            return 0;
        }

        var names = scenario.Pools.Select(pool => pool.Name).ToList();
        return names.IndexOf(name) is >= 0 and var index
            ? index
            : throw new RefusedException(
                ExitCode.Usage, $"the scenario has no pool {name}", string.Join(", ", names.Take(PoolsShown)),
                "name one of its pools with --pool");
    }

    // A plot that the scenario has no demand for is said to be missing; the others are made all the same.
    private static void WritePlots(
        Invocation run, PlotStudy study, int pool, double lifetimeSeconds, string folder)
    {
        var threads = run.Get(Threads);
        (string What, Func<Action<double>, FinishedPlot> Make)[] plots =
        [
            ("plot of availability and fidelity", progress => AvailabilityFidelityStudy.Make(
                study, pool, lifetimeSeconds, threads, progress, run.Cancel)),
            ("plot of standby against on-demand", progress => LoadStudy.Make(study, threads, progress, run.Cancel)),
        ];
        foreach (var (what, make) in plots)
        {
            try
            {
                var plot = run.Screen.WithProgress(what, make);
                var path = Path.Combine(ProjectFolders.Resolve(Directory.GetCurrentDirectory(), folder), plot.Name);
                WholeFile.Write(path + ".csv", plot.Csv());
                WholeFile.Write(path + ".svg", SvgPlot.Draw(plot.Plot));
                run.Screen.Say($"{path}.svg" + (plot.Finding.Length == 0 ? "" : $": {plot.Finding}"));
            }
            catch (RefusedException refused) when (refused.Refusal.Code == ExitCode.Usage)
            {
                run.Screen.Say($"no {what}: {refused.Refusal.What}; {refused.Refusal.Next}");
            }
        }
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
