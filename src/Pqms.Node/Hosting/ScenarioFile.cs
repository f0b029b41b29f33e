using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Mesh.Scenarios;

namespace Pqms.Node.Hosting;

/// <summary>A scenario file: its bytes are what an era is bound to.</summary>
/// <param name="Path">Where it was read.</param>
/// <param name="Bytes">The file, byte for byte.</param>
/// <param name="Hash">Keccak-256 of the bytes.</param>
/// <param name="Scenario">What it says.</param>
public sealed record ScenarioFile(string Path, ReadOnlyMemory<byte> Bytes, Bytes32 Hash, Scenario Scenario)
{
    /// <summary>Largest file read; the reference scenario has under 20 KB.</summary>
    private const long LargestBytes = 16 * 1024 * 1024;

    /// <summary>Problems shown at once; the rest is counted.</summary>
    private const int ProblemsShown = 8;

    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">Absolute path.</param>
    /// <exception cref="RefusedException">No such file, too large, or not a valid scenario: path, value, allowed
    /// range.</exception>
    public static ScenarioFile Read(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).Length > LargestBytes)
        {
            throw new RefusedException(
                ExitCode.Usage, $"no scenario file at {path}", $"a JSON file up to {LargestBytes / 1024 / 1024} MB",
                "name one with --scenario, such as scenarios/german-backbone.json");
        }

        return Parse(path, File.ReadAllBytes(path));
    }

    /// <summary>Checks a file's bytes.</summary>
    /// <param name="path">Where they come from, for messages.</param>
    /// <param name="bytes">The file.</param>
    /// <exception cref="RefusedException">Not a valid scenario: path, value, allowed range.</exception>
    public static ScenarioFile Parse(string path, byte[] bytes)
    {
        var result = ScenarioReader.Parse(bytes);
        if (!result.IsValid)
        {
            throw Broken(path, result.Problems);
        }

        return new ScenarioFile(path, bytes, Keccak256.Hash(bytes), result.Scenario);
    }

    private static RefusedException Broken(string path, IReadOnlyList<ScenarioProblem> problems)
    {
        var shown = problems.Take(ProblemsShown).Select(problem => "\n  " + problem);
        var more = problems.Count > ProblemsShown ? $"\n  and {problems.Count - ProblemsShown} more" : "";
        return new RefusedException(
            ExitCode.Usage, $"the scenario {path} has {problems.Count} problem(s):{string.Concat(shown)}{more}",
            "scenarios/scenario.schema.json describes the format", "correct the file and start again");
    }
}
