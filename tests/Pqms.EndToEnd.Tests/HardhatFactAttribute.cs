using System.Diagnostics;

namespace Pqms.EndToEnd.Tests;

/// <summary>A test against a real Hardhat node; skipped, saying what is missing, where the node cannot run.</summary>
/// <remarks>
/// `npm test` sets PQMS_REQUIRE_CHAIN=1: there nothing is skipped, and a missing node fails the test.
/// </remarks>
public sealed class HardhatFactAttribute : FactAttribute
{
    public HardhatFactAttribute()
    {
        Skip = SkipReason;
    }

    /// <summary>Why no chain can be started here; null when one can, or must.</summary>
    public static string? SkipReason { get; } =
        Environment.GetEnvironmentVariable("PQMS_REQUIRE_CHAIN") == "1" ? null : Missing();

    private static string? Missing()
    {
        var root = Repository.Root;
        if (!File.Exists(Path.Combine(root, "node_modules", "hardhat", "dist", "src", "cli.js")))
        {
            return "Hardhat is not installed: run `npm run setup`.";
        }

        return NodeVersion() is { } version && version >= new Version(22, 13)
            ? null
            : "No Node of at least 22.13: run `npm run setup`.";
    }

    private static Version? NodeVersion()
    {
        var local = Path.Combine(Repository.Root, "tools", "node", "node_modules", "node", "bin", "node");
        var node = Environment.GetEnvironmentVariable("PQMS_NODE") ?? (File.Exists(local) ? local : "node");
        try
        {
            var start = new ProcessStartInfo(node, "--version")
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            };
            using var process = Process.Start(start);
            var text = process?.StandardOutput.ReadToEnd().Trim().TrimStart('v');
            return Version.TryParse(text, out var version) ? version : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
