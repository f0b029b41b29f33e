using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Pqms.Ethereum;
using Pqms.Mesh;
using Pqms.Node;
using Pqms.Node.Hosting;
using Pqms.Node.Settings;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms mesh run</c>: the mesh alone, without chain or oracle.</summary>
internal static class MeshCommands
{
    /// <summary>Mesh time advanced at once; only the progress depends on it, the events do not.</summary>
    private const int SliceSeconds = 10;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    private static readonly Argument<string> File = new("scenario") { Description = "scenario file" };

    private static readonly Option<TimeSpan> Until = Inputs.Duration(
        "--until", "mesh time to run after the warm-up", TimeSpan.FromHours(1));

    private static readonly Option<ulong> Seed =
        Inputs.Number("--seed", "seed; 0 means the scenario's", ulong.MinValue, ulong.MaxValue, ulong.MinValue);

    private static readonly Option<int> Threads =
        Inputs.Number("--threads", "threads of the engine; the result is the same", 1, 64, 1);

    public static Command Create(CommandHost host) => CommandHost.Group(
        "mesh", "run the mesh emulator without a chain",
        host.Make(
            "run", "run a scenario for some mesh time; logHash is the digest of every event",
            "mesh run scenarios/german-backbone.json --until 1h --json",
            [File, Until, Seed, Threads], Run),
        MeshImportCommand.Create(host));

    private static Task<int> Run(Invocation run)
    {
        var file = ScenarioFile.Read(ProjectFolders.Resolve(Directory.GetCurrentDirectory(), run.Get(File)));
        var seed = run.Get(Seed) == 0 ? file.Scenario.Seed : run.Get(Seed);
        var until = run.Get(Until);
        run.Screen.Say($"scenario {file.Scenario.Name}, hardware profile {RealmHost.Profile(file)}, seed {seed}");

        var started = Stopwatch.GetTimestamp();
        var mesh = new MeshEmulator(file.Scenario, seed, MeshTime.FromSeconds(0), new MeshOptions(run.Get(Threads)));
        Advance(run, mesh, (long)until.TotalSeconds);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Print(run, file, mesh, new Timing(seed, until, seconds));
        return Task.FromResult((int)ExitCode.Ok);
    }

    private static void Advance(Invocation run, MeshEmulator mesh, long untilSeconds)
    {
        var said = Stopwatch.GetTimestamp();
        for (long at = 0; at < untilSeconds;)
        {
            run.Cancel.ThrowIfCancellationRequested();
            at = Math.Min(at + SliceSeconds, untilSeconds);
            mesh.AdvanceTo(MeshTime.FromSeconds(at));
            if (Stopwatch.GetElapsedTime(said) > Silence)
            {
                said = Stopwatch.GetTimestamp();
                run.Screen.Say(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{at} of {untilSeconds} s of mesh time, {mesh.Totals.Events} events"));
            }
        }
    }

    private static void Print(Invocation run, ScenarioFile file, MeshEmulator mesh, Timing timing)
    {
        var totals = mesh.Totals;
        var pools = Enumerable.Range(0, file.Scenario.Pools.Count).Select(mesh.View).ToList();
        var logHash = Hex.Encode(mesh.StateHash());
        var speed = timing.Until.TotalSeconds / Math.Max(timing.Seconds, 0.001);
        if (run.Json)
        {
            run.Screen.Document(new
            {
                scenario = file.Scenario.Name,
                scenarioHash = file.Hash.ToString(),
                profile = file.Scenario.ProfileName,
                provenance = file.Scenario.Profile.Provenance,
                meshVersion = MeshVersion.Current,
                seed = timing.Seed,
                untilSeconds = timing.Until.TotalSeconds,
                logHash,
                totals,
                pools = pools.Select(PoolOf),
                seconds = Math.Round(timing.Seconds, 3),
                meshSecondsPerSecond = Math.Round(speed, 1),
                eventsPerSecond = Math.Round(totals.Events / Math.Max(timing.Seconds, 0.001)),
            });
            return;
        }

        run.Screen.Table(
            ["pool", ">floor", ">links", ">fresh", ">lifetime s", ">pairs/s", ">stock", ">target", ">generated",
                ">discarded"],
            pools.Select(pool => (IReadOnlyList<string>)
            [
                pool.Name, F(pool.FidelityFloor, "0.0000"), F(pool.Links, "0"), F(pool.FreshFidelity, "0.0000"),
                F(pool.LifetimeSeconds, "0.000"), F(pool.PairRate, "0.000"), F(pool.Counters.Stock, "0"),
                F(pool.StockTarget, "0"), F(pool.Counters.Generated, "0"), F(pool.Counters.Discarded, "0"),
            ]));
        run.Screen.Facts(
        [
            ("events", F(totals.Events, "0")), ("speed", F(speed, "0.0") + " mesh seconds a second"),
            ("logHash", logHash),
        ]);
    }

    private static object PoolOf(PoolView pool) => new
    {
        name = pool.Name,
        fidelityFloor = pool.FidelityFloor,
        links = pool.Links,
        freshFidelity = pool.FreshFidelity,
        lifetimeSeconds = pool.LifetimeSeconds,
        pairsPerSecond = pool.PairRate,
        stock = pool.Counters.Stock,
        stockTarget = pool.StockTarget,
        generated = pool.Counters.Generated,
        discarded = pool.Counters.Discarded,
    };

    private static string F(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private sealed record Timing(ulong Seed, TimeSpan Until, double Seconds);
}
