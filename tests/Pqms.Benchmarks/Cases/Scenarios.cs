using System.Globalization;
using Pqms.Mesh.Scenarios;

namespace Pqms.Benchmarks.Cases;

/// <summary>Scenarios of the benchmarks, by way of the file format, which outlives the engine's types.</summary>
internal static class Scenarios
{
    public static Scenario Read(string text)
    {
        ScenarioResult result = ScenarioReader.Parse(text);
        return result.Scenario ?? throw new InvalidOperationException(string.Join('\n', result.Problems));
    }

    /// <summary>The project's folder, above the program.</summary>
    public static string Root
    {
        get
        {
            DirectoryInfo? at = new(AppContext.BaseDirectory);
            while (at is not null && !File.Exists(Path.Combine(at.FullName, "Pqms.sln")))
            {
                at = at.Parent;
            }

            return at?.FullName ?? throw new FileNotFoundException($"No Pqms.sln above {AppContext.BaseDirectory}");
        }
    }

    /// <summary>The text of a file in the folder "scenarios".</summary>
    public static string Shipped(string name) =>
        File.ReadAllText(Path.Combine(Root, "scenarios", name + ".json"));

    /// <summary>A scenario whose links are never split.</summary>
    public static string Text(int warmUpSeconds, Hardware hardware, string sites, string links, string pools) =>
        $$"""
        {
          "name": "benchmark", "description": "Built by a benchmark.", "seed": 1, "warmUpSeconds": {{warmUpSeconds}},
          "repeaterEveryMeters": 40100000, "splitAboveMeters": 40100000, "profile": "benchmark",
          "profiles": [{ "name": "benchmark", "provenance": "hypothetical", {{hardware.Figures()}} }],
          "sites": [{{sites}}], "links": [{{links}}], "pools": [{{pools}}]
        }
        """;

    /// <summary>The hardware of a benchmark.</summary>
    internal sealed record Hardware(
        int Memories,
        int Storage,
        double Emit,
        double Overhead,
        double Link,
        double Gate,
        double Readout,
        double T2,
        double Attenuation,
        double StockFactor)
    {
        private const double LinkCutOffSeconds = 0.5;

        public string Figures() => string.Join(", ", new (string Name, double Value)[]
        {
            ("communicationMemoriesPerLinkEnd", Memories),
            ("storageMemoriesPerEndNode", Storage),
            ("emitTimesDetect", Emit),
            ("attemptOverheadSeconds", Overhead),
            ("linkFidelity", Link),
            ("gateFidelity", Gate),
            ("readoutFidelity", Readout),
            ("t2Seconds", T2),
            ("linkCutOffSeconds", LinkCutOffSeconds),
            ("attenuationDbPerKm", Attenuation),
            ("stockFactor", StockFactor),
        }.Select(figure => string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            "{{figure.Name}}": { "value": {{figure.Value}}, "source": "hypothetical" }
            """)));
    }
}
