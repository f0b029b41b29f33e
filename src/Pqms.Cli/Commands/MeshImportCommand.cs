using System.CommandLine;
using System.Text;
using Pqms.Mesh.Import;
using Pqms.Mesh.Scenarios;
using Pqms.Node;
using Pqms.Node.Hosting;
using Pqms.Node.Settings;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms mesh import</c>: other people's topologies and workloads as scenarios.</summary>
internal static class MeshImportCommand
{
    private const string Meaning = """
        make a scenario of a GML or GraphML topology, and demand of a workload log (SWF)

        Repaired, each with a note: sites without coordinates go to the mean of their neighbours (a component without
        any is dropped); loops are dropped, parallel edges merged; labels become unique names; links between sites at
        one place get 1 m. Anything else that is malformed is refused with its line.
        """;

    /// <summary>Problems shown at once; the rest is counted.</summary>
    private const int ProblemsShown = 8;

    /// <summary>Largest file read; the readers' own limits are in characters.</summary>
    private const long LargestBytes = 256L * 1024 * 1024;

    private static readonly Argument<string> Source = new("file") { Description = "topology: .gml, .graphml or .xml" };

    private static readonly Option<TopologyFormat> Format = Inputs.Choice(
        "--format", "format of the topology; auto goes by the file's extension", TopologyFormat.Auto);

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "the scenario's file; its name without extension, in small letters, names the scenario "
            + "(default: the topology's name with .json, in the current folder)",
    };

    private static readonly Option<bool> Force = new("--force") { Description = "overwrite the scenario's file" };

    private static readonly Option<string?> Profiles = new("--profiles")
    {
        Description = "scenario file whose hardware profiles are taken over "
            + "(default: scenarios/german-backbone.json, hypothetical figures)",
    };

    private static readonly Option<double> RepeaterEvery =
        Lengths.Option("--repeater-every", "longest span of a split link", 75_000);

    private static readonly Option<double> SplitAbove =
        Lengths.Option("--split-above", "links longer than this are split by repeaters", 80_000);

    private static readonly Option<double> FibreFactor =
        Lengths.Factor("--fibre-factor", "fibre length over great circle", 1, 10, 1.2);

    private static readonly Option<bool> Largest = new("--largest-component")
    {
        Description = "drop the sites outside the largest component",
    };

    private static readonly Option<int> Pools = Inputs.Number(
        "--pools", "pools to make, between the sites of most links, pairwise", 1, 10_000, 8);

    private static readonly Option<string> Class = new("--class")
    {
        Description = "class of every pool",
        HelpName = string.Join('|', FidelityClasses.All.Select(entry => entry.Key)),
        DefaultValueFactory = _ => "standard",
        CustomParser = result => FidelityClasses.TryGetFloor(result.Tokens[0].Value, out _)
            ? result.Tokens[0].Value
            : Inputs.Refuse<string>(
                result, "is no class", string.Join(", ", FidelityClasses.All.Select(entry => entry.Key))),
    };

    private static readonly Option<int> Slots = Inputs.Number("--slots", "planned slots of every pool", 1, 32_767, 40);

    private static readonly Option<ulong> Seed =
        Inputs.Number("--seed", "the scenario's seed", ulong.MinValue, ulong.MaxValue, 1UL);

    private static readonly Option<string?> Trace = new("--trace")
    {
        Description = "workload log in the Standard Workload Format: submit time becomes start, run time duration "
            + "(at most 4 h), processors slots, and the user chooses the pool",
    };

    private static readonly Option<double> TraceHours = Lengths.Factor(
        "--trace-hours", "take the jobs submitted in so many hours", 0.001, 1e6, double.PositiveInfinity);

    private static readonly Option<double> SlotsPerProcessor = Lengths.Factor(
        "--slots-per-processor", "slots for each processor of a job, rounded up per job", 1e-6, 1000, 0.125);

    private static readonly Option<int> TakesPerMinute = Inputs.Number(
        "--takes-per-minute", "takes that every reservation of the trace asks for", 0, 1_000_000, 0);

    public static Command Create(CommandHost host) => host.Make(
        "import", Meaning, "mesh import Dfn.gml --out dfn.json --pools 12 --trace NASA-iPSC.swf --trace-hours 24",
        [
            Source, Format, Out, Force, Profiles, RepeaterEvery, SplitAbove, FibreFactor, Largest, Pools, Class, Slots,
            Seed, Trace, TraceHours, SlotsPerProcessor, TakesPerMinute,
        ],
        Run);

    private static Task<int> Run(Invocation run)
    {
        var here = Directory.GetCurrentDirectory();
        var source = ProjectFolders.Resolve(here, run.Get(Source));
        var format = FormatOf(source, run.Get(Format));
        var target = ProjectFolders.Resolve(
            here, run.Get(Out) ?? Path.GetFileNameWithoutExtension(source).ToLowerInvariant() + ".json");
        if (File.Exists(target) && !run.Has(Force))
        {
            throw new RefusedException(
                ExitCode.Usage, $"{target} exists", "a new file", "name another with --out, or overwrite with --force");
        }

        var text = Text(run, source);
        var found = Read(source, format == TopologyFormat.Gml ? GmlReader.Parse(text) : GraphMlReader.Parse(text));
        var trace = run.Get(Trace) is { } log ? ReadTrace(run, ProjectFolders.Resolve(here, log)) : null;
        var profiles = run.Get(Profiles) is { } named
            ? ProjectFolders.Resolve(here, named)
            : Path.Combine(run.BaseFolder, "scenarios", "german-backbone.json");
        var converted = Read(source, ScenarioConverter.Convert(
            TopologyCleaner.Clean(found, run.Has(Largest)), ProfilesText(profiles),
            OptionsOf(run, source, target), trace));
        var bytes = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(converted.Json);
        var file = ScenarioFile.Parse(target, bytes);
        using (var stream = new FileStream(target, run.Has(Force) ? FileMode.Create : FileMode.CreateNew))
        {
            stream.Write(bytes);
        }

        MeshImportReport.Print(run, source, target, found, trace, converted, file);
        return Task.FromResult((int)ExitCode.Ok);
    }

    private static TopologyFormat FormatOf(string path, TopologyFormat asked) =>
        (asked, Path.GetExtension(path).ToLowerInvariant()) switch
        {
            (not TopologyFormat.Auto, _) => asked,
            (_, ".gml") => TopologyFormat.Gml,
            (_, ".graphml" or ".xml") => TopologyFormat.GraphMl,
            (_, var extension) => throw new RefusedException(
                ExitCode.Usage, $"the extension '{extension}' of {path} names no format", ".gml, .graphml or .xml",
                "name the format with --format"),
        };

    private static WorkloadTrace ReadTrace(Invocation run, string path) =>
        Read(path, SwfReader.Parse(Text(run, path)));

    private static string ProfilesText(string path) =>
        Encoding.UTF8.GetString(ScenarioFile.Read(path).Bytes.Span).TrimStart('\uFEFF');

    private static ImportOptions OptionsOf(Invocation run, string source, string target) => new()
    {
        Name = ScenarioConverter.NameOf(Path.GetFileNameWithoutExtension(target)),
        FileName = Path.GetFileName(source),
        RepeaterEveryMeters = run.Get(RepeaterEvery),
        SplitAboveMeters = run.Get(SplitAbove),
        FibreFactor = run.Get(FibreFactor),
        Pools = run.Get(Pools),
        ClassName = run.Get(Class)!,
        Slots = run.Get(Slots),
        Seed = run.Get(Seed),
        Trace = new TraceOptions
        {
            SlotsPerProcessor = run.Get(SlotsPerProcessor),
            Hours = run.Get(TraceHours),
            TakesPerMinute = run.Get(TakesPerMinute),
        },
    };

    // UTF-8, or ISO 8859-1 as the older files have it: every byte is a character there.
    private static string Text(Invocation run, string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length > LargestBytes)
        {
            throw new RefusedException(
                ExitCode.Usage, $"no file to import at {path}", $"a file up to {LargestBytes / 1024 / 1024} MB",
                "check the path");
        }

        var bytes = File.ReadAllBytes(path);
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            run.Screen.Say($"{path} is not UTF-8: read as ISO 8859-1");
            return Encoding.Latin1.GetString(bytes);
        }
    }

    private static T Read<T>(string path, ImportResult<T> result)
        where T : class
    {
        if (result.IsValid)
        {
            return result.Value;
        }

        var shown = result.Problems.Take(ProblemsShown).Select(problem => "\n  " + problem);
        var more = result.Problems.Count > ProblemsShown ? $"\n  and {result.Problems.Count - ProblemsShown} more" : "";
        throw new RefusedException(
            ExitCode.Usage, $"{path} has {result.Problems.Count} problem(s):{string.Concat(shown)}{more}", "",
            "correct the file; pqms mesh import --help says what is repaired");
    }

    private enum TopologyFormat
    {
        Auto,
        Gml,
        GraphMl,
    }
}
