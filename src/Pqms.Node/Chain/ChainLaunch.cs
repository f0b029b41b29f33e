namespace Pqms.Node.Chain;

/// <summary>How to start the development chain.</summary>
/// <param name="NodePath">The Node.js program, 22.13 or later.</param>
/// <param name="ScriptArguments">The script and its arguments, without host and port.</param>
/// <param name="WorkingFolder">The folder that holds <c>hardhat.config.js</c>.</param>
/// <param name="FirstPort">The port wanted; if it is busy, the next free one is taken.</param>
public sealed record ChainLaunch(
    string NodePath, IReadOnlyList<string> ScriptArguments, string WorkingFolder, int FirstPort)
{
    /// <summary>How long the chain may take to say that it listens.</summary>
    /// <value>The default is 60 s: 1.5 s is usual, a cold disk and a first compilation have taken 15 s.</value>
    public TimeSpan ReadyWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Hardhat's own node, found in the project's folder.</summary>
    /// <param name="root">The project's root.</param>
    /// <param name="firstPort">The port wanted.</param>
    /// <exception cref="RefusedException">Node.js or Hardhat is missing or too old.</exception>
    public static ChainLaunch Hardhat(string root, int firstPort)
    {
        var script = Path.Combine(root, "node_modules", "hardhat", "dist", "src", "cli.js");
        if (!File.Exists(script))
        {
            throw new RefusedException(
                ExitCode.Prerequisite, $"Hardhat is not installed in {root}", "node_modules/hardhat 3.17",
                "run 'npm start' once, or 'npm ci' under Node 22.13 or later");
        }

        return new ChainLaunch(NodeProgram.Find(root).Path, [script, "node"], root, firstPort);
    }
}
