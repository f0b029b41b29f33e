using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Pqms.Benchmarks.Cases;
using Pqms.Benchmarks.Harness;
using Pqms.Benchmarks.Soak;

Options options = Options.Parse(args, out string? problem);
Benchmark[] wanted = [.. AllCases.Benchmarks.Where(b => b.Name.Contains(options.Only, StringComparison.Ordinal))];
problem ??= wanted.Length == 0 ? $"no benchmark has '{options.Only}' in its name: see --list" : null;
if (problem is not null)
{
    Console.Error.WriteLine(problem);
    return 2;
}

if (options.Minutes > 0)
{
    using CancellationTokenSource stop = new();
    // Whoever ends the soak ends its node, too.
    void End(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop.Cancel();
    }

    using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
    using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    try
    {
        return await SoakRun.RunAsync(options, stop.Token);
    }
    catch (OperationCanceledException)
    {
        Console.Error.WriteLine("stopped before the end");
        return 130;
    }
}

if (options.IsList)
{
    Array.ForEach(wanted, benchmark => Console.Out.WriteLine(benchmark.Name));
    return 0;
}

if (options.Child.Length > 0)
{
    Benchmark benchmark = AllCases.Benchmarks.Single(b => string.Equals(b.Name, options.Child,
        StringComparison.Ordinal));
    Outcome own = Outcome.Of(benchmark, options.IsQuick ? Effort.Quick : Effort.Full);
    Console.Out.WriteLine(JsonSerializer.Serialize(own));
    return 0;
}

// A process for each, so that its peak of memory is its own and no benchmark's garbage is another's pause.
List<Outcome> outcomes = [];
foreach (Benchmark benchmark in wanted)
{
    Console.Error.WriteLine(benchmark.Name + " ...");
    ProcessStartInfo start = new(Environment.ProcessPath!)
    {
        RedirectStandardOutput = true,
        UseShellExecute = false,
    };
    if (!Path.GetFileNameWithoutExtension(Environment.ProcessPath)!.StartsWith("Pqms", StringComparison.Ordinal))
    {
        start.ArgumentList.Add(typeof(Benchmark).Assembly.Location);
    }

    Array.ForEach(["--child", benchmark.Name], start.ArgumentList.Add);
    if (options.IsQuick)
    {
        start.ArgumentList.Add("--quick");
    }

    using Process child = Process.Start(start)!;
    string text = child.StandardOutput.ReadToEnd();
    child.WaitForExit();
    if (child.ExitCode != 0)
    {
        Console.Error.WriteLine($"{benchmark.Name} ended with code {child.ExitCode}");
        return 1;
    }

    outcomes.Add(JsonSerializer.Deserialize<Outcome>(text)!);
}

string table = Report.ToTable(outcomes), json = Report.ToJson(outcomes, options.IsQuick);
if (options.Folder.Length > 0)
{
    Directory.CreateDirectory(options.Folder);
    File.WriteAllText(Path.Combine(options.Folder, "benchmarks.txt"), table);
    File.WriteAllText(Path.Combine(options.Folder, "benchmarks.json"), json);
}

Console.Out.Write(options.IsJson ? json : table);
return 0;
