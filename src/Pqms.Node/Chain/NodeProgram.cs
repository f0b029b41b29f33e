using System.Diagnostics;

namespace Pqms.Node.Chain;

/// <summary>A Node.js that can run Hardhat 3.</summary>
/// <param name="Path">The program.</param>
/// <param name="Version">What it calls itself, without the "v".</param>
public sealed record NodeProgram(string Path, Version Version)
{
    /// <summary>The oldest version that Hardhat 3 accepts.</summary>
    public static readonly Version Oldest = new(22, 13, 0);

    /// <summary>The system's Node.js if it is new enough, else the one that set-up put into
    /// <c>tools/node</c>.</summary>
    /// <param name="root">The project's root.</param>
    /// <exception cref="RefusedException">Neither is there or new enough.</exception>
    public static NodeProgram Find(string root)
    {
        var seen = new List<string>();
        foreach (var path in Candidates(root))
        {
            var version = VersionOf(path);
            if (version >= Oldest)
            {
                return new NodeProgram(path, version);
            }

            if (version is not null)
            {
                seen.Add($"{path} is {version}");
            }
        }

        throw new RefusedException(
            ExitCode.Prerequisite,
            seen.Count == 0 ? "Node.js was not found" : "Node.js is too old: " + string.Join(", ", seen),
            $"Node.js {Oldest} or later", "run 'npm start' once: it installs Node 24 into tools/node");
    }

    /// <summary>Asks a program for its version.</summary>
    /// <param name="path">A name on the PATH, or a path.</param>
    /// <returns>Null when it does not start or answers something else.</returns>
    public static Version? VersionOf(string path)
    {
        try
        {
            var start = new ProcessStartInfo(path, ["--version"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            };
            using var process = Process.Start(start);
            var text = process?.StandardOutput.ReadToEnd().Trim().TrimStart('v');
            process?.WaitForExit();
            return System.Version.TryParse(text, out var version) ? version : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static IEnumerable<string> Candidates(string root)
    {
        yield return "node";
        var bin = System.IO.Path.Combine(root, "tools", "node", "node_modules", "node", "bin", "node");
        foreach (var path in new[] { bin, bin + ".exe" })
        {
            if (File.Exists(path))
            {
                yield return path;
            }
        }
    }
}
